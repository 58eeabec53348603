#include "server/process/version.h"

#include <ares_version.h>
#include <fmt/core.h>
#include <rapidjson/rapidjson.h>
#include <sodium.h>
#include <spdlog/version.h>

#include <CLI/Version.hpp>
#include <boost/version.hpp>

#include "api/wire/pattern.h"
#include "generated/licenses.h"
#include "store/sqlite.h"

namespace workmail::server {

const std::string_view kVersion = WORKMAIL_VERSION;

auto version_text() -> std::string {
  constexpr int kBoostMajor = BOOST_VERSION / 100000;
  constexpr int kBoostMinor = BOOST_VERSION / 100 % 1000;
  constexpr int kFmtMajor = FMT_VERSION / 10000;
  constexpr int kFmtMinor = FMT_VERSION / 100 % 100;
  return "workmail-local " WORKMAIL_VERSION "\ncommit: " WORKMAIL_REVISION "\nlibraries: Boost " +
         std::to_string(kBoostMajor) + "." + std::to_string(kBoostMinor) +
         ", c-ares " ARES_VERSION_STR ", CLI11 " CLI11_VERSION ", fmt " + std::to_string(kFmtMajor) + "." +
         std::to_string(kFmtMinor) + ", libsodium " + sodium_version_string() + ", PCRE2 " + api::pcre2_version() +
         ", RapidJSON " RAPIDJSON_VERSION_STRING ", spdlog " + std::to_string(SPDLOG_VER_MAJOR) + "." +
         std::to_string(SPDLOG_VER_MINOR) + ", SQLite " + std::string(store::sqlite_version()) + "\n";
}

auto licenses_text() -> std::string_view {
  return kThirdPartyLicenses;
}

}  // namespace workmail::server

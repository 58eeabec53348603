#include "server/variables.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "server/process/nearest_name.h"
#include "server/process/text.h"

namespace workmail::server {

namespace {

// The minimum lengths of names of options, without the prefix. Below the first, two different letters are not a
// misspelling: WORKMAIL_ENGINE is not WORKMAIL_REGION. Below the second, even one replaced letter is not:
// WORKMAIL_DATE, WORKMAIL_FEED.
constexpr std::size_t kLongName = 7;
constexpr std::size_t kMinName = 5;

// Common names for settings of programs that use WorkMail, even if they differ from an option by only a letter or two.
constexpr std::array<std::string_view, 16> kCommonNames{
    "ALIAS", "CREDENTIAL", "DATE", "DOMAIN",       "EMAIL",    "ENDPOINT", "HOST",  "ID",
    "KEY",   "NAME",       "PATH", "ORGANIZATION", "PASSWORD", "PORT",     "TOKEN", "USER"};

// One letter is missing or doubled, or two neighbors changed places. The first letter is right.
auto is_slip(std::string_view name, std::string_view known) -> bool {
  if (name.size() < 2 || name.front() != known.front() || edit_distance(name, known) > 1) return false;
  if (name.size() < known.size()) return true;
  if (name.size() == known.size()) return std::is_permutation(name.begin(), name.end(), known.begin());
  // At the first difference, the previous letter is doubled.
  const auto other = std::mismatch(known.begin(), known.end(), name.begin()).second;
  return *other == *std::prev(other);
}

auto differs_little(std::string_view name, std::string_view known) -> bool {
  const auto [shorter, longer] = std::minmax({name.size(), known.size()});
  const bool is_long = known.size() >= kLongName;
  if (!is_long && longer < kMinName) return is_slip(name, known);
  if (!is_long && name.substr(0, 1) != known.substr(0, 1)) return false;
  const std::size_t max_distance = is_long ? 2 : 1;
  return longer - shorter <= max_distance && edit_distance(name, known) <= max_distance;
}

auto takes_off(std::string_view& name, std::string_view end) -> bool {
  if (!name.ends_with(end)) return false;
  name.remove_suffix(end.size());
  return true;
}

// WORKMAIL_PORT_80_TCP, and what Kubernetes adds to such a name.
auto is_port_of_service(std::string_view name) -> bool {
  constexpr std::array<std::string_view, 3> kParts{"_PROTO", "_PORT", "_ADDR"};
  constexpr std::array<std::string_view, 3> kProtocols{"_TCP", "_UDP", "_SCTP"};
  const auto takes_off_one = [&name](const auto& ends) {
    return std::any_of(ends.begin(), ends.end(), [&name](std::string_view end) { return takes_off(name, end); });
  };
  takes_off_one(kParts);
  if (!takes_off_one(kProtocols)) return false;
  const auto number = name.find_last_not_of("0123456789") + 1;
  return number < name.size() && name.substr(0, number).ends_with("_PORT_");
}

auto is_service_link(std::string_view name) -> bool {
  return name.ends_with("_SERVICE_HOST") || name.ends_with("_PORT") ||
         name.find("_SERVICE_PORT_") != std::string_view::npos || is_port_of_service(name);
}

}  // namespace

auto meant_variable(std::string_view name, const std::vector<std::string>& known) -> std::string {
  const std::string upper = upper_case(name.substr(kVariablePrefix.size()));
  const std::string_view own = upper;
  const bool common = std::find(kCommonNames.begin(), kCommonNames.end(), own) != kCommonNames.end();
  if (common || is_service_link(name)) return {};
  const auto found = std::find_if(known.begin(), known.end(), [own](std::string_view option) {
    const auto option_name = option.substr(kVariablePrefix.size());
    return own == option_name || differs_little(own, option_name);
  });
  return found == known.end() ? std::string() : *found;
}

}  // namespace workmail::server

#include "server/variables.h"

#include <algorithm>
#include <array>

namespace workmail::server {

namespace {

// Names of options, without the prefix, that are shorter than the first differ by two letters from too many common
// names: WORKMAIL_ENGINE is not WORKMAIL_REGION. Below the second, one letter is too much: WORKMAIL_DATE,
// WORKMAIL_FEED.
constexpr std::size_t kLongName = 7;
constexpr std::size_t kMinName = 5;

// Common names for the settings of programs that use WorkMail; some differ by a letter or two from an option.
constexpr std::array<std::string_view, 16> kCommonNames{
    "ALIAS", "CREDENTIAL", "DATE", "DOMAIN",       "EMAIL",    "ENDPOINT", "HOST",  "ID",
    "KEY",   "NAME",       "PATH", "ORGANIZATION", "PASSWORD", "PORT",     "TOKEN", "USER"};

// How many letters have to be changed, added, removed or swapped with their neighbor.
auto edit_distance(std::string_view one, std::string_view other) -> std::size_t {
  std::vector<std::size_t> before_last;
  std::vector<std::size_t> last(other.size() + 1);
  for (std::size_t j = 0; j <= other.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= one.size(); ++i) {
    std::vector<std::size_t> row(other.size() + 1);
    row[0] = i;
    for (std::size_t j = 1; j <= other.size(); ++j) {
      const std::size_t changed = last[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
      row[j] = std::min({changed, last[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    before_last = std::move(last);
    last = std::move(row);
  }
  return last.back();
}

auto differs_little(std::string_view name, std::string_view known) -> bool {
  const auto [shorter, longer] = std::minmax({name.size(), known.size()});
  const bool is_long = known.size() >= kLongName;
  if (!is_long && (longer < kMinName || name.substr(0, 1) != known.substr(0, 1))) return false;
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
  const auto own = name.substr(kVariablePrefix.size());
  const bool common = std::find(kCommonNames.begin(), kCommonNames.end(), own) != kCommonNames.end();
  if (common || is_service_link(name)) return {};
  const auto found = std::find_if(known.begin(), known.end(), [own](std::string_view option) {
    return differs_little(own, option.substr(kVariablePrefix.size()));
  });
  return found == known.end() ? std::string() : *found;
}

}  // namespace workmail::server

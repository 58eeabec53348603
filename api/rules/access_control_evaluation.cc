#include "api/rules/access_control_evaluation.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace workmail::api {

namespace {

// Removes the number at the beginning of the text and the character after it; returns the number.
auto take_number(std::string_view& text) -> std::uint32_t {
  std::uint32_t number = 0;
  const auto* end = std::from_chars(text.data(), text.data() + text.size(), number).ptr;
  const auto length = static_cast<std::size_t>(end - text.data());
  text.remove_prefix(std::min(length + 1, text.size()));
  return number;
}

// The same for the four numbers of an IPv4 address; returns the address as one number.
auto take_address(std::string_view& text) -> std::uint32_t {
  std::uint32_t address = 0;
  for (int part = 0; part < 4; ++part) address = address << 8 | take_number(text);
  return address;
}

auto contains(const store::StringList& list, std::string_view word) -> bool {
  return std::find(list.begin(), list.end(), word) != list.end();
}

auto address_matches(const store::AccessControlRule& rule, std::string_view ip_address) -> bool {
  const auto in_any = [&](const store::StringList& ranges) {
    return std::any_of(ranges.begin(), ranges.end(), [&](const auto& range) { return in_range(ip_address, range); });
  };
  return (rule.ip_ranges.empty() || in_any(rule.ip_ranges)) && !in_any(rule.not_ip_ranges);
}

auto action_matches(const store::AccessControlRule& rule, std::string_view action) -> bool {
  return (rule.actions.empty() || contains(rule.actions, action)) && !contains(rule.not_actions, action);
}

// AWS: what a list of users means for a role, and the other way round, is assumed (Q-access-other-kind). A rule for
// some users is not for roles, one for some users and some roles is for both, and one that leaves out users leaves out
// no role.
auto caller_matches(const store::AccessControlRule& rule, const AccessRequest& request) -> bool {
  const auto listed = [&](const store::StringList& users, const store::StringList& roles) {
    return request.user_id ? contains(users, *request.user_id) : contains(roles, request.impersonation_role_id.value());
  };
  const bool for_everybody = rule.user_ids.empty() && rule.impersonation_role_ids.empty();
  return (for_everybody || listed(rule.user_ids, rule.impersonation_role_ids)) &&
         !listed(rule.not_user_ids, rule.not_impersonation_role_ids);
}

}  // namespace

auto in_range(std::string_view ip_address, std::string_view range) -> bool {
  const auto address = take_address(ip_address);
  const auto network = take_address(range);
  const auto prefix_length = take_number(range);
  // A shift by 32 bits is undefined, so the range of all addresses is a special case.
  const std::uint32_t mask = prefix_length == 0 ? 0 : ~std::uint32_t{0} << (32 - std::min(prefix_length, 32U));
  return (address & mask) == (network & mask);
}

auto matches(const store::AccessControlRule& rule, const AccessRequest& request) -> bool {
  return address_matches(rule, request.ip_address) && action_matches(rule, request.action) &&
         caller_matches(rule, request);
}

auto decide(const std::vector<store::AccessControlRule>& rules, const AccessRequest& request)
    -> Decision<store::AccessControlRule> {
  return decide_by(rules, [&](const auto& rule) { return matches(rule, request); });
}

}  // namespace workmail::api

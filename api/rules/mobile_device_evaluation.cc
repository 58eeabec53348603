#include "api/rules/mobile_device_evaluation.h"

#include <algorithm>
#include <string_view>

#include "store/folding.h"

namespace workmail::api {

namespace {

// AWS: administrator guide, "Managing access for mobile devices": the entry that matches a device without the property.
constexpr std::string_view kNone = "$NONE";

auto begins_with_any(std::string_view value, const store::StringList& prefixes) -> bool {
  const auto key = store::fold(value);
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const auto& prefix) { return key.starts_with(store::fold(prefix)); });
}

// AWS: entries are case-insensitive prefixes. A device that does not report a property never satisfies a negative
// condition on it (the same page).
auto property_matches(const std::optional<std::string>& value, const store::StringList& wanted,
                      const store::StringList& unwanted) -> bool {
  if (!value) {
    const bool none_wanted = std::find(wanted.begin(), wanted.end(), kNone) != wanted.end();
    return (wanted.empty() || none_wanted) && unwanted.empty();
  }
  return (wanted.empty() || begins_with_any(*value, wanted)) && !begins_with_any(*value, unwanted);
}

}  // namespace

auto matches(const store::MobileDeviceRule& rule, const MobileDevice& device) -> bool {
  return property_matches(device.type, rule.device_types, rule.not_device_types) &&
         property_matches(device.model, rule.device_models, rule.not_device_models) &&
         property_matches(device.operating_system, rule.device_operating_systems, rule.not_device_operating_systems) &&
         property_matches(device.user_agent, rule.device_user_agents, rule.not_device_user_agents);
}

auto decide(const std::vector<store::MobileDeviceRule>& rules, const MobileDevice& device)
    -> Decision<store::MobileDeviceRule> {
  return decide_by(rules, [&](const auto& rule) { return matches(rule, device); });
}

}  // namespace workmail::api

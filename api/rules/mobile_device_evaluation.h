// Evaluates the mobile device access rules of an organization for a device. Overrides are not used, because the
// operation has neither user nor device id.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/rules/rule_precedence.h"
#include "store/mobile_device_rules.h"

namespace workmail::api {

// The properties that a device reports; each may be missing.
struct MobileDevice {
  std::optional<std::string> type;
  std::optional<std::string> model;
  std::optional<std::string> operating_system;
  std::optional<std::string> user_agent;
};

auto matches(const store::MobileDeviceRule& rule, const MobileDevice& device) -> bool;

// The rules must outlive the decision.
auto decide(const std::vector<store::MobileDeviceRule>& rules, const MobileDevice& device)
    -> Decision<store::MobileDeviceRule>;

}  // namespace workmail::api

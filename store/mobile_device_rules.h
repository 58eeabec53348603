// The table of mobile device access rules: which kinds of mobile devices may access mailboxes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/numbers.h"
#include "store/sqlite.h"
#include "store/string_list.h"

namespace workmail::store {

struct MobileDeviceRule {
  MobileDeviceRuleNumber number{};
  OrganizationNumber organization{};
  std::string id;
  std::string name;
  std::optional<std::string> description;
  std::string effect;  // ALLOW, DENY
  // The conditions; an empty list is no condition.
  StringList device_types;
  StringList not_device_types;
  StringList device_models;
  StringList not_device_models;
  StringList device_operating_systems;
  StringList not_device_operating_systems;
  StringList device_user_agents;
  StringList not_device_user_agents;
  Time created_at;
  Time modified_at;
};

class MobileDeviceRules {
 public:
  explicit MobileDeviceRules(Connection& connection);

  void add(const MobileDeviceRule& rule);
  auto list(OrganizationNumber organization) -> std::vector<MobileDeviceRule>;
  // Replaces the rule with this organization and id, except its creation date. False if it does not exist.
  auto set(const MobileDeviceRule& rule) -> bool;
  // No effect if the rule does not exist.
  void remove(OrganizationNumber organization, std::string_view id);

 private:
  Connection& connection_;
  Statement insert_;
  Statement list_;
  Statement set_;
  Statement remove_;
};

}  // namespace workmail::store

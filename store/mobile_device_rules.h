// The table of mobile device access rules: which kinds of mobile devices may reach a mailbox.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/lines.h"
#include "store/sqlite.h"

namespace workmail::store {

struct MobileDeviceRule {
  std::int64_t number = 0;
  std::int64_t organization = 0;
  std::string id;
  std::string name;
  std::optional<std::string> description;
  std::string effect;  // ALLOW, DENY
  // The conditions; an empty one is none.
  Lines device_types;
  Lines not_device_types;
  Lines device_models;
  Lines not_device_models;
  Lines device_operating_systems;
  Lines not_device_operating_systems;
  Lines device_user_agents;
  Lines not_device_user_agents;
  Time created_at;
  Time modified_at;
};

class MobileDeviceRules {
 public:
  explicit MobileDeviceRules(Connection& connection);

  void add(const MobileDeviceRule& rule);
  auto list(std::int64_t organization) -> std::vector<MobileDeviceRule>;
  // Replaces the rule of this organization and id except when it was created. False when there is none.
  auto set(const MobileDeviceRule& rule) -> bool;
  // No effect when there is none.
  void remove(std::int64_t organization, std::string_view id);

 private:
  Connection& connection_;
  Statement insert_;
  Statement list_;
  Statement set_;
  Statement remove_;
};

}  // namespace workmail::store

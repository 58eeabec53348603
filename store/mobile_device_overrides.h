// The table of mobile device access overrides, which replace the rules for one device of one user. Device ids are
// case-insensitive.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/numbers.h"
#include "store/sqlite.h"

namespace workmail::store {

struct MobileDeviceOverride {
  MobileDeviceOverrideNumber number{};
  OrganizationNumber organization{};
  EntityNumber user{};
  std::string user_id;  // read only
  std::string device_id;
  std::string effect;  // ALLOW, DENY
  std::optional<std::string> description;
  Time created_at;
  Time modified_at;
};

// Filters of a list; an unset member is no condition.
struct MobileDeviceOverrideFilter {
  std::optional<EntityNumber> user;
  std::optional<std::string> device_id;
};

class MobileDeviceOverrides {
 public:
  explicit MobileDeviceOverrides(Connection& connection);

  // Adds the override, or replaces the one of its user and device, which keeps its position in the list, its creation
  // date and the letter case of its device id.
  void put(const MobileDeviceOverride& device_override);
  auto find(EntityNumber user, std::string_view device_id) -> std::optional<MobileDeviceOverride>;
  auto list(OrganizationNumber organization, const MobileDeviceOverrideFilter& filter, MobileDeviceOverrideNumber after,
            std::int64_t limit) -> std::vector<MobileDeviceOverride>;
  // No effect if the override does not exist.
  void remove(EntityNumber user, std::string_view device_id);
  // Removes all overrides of the user.
  void remove_all(EntityNumber user);

 private:
  Statement put_;
  Statement find_;
  Statement list_;
  Statement list_of_user_;
  Statement list_of_device_;
  Statement list_of_user_and_device_;
  Statement remove_;
  Statement remove_all_;
};

}  // namespace workmail::store

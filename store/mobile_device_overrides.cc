#include "store/mobile_device_overrides.h"

#include "store/folding.h"
#include "store/sql_text.h"

namespace workmail::store {

namespace {

constexpr const char* kPut =
    "INSERT INTO mobile_device_access_override (organization, user, device_id, device_key, effect, description,"
    " created_at, modified_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (user, device_key) DO UPDATE SET effect = excluded.effect, description = excluded.description,"
    " modified_at = excluded.modified_at";

constexpr auto kOverrides = sql(
    "SELECT override.number, override.organization, override.user, entity.id, override.device_id, override.effect,"
    " override.description, override.created_at, override.modified_at FROM mobile_device_access_override AS override ");
constexpr auto kWithUser = sql(" JOIN entity ON entity.number = override.user ");
constexpr auto kPage = sql(" AND override.number > ? ORDER BY override.number LIMIT ?");

constexpr auto kFind = sql(kOverrides, kWithUser, "WHERE override.user = ? AND override.device_key = ?");

constexpr auto kList = sql(kOverrides, "INDEXED BY mobile_device_access_override_list", kWithUser,
                           "WHERE override.organization = ?", kPage);

constexpr auto kListOfUser =
    sql(kOverrides, "INDEXED BY mobile_device_access_override_user", kWithUser, "WHERE override.user = ?", kPage);

constexpr auto kListOfDevice = sql(kOverrides, "INDEXED BY mobile_device_access_override_device", kWithUser,
                                   "WHERE override.organization = ? AND override.device_key = ?", kPage);

constexpr auto kListOfUserAndDevice =
    sql(kOverrides, kWithUser, "WHERE override.user = ? AND override.device_key = ?", kPage);

auto read(Rows& row) -> MobileDeviceOverride {
  return {.number = row.next<MobileDeviceOverrideNumber>(),
          .organization = row.next<OrganizationNumber>(),
          .user = row.next<EntityNumber>(),
          .user_id = row.next<std::string>(),
          .device_id = row.next<std::string>(),
          .effect = row.next<std::string>(),
          .description = row.next<std::optional<std::string>>(),
          .created_at = row.next<Time>(),
          .modified_at = row.next<Time>()};
}

}  // namespace

MobileDeviceOverrides::MobileDeviceOverrides(Connection& connection)
    : put_(connection, kPut),
      find_(connection, kFind),
      list_(connection, kList),
      list_of_user_(connection, kListOfUser),
      list_of_device_(connection, kListOfDevice),
      list_of_user_and_device_(connection, kListOfUserAndDevice),
      remove_(connection, "DELETE FROM mobile_device_access_override WHERE user = ? AND device_key = ?"),
      remove_all_(connection, "DELETE FROM mobile_device_access_override WHERE user = ?") {}

void MobileDeviceOverrides::put(const MobileDeviceOverride& device_override) {
  put_.run(device_override.organization, device_override.user, device_override.device_id,
           fold(device_override.device_id), device_override.effect, device_override.description,
           device_override.created_at, device_override.modified_at);
}

auto MobileDeviceOverrides::find(EntityNumber user, std::string_view device_id) -> std::optional<MobileDeviceOverride> {
  return find_.first(read, user, fold(device_id));
}

auto MobileDeviceOverrides::list(OrganizationNumber organization, const MobileDeviceOverrideFilter& filter,
                                 MobileDeviceOverrideNumber after, std::int64_t limit)
    -> std::vector<MobileDeviceOverride> {
  const auto& [user, device_id] = filter;
  if (user && device_id) return list_of_user_and_device_.all(read, *user, fold(*device_id), after, limit);
  if (user) return list_of_user_.all(read, *user, after, limit);
  if (device_id) return list_of_device_.all(read, organization, fold(*device_id), after, limit);
  return list_.all(read, organization, after, limit);
}

void MobileDeviceOverrides::remove(EntityNumber user, std::string_view device_id) {
  remove_.run(user, fold(device_id));
}

void MobileDeviceOverrides::remove_all(EntityNumber user) {
  remove_all_.run(user);
}

}  // namespace workmail::store

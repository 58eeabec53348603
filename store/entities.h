// The table of users, groups and resources: what all three kinds share, and the attributes of each.
// api/rules/entity_state.h decides which change is allowed in which state. A DELETED entity is found only by its id.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/due.h"
#include "store/numbers.h"
#include "store/sqlite.h"
#include "store/user_attributes.h"

namespace workmail::store {

enum class EntityKind { User, Group, Resource };
enum class EntityState { Disabled, Enabled, Deleted };
template <>
inline constexpr std::int64_t kValuesOf<EntityKind> = 3;
template <>
inline constexpr std::int64_t kValuesOf<EntityState> = 3;

struct Entity {
  EntityNumber number{};
  OrganizationNumber organization{};
  EntityKind kind = EntityKind::User;
  std::string id;
  std::string name;
  EntityState state = EntityState::Disabled;
  std::optional<std::string> email;  // the primary address while ENABLED
  std::optional<Time> enabled_at;
  std::optional<Time> disabled_at;
  std::optional<Time> forgotten_at;  // when a DELETED entity is removed
  bool hidden = false;               // from the global address list
};

struct ResourceAttributes {
  std::string type;  // ROOM, EQUIPMENT
  std::optional<std::string> description;
  bool auto_accept_requests = true;
  bool auto_decline_recurring_requests = false;
  bool auto_decline_conflicting_requests = true;
};

class Entities {
 public:
  Entities(Connection& connection, Due& due);

  // Each returns the number of the new entity. They do not register addresses: Addresses::add does.
  auto add_user(const Entity& entity, const UserAttributes& attributes) -> EntityNumber;
  auto add_group(const Entity& entity) -> EntityNumber;
  auto add_resource(const Entity& entity, const ResourceAttributes& attributes) -> EntityNumber;

  auto find(EntityNumber number) -> std::optional<Entity>;
  auto find_by_id(OrganizationNumber organization, std::string_view id) -> std::optional<Entity>;
  // Not DELETED.
  auto find_by_name(OrganizationNumber organization, EntityKind kind, std::string_view name) -> std::optional<Entity>;
  // The same among all kinds, but for one entity.
  auto find_other_by_name(OrganizationNumber organization, std::string_view name, EntityNumber but)
      -> std::optional<Entity>;
  auto find_by_address(OrganizationNumber organization, std::string_view address) -> std::optional<Entity>;
  // Not DELETED, without regard to case.
  auto find_by_identity_provider_user(OrganizationNumber organization, std::string_view identity_provider_user_id)
      -> std::optional<Entity>;
  auto user(EntityNumber number) -> UserAttributes;
  auto resource(EntityNumber number) -> ResourceAttributes;

  // All entities of a kind, including DELETED ones, in the order of creation.
  auto all(OrganizationNumber organization, EntityKind kind) -> std::vector<Entity>;
  auto any_enabled(OrganizationNumber organization, EntityKind kind) -> bool;

  void enable(EntityNumber number, std::string_view email, Time now);
  void disable(EntityNumber number, Time now);
  void mark_deleted(EntityNumber number, Time forgotten_at);
  void remove(EntityNumber number);
  void set_email(EntityNumber number, std::string_view email);
  void set_hidden(EntityNumber number, bool hidden);
  void set_name(EntityNumber number, std::string_view name);
  void set_user(EntityNumber number, const UserAttributes& attributes);
  void set_resource(EntityNumber number, const ResourceAttributes& attributes);

 private:
  template <class... Attributes>
  auto insert(Statement& statement, const Entity& entity, EntityKind kind, const Attributes&... attributes)
      -> EntityNumber;
  Connection& connection_;
  Due& due_;
  Statement insert_user_;
  Statement insert_group_;
  Statement insert_resource_;
  Statement find_;
  Statement find_by_id_;
  Statement find_by_name_;
  Statement find_other_by_name_;
  Statement find_by_address_;
  Statement find_by_identity_provider_user_;
  Statement user_;
  Statement resource_;
  Statement all_;
  Statement any_enabled_;
  Statement enable_;
  Statement disable_;
  Statement mark_deleted_;
  Statement remove_;
  Statement set_email_;
  Statement set_hidden_;
  Statement set_name_;
  Statement set_user_;
  Statement set_resource_;
};

}  // namespace workmail::store

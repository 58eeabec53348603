#include "store/entities.h"

#include "store/entity_rows.h"
#include "store/folding.h"
#include "store/sql_text.h"

namespace workmail::store {

namespace {

// SQL that repeats for each attribute of a user: ", role" or ", role = ?".
template <std::size_t Length, std::size_t Size>
constexpr auto after_comma(const SqlText<Length>& column, const char (&end)[Size]) {
  return sql(", ", column, end);
}

template <std::size_t Size>
constexpr auto user_columns(const char (&end)[Size]) {
  return std::apply([&](const auto&... attributes) { return sql(after_comma(attributes.column, end)...); },
                    kUserAttributes);
}

constexpr auto kUserParameters = std::apply(
    [](const auto&... attributes) { return sql((static_cast<void>(attributes), sql(", ?"))...); }, kUserAttributes);

constexpr auto kInsertGroup = sql(
    "INSERT INTO entity (organization, kind, id, name, name_key, state, email, enabled_at, disabled_at, forgotten_at,"
    " hidden) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

constexpr auto kInsertUser = sql(
    "INSERT INTO entity (organization, kind, id, name, name_key, state, email, enabled_at, disabled_at, forgotten_at,"
    " hidden, role",
    user_columns(""), ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?", kUserParameters, ")");

constexpr auto kInsertResource = sql(
    "INSERT INTO entity (organization, kind, id, name, name_key, state, email, enabled_at, disabled_at, forgotten_at,"
    " hidden, resource_type, description, auto_accept_requests, auto_decline_recurring_requests,"
    " auto_decline_conflicting_requests) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

constexpr auto kFind = sql("SELECT ", kEntityColumns, " FROM entity WHERE number = ?");

constexpr auto kFindById = sql("SELECT ", kEntityColumns, " FROM entity WHERE organization = ? AND id = ?");

constexpr auto kFindByName = sql("SELECT ", kEntityColumns,
                                 " FROM entity WHERE organization = ? AND kind = ? AND name_key = ? AND ", kNotDeleted);

constexpr auto kFindOtherByName =
    sql("SELECT ", kEntityColumns,
        " FROM entity INDEXED BY entity_name WHERE organization = ? AND name_key = ? AND number <> ? AND ", kNotDeleted,
        " LIMIT 1");

constexpr auto kFindByAddress = sql("SELECT ", kEntityColumns,
                                    " FROM address JOIN entity ON entity.number = address.entity"
                                    " WHERE address.organization = ? AND address.address_key = ?");

constexpr auto kFindByIdentityProviderUser = sql("SELECT ", kEntityColumns,
                                                 " FROM entity WHERE organization = ?"
                                                 " AND identity_provider_user_id = ? COLLATE NOCASE AND ",
                                                 kNotDeleted);

constexpr auto kUser = sql("SELECT role", user_columns(""), " FROM entity WHERE number = ?");

constexpr const char* kResource =
    "SELECT resource_type, description, auto_accept_requests, auto_decline_recurring_requests,"
    " auto_decline_conflicting_requests FROM entity WHERE number = ?";

constexpr auto kAll =
    sql("SELECT ", kEntityColumns, " FROM entity WHERE organization = ? AND kind = ? ORDER BY number");

constexpr auto kSetUser = sql("UPDATE entity SET role = ?", user_columns(" = ?"), " WHERE number = ?");

constexpr auto kAnyEnabled =
    sql("SELECT 1 FROM entity WHERE organization = ? AND kind = ? AND state = ", in_sql<EntityState::Enabled>(),
        " LIMIT 1");

constexpr auto kEnable = sql("UPDATE entity SET state = ", in_sql<EntityState::Enabled>(),
                             ", email = ?, enabled_at = ?, disabled_at = NULL WHERE number = ?");

constexpr auto kDisable = sql("UPDATE entity SET state = ", in_sql<EntityState::Disabled>(),
                              ", email = NULL, disabled_at = ? WHERE number = ?");

constexpr auto kMarkDeleted = sql("UPDATE entity SET ", kDeleted, ", forgotten_at = ? WHERE number = ?");

constexpr const char* kSetResource =
    "UPDATE entity SET resource_type = ?, description = ?, auto_accept_requests = ?,"
    " auto_decline_recurring_requests = ?, auto_decline_conflicting_requests = ? WHERE number = ?";

auto read_user(Rows& row) -> UserAttributes {
  UserAttributes user{.role = row.next<std::string>()};
  for_each_user_attribute([&](const auto& attribute) {
    auto& member = attribute.of(user);
    member = row.next<std::remove_reference_t<decltype(member)>>();
  });
  return user;
}

auto read_resource(Rows& row) -> ResourceAttributes {
  return {.type = row.next<std::string>(),
          .description = row.next<std::optional<std::string>>(),
          .auto_accept_requests = row.next<bool>(),
          .auto_decline_recurring_requests = row.next<bool>(),
          .auto_decline_conflicting_requests = row.next<bool>()};
}

}  // namespace

Entities::Entities(Connection& connection, Due& due)
    : connection_(connection),
      due_(due),
      insert_user_(connection, kInsertUser),
      insert_group_(connection, kInsertGroup),
      insert_resource_(connection, kInsertResource),
      find_(connection, kFind),
      find_by_id_(connection, kFindById),
      find_by_name_(connection, kFindByName),
      find_other_by_name_(connection, kFindOtherByName),
      find_by_address_(connection, kFindByAddress),
      find_by_identity_provider_user_(connection, kFindByIdentityProviderUser),
      user_(connection, kUser),
      resource_(connection, kResource),
      all_(connection, kAll),
      any_enabled_(connection, kAnyEnabled),
      enable_(connection, kEnable),
      disable_(connection, kDisable),
      mark_deleted_(connection, kMarkDeleted),
      remove_(connection, "DELETE FROM entity WHERE number = ?"),
      set_email_(connection, "UPDATE entity SET email = ? WHERE number = ?"),
      set_hidden_(connection, "UPDATE entity SET hidden = ? WHERE number = ?"),
      set_name_(connection, "UPDATE entity SET name = ?, name_key = ? WHERE number = ?"),
      set_user_(connection, kSetUser),
      set_resource_(connection, kSetResource) {}

auto Entities::add_user(const Entity& entity, const UserAttributes& attributes) -> EntityNumber {
  return std::apply(
      [&](const auto&... attribute) {
        return insert(insert_user_, entity, EntityKind::User, attributes.role, attribute.of(attributes)...);
      },
      kUserAttributes);
}

auto Entities::add_group(const Entity& entity) -> EntityNumber {
  return insert(insert_group_, entity, EntityKind::Group);
}

auto Entities::add_resource(const Entity& entity, const ResourceAttributes& attributes) -> EntityNumber {
  return insert(insert_resource_, entity, EntityKind::Resource, attributes.type, attributes.description,
                attributes.auto_accept_requests, attributes.auto_decline_recurring_requests,
                attributes.auto_decline_conflicting_requests);
}

template <class... Attributes>
auto Entities::insert(Statement& statement, const Entity& entity, EntityKind kind, const Attributes&... attributes)
    -> EntityNumber {
  statement.run(entity.organization, kind, entity.id, entity.name, fold(entity.name), entity.state, entity.email,
                entity.enabled_at, entity.disabled_at, entity.forgotten_at, entity.hidden, attributes...);
  if (entity.forgotten_at) due_.note(*entity.forgotten_at);
  return connection_.last_insert_number<EntityNumber>();
}

auto Entities::find(EntityNumber number) -> std::optional<Entity> {
  return find_.first(read_entity, number);
}

auto Entities::find_by_id(OrganizationNumber organization, std::string_view id) -> std::optional<Entity> {
  return find_by_id_.first(read_entity, organization, id);
}

auto Entities::find_by_name(OrganizationNumber organization, EntityKind kind, std::string_view name)
    -> std::optional<Entity> {
  return find_by_name_.first(read_entity, organization, kind, fold(name));
}

auto Entities::find_other_by_name(OrganizationNumber organization, std::string_view name, EntityNumber but)
    -> std::optional<Entity> {
  return find_other_by_name_.first(read_entity, organization, fold(name), but);
}

auto Entities::find_by_address(OrganizationNumber organization, std::string_view address) -> std::optional<Entity> {
  return find_by_address_.first(read_entity, organization, fold(address));
}

auto Entities::find_by_identity_provider_user(OrganizationNumber organization,
                                              std::string_view identity_provider_user_id) -> std::optional<Entity> {
  return find_by_identity_provider_user_.first(read_entity, organization, identity_provider_user_id);
}

auto Entities::user(EntityNumber number) -> UserAttributes {
  return user_.first(read_user, number).value();
}

auto Entities::resource(EntityNumber number) -> ResourceAttributes {
  return resource_.first(read_resource, number).value();
}

auto Entities::all(OrganizationNumber organization, EntityKind kind) -> std::vector<Entity> {
  return all_.all(read_entity, organization, kind);
}

auto Entities::any_enabled(OrganizationNumber organization, EntityKind kind) -> bool {
  return any_enabled_(organization, kind).step();
}

void Entities::enable(EntityNumber number, std::string_view email, Time now) {
  enable_.run(email, now, number);
}

void Entities::disable(EntityNumber number, Time now) {
  disable_.run(now, number);
}

void Entities::mark_deleted(EntityNumber number, Time forgotten_at) {
  mark_deleted_.run(forgotten_at, number);
  due_.note(forgotten_at);
}

void Entities::remove(EntityNumber number) {
  remove_.run(number);
}

void Entities::set_email(EntityNumber number, std::string_view email) {
  set_email_.run(email, number);
}

void Entities::set_hidden(EntityNumber number, bool hidden) {
  set_hidden_.run(hidden, number);
}

void Entities::set_name(EntityNumber number, std::string_view name) {
  set_name_.run(name, fold(name), number);
}

void Entities::set_user(EntityNumber number, const UserAttributes& attributes) {
  std::apply([&](const auto&... attribute) { set_user_.run(attributes.role, attribute.of(attributes)..., number); },
             kUserAttributes);
}

void Entities::set_resource(EntityNumber number, const ResourceAttributes& attributes) {
  set_resource_.run(attributes.type, attributes.description, attributes.auto_accept_requests,
                    attributes.auto_decline_recurring_requests, attributes.auto_decline_conflicting_requests, number);
}

}  // namespace workmail::store

#include "store/entities.h"

#include "store/folding.h"

namespace workmail::store {

namespace {

constexpr const char* kInsert =
    "INSERT INTO entity (organization, kind, id, name, name_key, state, email, enabled_at, disabled_at, forgotten_at,"
    " hidden, role, display_name, first_name, last_name, identity_provider_user_id, "
    "identity_provider_identity_store_id,"
    " resource_type, description, auto_accept_requests, auto_decline_recurring_requests,"
    " auto_decline_conflicting_requests)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

#define ENTITY_COLUMNS \
  "entity.number, entity.organization, kind, id, name, state, email, enabled_at, disabled_at, forgotten_at, hidden"

constexpr const char* kFind = "SELECT " ENTITY_COLUMNS " FROM entity WHERE number = ?";

constexpr const char* kFindById = "SELECT " ENTITY_COLUMNS " FROM entity WHERE organization = ? AND id = ?";

constexpr const char* kFindByName =
    "SELECT " ENTITY_COLUMNS " FROM entity WHERE organization = ? AND kind = ? AND name_key = ? AND state <> 2";

constexpr const char* kFindOtherByName =
    "SELECT " ENTITY_COLUMNS
    " FROM entity INDEXED BY entity_name WHERE organization = ? AND name_key = ? AND number <> ? AND state <> 2"
    " LIMIT 1";

constexpr const char* kFindByAddress = "SELECT " ENTITY_COLUMNS
                                       " FROM address JOIN entity ON entity.number = address.entity"
                                       " WHERE address.organization = ? AND address.address_key = ?";

constexpr const char* kFindByIdentityProviderUser = "SELECT " ENTITY_COLUMNS
                                                    " FROM entity WHERE organization = ?"
                                                    " AND identity_provider_user_id = ? COLLATE NOCASE AND state <> 2";

constexpr const char* kUser =
    "SELECT role, display_name, first_name, last_name, initials, telephone, street, job_title, city, company, zip_code,"
    " department, country, office, identity_provider_user_id, identity_provider_identity_store_id"
    " FROM entity WHERE number = ?";

constexpr const char* kResource =
    "SELECT resource_type, description, auto_accept_requests, auto_decline_recurring_requests,"
    " auto_decline_conflicting_requests FROM entity WHERE number = ?";

// Lists walk an index in the order of creation: (organization, kind) or (organization, kind, state), each with the
// number behind it. A prefix that few entities have is looked up in the index of names or addresses instead, and the
// few are sorted; see Entities::list.
#define LISTED                                                                                                     \
  "SELECT number, id, name, state, email, enabled_at, disabled_at, display_name, role, identity_provider_user_id," \
  " identity_provider_identity_store_id, resource_type, description FROM entity "

constexpr const char* kList = LISTED
    "INDEXED BY entity_list WHERE organization = ?1 AND kind = ?2 AND number > ?3 AND (state <> 2 OR ?5)"
    " ORDER BY number LIMIT ?4";

constexpr const char* kListByState = LISTED
    "INDEXED BY entity_state WHERE organization = ? AND kind = ? AND state = ? AND number > ? ORDER BY number LIMIT ?";

constexpr const char* kAll =
    "SELECT " ENTITY_COLUMNS " FROM entity WHERE organization = ? AND kind = ? ORDER BY number";

// Parameters: 1 to 5 as above, then first and end of the range of each prefix, NULL for none.
#define FILTERS                                                                    \
  " AND (?6 IS NULL OR (name_key >= ?6 AND name_key < ?7))"                        \
  " AND (?8 IS NULL OR (fold(email) >= ?8 AND fold(email) < ?9))"                  \
  " AND (?10 IS NULL OR (fold(display_name) >= ?10 AND fold(display_name) < ?11))" \
  " AND (?12 IS NULL OR (fold(identity_provider_user_id) >= ?12 AND fold(identity_provider_user_id) < ?13))"

constexpr const char* kListFiltered =
    LISTED "INDEXED BY entity_list WHERE organization = ?1 AND kind = ?2 AND number > ?3 AND (state <> 2 OR ?5)" FILTERS
           " ORDER BY number LIMIT ?4";

constexpr const char* kListFewNames = LISTED
    "WHERE number IN (SELECT number FROM entity WHERE organization = ?1 AND kind = ?2 AND name_key >= ?6"
    " AND name_key < ?7 AND state <> 2 UNION ALL SELECT number FROM entity WHERE organization = ?1 AND kind = ?2"
    " AND name_key >= ?6 AND name_key < ?7 AND state = 2)"
    " AND number > ?3 AND (state <> 2 OR ?5)" FILTERS " ORDER BY number LIMIT ?4";

constexpr const char* kListFewAddresses = LISTED
    "WHERE number IN (SELECT entity FROM address WHERE organization = ?1 AND address_key >= ?8 AND address_key < ?9)"
    " AND kind = ?2 AND number > ?3 AND (state <> 2 OR ?5)" FILTERS " ORDER BY number LIMIT ?4";

constexpr std::int64_t kFew = 1000;

constexpr const char* kCountNames =
    "SELECT count(*) FROM (SELECT 1 FROM entity WHERE organization = ?1 AND kind = ?2 AND name_key >= ?3"
    " AND name_key < ?4 AND state <> 2 UNION ALL SELECT 1 FROM entity WHERE organization = ?1 AND kind = ?2"
    " AND name_key >= ?3 AND name_key < ?4 AND state = 2 LIMIT ?5)";

constexpr const char* kCountAddresses =
    "SELECT count(*) FROM (SELECT 1 FROM address WHERE organization = ? AND address_key >= ? AND address_key < ?"
    " LIMIT ?)";

constexpr const char* kSetUser =
    "UPDATE entity SET role = ?, display_name = ?, first_name = ?, last_name = ?, initials = ?, telephone = ?,"
    " street = ?, job_title = ?, city = ?, company = ?, zip_code = ?, department = ?, country = ?, office = ?,"
    " identity_provider_user_id = ?, identity_provider_identity_store_id = ? WHERE number = ?";

constexpr const char* kSetResource =
    "UPDATE entity SET resource_type = ?, description = ?, auto_accept_requests = ?,"
    " auto_decline_recurring_requests = ?, auto_decline_conflicting_requests = ? WHERE number = ?";

auto read(Rows& row) -> Entity {
  return {.number = row.next<std::int64_t>(),
          .organization = row.next<std::int64_t>(),
          .kind = row.next<EntityKind>(),
          .id = row.next<std::string>(),
          .name = row.next<std::string>(),
          .state = row.next<EntityState>(),
          .email = row.next<std::optional<std::string>>(),
          .enabled_at = row.next<std::optional<Time>>(),
          .disabled_at = row.next<std::optional<Time>>(),
          .forgotten_at = row.next<std::optional<Time>>(),
          .hidden = row.next<bool>()};
}

auto read_listed(Rows& row) -> ListedEntity {
  return {.number = row.next<std::int64_t>(),
          .id = row.next<std::string>(),
          .name = row.next<std::string>(),
          .state = row.next<EntityState>(),
          .email = row.next<std::optional<std::string>>(),
          .enabled_at = row.next<std::optional<Time>>(),
          .disabled_at = row.next<std::optional<Time>>(),
          .display_name = row.next<std::optional<std::string>>(),
          .role = row.next<std::optional<std::string>>(),
          .identity_provider_user_id = row.next<std::optional<std::string>>(),
          .identity_provider_identity_store_id = row.next<std::optional<std::string>>(),
          .resource_type = row.next<std::optional<std::string>>(),
          .description = row.next<std::optional<std::string>>()};
}

auto read_user(Rows& row) -> UserAttributes {
  return {.role = row.next<std::string>(),
          .display_name = row.next<std::optional<std::string>>(),
          .first_name = row.next<std::optional<std::string>>(),
          .last_name = row.next<std::optional<std::string>>(),
          .initials = row.next<std::optional<std::string>>(),
          .telephone = row.next<std::optional<std::string>>(),
          .street = row.next<std::optional<std::string>>(),
          .job_title = row.next<std::optional<std::string>>(),
          .city = row.next<std::optional<std::string>>(),
          .company = row.next<std::optional<std::string>>(),
          .zip_code = row.next<std::optional<std::string>>(),
          .department = row.next<std::optional<std::string>>(),
          .country = row.next<std::optional<std::string>>(),
          .office = row.next<std::optional<std::string>>(),
          .identity_provider_user_id = row.next<std::optional<std::string>>(),
          .identity_provider_identity_store_id = row.next<std::optional<std::string>>()};
}

auto read_resource(Rows& row) -> ResourceAttributes {
  return {.type = row.next<std::string>(),
          .description = row.next<std::optional<std::string>>(),
          .auto_accept_requests = row.next<bool>(),
          .auto_decline_recurring_requests = row.next<bool>(),
          .auto_decline_conflicting_requests = row.next<bool>()};
}

auto count(Rows& row) -> std::int64_t {
  return row.next<std::int64_t>();
}

// The texts from the prefix on and before the next one.
struct Range {
  explicit Range(const std::optional<std::string>& prefix) {
    if (!prefix) return;
    first = fold(*prefix);
    end = after_prefix(*first);
  }
  std::optional<std::string> first;
  std::optional<std::string> end;
};

}  // namespace

Entities::Entities(Connection& connection, Due& due)
    : connection_(connection),
      due_(due),
      insert_(connection, kInsert),
      find_(connection, kFind),
      find_by_id_(connection, kFindById),
      find_by_name_(connection, kFindByName),
      find_other_by_name_(connection, kFindOtherByName),
      find_by_address_(connection, kFindByAddress),
      find_by_identity_provider_user_(connection, kFindByIdentityProviderUser),
      user_(connection, kUser),
      resource_(connection, kResource),
      list_(connection, kList),
      all_(connection, kAll),
      list_by_state_(connection, kListByState),
      list_filtered_(connection, kListFiltered),
      list_few_names_(connection, kListFewNames),
      list_few_addresses_(connection, kListFewAddresses),
      count_names_(connection, kCountNames),
      count_addresses_(connection, kCountAddresses),
      any_enabled_(connection, "SELECT 1 FROM entity WHERE organization = ? AND kind = ? AND state = 1 LIMIT 1"),
      enable_(connection,
              "UPDATE entity SET state = 1, email = ?, enabled_at = ?, disabled_at = NULL WHERE number = ?"),
      disable_(connection, "UPDATE entity SET state = 0, email = NULL, disabled_at = ? WHERE number = ?"),
      mark_deleted_(connection, "UPDATE entity SET state = 2, forgotten_at = ? WHERE number = ?"),
      remove_(connection, "DELETE FROM entity WHERE number = ?"),
      set_email_(connection, "UPDATE entity SET email = ? WHERE number = ?"),
      set_hidden_(connection, "UPDATE entity SET hidden = ? WHERE number = ?"),
      set_name_(connection, "UPDATE entity SET name = ?, name_key = ? WHERE number = ?"),
      set_user_(connection, kSetUser),
      set_resource_(connection, kSetResource) {}

auto Entities::add_user(const Entity& entity, const UserAttributes& attributes) -> std::int64_t {
  insert(entity, EntityKind::User, attributes.role, attributes.display_name, attributes.first_name,
         attributes.last_name, attributes.identity_provider_user_id, attributes.identity_provider_identity_store_id,
         std::nullopt, std::nullopt, std::nullopt, std::nullopt, std::nullopt);
  return connection_.last_insert_number();
}

auto Entities::add_group(const Entity& entity) -> std::int64_t {
  insert(entity, EntityKind::Group, std::nullopt, std::nullopt, std::nullopt, std::nullopt, std::nullopt, std::nullopt,
         std::nullopt, std::nullopt, std::nullopt, std::nullopt, std::nullopt);
  return connection_.last_insert_number();
}

auto Entities::add_resource(const Entity& entity, const ResourceAttributes& attributes) -> std::int64_t {
  insert(entity, EntityKind::Resource, std::nullopt, std::nullopt, std::nullopt, std::nullopt, std::nullopt,
         std::nullopt, attributes.type, attributes.description, attributes.auto_accept_requests,
         attributes.auto_decline_recurring_requests, attributes.auto_decline_conflicting_requests);
  return connection_.last_insert_number();
}

template <class... Attributes>
void Entities::insert(const Entity& entity, EntityKind kind, const Attributes&... attributes) {
  insert_.run(entity.organization, kind, entity.id, entity.name, fold(entity.name), entity.state, entity.email,
              entity.enabled_at, entity.disabled_at, entity.forgotten_at, entity.hidden, attributes...);
  if (entity.forgotten_at) due_.note(*entity.forgotten_at);
}

auto Entities::find(std::int64_t number) -> std::optional<Entity> {
  return find_.first(read, number);
}

auto Entities::find_by_id(std::int64_t organization, std::string_view id) -> std::optional<Entity> {
  return find_by_id_.first(read, organization, id);
}

auto Entities::find_by_name(std::int64_t organization, EntityKind kind, std::string_view name)
    -> std::optional<Entity> {
  return find_by_name_.first(read, organization, kind, fold(name));
}

auto Entities::find_other_by_name(std::int64_t organization, std::string_view name, std::int64_t but)
    -> std::optional<Entity> {
  return find_other_by_name_.first(read, organization, fold(name), but);
}

auto Entities::find_by_address(std::int64_t organization, std::string_view address) -> std::optional<Entity> {
  return find_by_address_.first(read, organization, fold(address));
}

auto Entities::find_by_identity_provider_user(std::int64_t organization, std::string_view identity_provider_user_id)
    -> std::optional<Entity> {
  return find_by_identity_provider_user_.first(read, organization, identity_provider_user_id);
}

auto Entities::user(std::int64_t number) -> UserAttributes {
  return user_.first(read_user, number).value();
}

auto Entities::resource(std::int64_t number) -> ResourceAttributes {
  return resource_.first(read_resource, number).value();
}

auto Entities::list(std::int64_t organization, EntityKind kind, const EntityFilter& filter, std::int64_t after,
                    std::int64_t limit) -> std::vector<ListedEntity> {
  if (filter.state) {
    if (*filter.state == EntityState::Deleted && !filter.with_deleted) return {};
    return list_by_state_.all(read_listed, organization, kind, *filter.state, after, limit);
  }
  const Range names(filter.name_prefix);
  const Range addresses(filter.email_prefix);
  if (names.first && few_names(organization, kind, *names.first, *names.end)) {
    return page(list_few_names_, organization, kind, filter, after, limit);
  }
  if (addresses.first && few_addresses(organization, *addresses.first, *addresses.end)) {
    return page(list_few_addresses_, organization, kind, filter, after, limit);
  }
  if (names.first || addresses.first || filter.display_name_prefix || filter.identity_provider_user_id_prefix) {
    return page(list_filtered_, organization, kind, filter, after, limit);
  }
  return list_.all(read_listed, organization, kind, after, limit, filter.with_deleted);
}

auto Entities::page(Statement& statement, std::int64_t organization, EntityKind kind, const EntityFilter& filter,
                    std::int64_t after, std::int64_t limit) -> std::vector<ListedEntity> {
  const Range names(filter.name_prefix);
  const Range addresses(filter.email_prefix);
  const Range display_names(filter.display_name_prefix);
  const Range identity_provider_users(filter.identity_provider_user_id_prefix);
  return statement.all(read_listed, organization, kind, after, limit, filter.with_deleted, names.first, names.end,
                       addresses.first, addresses.end, display_names.first, display_names.end,
                       identity_provider_users.first, identity_provider_users.end);
}

auto Entities::few_names(std::int64_t organization, EntityKind kind, std::string_view first, std::string_view end)
    -> bool {
  return *count_names_.first(count, organization, kind, first, end, kFew + 1) <= kFew;
}

auto Entities::few_addresses(std::int64_t organization, std::string_view first, std::string_view end) -> bool {
  return *count_addresses_.first(count, organization, first, end, kFew + 1) <= kFew;
}

auto Entities::all(std::int64_t organization, EntityKind kind) -> std::vector<Entity> {
  return all_.all(read, organization, kind);
}

auto Entities::any_enabled(std::int64_t organization, EntityKind kind) -> bool {
  return any_enabled_(organization, kind).step();
}

void Entities::enable(std::int64_t number, std::string_view email, Time now) {
  enable_.run(email, now, number);
}

void Entities::disable(std::int64_t number, Time now) {
  disable_.run(now, number);
}

void Entities::mark_deleted(std::int64_t number, Time forgotten_at) {
  mark_deleted_.run(forgotten_at, number);
  due_.note(forgotten_at);
}

void Entities::remove(std::int64_t number) {
  remove_.run(number);
}

void Entities::set_email(std::int64_t number, std::string_view email) {
  set_email_.run(email, number);
}

void Entities::set_hidden(std::int64_t number, bool hidden) {
  set_hidden_.run(hidden, number);
}

void Entities::set_name(std::int64_t number, std::string_view name) {
  set_name_.run(name, fold(name), number);
}

void Entities::set_user(std::int64_t number, const UserAttributes& attributes) {
  set_user_.run(attributes.role, attributes.display_name, attributes.first_name, attributes.last_name,
                attributes.initials, attributes.telephone, attributes.street, attributes.job_title, attributes.city,
                attributes.company, attributes.zip_code, attributes.department, attributes.country, attributes.office,
                attributes.identity_provider_user_id, attributes.identity_provider_identity_store_id, number);
}

void Entities::set_resource(std::int64_t number, const ResourceAttributes& attributes) {
  set_resource_.run(attributes.type, attributes.description, attributes.auto_accept_requests,
                    attributes.auto_decline_recurring_requests, attributes.auto_decline_conflicting_requests, number);
}

}  // namespace workmail::store

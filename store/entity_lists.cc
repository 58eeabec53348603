#include "store/entity_lists.h"

#include <algorithm>

#include "store/entity_rows.h"
#include "store/folding.h"
#include "store/sql_text.h"

namespace workmail::store {

namespace {

// Lists read an index in the order of creation: (organization, kind, number) or (organization, kind, state, number). A
// prefix that few entities have is instead looked up in the index of names or addresses, and the result is sorted; see
// EntityLists::list.
constexpr auto kListed =
    sql("SELECT number, id, name, state, email, enabled_at, disabled_at, display_name, role, identity_provider_user_id,"
        " identity_provider_identity_store_id, resource_type, description FROM entity ");

constexpr auto kList =
    sql(kListed, "INDEXED BY entity_list WHERE organization = ?1 AND kind = ?2 AND number > ?3 AND (", kNotDeleted,
        " OR ?5)"
        " ORDER BY number LIMIT ?4");

constexpr auto kListByState = sql(
    kListed,
    "INDEXED BY entity_state WHERE organization = ? AND kind = ? AND state = ? AND number > ? ORDER BY number LIMIT ?");

// Parameters: 1 to 5 as above, then the first and the last text of the range of each prefix, NULL for no prefix.
constexpr auto kFilters =
    sql(" AND (?6 IS NULL OR (name_key >= ?6 AND name_key < ?7))"
        " AND (?8 IS NULL OR (fold(email) >= ?8 AND fold(email) < ?9))"
        " AND (?10 IS NULL OR (fold(display_name) >= ?10 AND fold(display_name) < ?11))"
        " AND (?12 IS NULL OR (fold(identity_provider_user_id) >= ?12 AND fold(identity_provider_user_id) < ?13))");

constexpr auto kListFiltered =
    sql(kListed, "INDEXED BY entity_list WHERE organization = ?1 AND kind = ?2 AND number > ?3 AND (", kNotDeleted,
        " OR ?5)", kFilters, " ORDER BY number LIMIT ?4");

constexpr auto kListFewNames =
    sql(kListed,
        "WHERE number IN (SELECT number FROM entity WHERE organization = ?1 AND kind = ?2 AND name_key >= ?6"
        " AND name_key < ?7 AND ",
        kNotDeleted,
        " UNION ALL SELECT number FROM entity WHERE organization = ?1 AND kind = ?2"
        " AND name_key >= ?6 AND name_key < ?7 AND ",
        kDeleted,
        ")"
        " AND number > ?3 AND (",
        kNotDeleted, " OR ?5)", kFilters, " ORDER BY number LIMIT ?4");

constexpr auto kListFewAddresses = sql(
    kListed,
    "WHERE number IN (SELECT entity FROM address WHERE organization = ?1 AND address_key >= ?8 AND address_key < ?9)"
    " AND kind = ?2 AND number > ?3 AND (",
    kNotDeleted, " OR ?5)", kFilters, " ORDER BY number LIMIT ?4");

constexpr std::int64_t kMaxSorted = 1000;

constexpr auto kCountNames =
    sql("SELECT count(*) FROM (SELECT 1 FROM entity WHERE organization = ?1 AND kind = ?2 AND name_key >= ?3"
        " AND name_key < ?4 AND ",
        kNotDeleted,
        " UNION ALL SELECT 1 FROM entity WHERE organization = ?1 AND kind = ?2"
        " AND name_key >= ?3 AND name_key < ?4 AND ",
        kDeleted, " LIMIT ?5)");

constexpr const char* kCountAddresses =
    "SELECT count(*) FROM (SELECT 1 FROM address WHERE organization = ? AND address_key >= ? AND address_key < ?"
    " LIMIT ?)";

auto read_listed(Rows& row) -> ListedEntity {
  return {.number = row.next<EntityNumber>(),
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

// More than a page of the API has.
constexpr std::int64_t kRoom = 128;

// The rows of a list; for a page, room is made at once.
template <class... Values>
auto listed(Statement& statement, std::int64_t limit, const Values&... values) -> std::vector<ListedEntity> {
  std::vector<ListedEntity> found;
  found.reserve(static_cast<std::size_t>(std::min(limit, kRoom)));
  auto rows = statement(values...);
  while (rows.step()) found.push_back(read_listed(rows));
  return found;
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

EntityLists::EntityLists(Connection& connection)
    : list_(connection, kList),
      list_by_state_(connection, kListByState),
      list_filtered_(connection, kListFiltered),
      list_few_names_(connection, kListFewNames),
      list_few_addresses_(connection, kListFewAddresses),
      count_names_(connection, kCountNames),
      count_addresses_(connection, kCountAddresses) {}

auto EntityLists::list(OrganizationNumber organization, EntityKind kind, const EntityFilter& filter, EntityNumber after,
                       std::int64_t limit) -> std::vector<ListedEntity> {
  if (filter.state) {
    if (*filter.state == EntityState::Deleted && !filter.with_deleted) return {};
    return listed(list_by_state_, limit, organization, kind, *filter.state, after, limit);
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
  return listed(list_, limit, organization, kind, after, limit, filter.with_deleted);
}

auto EntityLists::page(Statement& statement, OrganizationNumber organization, EntityKind kind,
                       const EntityFilter& filter, EntityNumber after, std::int64_t limit)
    -> std::vector<ListedEntity> {
  const Range names(filter.name_prefix);
  const Range addresses(filter.email_prefix);
  const Range display_names(filter.display_name_prefix);
  const Range identity_provider_users(filter.identity_provider_user_id_prefix);
  return listed(statement, limit, organization, kind, after, limit, filter.with_deleted, names.first, names.end,
                addresses.first, addresses.end, display_names.first, display_names.end, identity_provider_users.first,
                identity_provider_users.end);
}

auto EntityLists::few_names(OrganizationNumber organization, EntityKind kind, std::string_view first,
                            std::string_view end) -> bool {
  return *count_names_.first(count, organization, kind, first, end, kMaxSorted + 1) <= kMaxSorted;
}

auto EntityLists::few_addresses(OrganizationNumber organization, std::string_view first, std::string_view end) -> bool {
  return *count_addresses_.first(count, organization, first, end, kMaxSorted + 1) <= kMaxSorted;
}

}  // namespace workmail::store

#include "store/impersonation_roles.h"

#include "store/folding.h"
#include "store/sql_text.h"

namespace workmail::store {

namespace {

constexpr const char* kInsert =
    "INSERT INTO impersonation_role (organization, id, name, name_key, type, description, created_at, modified_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

constexpr auto kRoleColumns = sql("number, organization, id, name, type, description, created_at, modified_at");

constexpr auto kFind = sql("SELECT ", kRoleColumns, " FROM impersonation_role WHERE organization = ? AND id = ?");

constexpr auto kFindByName =
    sql("SELECT ", kRoleColumns, " FROM impersonation_role WHERE organization = ? AND name_key = ?");

constexpr auto kList = sql("SELECT ", kRoleColumns,
                           " FROM impersonation_role INDEXED BY impersonation_role_list"
                           " WHERE organization = ? AND number > ? ORDER BY number LIMIT ?");

constexpr const char* kSet =
    "UPDATE impersonation_role SET name = ?, name_key = ?, type = ?, description = ?, modified_at = ? WHERE number = ?";

constexpr const char* kRules =
    "SELECT id, name, description, effect, target_users, not_target_users FROM impersonation_rule"
    " INDEXED BY impersonation_rule_list WHERE role = ? ORDER BY number";

constexpr const char* kInsertRule =
    "INSERT INTO impersonation_rule (role, id, name, description, effect, target_users, not_target_users)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)";

auto read(Rows& row) -> ImpersonationRole {
  return {.number = row.next<ImpersonationRoleNumber>(),
          .organization = row.next<OrganizationNumber>(),
          .id = row.next<std::string>(),
          .name = row.next<std::string>(),
          .type = row.next<std::string>(),
          .description = row.next<std::optional<std::string>>(),
          .created_at = row.next<Time>(),
          .modified_at = row.next<Time>()};
}

auto read_rule(Rows& row) -> ImpersonationRule {
  return {.id = row.next<std::string>(),
          .name = row.next<std::optional<std::string>>(),
          .description = row.next<std::optional<std::string>>(),
          .effect = row.next<std::string>(),
          .target_users = split(row.next<std::optional<std::string>>()),
          .not_target_users = split(row.next<std::optional<std::string>>())};
}

}  // namespace

ImpersonationRoles::ImpersonationRoles(Connection& connection)
    : connection_(connection),
      insert_(connection, kInsert),
      find_(connection, kFind),
      find_by_name_(connection, kFindByName),
      list_(connection, kList),
      count_(connection, "SELECT count(*) FROM impersonation_role WHERE organization = ?"),
      set_(connection, kSet),
      remove_(connection, "DELETE FROM impersonation_role WHERE organization = ? AND id = ?"),
      rules_(connection, kRules),
      insert_rule_(connection, kInsertRule),
      remove_rules_(connection, "DELETE FROM impersonation_rule WHERE role = ?") {}

auto ImpersonationRoles::add(const ImpersonationRole& role) -> ImpersonationRoleNumber {
  insert_.run(role.organization, role.id, role.name, fold(role.name), role.type, role.description, role.created_at,
              role.modified_at);
  return connection_.last_insert_number<ImpersonationRoleNumber>();
}

auto ImpersonationRoles::find(OrganizationNumber organization, std::string_view id)
    -> std::optional<ImpersonationRole> {
  return find_.first(read, organization, id);
}

auto ImpersonationRoles::find_by_name(OrganizationNumber organization, std::string_view name)
    -> std::optional<ImpersonationRole> {
  return find_by_name_.first(read, organization, fold(name));
}

auto ImpersonationRoles::list(OrganizationNumber organization, ImpersonationRoleNumber after, std::int64_t limit)
    -> std::vector<ImpersonationRole> {
  return list_.all(read, organization, after, limit);
}

auto ImpersonationRoles::count(OrganizationNumber organization) -> std::int64_t {
  return *count_.first([](Rows& row) { return row.next<std::int64_t>(); }, organization);
}

void ImpersonationRoles::set(const ImpersonationRole& role) {
  set_.run(role.name, fold(role.name), role.type, role.description, role.modified_at, role.number);
}

void ImpersonationRoles::remove(OrganizationNumber organization, std::string_view id) {
  remove_.run(organization, id);
}

auto ImpersonationRoles::rules(ImpersonationRoleNumber role) -> std::vector<ImpersonationRule> {
  return rules_.all(read_rule, role);
}

void ImpersonationRoles::set_rules(ImpersonationRoleNumber role, const std::vector<ImpersonationRule>& rules) {
  remove_rules_.run(role);
  for (const auto& rule : rules) {
    insert_rule_.run(role, rule.id, rule.name, rule.description, rule.effect, join(rule.target_users),
                     join(rule.not_target_users));
  }
}

}  // namespace workmail::store

#include "store/access_control_rules.h"

#include "store/sql_text.h"

namespace workmail::store {

namespace {

constexpr auto kRuleColumns = sql(
    "organization, name, effect, description, ip_ranges, not_ip_ranges, actions, not_actions, user_ids, not_user_ids,"
    " impersonation_role_ids, not_impersonation_role_ids, created_at, modified_at");

constexpr auto kPut =
    sql("INSERT INTO access_control_rule (", kRuleColumns,
        ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (organization, name) DO UPDATE SET effect = excluded.effect, description = excluded.description,"
        " ip_ranges = excluded.ip_ranges, not_ip_ranges = excluded.not_ip_ranges, actions = excluded.actions,"
        " not_actions = excluded.not_actions, user_ids = excluded.user_ids, not_user_ids = excluded.not_user_ids,"
        " impersonation_role_ids = excluded.impersonation_role_ids,"
        " not_impersonation_role_ids = excluded.not_impersonation_role_ids, modified_at = excluded.modified_at");

constexpr auto kList = sql("SELECT number, ", kRuleColumns,
                           " FROM access_control_rule INDEXED BY access_control_rule_list"
                           " WHERE organization = ? ORDER BY number");

auto read_list(Rows& row) -> StringList {
  return split(row.next<std::optional<std::string>>());
}

auto read(Rows& row) -> AccessControlRule {
  return {.number = row.next<AccessControlRuleNumber>(),
          .organization = row.next<OrganizationNumber>(),
          .name = row.next<std::string>(),
          .effect = row.next<std::string>(),
          .description = row.next<std::string>(),
          .ip_ranges = read_list(row),
          .not_ip_ranges = read_list(row),
          .actions = read_list(row),
          .not_actions = read_list(row),
          .user_ids = read_list(row),
          .not_user_ids = read_list(row),
          .impersonation_role_ids = read_list(row),
          .not_impersonation_role_ids = read_list(row),
          .created_at = row.next<Time>(),
          .modified_at = row.next<Time>()};
}

}  // namespace

AccessControlRules::AccessControlRules(Connection& connection)
    : put_(connection, kPut),
      list_(connection, kList),
      remove_(connection, "DELETE FROM access_control_rule WHERE organization = ? AND name = ?") {}

void AccessControlRules::put(const AccessControlRule& rule) {
  put_.run(rule.organization, rule.name, rule.effect, rule.description, join(rule.ip_ranges), join(rule.not_ip_ranges),
           join(rule.actions), join(rule.not_actions), join(rule.user_ids), join(rule.not_user_ids),
           join(rule.impersonation_role_ids), join(rule.not_impersonation_role_ids), rule.created_at, rule.modified_at);
}

auto AccessControlRules::list(OrganizationNumber organization) -> std::vector<AccessControlRule> {
  return list_.all(read, organization);
}

void AccessControlRules::remove(OrganizationNumber organization, std::string_view name) {
  remove_.run(organization, name);
}

}  // namespace workmail::store

#include "store/email_flow_rules.h"

#include "store/sql_text.h"

namespace workmail::store {

namespace {

constexpr auto kColumns =
    sql("name, direction, sender_patterns, destination_patterns, action, lambda_arn, synchronous, fallback,"
        " rule_timeout_minutes");

constexpr auto kPut =
    sql("INSERT INTO email_flow_rule (organization, ", kColumns, ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        " ON CONFLICT (organization, name) DO UPDATE SET direction = excluded.direction,"
        " sender_patterns = excluded.sender_patterns, destination_patterns = excluded.destination_patterns,"
        " action = excluded.action, lambda_arn = excluded.lambda_arn, synchronous = excluded.synchronous,"
        " fallback = excluded.fallback, rule_timeout_minutes = excluded.rule_timeout_minutes");

constexpr auto kFind = sql("SELECT ", kColumns, " FROM email_flow_rule WHERE organization = ? AND name = ?");

constexpr auto kList = sql("SELECT ", kColumns,
                           " FROM email_flow_rule INDEXED BY email_flow_rule_list"
                           " WHERE organization = ? ORDER BY number");

auto read(Rows& row) -> EmailFlowRule {
  return {.name = row.next<std::string>(),
          .direction = row.next<FlowDirection>(),
          .sender_patterns = split(row.next<std::string>()),
          .destination_patterns = split(row.next<std::string>()),
          .action = row.next<FlowAction>(),
          .lambda_arn = row.next<std::string>(),
          .synchronous = row.next<bool>(),
          .fallback = row.next<FlowAction>(),
          .rule_timeout_minutes = row.next<int>()};
}

}  // namespace

EmailFlowRules::EmailFlowRules(Connection& connection)
    : put_(connection, kPut),
      find_(connection, kFind),
      list_(connection, kList),
      count_(connection, "SELECT count(*) FROM email_flow_rule WHERE organization = ?"),
      remove_(connection, "DELETE FROM email_flow_rule WHERE organization = ? AND name = ?") {}

void EmailFlowRules::put(OrganizationNumber organization, const EmailFlowRule& rule) {
  put_.run(organization, rule.name, rule.direction, join(rule.sender_patterns), join(rule.destination_patterns),
           rule.action, rule.lambda_arn, rule.synchronous, rule.fallback, rule.rule_timeout_minutes);
}

auto EmailFlowRules::find(OrganizationNumber organization, std::string_view name) -> std::optional<EmailFlowRule> {
  return find_.first(read, organization, name);
}

auto EmailFlowRules::list(OrganizationNumber organization) -> std::vector<EmailFlowRule> {
  return list_.all(read, organization);
}

auto EmailFlowRules::count(OrganizationNumber organization) -> std::int64_t {
  return count_.first([](Rows& row) { return row.next<std::int64_t>(); }, organization).value_or(0);
}

void EmailFlowRules::remove(OrganizationNumber organization, std::string_view name) {
  remove_.run(organization, name);
}

}  // namespace workmail::store

#include "store/mobile_device_rules.h"

#include "store/sql_text.h"

namespace workmail::store {

namespace {

constexpr auto kRuleColumns =
    sql("organization, id, name, description, effect, device_types, not_device_types, device_models,"
        " not_device_models, device_operating_systems, not_device_operating_systems, device_user_agents,"
        " not_device_user_agents, created_at, modified_at");

constexpr auto kInsert = sql("INSERT INTO mobile_device_access_rule (", kRuleColumns,
                             ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

constexpr auto kList = sql("SELECT number, ", kRuleColumns,
                           " FROM mobile_device_access_rule INDEXED BY mobile_device_access_rule_list"
                           " WHERE organization = ? ORDER BY number");

constexpr const char* kSet =
    "UPDATE mobile_device_access_rule SET name = ?, description = ?, effect = ?, device_types = ?,"
    " not_device_types = ?, device_models = ?, not_device_models = ?, device_operating_systems = ?,"
    " not_device_operating_systems = ?, device_user_agents = ?, not_device_user_agents = ?, modified_at = ?"
    " WHERE organization = ? AND id = ?";

auto read_list(Rows& row) -> StringList {
  return split(row.next<std::optional<std::string>>());
}

auto read(Rows& row) -> MobileDeviceRule {
  return {.number = row.next<MobileDeviceRuleNumber>(),
          .organization = row.next<OrganizationNumber>(),
          .id = row.next<std::string>(),
          .name = row.next<std::string>(),
          .description = row.next<std::optional<std::string>>(),
          .effect = row.next<std::string>(),
          .device_types = read_list(row),
          .not_device_types = read_list(row),
          .device_models = read_list(row),
          .not_device_models = read_list(row),
          .device_operating_systems = read_list(row),
          .not_device_operating_systems = read_list(row),
          .device_user_agents = read_list(row),
          .not_device_user_agents = read_list(row),
          .created_at = row.next<Time>(),
          .modified_at = row.next<Time>()};
}

}  // namespace

MobileDeviceRules::MobileDeviceRules(Connection& connection)
    : connection_(connection),
      insert_(connection, kInsert),
      list_(connection, kList),
      set_(connection, kSet),
      remove_(connection, "DELETE FROM mobile_device_access_rule WHERE organization = ? AND id = ?") {}

void MobileDeviceRules::add(const MobileDeviceRule& rule) {
  insert_.run(rule.organization, rule.id, rule.name, rule.description, rule.effect, join(rule.device_types),
              join(rule.not_device_types), join(rule.device_models), join(rule.not_device_models),
              join(rule.device_operating_systems), join(rule.not_device_operating_systems),
              join(rule.device_user_agents), join(rule.not_device_user_agents), rule.created_at, rule.modified_at);
}

auto MobileDeviceRules::list(OrganizationNumber organization) -> std::vector<MobileDeviceRule> {
  return list_.all(read, organization);
}

auto MobileDeviceRules::set(const MobileDeviceRule& rule) -> bool {
  set_.run(rule.name, rule.description, rule.effect, join(rule.device_types), join(rule.not_device_types),
           join(rule.device_models), join(rule.not_device_models), join(rule.device_operating_systems),
           join(rule.not_device_operating_systems), join(rule.device_user_agents), join(rule.not_device_user_agents),
           rule.modified_at, rule.organization, rule.id);
  return connection_.changes() > 0;
}

void MobileDeviceRules::remove(OrganizationNumber organization, std::string_view id) {
  remove_.run(organization, id);
}

}  // namespace workmail::store

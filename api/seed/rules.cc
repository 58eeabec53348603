#include "api/call/errors.h"
#include "api/rules/impersonation_rules.h"
#include "api/rules/organization_defaults.h"
#include "api/rules/rule_conditions.h"
#include "api/seed/apply.h"
#include "generated/workmail/operations.h"

namespace workmail::api {

namespace {

// A rule with a date was created before, and may refer to users and roles that were removed since.
enum class Made { Before, Now };

auto made(const std::optional<Time>& date) -> Made {
  return date ? Made::Before : Made::Now;
}

// A user in a rule, by id, name or address, in any state.
auto user_id(const Context& context, const store::OrganizationHead& organization, Made rule,
             const std::string& identifier) -> std::string {
  auto user = context.find_entity(organization, identifier, {store::EntityKind::User}, Accepts::IdNameOrAddress);
  if (!user && rule == Made::Before && is_entity_id(identifier)) return identifier;
  if (!user) throw errors::entity_not_found(identifier, organization.id);
  return std::move(user->id);
}

// The users in the rules of one list.
class Users {
 public:
  Users(const Context& context, const store::OrganizationHead& organization, Made rule)
      : context_(context), organization_(organization), rule_(rule) {}

  auto operator()(const std::optional<std::vector<std::string>>& identifiers, const Path& path) const
      -> store::StringList {
    store::StringList ids;
    for_each(identifiers, path, [&](const std::string& identifier, const Path& place) {
      refusing(place, [&] { ids.push_back(user_id(context_, organization_, rule_, identifier)); });
    });
    return ids;
  }

 private:
  const Context& context_;
  const store::OrganizationHead& organization_;
  Made rule_;
};

auto rules_of(const Users& users, const std::vector<ImpersonationRule>& seeded, const Path& path)
    -> std::vector<store::ImpersonationRule> {
  std::vector<store::ImpersonationRule> rules;
  for (std::size_t i = 0; i < seeded.size(); ++i) {
    const auto& rule = seeded[i];
    const Path place = path.element(i);
    rules.push_back({.id = rule.impersonation_rule_id,
                     .name = rule.name,
                     .description = rule.description,
                     .effect = std::string(to_string(rule.effect)),
                     .target_users = users(rule.target_users, place / "TargetUsers"),
                     .not_target_users = users(rule.not_target_users, place / "NotTargetUsers")});
  }
  return rules;
}

void add_role(Context& context, const store::OrganizationHead& organization, const SeedImpersonationRole& seeded,
              const Path& path) {
  auto& roles = context.store.impersonation_roles;
  const Path rules_path = path / "Rules";
  refusing(rules_path, [&] { check_impersonation_rules(seeded.rules); });
  const Users users(context, organization, made(seeded.date_created));
  const auto rules = rules_of(users, seeded.rules, rules_path);
  const auto id = given_or_uuid(context, seeded.impersonation_role_id);
  refusing(path / "ImpersonationRoleId", [&] {
    if (roles.find(organization.number, id)) throw errors::invalid_parameter("The id " + id + " is used twice");
  });
  refusing(path / "Name", [&] {
    if (!roles.find_by_name(organization.number, seeded.name)) return;
    throw errors::invalid_parameter("An impersonation role with the name " + seeded.name + " exists already");
  });
  const auto created = seeded.date_created.value_or(context.now);
  const auto number = roles.add({.organization = organization.number,
                                 .id = id,
                                 .name = seeded.name,
                                 .type = std::string(to_string(seeded.type)),
                                 .description = seeded.description,
                                 .created_at = created,
                                 .modified_at = seeded.date_modified.value_or(created)});
  roles.set_rules(number, rules);
}

// The roles of a condition that must exist: for a new rule all of them, for an older rule those that still exist.
auto roles_to_check(const Context& context, const store::OrganizationHead& organization, const store::StringList& ids,
                    Made rule) -> store::StringList {
  auto present = ids;
  if (rule == Made::Now) return present;
  std::erase_if(
      present, [&](const std::string& id) { return !context.store.impersonation_roles.find(organization.number, id); });
  return present;
}

// Adds the rule with the checks of PutAccessControlRule, except those of its users.
void put_access_control_rule(const Context& context, const store::OrganizationHead& organization,
                             const store::AccessControlRule& rule, Made when) {
  auto then = at(context, rule.created_at);
  PutAccessControlRule::handle(
      then,
      {.name = rule.name,
       .effect = from_string<AccessControlRuleEffect>(rule.effect).value(),
       .description = rule.description,
       .ip_ranges = rule.ip_ranges,
       .not_ip_ranges = rule.not_ip_ranges,
       .actions = rule.actions,
       .not_actions = rule.not_actions,
       .organization_id = organization.id,
       .impersonation_role_ids = roles_to_check(context, organization, rule.impersonation_role_ids, when),
       .not_impersonation_role_ids = roles_to_check(context, organization, rule.not_impersonation_role_ids, when)});
}

void add_access_control_rule(Context& context, const store::OrganizationHead& organization,
                             const SeedAccessControlRule& seeded, const Path& path) {
  auto& rules = context.store.access_control_rules;
  refusing(path / "Name", [&] {
    for (const auto& other : rules.list(organization.number)) {
      if (other.name == seeded.name) throw errors::invalid_parameter("The name " + other.name + " is used twice");
    }
  });
  const auto when = made(seeded.date_created);
  const Users users(context, organization, when);
  const auto created = seeded.date_created.value_or(context.now);
  const store::AccessControlRule rule{.organization = organization.number,
                                      .name = seeded.name,
                                      .effect = std::string(to_string(seeded.effect)),
                                      .description = seeded.description.value_or(""),
                                      .ip_ranges = condition(seeded.ip_ranges),
                                      .not_ip_ranges = condition(seeded.not_ip_ranges),
                                      .actions = condition(seeded.actions),
                                      .not_actions = condition(seeded.not_actions),
                                      .user_ids = users(seeded.user_ids, path / "UserIds"),
                                      .not_user_ids = users(seeded.not_user_ids, path / "NotUserIds"),
                                      .impersonation_role_ids = condition(seeded.impersonation_role_ids),
                                      .not_impersonation_role_ids = condition(seeded.not_impersonation_role_ids),
                                      .created_at = created,
                                      .modified_at = seeded.date_modified.value_or(created)};
  refusing(path, [&] { put_access_control_rule(context, organization, rule, when); });
  rules.put(rule);
}

void add_mobile_device_rule(Context& context, const store::OrganizationHead& organization,
                            const MobileDeviceAccessRule& seeded, const Path& path) {
  refusing(path, [&] {
    if (!seeded.name || !seeded.effect) throw errors::invalid_parameter("A rule has a Name and an Effect");
  });
  const auto id = given_or_uuid(context, seeded.mobile_device_access_rule_id);
  refusing(path / "MobileDeviceAccessRuleId", [&] {
    for (const auto& other : context.store.mobile_device_rules.list(organization.number)) {
      if (other.id == id) throw errors::invalid_parameter("The id " + id + " is used twice");
    }
  });
  const auto created = seeded.date_created.value_or(context.now);
  context.store.mobile_device_rules.add({.organization = organization.number,
                                         .id = id,
                                         .name = *seeded.name,
                                         .description = seeded.description,
                                         .effect = std::string(to_string(*seeded.effect)),
                                         .device_types = condition(seeded.device_types),
                                         .not_device_types = condition(seeded.not_device_types),
                                         .device_models = condition(seeded.device_models),
                                         .not_device_models = condition(seeded.not_device_models),
                                         .device_operating_systems = condition(seeded.device_operating_systems),
                                         .not_device_operating_systems = condition(seeded.not_device_operating_systems),
                                         .device_user_agents = condition(seeded.device_user_agents),
                                         .not_device_user_agents = condition(seeded.not_device_user_agents),
                                         .created_at = created,
                                         .modified_at = seeded.date_modified.value_or(created)});
}

void add_override(Context& context, const store::OrganizationHead& organization, const SeedOverride& seeded,
                  const Path& path) {
  auto& overrides = context.store.mobile_device_overrides;
  const auto user = refusing(path / "UserId", [&] { return context.user(organization, seeded.user_id); });
  refusing(path / "DeviceId", [&] {
    const auto other = overrides.find(user.number, seeded.device_id);
    if (other) throw errors::invalid_parameter("The device " + other->device_id + " is used twice");
  });
  const auto created = seeded.date_created.value_or(context.now);
  overrides.put({.organization = organization.number,
                 .user = user.number,
                 .device_id = seeded.device_id,
                 .effect = std::string(to_string(seeded.effect)),
                 .description = seeded.description,
                 .created_at = created,
                 .modified_at = seeded.date_modified.value_or(created)});
}

}  // namespace

void apply_rules(Context& context, const store::OrganizationHead& organization, const SeedOrganization& document,
                 const Path& path) {
  // Without a list, the default rules of a new organization are kept. A list replaces them, even if it is empty.
  if (!document.access_control_rules) add_default_access_control_rule(context, organization.number);
  if (!document.mobile_device_access_rules) add_default_mobile_device_rule(context, organization.number);
  for_each(document.impersonation_roles, path / "ImpersonationRoles",
           [&](const auto& role, const Path& place) { add_role(context, organization, role, place); });
  for_each(document.access_control_rules, path / "AccessControlRules",
           [&](const auto& rule, const Path& place) { add_access_control_rule(context, organization, rule, place); });
  for_each(document.mobile_device_access_rules, path / "MobileDeviceAccessRules",
           [&](const auto& rule, const Path& place) { add_mobile_device_rule(context, organization, rule, place); });
  for_each(document.mobile_device_access_overrides, path / "MobileDeviceAccessOverrides",
           [&](const auto& row, const Path& place) { add_override(context, organization, row, place); });
}

}  // namespace workmail::api

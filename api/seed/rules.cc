#include "api/organization_defaults.h"
#include "api/refusals.h"
#include "api/rule_conditions.h"
#include "api/seed/apply.h"

namespace workmail::api {

namespace {

constexpr std::size_t kUuidLength = 36;

// A user by id, name or address. Rules go on naming users that are gone, by their ids, so an unknown id stays.
auto user_id(const Context& context, const store::OrganizationHead& organization, const std::string& identifier)
    -> std::string {
  auto user = context.find_entity(organization, identifier, {store::EntityKind::User}, Accepts::IdNameOrAddress);
  if (user) return std::move(user->id);
  if (identifier.size() == kUuidLength) return identifier;
  throw refusals::entity_not_found(identifier, organization.id);
}

auto user_ids(const Context& context, const store::OrganizationHead& organization,
              const std::optional<std::vector<std::string>>& identifiers, const Path& path) -> store::Lines {
  store::Lines ids;
  for_each(identifiers, path, [&](const std::string& identifier, const Path& place) {
    refusing(place, [&] { ids.push_back(user_id(context, organization, identifier)); });
  });
  return ids;
}

auto rule_of(const Context& context, const store::OrganizationHead& organization, const ImpersonationRule& seeded,
             const Path& path) -> store::ImpersonationRule {
  return {.id = seeded.impersonation_rule_id,
          .name = seeded.name,
          .description = seeded.description,
          .effect = std::string(to_string(seeded.effect)),
          .target_users = user_ids(context, organization, seeded.target_users, path / "TargetUsers"),
          .not_target_users = user_ids(context, organization, seeded.not_target_users, path / "NotTargetUsers")};
}

void add_role(Context& context, const store::OrganizationHead& organization, const SeedImpersonationRole& seeded,
              const Path& path) {
  auto& roles = context.store.impersonation_roles;
  const auto id = seeded.impersonation_role_id ? *seeded.impersonation_role_id : context.ids.uuid(context.now);
  refusing(path / "Name", [&] {
    const bool taken = roles.find_by_name(organization.number, seeded.name) || roles.find(organization.number, id);
    if (taken) throw refusals::invalid_parameter("The name or id of the role is in use already");
  });
  const auto created = seeded.date_created.value_or(context.now);
  const auto number = roles.add({.organization = organization.number,
                                 .id = id,
                                 .name = seeded.name,
                                 .type = std::string(to_string(seeded.type)),
                                 .description = seeded.description,
                                 .created_at = created,
                                 .modified_at = seeded.date_modified.value_or(created)});
  std::vector<store::ImpersonationRule> rules;
  const Path place = path / "Rules";
  for (std::size_t i = 0; i < seeded.rules.size(); ++i) {
    rules.push_back(rule_of(context, organization, seeded.rules[i], place.element(i)));
  }
  roles.set_rules(number, rules);
}

void add_access_control_rule(Context& context, const store::OrganizationHead& organization,
                             const AccessControlRule& seeded, const Path& path) {
  refusing(path, [&] {
    if (!seeded.name || !seeded.effect) throw refusals::invalid_parameter("A rule has a Name and an Effect");
  });
  const auto created = seeded.date_created.value_or(context.now);
  context.store.access_control_rules.put(
      {.organization = organization.number,
       .name = *seeded.name,
       .effect = std::string(to_string(*seeded.effect)),
       .description = seeded.description.value_or(""),
       .ip_ranges = condition(seeded.ip_ranges),
       .not_ip_ranges = condition(seeded.not_ip_ranges),
       .actions = condition(seeded.actions),
       .not_actions = condition(seeded.not_actions),
       .user_ids = user_ids(context, organization, seeded.user_ids, path / "UserIds"),
       .not_user_ids = user_ids(context, organization, seeded.not_user_ids, path / "NotUserIds"),
       .impersonation_role_ids = condition(seeded.impersonation_role_ids),
       .not_impersonation_role_ids = condition(seeded.not_impersonation_role_ids),
       .created_at = created,
       .modified_at = seeded.date_modified.value_or(created)});
}

void add_mobile_device_rule(Context& context, const store::OrganizationHead& organization,
                            const MobileDeviceAccessRule& seeded, const Path& path) {
  refusing(path, [&] {
    if (!seeded.name || !seeded.effect) throw refusals::invalid_parameter("A rule has a Name and an Effect");
  });
  const auto created = seeded.date_created.value_or(context.now);
  context.store.mobile_device_rules.add(
      {.organization = organization.number,
       .id = seeded.mobile_device_access_rule_id ? *seeded.mobile_device_access_rule_id : context.ids.uuid(context.now),
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

void add_override(Context& context, const store::OrganizationHead& organization,
                  const MobileDeviceAccessOverride& seeded, const Path& path) {
  refusing(path, [&] {
    if (!seeded.user_id || !seeded.device_id || !seeded.effect) {
      throw refusals::invalid_parameter("An override has a UserId, a DeviceId and an Effect");
    }
    const auto user = context.user(organization, *seeded.user_id);
    context.require(Use::ReadDeviceOverrides, organization, user);
    const auto created = seeded.date_created.value_or(context.now);
    context.store.mobile_device_overrides.put({.organization = organization.number,
                                               .user = user.number,
                                               .device_id = *seeded.device_id,
                                               .effect = std::string(to_string(*seeded.effect)),
                                               .description = seeded.description,
                                               .created_at = created,
                                               .modified_at = seeded.date_modified.value_or(created)});
  });
}

}  // namespace

void apply_rules(Context& context, const store::OrganizationHead& organization, const SeedOrganization& document,
                 const Path& path) {
  // Without a list the rules of a new organization stay; a list replaces them, an empty one too.
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

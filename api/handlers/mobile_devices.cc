// Mobile devices: rules for kinds of devices, and overrides for one device of one user.
#include "api/call/context.h"
#include "api/call/errors.h"
#include "api/call/pages.h"
#include "api/rules/entity_state.h"
#include "api/rules/mobile_device_evaluation.h"
#include "api/rules/rule_conditions.h"
#include "api/wire/stored_word.h"
#include "generated/workmail/operations.h"

namespace workmail::api {

namespace {

// AWS: the most that ListMobileDeviceAccessRules can list; that one more is refused is assumed (Q-device-rule-limit).
constexpr int kRulesPerOrganization = 10;

// The common part of CreateMobileDeviceAccessRule and UpdateMobileDeviceAccessRule: everything except the id.
template <class Input>
auto rule_of(const Context& context, const store::OrganizationHead& organization, const Input& input)
    -> store::MobileDeviceRule {
  return {.organization = organization.number,
          .name = input.name,
          .description = input.description,
          .effect = std::string(to_string(input.effect)),
          .device_types = condition(input.device_types),
          .not_device_types = condition(input.not_device_types),
          .device_models = condition(input.device_models),
          .not_device_models = condition(input.not_device_models),
          .device_operating_systems = condition(input.device_operating_systems),
          .not_device_operating_systems = condition(input.not_device_operating_systems),
          .device_user_agents = condition(input.device_user_agents),
          .not_device_user_agents = condition(input.not_device_user_agents),
          .created_at = context.now,
          .modified_at = context.now};
}

auto to_api(store::MobileDeviceRule rule) -> MobileDeviceAccessRule {
  return {.mobile_device_access_rule_id = std::move(rule.id),
          .name = std::move(rule.name),
          .description = std::move(rule.description),
          .effect = stored_word<MobileDeviceAccessRuleEffect>(rule.effect),
          .device_types = unless_empty(std::move(rule.device_types)),
          .not_device_types = unless_empty(std::move(rule.not_device_types)),
          .device_models = unless_empty(std::move(rule.device_models)),
          .not_device_models = unless_empty(std::move(rule.not_device_models)),
          .device_operating_systems = unless_empty(std::move(rule.device_operating_systems)),
          .not_device_operating_systems = unless_empty(std::move(rule.not_device_operating_systems)),
          .device_user_agents = unless_empty(std::move(rule.device_user_agents)),
          .not_device_user_agents = unless_empty(std::move(rule.not_device_user_agents)),
          .date_created = rule.created_at,
          .date_modified = rule.modified_at};
}

// An override, as GetMobileDeviceAccessOverride and ListMobileDeviceAccessOverrides return it.
template <class Shown>
auto to_api(store::MobileDeviceOverride&& row) -> Shown {
  return {.user_id = std::move(row.user_id),
          .device_id = std::move(row.device_id),
          .effect = stored_word<MobileDeviceAccessRuleEffect>(row.effect),
          .description = std::move(row.description),
          .date_created = row.created_at,
          .date_modified = row.modified_at};
}

// The user whose overrides are read or deleted.
auto owner(const Context& context, const store::OrganizationHead& organization, std::string_view identifier)
    -> store::Entity {
  auto user = context.user(organization, identifier);
  require(Use::ReadDeviceOverrides, organization, user);
  return user;
}

}  // namespace

auto CreateMobileDeviceAccessRule::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  // AWS: names need not be unique, assumed: rules have ids, and no error for a name in use is declared
  // (Q-device-rule-name).
  if (context.store.mobile_device_rules.list(organization.number).size() >= kRulesPerOrganization) {
    throw errors::limit_exceeded(kRulesPerOrganization, "mobile device access rules");
  }
  auto rule = rule_of(context, organization, input);
  rule.id = context.ids.uuid(context.now);
  context.store.mobile_device_rules.add(rule);
  return {.mobile_device_access_rule_id = rule.id};
}

auto UpdateMobileDeviceAccessRule::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  auto rule = rule_of(context, organization, input);
  rule.id = input.mobile_device_access_rule_id;
  // AWS: replaced as a whole, so that conditions which are not given disappear; assumed (Q-device-rule-replaced).
  if (!context.store.mobile_device_rules.set(rule)) throw errors::entity_not_found(rule.id, organization.id);
  return {};
}

auto ListMobileDeviceAccessRules::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  Output output{.rules = std::vector<MobileDeviceAccessRule>()};
  for (auto& rule : context.store.mobile_device_rules.list(organization.number)) {
    output.rules->push_back(to_api(std::move(rule)));
  }
  return output;
}

auto DeleteMobileDeviceAccessRule::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  // AWS: deleting a rule that does not exist succeeds (API reference).
  context.store.mobile_device_rules.remove(organization.number, input.mobile_device_access_rule_id);
  return {};
}

auto GetMobileDeviceAccessEffect::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  const auto rules = context.store.mobile_device_rules.list(organization.number);
  const auto decision = decide(rules, {.type = input.device_type,
                                       .model = input.device_model,
                                       .operating_system = input.device_operating_system,
                                       .user_agent = input.device_user_agent});
  Output output{.effect = stored_word<MobileDeviceAccessRuleEffect>(decision.effect),
                .matched_rules = std::vector<MobileDeviceAccessMatchedRule>()};
  for (const auto* rule : decision.rules) {
    output.matched_rules->push_back({.mobile_device_access_rule_id = rule->id, .name = rule->name});
  }
  return output;
}

auto PutMobileDeviceAccessOverride::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  const auto user = context.user(organization, input.user_id);
  require(Use::PutDeviceOverride, organization, user);
  // AWS: device ids are compared without regard to case (API reference); that one stays as first written is assumed
  // (Q-device-id-case).
  context.store.mobile_device_overrides.put({.organization = organization.number,
                                             .user = user.number,
                                             .device_id = input.device_id,
                                             .effect = std::string(to_string(input.effect)),
                                             .description = input.description,
                                             .created_at = context.now,
                                             .modified_at = context.now});
  return {};
}

auto GetMobileDeviceAccessOverride::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  const auto user = owner(context, organization, input.user_id);
  auto found = context.store.mobile_device_overrides.find(user.number, input.device_id);
  if (!found) throw errors::resource_not_found(input.device_id);
  return to_api<Output>(*std::move(found));
}

auto ListMobileDeviceAccessOverrides::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  store::MobileDeviceOverrideFilter filter{.device_id = input.device_id};
  if (input.user_id) filter.user = owner(context, organization, *input.user_id).number;
  const Page page(context, kName, input);
  auto rows = context.store.mobile_device_overrides.list(organization.number, filter, page.after(), page.fetch());
  Output output{.overrides = std::vector<MobileDeviceAccessOverride>(), .next_token = page.next_token(rows)};
  for (auto& row : rows) output.overrides->push_back(to_api<MobileDeviceAccessOverride>(std::move(row)));
  return output;
}

auto DeleteMobileDeviceAccessOverride::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  const auto user = owner(context, organization, input.user_id);
  // AWS: deleting an override that does not exist succeeds (API reference).
  context.store.mobile_device_overrides.remove(user.number, input.device_id);
  return {};
}

}  // namespace workmail::api

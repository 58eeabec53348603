// Access control rules: which protocols, addresses, users and impersonation roles may access an organization.
#include <algorithm>
#include <array>

#include "api/call/context.h"
#include "api/call/errors.h"
#include "api/rules/access_control_evaluation.h"
#include "api/rules/entity_state.h"
#include "api/rules/rule_conditions.h"
#include "api/wire/stored_word.h"
#include "generated/workmail/operations.h"

namespace workmail::api {

namespace {

// AWS: the most that ListAccessControlRules can list; that one more is refused is assumed (Q-access-rule-limit).
constexpr int kRulesPerOrganization = 10;

// AWS: API reference of PutAccessControlRule. That they are distinguished by case, and the error, are assumed
// (Q-access-action).
constexpr std::array<std::string_view, 7> kActions{"ActiveSync", "AutoDiscover",   "EWS",    "IMAP",
                                                   "SMTP",       "WindowsOutlook", "WebMail"};

// The only protocol that supports impersonation roles.
constexpr std::string_view kExchangeWebServices = "EWS";

void check_action(std::string_view action) {
  if (std::find(kActions.begin(), kActions.end(), action) != kActions.end()) return;
  throw errors::invalid_parameter("Action " + std::string(action) + " is unknown");
}

// AWS: API reference of GetAccessControlEffect; the errors are assumed (Q-access-caller).
void check_caller(const GetAccessControlEffectRequest& input) {
  if (input.user_id.has_value() == input.impersonation_role_id.has_value()) {
    throw errors::invalid_parameter("You must provide either UserId or ImpersonationRoleId");
  }
  if (input.impersonation_role_id && input.action != kExchangeWebServices) {
    throw errors::invalid_parameter("With ImpersonationRoleId the action must be EWS");
  }
}

void check_user(const Context& context, const store::OrganizationHead& organization, std::string_view id) {
  require(Use::MeetAccessRules, organization, context.user(organization, id, Accepts::Id));
}

void check_role(const Context& context, const store::OrganizationHead& organization, std::string_view id) {
  if (!context.store.impersonation_roles.find(organization.number, id)) throw errors::resource_not_found(id);
}

void check_conditions(const Context& context, const store::OrganizationHead& organization,
                      const store::AccessControlRule& rule) {
  for (const auto* actions : {&rule.actions, &rule.not_actions}) {
    for (const auto& action : *actions) check_action(action);
  }
  for (const auto* users : {&rule.user_ids, &rule.not_user_ids}) {
    for (const auto& user : *users) check_user(context, organization, user);
  }
  for (const auto* roles : {&rule.impersonation_role_ids, &rule.not_impersonation_role_ids}) {
    for (const auto& role : *roles) check_role(context, organization, role);
  }
}

void check_room_for(const Context& context, const store::AccessControlRule& rule) {
  const auto rules = context.store.access_control_rules.list(rule.organization);
  const bool replaces =
      std::any_of(rules.begin(), rules.end(), [&](const auto& other) { return other.name == rule.name; });
  if (!replaces && rules.size() >= kRulesPerOrganization) {
    throw errors::limit_exceeded(kRulesPerOrganization, "access control rules");
  }
}

}  // namespace

auto PutAccessControlRule::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  // AWS: a list of what is meant beside one of what is not meant is allowed, and both hold; names
  // are distinguished by case; assumed (Q-access-both-lists, Q-access-rule-case).
  const store::AccessControlRule rule{.organization = organization.number,
                                      .name = input.name,
                                      .effect = std::string(to_string(input.effect)),
                                      .description = input.description,
                                      .ip_ranges = condition(input.ip_ranges),
                                      .not_ip_ranges = condition(input.not_ip_ranges),
                                      .actions = condition(input.actions),
                                      .not_actions = condition(input.not_actions),
                                      .user_ids = condition(input.user_ids),
                                      .not_user_ids = condition(input.not_user_ids),
                                      .impersonation_role_ids = condition(input.impersonation_role_ids),
                                      .not_impersonation_role_ids = condition(input.not_impersonation_role_ids),
                                      .created_at = context.now,
                                      .modified_at = context.now};
  check_conditions(context, organization, rule);
  check_room_for(context, rule);
  context.store.access_control_rules.put(rule);
  return {};
}

auto ListAccessControlRules::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  Output output{.rules = std::vector<AccessControlRule>()};
  for (auto& rule : context.store.access_control_rules.list(organization.number)) {
    output.rules->push_back({.name = std::move(rule.name),
                             .effect = stored_word<AccessControlRuleEffect>(rule.effect),
                             .description = std::move(rule.description),
                             .ip_ranges = unless_empty(std::move(rule.ip_ranges)),
                             .not_ip_ranges = unless_empty(std::move(rule.not_ip_ranges)),
                             .actions = unless_empty(std::move(rule.actions)),
                             .not_actions = unless_empty(std::move(rule.not_actions)),
                             .user_ids = unless_empty(std::move(rule.user_ids)),
                             .not_user_ids = unless_empty(std::move(rule.not_user_ids)),
                             .date_created = rule.created_at,
                             .date_modified = rule.modified_at,
                             .impersonation_role_ids = unless_empty(std::move(rule.impersonation_role_ids)),
                             .not_impersonation_role_ids = unless_empty(std::move(rule.not_impersonation_role_ids))});
  }
  return output;
}

auto DeleteAccessControlRule::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  // AWS: deleting a rule that does not exist succeeds, and the default rule can go too (API reference).
  context.store.access_control_rules.remove(organization.number, input.name);
  return {};
}

auto GetAccessControlEffect::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  check_action(input.action);
  check_caller(input);
  if (input.user_id) check_user(context, organization, *input.user_id);
  if (input.impersonation_role_id) check_role(context, organization, *input.impersonation_role_id);
  const auto rules = context.store.access_control_rules.list(organization.number);
  const auto decision = decide(rules, {.ip_address = input.ip_address,
                                       .action = input.action,
                                       .user_id = input.user_id,
                                       .impersonation_role_id = input.impersonation_role_id});
  Output output{.effect = stored_word<AccessControlRuleEffect>(decision.effect),
                .matched_rules = std::vector<std::string>()};
  for (const auto* rule : decision.rules) output.matched_rules->push_back(rule->name);
  return output;
}

}  // namespace workmail::api

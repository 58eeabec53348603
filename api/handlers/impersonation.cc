// Impersonation roles, with which a program accesses mailboxes over Exchange Web Services without the users' passwords.
#include <algorithm>

#include "api/call/context.h"
#include "api/call/errors.h"
#include "api/call/pages.h"
#include "api/rules/entity_state.h"
#include "api/rules/impersonation_evaluation.h"
#include "api/rules/impersonation_rules.h"
#include "api/rules/rule_conditions.h"
#include "api/wire/stored_word.h"
#include "generated/workmail/operations.h"

namespace workmail::api {

namespace {

// AWS: the most that ListImpersonationRoles can list; that one more is refused is assumed (Q-role-limit).
constexpr int kRolesPerOrganization = 20;

// AWS: administrator guide, "Using impersonation roles": a token is valid for 15 minutes.
constexpr std::int64_t kTokenSeconds = 900;

auto target_user(const Context& context, const store::OrganizationHead& organization, std::string_view identifier)
    -> std::string {
  auto user = context.user(organization, identifier);
  require(Use::BeImpersonated, organization, user);
  return std::move(user.id);
}

// AWS: that roles store the ids of users, whatever identifiers were given, is assumed (Q-role-users-by-id). Ids do not
// change when a user gets another address.
auto target_users(const Context& context, const store::OrganizationHead& organization,
                  const std::optional<std::vector<std::string>>& identifiers) -> store::StringList {
  auto users = condition(identifiers);
  for (auto& user : users) user = target_user(context, organization, user);
  return users;
}

auto to_store(const Context& context, const store::OrganizationHead& organization,
              const std::vector<ImpersonationRule>& rules) -> std::vector<store::ImpersonationRule> {
  std::vector<store::ImpersonationRule> rows;
  for (const auto& rule : rules) {
    rows.push_back({.id = rule.impersonation_rule_id,
                    .name = rule.name,
                    .description = rule.description,
                    .effect = std::string(to_string(rule.effect)),
                    .target_users = target_users(context, organization, rule.target_users),
                    .not_target_users = target_users(context, organization, rule.not_target_users)});
  }
  return rows;
}

auto to_api(std::vector<store::ImpersonationRule> rows) -> std::vector<ImpersonationRule> {
  std::vector<ImpersonationRule> rules;
  for (auto& row : rows) {
    rules.push_back({.impersonation_rule_id = std::move(row.id),
                     .name = std::move(row.name),
                     .description = std::move(row.description),
                     .effect = stored_word<AccessEffect>(row.effect),
                     .target_users = unless_empty(std::move(row.target_users)),
                     .not_target_users = unless_empty(std::move(row.not_target_users))});
  }
  return rules;
}

// AWS: the console asks for a unique name (administrator guide); that case does not count, and the error, are assumed
// (Q-role-name).
void check_name(const Context& context, const store::OrganizationHead& organization, std::string_view name,
                store::ImpersonationRoleNumber except = {}) {
  const auto holder = context.store.impersonation_roles.find_by_name(organization.number, name);
  if (!holder || holder->number == except) return;
  throw errors::invalid_parameter("An impersonation role with the name " + std::string(name) + " exists already");
}

auto role_of(const Context& context, const store::OrganizationHead& organization, std::string_view id)
    -> store::ImpersonationRole {
  auto found = context.store.impersonation_roles.find(organization.number, id);
  if (!found) throw errors::resource_not_found(id);
  return *std::move(found);
}

}  // namespace

auto CreateImpersonationRole::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  check_impersonation_rules(input.rules);
  const auto rules = to_store(context, organization, input.rules);
  check_name(context, organization, input.name);
  auto& roles = context.store.impersonation_roles;
  if (roles.count(organization.number) >= kRolesPerOrganization) {
    throw errors::limit_exceeded(kRolesPerOrganization, "impersonation roles");
  }
  const auto id = context.ids.uuid(context.now);
  const auto number = roles.add({.organization = organization.number,
                                 .id = id,
                                 .name = input.name,
                                 .type = std::string(to_string(input.type)),
                                 .description = input.description,
                                 .created_at = context.now,
                                 .modified_at = context.now});
  roles.set_rules(number, rules);
  return {.impersonation_role_id = id};
}

auto GetImpersonationRole::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  auto role = role_of(context, organization, input.impersonation_role_id);
  return {.impersonation_role_id = std::move(role.id),
          .name = std::move(role.name),
          .type = stored_word<ImpersonationRoleType>(role.type),
          .description = std::move(role.description),
          .rules = to_api(context.store.impersonation_roles.rules(role.number)),
          .date_created = role.created_at,
          .date_modified = role.modified_at};
}

auto ListImpersonationRoles::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  const Page page(context, kName, input);
  auto rows = context.store.impersonation_roles.list(organization.number, page.after(), page.fetch());
  Output output{.roles = std::vector<ImpersonationRole>(), .next_token = page.next_token(rows)};
  for (auto& row : rows) {
    output.roles->push_back({.impersonation_role_id = std::move(row.id),
                             .name = std::move(row.name),
                             .type = stored_word<ImpersonationRoleType>(row.type),
                             .date_created = row.created_at,
                             .date_modified = row.modified_at});
  }
  return output;
}

auto UpdateImpersonationRole::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  check_impersonation_rules(input.rules);
  auto role = role_of(context, organization, input.impersonation_role_id);
  const auto rules = to_store(context, organization, input.rules);
  check_name(context, organization, input.name, role.number);
  // AWS: name, type and rules are required, so it is replaced as a whole; that an absent description goes is assumed
  // (Q-role-replaced).
  role.name = input.name;
  role.type = to_string(input.type);
  role.description = input.description;
  role.modified_at = context.now;
  context.store.impersonation_roles.set(role);
  context.store.impersonation_roles.set_rules(role.number, rules);
  return {};
}

auto DeleteImpersonationRole::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  // AWS: no error is declared for a role that does not exist. Access control rules go on naming a deleted one; assumed
  // (Q-delete-missing, Q-access-rule-of-deleted-role).
  context.store.impersonation_roles.remove(organization.number, input.impersonation_role_id);
  return {};
}

auto AssumeImpersonationRole::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  const auto role = role_of(context, organization, input.impersonation_role_id);
  // Emulator: the token is not stored, because Exchange Web Services, which would accept it, is not emulated.
  return {.token = context.ids.secret(), .expires_in = kTokenSeconds};
}

auto GetImpersonationRoleEffect::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  const auto role = role_of(context, organization, input.impersonation_role_id);
  const auto user = target_user(context, organization, input.target_user);
  const auto rules = context.store.impersonation_roles.rules(role.number);
  const auto decision = decide(rules, user);
  Output output{.type = stored_word<ImpersonationRoleType>(role.type),
                .effect = stored_word<AccessEffect>(decision.effect),
                .matched_rules = std::vector<ImpersonationMatchedRule>()};
  for (const auto* rule : decision.rules) {
    output.matched_rules->push_back({.impersonation_rule_id = rule->id, .name = rule->name});
  }
  return output;
}

}  // namespace workmail::api

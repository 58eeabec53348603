// Users. Registration and addresses: registration.cc; mailboxes: mailboxes.cc.
#include "api/call/context.h"
#include "api/call/errors.h"
#include "api/call/pages.h"
#include "api/rules/entity_rules.h"
#include "api/rules/entity_state.h"
#include "api/rules/entity_words.h"
#include "api/rules/organization_rules.h"
#include "api/rules/passwords.h"
#include "api/rules/registration_rules.h"
#include "api/rules/user_attributes.h"
#include "api/rules/user_rules.h"
#include "api/wire/stored_word.h"
#include "generated/workmail/operations.h"

namespace workmail::api {

namespace {

// AWS: programs send only what they change, so an absent member leaves the attribute alone (observed); that an empty
// text clears it is assumed (Q-user-empty-text). A display name is always there and may be empty.
void change(std::optional<std::string>& attribute, const std::optional<std::string>& value) {
  if (value) attribute = value->empty() ? std::nullopt : value;
}

// A new role that has a mailbox creates it, as registration does; a role without one removes it, as deregistration
// does. AWS: assumed (Q-user-becomes-remote).
void change_role(Context& context, const store::Entity& user, std::string& role, UserRole to) {
  const bool had = role_has_mailbox(role);
  role = to_string(to);
  const bool has = role_has_mailbox(role);
  if (had && !has) retain_mailbox(context, user);
  if (has && !had) provide_mailbox(context, user);
}

}  // namespace

auto CreateUser::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  check_directory_writable(organization);
  check_role(input.role);
  check_identity_provider_user(context, organization, input.identity_provider_user_id);
  check_new_name(context, organization, input.name);
  if (input.password) check_password(*input.password);
  const auto id = context.ids.uuid(context.now);
  store::UserAttributes attributes{.role = std::string(to_string(input.role.value_or(UserRole::User)))};
  store::for_each_user_attribute([&](const auto& attribute) {
    if constexpr (requires { attribute.of(input); }) attribute.of(attributes) = attribute.of(input);
  });
  context.store.entities.add_user({.organization = organization.number,
                                   .id = id,
                                   .name = input.name,
                                   .hidden = input.hidden_from_global_address_list.value_or(false)},
                                  attributes);
  return {.user_id = id};
}

auto DescribeUser::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  auto user = context.user(organization, input.user_id);
  require(Use::Describe, organization, user);
  auto attributes = context.store.entities.user(user.number);
  // AWS: MailboxDeprovisionedDate is when the mailbox was removed, so the dates are assumed to outlive it
  // (Q-mailbox-dates).
  const auto mailbox = context.store.mailboxes.last(user.number);
  Output output{.user_id = std::move(user.id),
                .name = std::move(user.name),
                .email = std::move(user.email),
                .state = to_api(user.state),
                .user_role = stored_word<UserRole>(attributes.role),
                .enabled_date = user.enabled_at,
                .disabled_date = user.disabled_at,
                .mailbox_provisioned_date = mailbox ? std::optional<Time>(mailbox->provisioned_at) : std::nullopt,
                .mailbox_deprovisioned_date = mailbox ? mailbox->deprovisioned_at : std::nullopt,
                .hidden_from_global_address_list = user.hidden};
  move_user_attributes(attributes, output);
  return output;
}

auto ListUsers::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  const auto filters = input.filters.value_or(ListUsersFilters());
  const store::EntityFilter filter{.name_prefix = filters.username_prefix,
                                   .email_prefix = filters.primary_email_prefix,
                                   .display_name_prefix = filters.display_name_prefix,
                                   .identity_provider_user_id_prefix = filters.identity_provider_user_id_prefix,
                                   .state = filters.state ? std::optional(to_store(*filters.state)) : std::nullopt,
                                   .with_deleted = context.settings.lists_show_deleted};
  check_one_filter(filter);
  const Page page(context, kName, input);
  auto rows =
      context.store.entity_lists.list(organization.number, store::EntityKind::User, filter, page.after(), page.fetch());
  Output output{.users = std::vector<User>(), .next_token = page.next_token(rows)};
  output.users->reserve(rows.size());
  for (auto& row : rows) {
    output.users->push_back(
        {.id = std::move(row.id),
         .email = std::move(row.email),
         .name = std::move(row.name),
         .display_name = std::move(row.display_name),
         .state = to_api(row.state),
         .user_role = stored_word<UserRole>(row.role.value_or("")),
         .enabled_date = row.enabled_at,
         .disabled_date = row.disabled_at,
         .identity_provider_user_id = std::move(row.identity_provider_user_id),
         .identity_provider_identity_store_id = std::move(row.identity_provider_identity_store_id)});
  }
  return output;
}

auto UpdateUser::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  check_directory_writable(organization);
  check_role(input.role);
  const auto user = context.user(organization, input.user_id);
  require(Use::UpdateUser, organization, user);
  check_identity_provider_user(context, organization, input.identity_provider_user_id, user.number);
  auto attributes = context.store.entities.user(user.number);
  if (input.role) change_role(context, user, attributes.role, *input.role);
  store::for_each_user_attribute([&](const auto& attribute) {
    if constexpr (requires { attribute.of(input); }) change(attribute.of(attributes), attribute.of(input));
  });
  if (input.display_name) attributes.display_name = input.display_name;
  context.store.entities.set_user(user.number, attributes);
  if (input.hidden_from_global_address_list) {
    context.store.entities.set_hidden(user.number, *input.hidden_from_global_address_list);
  }
  return {};
}

auto DeleteUser::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  check_directory_writable(organization);
  delete_entity(context, organization, input.user_id, store::EntityKind::User);
  return {};
}

auto ResetPassword::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  check_directory_writable(organization);
  const auto user = context.user(organization, input.user_id, Accepts::Id);
  require(Use::ResetPassword, organization, user);
  // AWS: neither kind of user has a password in the directory; the error is assumed (Q-password-of-remote-user).
  const auto role = context.store.entities.user(user.number).role;
  if (role == "SYSTEM_USER" || role == "REMOTE_USER") {
    throw UnsupportedOperationException("The password of a " + role + " can not be reset");
  }
  check_password(input.password);
  return {};
}

}  // namespace workmail::api

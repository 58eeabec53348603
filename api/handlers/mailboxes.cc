// Mailboxes and their permissions. Export jobs: export_jobs.cc.
#include "api/call/context.h"
#include "api/call/errors.h"
#include "api/call/pages.h"
#include "api/rules/entity_state.h"
#include "api/rules/entity_words.h"
#include "api/rules/mailbox_rules.h"
#include "generated/workmail/operations.h"

namespace workmail::api {

namespace {

auto mailbox_of(const Context& context, const store::OrganizationHead& organization, const store::Entity& entity)
    -> store::Mailbox {
  const auto mailbox = context.store.mailboxes.find(entity.number);
  if (!mailbox) throw errors::entity_not_found(entity.id, organization.id);
  return *mailbox;
}

// AWS: a remote user is ENABLED without a mailbox; the error is assumed (Q-remote-user-mailbox).
void check_mailbox_in_use(const Context& context, const store::Entity& user) {
  const auto mailbox = context.store.mailboxes.find(user.number);
  if (!mailbox || !mailbox->in_use()) throw EntityStateException("Entity " + user.id + " has no mailbox in use");
}

}  // namespace

auto GetMailboxDetails::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  const auto user = context.user(organization, input.user_id);
  require(Use::ReadMailbox, organization, user);
  const auto mailbox = mailbox_of(context, organization, user);
  return {.mailbox_quota = static_cast<std::int32_t>(mailbox.quota_megabytes), .mailbox_size = mailbox.used_megabytes};
}

auto UpdateMailboxQuota::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  check_quota(input.mailbox_quota);
  const auto user = context.user(organization, input.user_id);
  require(Use::UpdateQuota, organization, user);
  check_mailbox_in_use(context, user);
  // AWS: that a quota may be less than what is used is assumed (Q-quota-below-use).
  context.store.mailboxes.set_quota(user.number, input.mailbox_quota);
  return {};
}

auto PutMailboxPermissions::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  const auto owner = context.entity(organization, input.entity_id, kAnyKind, Accepts::IdNameOrAddress);
  const auto grantee = context.entity(organization, input.grantee_id, kAnyKind, Accepts::IdNameOrAddress);
  require(Use::ChangePermissions, organization, owner);
  require(Use::ChangePermissions, organization, grantee);
  const auto permission = to_store(input.permission_values);
  check_permission(owner, grantee, permission);
  // AWS: an empty set takes everything away; assumed (Q-permissions-empty).
  if (input.permission_values.empty())
    context.store.mailbox_permissions.remove({.owner = owner.number, .grantee = grantee.number});
  else
    context.store.mailbox_permissions.put({.owner = owner.number, .grantee = grantee.number}, permission);
  return {};
}

auto ListMailboxPermissions::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  const auto owner = context.entity(organization, input.entity_id, kAnyKind, Accepts::IdNameOrAddress);
  require(Use::ReadPermissions, organization, owner);
  const Page page(context, kName, input);
  auto rows = context.store.mailbox_permissions.list(owner.number, page.after(), page.fetch());
  Output output{.permissions = std::vector<Permission>(), .next_token = page.next_token(rows)};
  for (auto& row : rows) {
    auto values = to_api(row);
    output.permissions->push_back({.grantee_id = std::move(row.grantee_id),
                                   .grantee_type = member_type(row.grantee_kind),
                                   .permission_values = std::move(values)});
  }
  return output;
}

auto DeleteMailboxPermissions::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  const auto owner = context.entity(organization, input.entity_id, kAnyKind, Accepts::IdNameOrAddress);
  const auto grantee = context.entity(organization, input.grantee_id, kAnyKind, Accepts::IdNameOrAddress);
  require(Use::ChangePermissions, organization, owner);
  context.store.mailbox_permissions.remove({.owner = owner.number, .grantee = grantee.number});
  return {};
}

}  // namespace workmail::api

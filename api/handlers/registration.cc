// Registration and addresses of users, groups and resources.
#include "api/call/context.h"
#include "api/call/errors.h"
#include "api/call/pages.h"
#include "api/rules/entity_rules.h"
#include "api/rules/entity_state.h"
#include "api/rules/entity_words.h"
#include "api/rules/organization_rules.h"
#include "api/rules/registration_rules.h"
#include "api/rules/user_rules.h"
#include "api/wire/time_text.h"
#include "generated/workmail/operations.h"
#include "store/folding.h"

namespace workmail::api {

namespace {

// The position in ListAliases after the primary address, which comes first.
constexpr store::AddressNumber kBehindPrimary{-1};

auto same_address(std::string_view one, std::string_view other) -> bool {
  return store::fold(one) == store::fold(other);
}

auto entity_type(store::EntityKind kind) -> EntityType {
  if (kind == store::EntityKind::Resource) return EntityType::Resource;
  return kind == store::EntityKind::Group ? EntityType::Group : EntityType::User;
}

}  // namespace

auto RegisterToWorkMail::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  const auto entity = context.entity(organization, input.entity_id, kAnyKind, Accepts::IdOrName);
  if (entity.kind == store::EntityKind::Resource) check_directory_writable(organization);
  require(Use::Register, organization, entity);
  if (entity.state == store::EntityState::Enabled) {
    // AWS: according to one page, registering again is rejected; according to another, it has no effect. Assumed
    // (Q-register-again): it is rejected for another address, and has no effect for the same address.
    if (same_address(entity.email.value(), input.email)) return {};
    throw errors::entity_already_registered(entity.id);
  }
  std::string role;
  if (entity.kind == store::EntityKind::User) role = context.store.entities.user(entity.number).role;
  check_registrable(entity.id, role);
  hold_address(context, organization, entity, input.email);
  context.store.entities.enable(entity.number, input.email, context.now);
  if (entity.kind == store::EntityKind::Group) return {};
  if (role_has_mailbox(role))
    provide_mailbox(context, entity);
  else
    forget_gone_mailbox(context, entity);
  return {};
}

auto DeregisterFromWorkMail::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  const auto entity = context.entity(organization, input.entity_id, kAnyKind, Accepts::IdNameOrAddress);
  require(Use::Deregister, organization, entity);
  // AWS: that its addresses are free at once, and that it stays a member and a delegate, is assumed
  // (Q-deregister-address, Q-deregister-memberships).
  context.store.entities.disable(entity.number, context.now);
  context.store.addresses.remove_all(entity.number);
  if (entity.kind != store::EntityKind::Group) retain_mailbox(context, entity);
  return {};
}

auto CreateAlias::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  check_directory_writable(organization);
  const auto entity = context.entity(organization, input.entity_id, kAnyKind, Accepts::Id);
  require(Use::ChangeAddresses, organization, entity);
  hold_alias(context, organization, entity, input.alias);
  return {};
}

auto DeleteAlias::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  check_directory_writable(organization);
  const auto entity = context.entity(organization, input.entity_id, kAnyKind, Accepts::Id);
  require(Use::ChangeAddresses, organization, entity);
  // AWS: that the primary address is refused and an unknown one has no effect are assumed (Q-delete-alias).
  if (same_address(entity.email.value(), input.alias)) {
    throw errors::invalid_parameter("Email address " + input.alias + " is the primary address of entity " + entity.id);
  }
  context.store.addresses.remove(entity.number, input.alias);
  return {};
}

auto ListAliases::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  const auto entity = context.entity(organization, input.entity_id, kAnyKind, Accepts::Id);
  require(Use::ChangeAddresses, organization, entity);
  const Page page(context, kName, input);
  // AWS: the primary address is part of the list (observed); that it comes first is assumed (Q-alias-order).
  std::vector<store::Address> rows;
  if (page.after() == 0) rows.push_back({kBehindPrimary, entity.email.value()});
  for (auto& alias : context.store.addresses.aliases(entity.number, entity.email.value(), page.after(), page.fetch())) {
    rows.push_back(std::move(alias));
  }
  Output output{.aliases = std::vector<std::string>(), .next_token = page.next_token(rows)};
  for (auto& row : rows) output.aliases->push_back(std::move(row.address));
  return output;
}

auto UpdatePrimaryEmailAddress::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  check_directory_writable(organization);
  const auto entity = context.entity(organization, input.entity_id, kAnyKind, Accepts::IdNameOrAddress);
  require(Use::ChangeAddresses, organization, entity);
  // The old primary address becomes an alias; a new primary address that was an alias is no longer one.
  hold_address(context, organization, entity, input.email);
  // AWS: that an address keeps the letter case it came with is assumed; it then has one wherever it is shown
  // (Q-address-case).
  context.store.entities.set_email(entity.number, context.store.addresses.as_added(entity.number, input.email));
  return {};
}

auto DescribeEntity::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  auto entity = context.store.entities.find_by_address(organization.number, input.email);
  if (!entity) throw errors::entity_not_found(input.email, organization.id);
  return {.entity_id = std::move(entity->id), .name = std::move(entity->name), .type = entity_type(entity->kind)};
}

}  // namespace workmail::api

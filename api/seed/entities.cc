#include <algorithm>
#include <set>
#include <utility>

#include "api/call/errors.h"
#include "api/rules/entity_rules.h"
#include "api/rules/entity_words.h"
#include "api/rules/mailbox_rules.h"
#include "api/rules/registration_rules.h"
#include "api/rules/thirty_day_retention.h"
#include "api/rules/user_attributes.h"
#include "api/rules/user_rules.h"
#include "api/seed/apply.h"
#include "api/seed/nesting.h"
#include "api/wire/time_text.h"
#include "store/folding.h"

namespace workmail::api {

namespace {

using store::EntityKind;

constexpr std::initializer_list<EntityKind> kMemberKinds = {EntityKind::User, EntityKind::Group};

// An entity with an address is registered. Without an address, the date of deletion or the given state decides.
template <class Seeded>
auto state_of(const Seeded& seeded) -> store::EntityState {
  auto implied = seeded.email ? EntityState::Enabled : EntityState::Disabled;
  if (seeded.deleted_date) implied = EntityState::Deleted;
  const auto state = seeded.state.value_or(implied);
  if ((state == EntityState::Enabled) != seeded.email.has_value()) {
    throw EntityStateException("An entity has an Email when its State is ENABLED, and none otherwise");
  }
  if (!seeded.email && seeded.aliases && !seeded.aliases->empty()) {
    throw EntityStateException("An entity has Aliases only when its State is ENABLED");
  }
  return to_store(state);
}

// The member with the identifier, and its value.
auto identifier(const SeedUser& seeded) {
  return std::pair("UserId", seeded.user_id);
}
auto identifier(const SeedGroup& seeded) {
  return std::pair("GroupId", seeded.group_id);
}
auto identifier(const SeedResource& seeded) {
  return std::pair("ResourceId", seeded.resource_id);
}

auto new_id(const Context& context, EntityKind kind) -> std::string {
  return kind == EntityKind::Resource ? context.ids.resource(context.now) : context.ids.uuid(context.now);
}

// The attributes that all kinds share, not stored yet.
template <class Seeded>
auto entity_of(const Context& context, const store::OrganizationHead& organization, const Seeded& seeded,
               EntityKind kind, const Path& path) -> store::Entity {
  const auto [id_member, id] = identifier(seeded);
  store::Entity entity{.organization = organization.number,
                       .kind = kind,
                       .id = given_or(context, id, [&] { return new_id(context, kind); }),
                       .name = seeded.name,
                       .state = refusing(path / "State", [&] { return state_of(seeded); }),
                       .enabled_at = seeded.enabled_date,
                       .disabled_at = seeded.disabled_date,
                       .hidden = seeded.hidden_from_global_address_list.value_or(false)};
  refusing(path / id_member, [&] {
    const bool taken = context.store.entities.find_by_id(organization.number, entity.id).has_value();
    if (taken) throw errors::name_not_available(entity.id);
  });
  if (entity.state == store::EntityState::Deleted) {
    entity.forgotten_at = later(seeded.deleted_date.value_or(context.now), kThirtyDayRetention);
  } else {
    // Emulator: only operations reject reserved names, because directories contain them.
    refusing(path / "Name", [&] { check_name_free(context, organization, entity.name); });
  }
  if (entity.state == store::EntityState::Enabled && !entity.enabled_at) entity.enabled_at = context.now;
  return entity;
}

// The domain may be unverified, because a domain with addresses can become unverified.
void hold_address_once(Context& context, const store::OrganizationHead& organization, const store::Entity& entity,
                       std::string_view address) {
  const auto name = store::fold(address.substr(address.find('@') + 1));
  const auto domain = context.store.domains.find(organization.number, name);
  if (!domain) throw errors::domain_not_found(name, organization.id);
  const auto holder = context.store.entities.find_by_address(organization.number, address);
  if (holder) throw errors::address_in_use(address);
  context.store.addresses.add(organization.number, entity.number, domain->number, address);
}

template <class Seeded>
void add_addresses(Context& context, const store::OrganizationHead& organization, const store::Entity& entity,
                   const Seeded& seeded, const Path& path) {
  if (!seeded.email) return;
  refusing(path / "Email", [&] { hold_address_once(context, organization, entity, *seeded.email); });
  context.store.entities.set_email(entity.number, *seeded.email);
  const auto primary = store::fold(*seeded.email);
  for_each(seeded.aliases, path / "Aliases", [&](const std::string& alias, const Path& place) {
    // ListAliases also lists the primary address.
    if (store::fold(alias) == primary) return;
    refusing(place, [&] { hold_address_once(context, organization, entity, alias); });
  });
}

// Whether one that is registered has a mailbox in any case. AWS: a remote user has an address and no mailbox
// (administrator guide); that the same holds for a SYSTEM_USER is assumed (Q-system-user-mailbox).
auto always_has_mailbox(const SeedUser& seeded) -> bool {
  return seeded.user_role != UserRole::RemoteUser && seeded.user_role != UserRole::SystemUser;
}
auto always_has_mailbox(const SeedResource& /*seeded*/) -> bool {
  return true;
}

// Whether the mailbox is in use; otherwise, it is retained or purged.
template <class Seeded>
auto uses_mailbox(const store::Entity& entity, const Seeded& seeded, const Path& path) -> bool {
  if (entity.state != store::EntityState::Enabled) return false;
  const bool retained = seeded.mailbox && seeded.mailbox->mailbox_deprovisioned_date;
  refusing(path / "MailboxDeprovisionedDate", [&] {
    if (retained && always_has_mailbox(seeded)) throw EntityStateException("The mailbox is in use");
  });
  return !retained;
}

// Whether the mailbox was purged and only its dates are left. The clock may not have reached the thirty days, because
// it may have been set back.
auto is_gone(const SeedMailbox& mailbox) -> bool {
  return mailbox.mailbox_provisioned_date && mailbox.mailbox_deprovisioned_date && !mailbox.mailbox_quota &&
         !mailbox.mailbox_size;
}

template <class Seeded>
void add_mailbox(Context& context, const store::Entity& entity, const Seeded& seeded, const Path& path) {
  const bool used = uses_mailbox(entity, seeded, path);
  if (!seeded.mailbox && !(used && always_has_mailbox(seeded))) return;
  const auto mailbox = seeded.mailbox.value_or(SeedMailbox());
  const auto quota = mailbox.mailbox_quota.value_or(kMailboxQuotaMegabytes);
  refusing(path / "MailboxQuota", [&] { check_quota(quota); });
  auto& mailboxes = context.store.mailboxes;
  mailboxes.add(entity.number, quota,
                mailbox.mailbox_provisioned_date.value_or(entity.enabled_at.value_or(context.now)));
  mailboxes.set_used(entity.number, mailbox.mailbox_size.value_or(0));
  if (used) return;
  const auto deprovisioned = mailbox.mailbox_deprovisioned_date.value_or(entity.disabled_at.value_or(context.now));
  const auto end = later(deprovisioned, kThirtyDayRetention);
  mailboxes.retain(entity.number, deprovisioned, end);
  if (is_gone(mailbox) || end <= context.now) mailboxes.purge(entity.number);
}

// Only an entity that was registered before has a retained mailbox.
void date_deregistration(const Context& context, store::Entity& entity, const std::optional<SeedMailbox>& mailbox) {
  if (!mailbox || entity.state != store::EntityState::Disabled || entity.disabled_at) return;
  entity.disabled_at = mailbox->mailbox_deprovisioned_date.value_or(context.now);
}

auto attributes_of(const SeedUser& seeded) -> store::UserAttributes {
  store::UserAttributes attributes{.role = std::string(to_string(seeded.user_role.value_or(UserRole::User)))};
  copy_user_attributes(seeded, attributes);
  return attributes;
}

auto attributes_of(const SeedResource& seeded) -> store::ResourceAttributes {
  store::ResourceAttributes attributes{.type = std::string(to_string(seeded.type)), .description = seeded.description};
  if (!seeded.booking_options) return attributes;
  const auto& options = *seeded.booking_options;
  attributes.auto_accept_requests = options.auto_accept_requests.value_or(false);
  attributes.auto_decline_recurring_requests = options.auto_decline_recurring_requests.value_or(false);
  attributes.auto_decline_conflicting_requests = options.auto_decline_conflicting_requests.value_or(false);
  return attributes;
}

void check_user(const Context& context, const store::OrganizationHead& organization, const store::Entity& user,
                const store::UserAttributes& attributes, const Path& path) {
  if (user.state == store::EntityState::Deleted) return;
  refusing(path / "IdentityProviderUserId",
           [&] { check_identity_provider_user(context, organization, attributes.identity_provider_user_id); });
}

auto add(Context& context, const store::OrganizationHead& organization, const SeedUser& seeded, const Path& path)
    -> store::Entity {
  const auto attributes = attributes_of(seeded);
  auto user = entity_of(context, organization, seeded, EntityKind::User, path);
  check_user(context, organization, user, attributes, path);
  date_deregistration(context, user, seeded.mailbox);
  user.number = context.store.entities.add_user(user, attributes);
  add_mailbox(context, user, seeded, path / "Mailbox");
  return user;
}

auto add(Context& context, const store::OrganizationHead& organization, const SeedGroup& seeded, const Path& path)
    -> store::Entity {
  auto group = entity_of(context, organization, seeded, EntityKind::Group, path);
  group.number = context.store.entities.add_group(group);
  return group;
}

auto add(Context& context, const store::OrganizationHead& organization, const SeedResource& seeded, const Path& path)
    -> store::Entity {
  auto resource = entity_of(context, organization, seeded, EntityKind::Resource, path);
  date_deregistration(context, resource, seeded.mailbox);
  resource.number = context.store.entities.add_resource(resource, attributes_of(seeded));
  add_mailbox(context, resource, seeded, path / "Mailbox");
  return resource;
}

// The members, delegates or grantees of one entity: by id, name or address, in any state, without duplicates.
class Related {
 public:
  Related(const Context& context, const store::OrganizationHead& organization)
      : context_(context), organization_(organization) {}

  auto operator()(const std::string& identifier, std::initializer_list<EntityKind> kinds) -> store::Entity {
    auto entity = context_.entity(organization_, identifier, kinds, Accepts::IdNameOrAddress);
    if (!numbers_.insert(entity.number).second) throw errors::invalid_parameter(identifier + " is given twice");
    return entity;
  }

 private:
  const Context& context_;
  const store::OrganizationHead& organization_;
  std::set<store::EntityNumber> numbers_;
};

void add_members(Context& context, const store::OrganizationHead& organization, const store::Entity& group,
                 const SeedGroup& seeded, Nesting& nesting, const Path& path) {
  Related related(context, organization);
  std::size_t index = 0;
  for_each(seeded.members, path / "Members", [&](const std::string& identifier, const Path& place) {
    const auto member = refusing(place, [&] { return related(identifier, kMemberKinds); });
    if (member.kind == EntityKind::Group) nesting.add({.group = group.number, .member = member.number}, index);
    context.store.group_members.add({.group = group.number, .member = member.number});
    ++index;
  });
}

void add_delegates(Context& context, const store::OrganizationHead& organization, const store::Entity& resource,
                   const SeedResource& seeded, const Path& path) {
  Related related(context, organization);
  for_each(seeded.delegates, path / "Delegates", [&](const std::string& identifier, const Path& place) {
    const auto delegate = refusing(place, [&] { return related(identifier, kMemberKinds); });
    context.store.resource_delegates.add({.resource = resource.number, .delegate = delegate.number});
  });
}

void add_permissions(Context& context, const store::OrganizationHead& organization, const store::Entity& owner,
                     const std::optional<std::vector<SeedPermission>>& permissions, const Path& path) {
  Related related(context, organization);
  for_each(permissions, path / "MailboxPermissions", [&](const SeedPermission& seeded, const Path& place) {
    const auto grantee = refusing(place / "GranteeId", [&] { return related(seeded.grantee_id, kAnyKind); });
    if (seeded.permission_values.empty()) return;
    context.store.mailbox_permissions.put({.owner = owner.number, .grantee = grantee.number},
                                          to_store(seeded.permission_values));
  });
}

// Adds the entities of one kind; returns them in order.
template <class Seeded>
auto add_all(Context& context, const store::OrganizationHead& organization,
             const std::optional<std::vector<Seeded>>& list, const Path& path) -> std::vector<store::Entity> {
  std::vector<store::Entity> entities;
  for_each(list, path, [&](const Seeded& seeded, const Path& place) {
    entities.push_back(add(context, organization, seeded, place));
    add_addresses(context, organization, entities.back(), seeded, place);
  });
  return entities;
}

// Calls `relate(entity, seeded, path)` for each entity that add_all has added.
template <class Seeded, class Relate>
void relate_all(const std::optional<std::vector<Seeded>>& list, const std::vector<store::Entity>& entities,
                const Path& path, Relate relate) {
  auto entity = entities.begin();
  for_each(list, path, [&](const Seeded& seeded, const Path& place) { relate(*entity++, seeded, place); });
}

// AWS: groups may be nested; that a circle is refused, and how, is assumed (Q-group-cycle).
void check_nesting(const std::vector<store::Entity>& groups, const Nesting& nesting, const Path& path) {
  const auto circle = nesting.find_circle();
  if (!circle) return;
  const auto outer =
      std::find_if(groups.begin(), groups.end(), [&](const auto& group) { return group.number == circle->outer; });
  const Path place = path.element(static_cast<std::size_t>(outer - groups.begin()));
  const Path members = place / "Members";
  refusing(members.element(circle->index),
           [&] { throw errors::invalid_parameter("Group " + outer->id + " can not be a member of itself"); });
}

}  // namespace

void apply_entities(Context& context, const store::OrganizationHead& organization, const SeedOrganization& document,
                    const Path& path) {
  const Path users_path = path / "Users";
  const Path groups_path = path / "Groups";
  const Path resources_path = path / "Resources";
  const auto users = add_all(context, organization, document.users, users_path);
  const auto groups = add_all(context, organization, document.groups, groups_path);
  const auto resources = add_all(context, organization, document.resources, resources_path);
  // Relations are added after all entities, because they may refer to any of them.
  relate_all(document.users, users, users_path, [&](const auto& user, const SeedUser& seeded, const Path& place) {
    add_permissions(context, organization, user, seeded.mailbox_permissions, place);
  });
  Nesting nesting;
  relate_all(document.groups, groups, groups_path, [&](const auto& group, const SeedGroup& seeded, const Path& place) {
    add_members(context, organization, group, seeded, nesting, place);
    add_permissions(context, organization, group, seeded.mailbox_permissions, place);
  });
  check_nesting(groups, nesting, groups_path);
  relate_all(document.resources, resources, resources_path,
             [&](const auto& resource, const SeedResource& seeded, const Path& place) {
               add_delegates(context, organization, resource, seeded, place);
               add_permissions(context, organization, resource, seeded.mailbox_permissions, place);
             });
}

}  // namespace workmail::api

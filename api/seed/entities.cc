#include "api/entity_rules.h"
#include "api/entity_words.h"
#include "api/refusals.h"
#include "api/registration_rules.h"
#include "api/seed/apply.h"

namespace workmail::api {

namespace {

using store::EntityKind;

constexpr std::initializer_list<EntityKind> kMemberKinds = {EntityKind::User, EntityKind::Group};

// An address means: registered. Without one, a date of deletion or the state itself tells.
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

auto new_id(const Context& context, EntityKind kind) -> std::string {
  return kind == EntityKind::Resource ? context.ids.resource(context.now) : context.ids.uuid(context.now);
}

// What all kinds share, not stored yet.
template <class Seeded>
auto entity_of(const Context& context, const store::OrganizationHead& organization, const Seeded& seeded,
               EntityKind kind, const std::optional<std::string>& id) -> store::Entity {
  store::Entity entity{.organization = organization.number,
                       .kind = kind,
                       .id = id ? *id : new_id(context, kind),
                       .name = seeded.name,
                       .state = state_of(seeded),
                       .enabled_at = seeded.enabled_date,
                       .disabled_at = seeded.disabled_date,
                       .hidden = seeded.hidden_from_global_address_list.value_or(false)};
  if (context.store.entities.find_by_id(organization.number, entity.id)) throw refusals::name_not_available(entity.id);
  if (entity.state == store::EntityState::Deleted) {
    entity.forgotten_at = seeded.deleted_date.value_or(context.now) + kRetention;
  } else {
    check_name_free(context, organization, kind, entity.name);
  }
  if (entity.state == store::EntityState::Enabled && !entity.enabled_at) entity.enabled_at = context.now;
  return entity;
}

void add_addresses(Context& context, const store::OrganizationHead& organization, const store::Entity& entity,
                   const std::optional<std::string>& email, const std::optional<std::vector<std::string>>& aliases,
                   const Path& path) {
  if (!email) return;
  refusing(path / "Email", [&] { hold_address(context, organization, entity, *email); });
  context.store.entities.set_email(entity.number, *email);
  for_each(aliases, path / "Aliases", [&](const std::string& alias, const Path& place) {
    refusing(place, [&] { hold_alias(context, organization, entity, alias); });
  });
}

// One that is registered has a mailbox in any case, another one when the document gives it a date.
void add_mailbox(Context& context, const store::Entity& entity, const std::optional<SeedMailbox>& seeded) {
  const bool registered = entity.state == store::EntityState::Enabled;
  const auto mailbox = seeded.value_or(SeedMailbox());
  if (!registered && !mailbox.mailbox_provisioned_date) return;
  auto& mailboxes = context.store.mailboxes;
  mailboxes.add(entity.number, mailbox.mailbox_quota.value_or(kMailboxQuotaMegabytes),
                mailbox.mailbox_provisioned_date.value_or(entity.enabled_at.value_or(context.now)));
  mailboxes.set_used(entity.number, mailbox.mailbox_size.value_or(0));
  if (registered) return;
  const auto deprovisioned = mailbox.mailbox_deprovisioned_date.value_or(entity.disabled_at.value_or(context.now));
  mailboxes.retain(entity.number, deprovisioned, deprovisioned + kRetention);
}

auto attributes_of(const SeedUser& seeded) -> store::UserAttributes {
  return {.role = std::string(to_string(seeded.user_role.value_or(UserRole::User))),
          .display_name = seeded.display_name,
          .first_name = seeded.first_name,
          .last_name = seeded.last_name,
          .initials = seeded.initials,
          .telephone = seeded.telephone,
          .street = seeded.street,
          .job_title = seeded.job_title,
          .city = seeded.city,
          .company = seeded.company,
          .zip_code = seeded.zip_code,
          .department = seeded.department,
          .country = seeded.country,
          .office = seeded.office,
          .identity_provider_user_id = seeded.identity_provider_user_id,
          .identity_provider_identity_store_id = seeded.identity_provider_identity_store_id};
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

auto add(Context& context, const store::OrganizationHead& organization, const SeedUser& seeded, const Path& path)
    -> store::Entity {
  const auto attributes = attributes_of(seeded);
  auto user =
      refusing(path, [&] { return entity_of(context, organization, seeded, EntityKind::User, seeded.user_id); });
  if (user.state != store::EntityState::Deleted) {
    refusing(path / "IdentityProviderUserId",
             [&] { check_identity_provider_user(context, organization, attributes.identity_provider_user_id); });
  }
  user.number = context.store.entities.add_user(user, attributes);
  context.store.entities.set_user(user.number, attributes);
  add_mailbox(context, user, seeded.mailbox);
  return user;
}

auto add(Context& context, const store::OrganizationHead& organization, const SeedGroup& seeded, const Path& path)
    -> store::Entity {
  auto group =
      refusing(path, [&] { return entity_of(context, organization, seeded, EntityKind::Group, seeded.group_id); });
  group.number = context.store.entities.add_group(group);
  return group;
}

auto add(Context& context, const store::OrganizationHead& organization, const SeedResource& seeded, const Path& path)
    -> store::Entity {
  auto resource = refusing(
      path, [&] { return entity_of(context, organization, seeded, EntityKind::Resource, seeded.resource_id); });
  resource.number = context.store.entities.add_resource(resource, attributes_of(seeded));
  add_mailbox(context, resource, seeded.mailbox);
  return resource;
}

// The members, delegates and grantees of an entity: users and groups by id, name or address.
void add_members(Context& context, const store::OrganizationHead& organization, const store::Entity& group,
                 const SeedGroup& seeded, const Path& path) {
  for_each(seeded.members, path / "Members", [&](const std::string& identifier, const Path& place) {
    refusing(place, [&] {
      const auto member = context.entity(organization, identifier, kMemberKinds, Accepts::IdNameOrAddress);
      context.require(Use::ReadOrLeaveGroup, organization, group);
      context.require(Use::ReadOrLeaveGroup, organization, member);
      add_group_member(context, group, member);
    });
  });
}

void add_delegates(Context& context, const store::OrganizationHead& organization, const store::Entity& resource,
                   const SeedResource& seeded, const Path& path) {
  for_each(seeded.delegates, path / "Delegates", [&](const std::string& identifier, const Path& place) {
    refusing(place, [&] {
      const auto delegate = context.entity(organization, identifier, kMemberKinds, Accepts::IdNameOrAddress);
      context.require(Use::ReadOrLeaveDelegates, organization, resource);
      context.require(Use::ReadOrLeaveDelegates, organization, delegate);
      context.store.resource_delegates.add(resource.number, delegate.number);
    });
  });
}

// Adds the entities of one kind; `entities` takes what was added, in order.
template <class Seeded>
void add_all(Context& context, const store::OrganizationHead& organization,
             const std::optional<std::vector<Seeded>>& list, const Path& path, std::vector<store::Entity>& entities) {
  for_each(list, path, [&](const Seeded& seeded, const Path& place) {
    entities.push_back(add(context, organization, seeded, place));
    add_addresses(context, organization, entities.back(), seeded.email, seeded.aliases, place);
  });
}

}  // namespace

void apply_entities(Context& context, const store::OrganizationHead& organization, const SeedOrganization& document,
                    const Path& path) {
  std::vector<store::Entity> users;
  std::vector<store::Entity> groups;
  std::vector<store::Entity> resources;
  add_all(context, organization, document.users, path / "Users", users);
  add_all(context, organization, document.groups, path / "Groups", groups);
  add_all(context, organization, document.resources, path / "Resources", resources);
  // Relations come after all entities, because they may name any of them.
  std::size_t index = 0;
  for_each(document.groups, path / "Groups", [&](const SeedGroup& seeded, const Path& place) {
    add_members(context, organization, groups[index++], seeded, place);
  });
  index = 0;
  for_each(document.resources, path / "Resources", [&](const SeedResource& seeded, const Path& place) {
    add_delegates(context, organization, resources[index++], seeded, place);
  });
}

}  // namespace workmail::api

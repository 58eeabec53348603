#include <algorithm>
#include <iterator>
#include <limits>

#include "api/entity_rules.h"
#include "api/entity_words.h"
#include "api/seed/seed.h"
#include "model/operations.h"

namespace workmail::api {

namespace {

constexpr std::int64_t kAll = std::numeric_limits<std::int64_t>::max();

template <class Element>
auto unless_empty(std::vector<Element> list) -> std::optional<std::vector<Element>> {
  if (list.empty()) return std::nullopt;
  return list;
}

// What all kinds share.
template <class Seeded>
void tell_entity(store::Store& store, const store::Entity& entity, Seeded& seeded) {
  seeded.name = entity.name;
  seeded.email = entity.email;
  seeded.state = to_api(entity.state);
  seeded.enabled_date = entity.enabled_at;
  seeded.disabled_date = entity.disabled_at;
  if (entity.forgotten_at) seeded.deleted_date = *entity.forgotten_at - kRetention;
  if (entity.hidden) seeded.hidden_from_global_address_list = true;
  std::vector<std::string> aliases;
  for (auto& alias : store.addresses.aliases(entity.number, entity.email.value_or(""), 0, kAll)) {
    aliases.push_back(std::move(alias.address));
  }
  seeded.aliases = unless_empty(std::move(aliases));
}

auto mailbox_of(store::Store& store, const store::Entity& entity) -> std::optional<SeedMailbox> {
  const auto mailbox = store.mailboxes.find(entity.number);
  if (!mailbox) return std::nullopt;
  return SeedMailbox{.mailbox_quota = static_cast<std::int32_t>(mailbox->quota_megabytes),
                     .mailbox_size = mailbox->used_megabytes,
                     .mailbox_provisioned_date = mailbox->provisioned_at,
                     .mailbox_deprovisioned_date = mailbox->deprovisioned_at};
}

auto user_of(store::Store& store, const store::Entity& entity) -> SeedUser {
  auto attributes = store.entities.user(entity.number);
  SeedUser user{.user_id = entity.id};
  tell_entity(store, entity, user);
  user.mailbox = mailbox_of(store, entity);
  user.display_name = std::move(attributes.display_name);
  user.user_role = from_string<UserRole>(attributes.role);
  user.first_name = std::move(attributes.first_name);
  user.last_name = std::move(attributes.last_name);
  user.initials = std::move(attributes.initials);
  user.telephone = std::move(attributes.telephone);
  user.street = std::move(attributes.street);
  user.job_title = std::move(attributes.job_title);
  user.city = std::move(attributes.city);
  user.company = std::move(attributes.company);
  user.zip_code = std::move(attributes.zip_code);
  user.department = std::move(attributes.department);
  user.country = std::move(attributes.country);
  user.office = std::move(attributes.office);
  user.identity_provider_user_id = std::move(attributes.identity_provider_user_id);
  user.identity_provider_identity_store_id = std::move(attributes.identity_provider_identity_store_id);
  return user;
}

auto group_of(store::Store& store, const store::Entity& entity) -> SeedGroup {
  SeedGroup group{.group_id = entity.id};
  tell_entity(store, entity, group);
  std::vector<std::string> members;
  for (auto& member : store.group_members.members(entity.number, 0, kAll))
    members.push_back(std::move(member.entity.id));
  group.members = unless_empty(std::move(members));
  return group;
}

auto resource_of(store::Store& store, const store::Entity& entity) -> SeedResource {
  auto attributes = store.entities.resource(entity.number);
  SeedResource resource{.resource_id = entity.id};
  tell_entity(store, entity, resource);
  resource.mailbox = mailbox_of(store, entity);
  resource.type = from_string<ResourceType>(attributes.type).value();
  resource.description = std::move(attributes.description);
  resource.booking_options =
      BookingOptions{.auto_accept_requests = attributes.auto_accept_requests,
                     .auto_decline_recurring_requests = attributes.auto_decline_recurring_requests,
                     .auto_decline_conflicting_requests = attributes.auto_decline_conflicting_requests};
  std::vector<std::string> delegates;
  for (auto& delegate : store.resource_delegates.list(entity.number, 0, kAll))
    delegates.push_back(std::move(delegate.id));
  resource.delegates = unless_empty(std::move(delegates));
  return resource;
}

// Every entity of a kind, told by `tell(store, entity)`.
template <class Tell>
auto entities_of(store::Store& store, std::int64_t organization, store::EntityKind kind, Tell tell) {
  std::vector<std::invoke_result_t<Tell, store::Store&, const store::Entity&>> told;
  for (const auto& row : store.entities.list(organization, kind, {}, 0, kAll)) told.push_back(tell(store, row.entity));
  return unless_empty(std::move(told));
}

// Calls a list operation page after page; `take(output)` has what each answered.
template <class Operation, class Take>
void each_page(Context& context, typename Operation::Input input, Take take) {
  do {
    auto output = Operation::handle(context, input);
    take(output);
    input.next_token = std::move(output.next_token);
  } while (input.next_token);
}

auto impersonation_roles_of(Context& context, const std::string& organization_id)
    -> std::vector<SeedImpersonationRole> {
  std::vector<SeedImpersonationRole> roles;
  each_page<ListImpersonationRoles>(context, {.organization_id = organization_id}, [&](const auto& page) {
    for (const auto& listed : *page.roles) {
      auto role = GetImpersonationRole::handle(context, {organization_id, *listed.impersonation_role_id});
      roles.push_back({.impersonation_role_id = std::move(role.impersonation_role_id),
                       .name = std::move(*role.name),
                       .type = *role.type,
                       .description = std::move(role.description),
                       .rules = std::move(*role.rules),
                       .date_created = role.date_created,
                       .date_modified = role.date_modified});
    }
  });
  return roles;
}

auto overrides_of(Context& context, const std::string& organization_id) -> std::vector<MobileDeviceAccessOverride> {
  std::vector<MobileDeviceAccessOverride> overrides;
  each_page<ListMobileDeviceAccessOverrides>(context, {.organization_id = organization_id}, [&](auto& page) {
    std::move(page.overrides->begin(), page.overrides->end(), std::back_inserter(overrides));
  });
  return overrides;
}

// What the API itself lists, as it lists it.
void tell_rules(Context& context, SeedOrganization& told) {
  const auto& id = *told.organization_id;
  told.impersonation_roles = unless_empty(impersonation_roles_of(context, id));
  told.access_control_rules = ListAccessControlRules::handle(context, {id}).rules;
  told.mobile_device_access_rules = ListMobileDeviceAccessRules::handle(context, {id}).rules;
  told.mobile_device_access_overrides = unless_empty(overrides_of(context, id));
}

auto domains_of(store::Store& store, const store::Organization& organization) -> std::vector<SeedDomain> {
  std::vector<SeedDomain> domains;
  for (auto& domain : store.domains.list(organization.number, 0, kAll)) {
    const bool is_default = domain.name == organization.default_domain;
    domains.push_back({.domain_name = std::move(domain.name),
                       .default_domain = is_default ? std::optional(true) : std::nullopt,
                       .hosted_zone_id = std::move(domain.hosted_zone_id),
                       .ownership_verification_status = from_string<DnsRecordVerificationStatus>(domain.ownership),
                       .dkim_verification_status = from_string<DnsRecordVerificationStatus>(domain.dkim),
                       .verified_date = domain.verified_at});
  }
  return domains;
}

auto organization_of(Context& context, const store::Organization& organization) -> SeedOrganization {
  store::Store& store = context.store;
  SeedOrganization told{.organization_id = organization.id,
                        .account = organization.account,
                        .region = organization.region,
                        .alias = organization.alias,
                        .state = from_string<SeedOrganizationState>(organization.state),
                        .next_state_date = organization.next_state_at,
                        .error_message = organization.error_message,
                        .completed_date = organization.completed_at,
                        .directory_id = organization.directory_id,
                        .directory_kept = organization.directory_kept ? std::optional(true) : std::nullopt,
                        .interoperability_enabled = organization.interoperability ? std::optional(true) : std::nullopt,
                        .kms_key_arn = organization.kms_key_arn,
                        .default_mail_domain = organization.default_domain};
  if (organization.state == "Deleted") return told;
  told.inbound_dmarc_settings = SeedDmarcSettings{.enforced = organization.dmarc_enforced};
  told.domains = domains_of(store, organization);
  told.users = entities_of(store, organization.number, store::EntityKind::User, user_of);
  told.groups = entities_of(store, organization.number, store::EntityKind::Group, group_of);
  told.resources = entities_of(store, organization.number, store::EntityKind::Resource, resource_of);
  tell_rules(context, told);
  return told;
}

}  // namespace

auto state_document(const Context& context, const StateFilter& filter) -> SeedDocument {
  const auto wanted = [](std::string_view wish, std::string_view value) { return wish.empty() || wish == value; };
  SeedDocument document;
  std::vector<SeedOrganization> organizations;
  for (const auto& organization : context.store.organizations.all()) {
    const bool told = wanted(filter.account, organization.account) && wanted(filter.region, organization.region) &&
                      wanted(filter.organization, organization.id);
    if (!told) continue;
    Context inside(context.store, context.ids, context.settings, context.now, organization.account,
                   organization.region);
    inside.any_organization_state = true;
    organizations.push_back(organization_of(inside, organization));
  }
  document.organizations = std::move(organizations);
  return document;
}

}  // namespace workmail::api

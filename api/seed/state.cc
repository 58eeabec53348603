#include <algorithm>
#include <iterator>
#include <limits>

#include "api/mail/email_flow_rules.h"
#include "api/rules/entity_rules.h"
#include "api/rules/entity_words.h"
#include "api/rules/mailbox_rules.h"
#include "api/rules/retention_policy_rules.h"
#include "api/rules/rule_conditions.h"
#include "api/rules/thirty_day_retention.h"
#include "api/rules/user_attributes.h"
#include "api/seed/message_state.h"
#include "api/seed/seed.h"
#include "api/wire/json_text.h"
#include "api/wire/stored_word.h"
#include "generated/workmail/codec.h"
#include "generated/workmail/operations.h"

namespace workmail::api {

namespace {

constexpr std::int64_t kAll = std::numeric_limits<std::int64_t>::max();

auto permissions_of(store::Store& store, store::EntityNumber owner) -> std::vector<SeedPermission> {
  std::vector<SeedPermission> permissions;
  for (auto& permission : store.mailbox_permissions.list(owner, {}, kAll)) {
    auto values = to_api(permission);
    permissions.push_back({.grantee_id = std::move(permission.grantee_id), .permission_values = std::move(values)});
  }
  return permissions;
}

// The attributes that all kinds share.
template <class Seeded>
void describe_entity(store::Store& store, const store::Entity& entity, Seeded& seeded) {
  seeded.name = entity.name;
  seeded.email = entity.email;
  seeded.state = to_api(entity.state);
  seeded.enabled_date = entity.enabled_at;
  seeded.disabled_date = entity.disabled_at;
  if (entity.forgotten_at) seeded.deleted_date = *entity.forgotten_at - kThirtyDayRetention;
  if (entity.hidden) seeded.hidden_from_global_address_list = true;
  std::vector<std::string> aliases;
  for (auto& alias : store.addresses.aliases(entity.number, entity.email.value_or(""), {}, kAll)) {
    aliases.push_back(std::move(alias.address));
  }
  seeded.aliases = unless_empty(std::move(aliases));
  seeded.mailbox_permissions = unless_empty(permissions_of(store, entity.number));
}

auto mailbox_of(store::Store& store, const store::Entity& entity) -> std::optional<SeedMailbox> {
  const auto mailbox = store.mailboxes.last(entity.number);
  if (!mailbox) return std::nullopt;
  if (mailbox->gone()) {
    return SeedMailbox{.mailbox_provisioned_date = mailbox->provisioned_at,
                       .mailbox_deprovisioned_date = mailbox->deprovisioned_at};
  }
  return SeedMailbox{.mailbox_quota = static_cast<std::int32_t>(mailbox->quota_megabytes),
                     .mailbox_size = mailbox->used_megabytes,
                     .mailbox_provisioned_date = mailbox->provisioned_at,
                     .mailbox_deprovisioned_date = mailbox->deprovisioned_at};
}

auto user_of(store::Store& store, const store::Entity& entity) -> SeedUser {
  auto attributes = store.entities.user(entity.number);
  SeedUser user{.user_id = entity.id};
  describe_entity(store, entity, user);
  user.mailbox = mailbox_of(store, entity);
  user.user_role = stored_word<UserRole>(attributes.role);
  move_user_attributes(attributes, user);
  return user;
}

auto group_of(store::Store& store, const store::Entity& entity) -> SeedGroup {
  SeedGroup group{.group_id = entity.id};
  describe_entity(store, entity, group);
  std::vector<std::string> members;
  for (auto& member : store.group_members.members(entity.number, {}, kAll))
    members.push_back(std::move(member.entity.id));
  group.members = unless_empty(std::move(members));
  return group;
}

auto resource_of(store::Store& store, const store::Entity& entity) -> SeedResource {
  auto attributes = store.entities.resource(entity.number);
  SeedResource resource{.resource_id = entity.id};
  describe_entity(store, entity, resource);
  resource.mailbox = mailbox_of(store, entity);
  resource.type = stored_word<ResourceType>(attributes.type);
  resource.description = std::move(attributes.description);
  resource.booking_options =
      BookingOptions{.auto_accept_requests = attributes.auto_accept_requests,
                     .auto_decline_recurring_requests = attributes.auto_decline_recurring_requests,
                     .auto_decline_conflicting_requests = attributes.auto_decline_conflicting_requests};
  std::vector<std::string> delegates;
  for (auto& delegate : store.resource_delegates.list(entity.number, {}, kAll))
    delegates.push_back(std::move(delegate.id));
  resource.delegates = unless_empty(std::move(delegates));
  return resource;
}

// Every entity of a kind, as `describe(store, entity)` returns it.
template <class Describe>
auto entities_of(store::Store& store, store::OrganizationNumber organization, store::EntityKind kind,
                 Describe describe) {
  std::vector<std::invoke_result_t<Describe, store::Store&, const store::Entity&>> described;
  for (const auto& entity : store.entities.all(organization, kind)) described.push_back(describe(store, entity));
  return unless_empty(std::move(described));
}

// Calls a list operation page by page, and `take(output)` with each page.
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

auto overrides_of(Context& context, const std::string& organization_id) -> std::vector<SeedOverride> {
  std::vector<SeedOverride> overrides;
  each_page<ListMobileDeviceAccessOverrides>(context, {.organization_id = organization_id}, [&](auto& page) {
    for (auto& listed : *page.overrides) {
      overrides.push_back({.user_id = std::move(*listed.user_id),
                           .device_id = std::move(*listed.device_id),
                           .effect = *listed.effect,
                           .description = std::move(listed.description),
                           .date_created = listed.date_created,
                           .date_modified = listed.date_modified});
    }
  });
  return overrides;
}

// A rule of a seed document may have no description, which is stored as an empty one.
auto shown_description(std::optional<std::string> text) -> std::optional<std::string> {
  return text && text->empty() ? std::nullopt : std::move(text);
}

auto access_control_rules_of(Context& context, const std::string& organization_id)
    -> std::vector<SeedAccessControlRule> {
  std::vector<SeedAccessControlRule> rules;
  auto listed = ListAccessControlRules::handle(context, {organization_id});
  for (auto& rule : *listed.rules) {
    rules.push_back({.name = std::move(*rule.name),
                     .effect = *rule.effect,
                     .description = shown_description(std::move(rule.description)),
                     .ip_ranges = std::move(rule.ip_ranges),
                     .not_ip_ranges = std::move(rule.not_ip_ranges),
                     .actions = std::move(rule.actions),
                     .not_actions = std::move(rule.not_actions),
                     .user_ids = std::move(rule.user_ids),
                     .not_user_ids = std::move(rule.not_user_ids),
                     .impersonation_role_ids = std::move(rule.impersonation_role_ids),
                     .not_impersonation_role_ids = std::move(rule.not_impersonation_role_ids),
                     .date_created = rule.date_created,
                     .date_modified = rule.date_modified});
  }
  return rules;
}

// The contents that the API lists, in the API's shapes.
void describe_rules(Context& context, SeedOrganization& described) {
  const auto& id = *described.organization_id;
  described.impersonation_roles = unless_empty(impersonation_roles_of(context, id));
  described.access_control_rules = access_control_rules_of(context, id);
  described.mobile_device_access_rules = ListMobileDeviceAccessRules::handle(context, {id}).rules;
  described.mobile_device_access_overrides = unless_empty(overrides_of(context, id));
}

auto domains_of(store::Store& store, const store::Organization& organization) -> std::vector<SeedDomain> {
  std::vector<SeedDomain> domains;
  for (auto& domain : store.domains.list(organization.number, {}, kAll)) {
    const bool is_default = domain.name == organization.default_domain;
    domains.push_back({.domain_name = std::move(domain.name),
                       .default_domain = is_default ? std::optional(true) : std::nullopt,
                       .hosted_zone_id = std::move(domain.hosted_zone_id),
                       .ownership_verification_status = same_word<DnsRecordVerificationStatus>(domain.ownership),
                       .dkim_verification_status = same_word<DnsRecordVerificationStatus>(domain.dkim),
                       .verified_date = domain.verified_at});
  }
  return domains;
}

auto tags_of(store::Store& store, store::OrganizationNumber organization) -> std::vector<Tag> {
  std::vector<Tag> tags;
  for (auto& tag : store.tags.list(organization)) {
    tags.push_back({.key = std::move(tag.key), .value = std::move(tag.value)});
  }
  return tags;
}

auto availability_configurations_of(Context& context, const std::string& organization_id)
    -> std::vector<AvailabilityConfiguration> {
  std::vector<AvailabilityConfiguration> configurations;
  each_page<ListAvailabilityConfigurations>(context, {.organization_id = organization_id}, [&](auto& page) {
    auto& listed = *page.availability_configurations;
    std::move(listed.begin(), listed.end(), std::back_inserter(configurations));
  });
  return configurations;
}

auto retention_policy_of(store::Store& store, store::OrganizationNumber organization)
    -> std::optional<SeedRetentionPolicy> {
  auto policy = store.retention_policies.find(organization);
  if (!policy) return std::nullopt;
  return SeedRetentionPolicy{.id = std::move(policy->id),
                             .name = std::move(policy->name),
                             .description = std::move(policy->description),
                             .folder_configurations = to_api(policy->folders)};
}

auto email_monitoring_of(store::Store& store, store::OrganizationNumber organization)
    -> std::optional<SeedEmailMonitoring> {
  auto monitoring = store.email_monitoring.find(organization);
  if (!monitoring) return std::nullopt;
  return SeedEmailMonitoring{.role_arn = std::move(monitoring->role_arn),
                             .log_group_arn = std::move(monitoring->log_group_arn)};
}

auto identity_provider_of(Context& context, const store::Organization& organization)
    -> std::optional<SeedIdentityProvider> {
  if (!context.store.identity_providers.find(organization.number)) return std::nullopt;
  auto provider = DescribeIdentityProviderConfiguration::handle(context, {organization.id});
  return SeedIdentityProvider{.authentication_mode = *provider.authentication_mode,
                              .identity_center_configuration = std::move(*provider.identity_center_configuration),
                              .personal_access_token_configuration = *provider.personal_access_token_configuration};
}

auto tokens_of(Context& context, const std::string& organization_id) -> std::vector<SeedPersonalAccessToken> {
  std::vector<SeedPersonalAccessToken> tokens;
  each_page<ListPersonalAccessTokens>(context, {.organization_id = organization_id}, [&](auto& page) {
    for (auto& listed : *page.personal_access_token_summaries) {
      tokens.push_back({.personal_access_token_id = std::move(listed.personal_access_token_id),
                        .user_id = std::move(*listed.user_id),
                        .name = std::move(*listed.name),
                        .date_created = listed.date_created,
                        .date_last_used = listed.date_last_used,
                        .expires_time = listed.expires_time,
                        .scopes = unless_empty(std::move(*listed.scopes))});
    }
  });
  return tokens;
}

auto export_jobs_of(store::Store& store, store::OrganizationNumber organization) -> std::vector<SeedExportJob> {
  std::vector<SeedExportJob> jobs;
  for (auto& job : store.export_jobs.list(organization, store::kLastNumber<store::ExportJobNumber>, kAll)) {
    jobs.push_back({.job_id = std::move(job.id),
                    .entity_id = std::move(job.entity_id),
                    .description = std::move(job.description),
                    .role_arn = std::move(job.role_arn),
                    .kms_key_arn = std::move(job.kms_key_arn),
                    .s3_bucket_name = std::move(job.s3_bucket),
                    .s3_prefix = std::move(job.s3_prefix),
                    .s3_path = std::move(job.s3_path),
                    .state = same_word<MailboxExportJobState>(job.state),
                    .error_info = std::move(job.error_info),
                    .start_time = job.started_at,
                    .finish_time = job.finishes_at,
                    .end_time = job.ended_at});
  }
  // The API lists the newest first, but the document has the order of creation.
  std::reverse(jobs.begin(), jobs.end());
  return jobs;
}

auto email_flow_rules_of(store::Store& store, store::OrganizationNumber organization)
    -> std::vector<SeedEmailFlowRule> {
  std::vector<SeedEmailFlowRule> rules;
  for (const auto& rule : store.email_flow_rules.list(organization)) rules.push_back(to_api(rule));
  return rules;
}

void describe_configuration(Context& context, const store::Organization& organization, SeedOrganization& described) {
  store::Store& store = context.store;
  described.tags = unless_empty(tags_of(store, organization.number));
  described.availability_configurations = unless_empty(availability_configurations_of(context, organization.id));
  described.retention_policy = retention_policy_of(store, organization.number);
  described.email_monitoring_configuration = email_monitoring_of(store, organization.number);
  described.identity_provider_configuration = identity_provider_of(context, organization);
  described.personal_access_tokens = unless_empty(tokens_of(context, organization.id));
  described.mailbox_export_jobs = unless_empty(export_jobs_of(store, organization.number));
  described.email_flow_rules = unless_empty(email_flow_rules_of(store, organization.number));
}

auto organization_of(Context& context, const store::Organization& organization) -> SeedOrganization {
  store::Store& store = context.store;
  SeedOrganization described{
      .organization_id = organization.id,
      .account = organization.account,
      .region = organization.region,
      .alias = organization.alias,
      .state = same_word<SeedOrganizationState>(organization.state),
      .next_state_date = organization.next_state_at,
      .error_message = organization.error_message,
      .completed_date = organization.completed_at,
      .directory_id = organization.directory_id,
      .directory_kept = organization.directory_kept ? std::optional(true) : std::nullopt,
      .interoperability_enabled = organization.interoperability ? std::optional(true) : std::nullopt,
      .kms_key_arn = organization.kms_key_arn,
      .default_mail_domain = organization.default_domain};
  if (organization.state == store::OrganizationState::Deleted) {
    // The users and groups of a directory that the organization keeps.
    described.users = entities_of(store, organization.number, store::EntityKind::User, user_of);
    described.groups = entities_of(store, organization.number, store::EntityKind::Group, group_of);
    return described;
  }
  described.inbound_dmarc_settings = SeedDmarcSettings{.enforced = organization.dmarc_enforced};
  described.domains = domains_of(store, organization);
  described.users = entities_of(store, organization.number, store::EntityKind::User, user_of);
  described.groups = entities_of(store, organization.number, store::EntityKind::Group, group_of);
  described.resources = entities_of(store, organization.number, store::EntityKind::Resource, resource_of);
  describe_rules(context, described);
  describe_configuration(context, organization, described);
  return described;
}

auto next_organization(const Context& context, const StateFilter& filter, store::OrganizationNumber after)
    -> std::optional<store::Organization> {
  return context.store.organizations.next(after, filter.account, filter.region, filter.organization);
}

auto wanted(std::string_view wish, std::string_view value) -> bool {
  return wish.empty() || wish == value;
}

// The application that the organization uses; empty if it uses none.
auto application_used(store::Store& store, const std::optional<store::Organization>& organization) -> std::string {
  if (!organization) return {};
  const auto provider = store.identity_providers.find(organization->number);
  return provider ? provider->application_arn : std::string();
}

// The applications of the requested accounts and regions; for a single organization, only the one that it uses.
auto applications_of(const Context& context, const StateFilter& filter) -> std::vector<SeedApplication> {
  const auto used = application_used(context.store, next_organization(context, filter, {}));
  std::vector<SeedApplication> described;
  for (auto& application : context.store.identity_providers.applications()) {
    const bool asked_for = wanted(filter.account, application.account) && wanted(filter.region, application.region) &&
                           (filter.organization.empty() || application.arn == used);
    if (!asked_for) continue;
    described.push_back({.account = std::move(application.account),
                         .region = std::move(application.region),
                         .application_arn = std::move(application.arn),
                         .name = std::move(application.name),
                         .instance_arn = std::move(application.instance_arn)});
  }
  return described;
}

// The organization as an element of the document's list.
void append_organization(const Context& outer, const store::Organization& organization, std::string& text) {
  Context context(outer.store, outer.ids, outer.settings, outer.now, organization.account, organization.region);
  context.any_organization_state = true;
  std::string compact;
  Encoder encoder(compact, false, TimeFormat::Rfc3339);
  encode(encoder, organization_of(context, organization));
  constexpr int kDepth = 2;
  text.append(static_cast<std::size_t>(kDepth) * 2, ' ');
  indent_json(compact, kDepth, text);
}

constexpr std::string_view kOrganizationEnd = "\n    }";

}  // namespace

// Everything up to the start of the list of organizations.
void StateWriter::append_beginning(const Context& context, const Clock& clock, std::string& text) {
  SeedDocument document;
  if (filter_.is_everything()) describe_clock(clock, document);
  document.identity_center_applications = unless_empty(applications_of(context, filter_));
  auto beginning = write_seed(document);
  constexpr std::string_view kEnd = "}\n";
  beginning.resize(beginning.size() - kEnd.size());
  if (beginning.back() == '\n') beginning.back() = ',';
  text += beginning + "\n  \"Organizations\": [";
}

// Messages are the last member of an organization and are written one by one, because each may be large.
auto StateWriter::append_messages(const Context& context, std::size_t end, std::string& text) -> bool {
  while (text.size() < end) {
    const auto message = context.store.messages.next(last_, last_message_);
    if (!message) {
      if (last_message_ != store::MessageNumber{}) text.append("\n      ]").append(kOrganizationEnd);
      last_message_ = {};
      return true;
    }
    if (last_message_ == store::MessageNumber{}) {
      text.resize(text.size() - kOrganizationEnd.size());
      text += ",\n      \"Messages\": [\n";
    } else {
      text += ",\n";
    }
    append_message(context, *message, text);
    last_message_ = message->number;
  }
  return false;
}

auto StateWriter::append(const Context& context, const Clock& clock, std::size_t enough, std::string& text) -> bool {
  const auto end = text.size() + enough;
  if (!begun_) append_beginning(context, clock, text);
  begun_ = true;
  for (;;) {
    if (last_ != store::OrganizationNumber{} && in_organization_)
      in_organization_ = !append_messages(context, end, text);
    if (in_organization_ || text.size() >= end) return true;
    const auto organization = next_organization(context, filter_, last_);
    if (!organization) {
      text += last_ == store::OrganizationNumber{} ? "]\n}\n" : "\n  ]\n}\n";
      return false;
    }
    text += last_ == store::OrganizationNumber{} ? "\n" : ",\n";
    append_organization(context, *organization, text);
    last_ = organization->number;
    in_organization_ = true;
  }
}

}  // namespace workmail::api

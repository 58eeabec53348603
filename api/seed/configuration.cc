#include <algorithm>
#include <set>

#include "api/call/errors.h"
#include "api/rules/export_job_rules.h"
#include "api/rules/export_job_state.h"
#include "api/rules/identity_provider_rules.h"
#include "api/rules/personal_access_token.h"
#include "api/rules/retention_policy_rules.h"
#include "api/seed/apply.h"
#include "api/wire/stored_word.h"
#include "api/wire/time_text.h"
#include "generated/workmail/operations.h"

namespace workmail::api {

namespace {

void add_application(Context& outer, const SeedApplication& seeded, const Path& path) {
  const auto account = seeded.account.value_or(std::string(outer.account));
  const auto region = seeded.region.value_or(std::string(outer.region));
  Context context(outer.store, outer.ids, outer.settings, outer.now, account, region);
  if (!seeded.application_arn) {
    CreateIdentityCenterApplication::handle(context, {.name = seeded.name, .instance_arn = seeded.instance_arn});
    return;
  }
  auto& providers = context.store.identity_providers;
  const auto& arn = *seeded.application_arn;
  count_past(context.ids, arn);
  refusing(path / "ApplicationArn", [&] {
    if (providers.find_application(account, region, arn)) throw errors::name_not_available(arn);
  });
  providers.add_application(
      {.account = account, .region = region, .arn = arn, .name = seeded.name, .instance_arn = seeded.instance_arn});
}

// Also accepts reserved keys, which AWS itself adds.
void add_tags(Context& context, const store::OrganizationHead& organization, const std::vector<Tag>& tags,
              const Path& path) {
  std::set<std::string> keys;
  for (std::size_t i = 0; i < tags.size(); ++i) {
    const Path place = path.element(i);
    refusing(place / "Key", [&] {
      if (!keys.insert(tags[i].key).second)
        throw errors::invalid_parameter("The key " + tags[i].key + " is used twice");
    });
    context.store.tags.put(organization.number, tags[i].key, tags[i].value);
  }
}

// The provider as an input of the API. A document has no password, and passwords are not stored.
auto ews_provider(const AvailabilityConfiguration& seeded) -> std::optional<EwsAvailabilityProvider> {
  if (!seeded.ews_provider) return std::nullopt;
  if (!seeded.ews_provider->ews_endpoint || !seeded.ews_provider->ews_username) {
    throw errors::invalid_parameter("An EwsProvider has an EwsEndpoint and an EwsUsername");
  }
  return EwsAvailabilityProvider{.ews_endpoint = *seeded.ews_provider->ews_endpoint,
                                 .ews_username = *seeded.ews_provider->ews_username};
}

void check_provider_type(const AvailabilityConfiguration& seeded) {
  const auto type = seeded.ews_provider ? AvailabilityProviderType::Ews : AvailabilityProviderType::Lambda;
  if (seeded.provider_type && seeded.provider_type != type) {
    throw errors::invalid_parameter("ProviderType is not that of the provider");
  }
}

// Sets the creation and modification dates of the document.
void add_availability(Context& context, const store::OrganizationHead& organization,
                      const AvailabilityConfiguration& seeded, const Path& path) {
  refusing(path / "DomainName", [&] {
    if (!seeded.domain_name) throw errors::invalid_parameter("An availability configuration has a DomainName");
  });
  refusing(path, [&] {
    const auto ews = ews_provider(seeded);
    auto created = at(context, seeded.date_created);
    CreateAvailabilityConfiguration::handle(created, {.organization_id = organization.id,
                                                      .domain_name = *seeded.domain_name,
                                                      .ews_provider = ews,
                                                      .lambda_provider = seeded.lambda_provider});
    check_provider_type(seeded);
    if (!seeded.date_modified) return;
    auto modified = at(context, seeded.date_modified);
    UpdateAvailabilityConfiguration::handle(modified, {.organization_id = organization.id,
                                                       .domain_name = *seeded.domain_name,
                                                       .ews_provider = ews,
                                                       .lambda_provider = seeded.lambda_provider});
  });
}

void put_retention_policy(Context& context, const store::OrganizationHead& organization,
                          const SeedRetentionPolicy& seeded, const Path& path) {
  std::set<FolderName> folders;
  for (std::size_t i = 0; i < seeded.folder_configurations.size(); ++i) {
    const auto folder = seeded.folder_configurations[i].name;
    refusing((path / "FolderConfigurations").element(i), [&] {
      if (folders.insert(folder).second) return;
      throw errors::invalid_parameter("Folder " + std::string(to_string(folder)) + " is given twice");
    });
  }
  context.store.retention_policies.put(organization.number, {.id = given_or_uuid(context, seeded.id),
                                                             .name = seeded.name,
                                                             .description = seeded.description,
                                                             .folders = to_store(seeded.folder_configurations)});
}

void put_identity_provider(Context& context, const store::OrganizationHead& organization,
                           const SeedIdentityProvider& seeded, const Path& path) {
  refusing(path, [&] {
    api::put_identity_provider(context, organization.number, seeded.authentication_mode,
                               seeded.identity_center_configuration, seeded.personal_access_token_configuration);
  });
}

// The lifetime of existing tokens, even if new ones are disabled.
auto lifetime_of_tokens(const Context& context, const store::OrganizationHead& organization) -> Duration {
  const auto provider = context.store.identity_providers.find(organization.number);
  const int days = provider ? provider->token_lifetime_in_days.value_or(kTokenLifetimeInDays) : kTokenLifetimeInDays;
  return std::chrono::hours(24) * days;
}

void add_token(Context& context, const store::OrganizationHead& organization, const SeedPersonalAccessToken& seeded,
               const Path& path) {
  const auto user = refusing(path / "UserId", [&] { return context.user(organization, seeded.user_id); });
  const auto created = seeded.date_created.value_or(context.now);
  const auto expires = seeded.expires_time.value_or(later(created, lifetime_of_tokens(context, organization)));
  const auto id = given_or_uuid(context, seeded.personal_access_token_id);
  refusing(path / "PersonalAccessTokenId", [&] {
    const auto other = context.store.personal_access_tokens.find(organization.number, id);
    if (other) throw errors::invalid_parameter("The id " + id + " is used twice");
  });
  context.store.personal_access_tokens.add({.organization = organization.number,
                                            .user = user.number,
                                            .id = id,
                                            .name = seeded.name,
                                            .scopes = seeded.scopes.value_or(store::StringList()),
                                            .created_at = created,
                                            .last_used_at = seeded.date_last_used,
                                            .expires_at = expires});
}

// The id of the entity whose mailbox is exported. The entity may have been removed.
auto exported_entity(const Context& context, const store::OrganizationHead& organization, const SeedExportJob& seeded)
    -> std::string {
  auto entity = context.find_entity(organization, seeded.entity_id, kMailboxKinds, Accepts::IdNameOrAddress);
  if (!entity && seeded.start_time && is_entity_id(seeded.entity_id)) return seeded.entity_id;
  if (!entity) throw errors::entity_not_found(seeded.entity_id, organization.id);
  return std::move(entity->id);
}

void check_state(const SeedExportJob& seeded, MailboxExportJobState state, const Path& path) {
  const bool running = state == MailboxExportJobState::Running;
  refusing(path / "EndTime", [&] {
    if (running && seeded.end_time) throw errors::invalid_parameter("A RUNNING job has not ended");
  });
  refusing(path / "FinishTime", [&] {
    if (!running && seeded.finish_time) throw errors::invalid_parameter("Only a RUNNING job is still to finish");
  });
  refusing(path / "ErrorInfo", [&] {
    const bool failed = state == MailboxExportJobState::Failed;
    if (!failed && seeded.error_info) throw errors::invalid_parameter("Only a FAILED job has an ErrorInfo");
  });
}

void add_export_job(Context& context, const store::OrganizationHead& organization, const SeedExportJob& seeded,
                    const Path& path) {
  const auto state = seeded.state.value_or(MailboxExportJobState::Running);
  const bool running = state == MailboxExportJobState::Running;
  const Time start = seeded.start_time.value_or(context.now);
  check_state(seeded, state, path);
  const auto entity_id = refusing(path / "EntityId", [&] { return exported_entity(context, organization, seeded); });
  refusing(path, [&] {
    if (running) check_running_jobs(context, organization);
  });
  const auto id = given_or_uuid(context, seeded.job_id);
  refusing(path / "JobId", [&] {
    const auto other = context.store.export_jobs.find(organization.number, id);
    if (other) throw errors::invalid_parameter("The id " + id + " is used twice");
  });
  store::ExportJob job{.organization = organization.number,
                       .id = id,
                       .entity_id = entity_id,
                       .description = seeded.description,
                       .role_arn = seeded.role_arn,
                       .kms_key_arn = seeded.kms_key_arn,
                       .s3_bucket = seeded.s3_bucket_name,
                       .s3_prefix = seeded.s3_prefix,
                       .s3_path = seeded.s3_path.value_or(s3_path(seeded.s3_prefix, id)),
                       .state = same_word<store::ExportJobState>(state),
                       .error_info = seeded.error_info,
                       .started_at = start,
                       .forgotten_at = later(start, kExportJobHistory)};
  if (running)
    job.finishes_at = seeded.finish_time.value_or(later(std::max(start, context.now), context.settings.pace));
  else
    job.ended_at = seeded.end_time.value_or(start);
  context.store.export_jobs.add(job);
}

}  // namespace

void apply_applications(Context& context, const SeedDocument& document) {
  const Path root;
  for_each(document.identity_center_applications, root / "IdentityCenterApplications",
           [&](const auto& application, const Path& place) { add_application(context, application, place); });
}

void apply_configuration(Context& context, const store::OrganizationHead& organization,
                         const SeedOrganization& document, const Path& path) {
  if (document.tags) add_tags(context, organization, *document.tags, path / "Tags");
  for_each(document.availability_configurations, path / "AvailabilityConfigurations",
           [&](const auto& row, const Path& place) { add_availability(context, organization, row, place); });
  if (document.retention_policy) {
    put_retention_policy(context, organization, *document.retention_policy, path / "RetentionPolicy");
  }
  if (const auto& monitoring = document.email_monitoring_configuration) {
    PutEmailMonitoringConfiguration::handle(context, {.organization_id = organization.id,
                                                      .role_arn = monitoring->role_arn,
                                                      .log_group_arn = monitoring->log_group_arn});
  }
  if (const auto& provider = document.identity_provider_configuration) {
    put_identity_provider(context, organization, *provider, path / "IdentityProviderConfiguration");
  }
  for_each(document.personal_access_tokens, path / "PersonalAccessTokens",
           [&](const auto& token, const Path& place) { add_token(context, organization, token, place); });
  for_each(document.mailbox_export_jobs, path / "MailboxExportJobs",
           [&](const auto& job, const Path& place) { add_export_job(context, organization, job, place); });
}

}  // namespace workmail::api

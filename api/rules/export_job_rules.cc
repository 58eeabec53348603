#include "api/rules/export_job_rules.h"

#include "api/call/errors.h"
#include "api/rules/entity_state.h"

namespace workmail::api {

namespace {

// AWS: administrator guide, "Exporting mailbox content".
constexpr int kRunningJobs = 10;
constexpr Duration kBetweenJobs = std::chrono::hours(24);

// The fourth part of an ARN.
auto region_of(std::string_view arn) -> std::string_view {
  for (int colon = 0; colon < 3; ++colon) arn.remove_prefix(arn.find(':') + 1);
  return arn.substr(0, arn.find(':'));
}

}  // namespace

// AWS: key and bucket are in the organization's region (API reference). A bucket's name does not show its region.
void check_export_key(const Context& context, std::string_view kms_key_arn) {
  if (region_of(kms_key_arn) == context.region) return;
  throw errors::invalid_parameter("The KMS key must be in the region " + std::string(context.region));
}

void check_exportable(const Context& context, const store::OrganizationHead& organization,
                      const store::Entity& entity) {
  require(Use::ExportMailbox, organization, entity);
  if (!context.store.mailboxes.find(entity.number)) throw errors::entity_not_found(entity.id, organization.id);
}

void check_running_jobs(const Context& context, const store::OrganizationHead& organization) {
  if (context.store.export_jobs.count_running(organization.number) < kRunningJobs) return;
  throw errors::limit_exceeded(kRunningJobs, "running mailbox export jobs");
}

// AWS: one job for a mailbox in 24 hours (administrator guide). The error, and that a job which failed or was cancelled
// does not count, are assumed (Q-export-again, Q-export-again-after-failure).
void check_time_between_jobs(const Context& context, const store::OrganizationHead& organization,
                             std::string_view entity_id, Time start) {
  const auto latest = context.store.export_jobs.latest_start(organization.number, entity_id);
  if (!latest || start >= *latest + kBetweenJobs) return;
  throw errors::limit_exceeded(1, "mailbox export job for a mailbox in 24 hours");
}

}  // namespace workmail::api

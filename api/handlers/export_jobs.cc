// Mailbox export jobs. They complete by the emulated clock and write no files.
#include "api/call/context.h"
#include "api/call/errors.h"
#include "api/call/pages.h"
#include "api/rules/export_job_rules.h"
#include "api/rules/export_job_state.h"
#include "api/wire/stored_word.h"
#include "api/wire/time_text.h"
#include "generated/workmail/operations.h"

namespace workmail::api {

namespace {

auto job_of(const Context& context, const store::OrganizationHead& organization, std::string_view id)
    -> store::ExportJob {
  auto job = context.store.export_jobs.find(organization.number, id);
  if (!job) throw errors::entity_not_found(id, organization.id);
  return *std::move(job);
}

}  // namespace

auto StartMailboxExportJob::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  check_export_key(context, input.kms_key_arn);
  const auto entity = context.entity(organization, input.entity_id, kMailboxKinds, Accepts::IdNameOrAddress);
  check_exportable(context, organization, entity);
  check_running_jobs(context, organization);
  check_time_between_jobs(context, organization, entity.id, context.now);
  store::ExportJob job{.organization = organization.number,
                       .id = context.ids.uuid(context.now),
                       .entity_id = entity.id,
                       .description = input.description,
                       .role_arn = input.role_arn,
                       .kms_key_arn = input.kms_key_arn,
                       .s3_bucket = input.s3_bucket_name,
                       .s3_prefix = input.s3_prefix,
                       .state = store::ExportJobState::Running,
                       .started_at = context.now,
                       .finishes_at = later(context.now, context.settings.pace),
                       .forgotten_at = later(context.now, kExportJobHistory)};
  job.s3_path = s3_path(job.s3_prefix, job.id);
  context.store.export_jobs.add(job);
  return {.job_id = job.id};
}

auto DescribeMailboxExportJob::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  auto job = job_of(context, organization, input.job_id);
  const auto progress = estimated_progress(job, context.now);
  return {.entity_id = std::move(job.entity_id),
          .description = std::move(job.description),
          .role_arn = std::move(job.role_arn),
          .kms_key_arn = std::move(job.kms_key_arn),
          .s3_bucket_name = std::move(job.s3_bucket),
          .s3_prefix = std::move(job.s3_prefix),
          .s3_path = std::move(job.s3_path),
          .estimated_progress = progress,
          .state = same_word<MailboxExportJobState>(job.state),
          .error_info = std::move(job.error_info),
          .start_time = job.started_at,
          .end_time = job.ended_at};
}

auto ListMailboxExportJobs::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  const Page page(context, kName, input);
  auto rows = context.store.export_jobs.list(organization.number, page.before(), page.fetch());
  Output output{.jobs = std::vector<MailboxExportJob>(), .next_token = page.next_token(rows)};
  for (auto& row : rows) {
    const auto progress = estimated_progress(row, context.now);
    output.jobs->push_back({.job_id = std::move(row.id),
                            .entity_id = std::move(row.entity_id),
                            .description = std::move(row.description),
                            .s3_bucket_name = std::move(row.s3_bucket),
                            .s3_path = std::move(row.s3_path),
                            .estimated_progress = progress,
                            .state = same_word<MailboxExportJobState>(row.state),
                            .start_time = row.started_at,
                            .end_time = row.ended_at});
  }
  return output;
}

auto CancelMailboxExportJob::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  const auto job = job_of(context, organization, input.job_id);
  // AWS: it may be too late to cancel (API reference); that this is no error is assumed (Q-export-cancel-ended).
  if (job.state == store::ExportJobState::Running)
    context.store.export_jobs.end(job.number, store::ExportJobState::Cancelled, std::nullopt, context.now);
  return {};
}

}  // namespace workmail::api

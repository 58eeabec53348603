#include "store/export_jobs.h"

#include "store/sql_text.h"

namespace workmail::store {

namespace {

constexpr const char* kInsert =
    "INSERT INTO export_job (organization, id, entity_id, description, role_arn, kms_key_arn, s3_bucket, s3_prefix,"
    " s3_path, state, error_info, started_at, finishes_at, ended_at, forgotten_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

constexpr auto kExportJobColumns =
    sql("number, organization, id, entity_id, description, role_arn, kms_key_arn, s3_bucket, s3_prefix, s3_path, state,"
        " error_info, started_at, finishes_at, ended_at, forgotten_at");

constexpr auto kFind = sql("SELECT ", kExportJobColumns, " FROM export_job WHERE number = ?");

constexpr auto kFindById = sql("SELECT ", kExportJobColumns, " FROM export_job WHERE organization = ? AND id = ?");

constexpr auto kList = sql("SELECT ", kExportJobColumns,
                           " FROM export_job INDEXED BY export_job_list"
                           " WHERE organization = ? AND number < ? ORDER BY number DESC LIMIT ?");

constexpr auto kCountRunning =
    sql("SELECT count(*) FROM export_job WHERE organization = ? AND state = ", in_sql<ExportJobState::Running>());

constexpr auto kLatestStart =
    sql("SELECT max(started_at) FROM export_job WHERE organization = ? AND entity_id = ?"
        " AND state IN (",
        in_sql<ExportJobState::Running>(), ", ", in_sql<ExportJobState::Completed>(), ")");

auto read(Rows& row) -> ExportJob {
  return {.number = row.next<ExportJobNumber>(),
          .organization = row.next<OrganizationNumber>(),
          .id = row.next<std::string>(),
          .entity_id = row.next<std::string>(),
          .description = row.next<std::optional<std::string>>(),
          .role_arn = row.next<std::string>(),
          .kms_key_arn = row.next<std::string>(),
          .s3_bucket = row.next<std::string>(),
          .s3_prefix = row.next<std::string>(),
          .s3_path = row.next<std::string>(),
          .state = row.next<ExportJobState>(),
          .error_info = row.next<std::optional<std::string>>(),
          .started_at = row.next<Time>(),
          .finishes_at = row.next<std::optional<Time>>(),
          .ended_at = row.next<std::optional<Time>>(),
          .forgotten_at = row.next<Time>()};
}

}  // namespace

ExportJobs::ExportJobs(Connection& connection, Due& due)
    : due_(due),
      insert_(connection, kInsert),
      find_(connection, kFind),
      find_by_id_(connection, kFindById),
      list_(connection, kList),
      count_running_(connection, kCountRunning),
      latest_start_(connection, kLatestStart),
      end_(connection,
           "UPDATE export_job SET state = ?, error_info = ?, ended_at = ?, finishes_at = NULL WHERE number = ?"),
      remove_(connection, "DELETE FROM export_job WHERE number = ?") {}

void ExportJobs::add(const ExportJob& job) {
  insert_.run(job.organization, job.id, job.entity_id, job.description, job.role_arn, job.kms_key_arn, job.s3_bucket,
              job.s3_prefix, job.s3_path, job.state, job.error_info, job.started_at, job.finishes_at, job.ended_at,
              job.forgotten_at);
  if (job.finishes_at) due_.note(*job.finishes_at);
  due_.note(job.forgotten_at);
}

auto ExportJobs::find(ExportJobNumber number) -> std::optional<ExportJob> {
  return find_.first(read, number);
}

auto ExportJobs::find(OrganizationNumber organization, std::string_view id) -> std::optional<ExportJob> {
  return find_by_id_.first(read, organization, id);
}

auto ExportJobs::list(OrganizationNumber organization, ExportJobNumber before, std::int64_t limit)
    -> std::vector<ExportJob> {
  return list_.all(read, organization, before, limit);
}

auto ExportJobs::count_running(OrganizationNumber organization) -> std::int64_t {
  return *count_running_.first([](Rows& row) { return row.next<std::int64_t>(); }, organization);
}

auto ExportJobs::latest_start(OrganizationNumber organization, std::string_view entity_id) -> std::optional<Time> {
  return *latest_start_.first([](Rows& row) { return row.next<std::optional<Time>>(); }, organization, entity_id);
}

void ExportJobs::end(ExportJobNumber number, ExportJobState state, const std::optional<std::string>& error_info,
                     Time at) {
  end_.run(state, error_info, at, number);
}

void ExportJobs::remove(ExportJobNumber number) {
  remove_.run(number);
}

}  // namespace workmail::store

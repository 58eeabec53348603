// The life cycle of a mailbox export job: RUNNING, then COMPLETED, FAILED or CANCELLED, and seven days of history.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "store/export_jobs.h"

namespace workmail::api {

// AWS: ListMailboxExportJobs lists the last seven days (API reference).
inline constexpr Duration kExportJobHistory = std::chrono::hours(24 * 7);

// In percent: from the elapsed time for a RUNNING job, 100 for a COMPLETED job, else 0.
auto estimated_progress(const store::ExportJob& job, Time now) -> std::int32_t;

// Where the export of a job lies in its bucket. AWS: one .zip (administrator guide); its name is assumed
// (Q-export-path).
auto s3_path(std::string_view prefix, std::string_view job_id) -> std::string;

}  // namespace workmail::api

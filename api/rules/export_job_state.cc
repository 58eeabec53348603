#include "api/rules/export_job_state.h"

#include <algorithm>

namespace workmail::api {

namespace {

// AWS: the longest key of an object (service model, S3ObjectKey).
constexpr std::size_t kMaxKeyLength = 1023;

}  // namespace

auto estimated_progress(const store::ExportJob& job, Time now) -> std::int32_t {
  if (job.state == store::ExportJobState::Completed) return 100;
  if (!job.finishes_at || *job.finishes_at <= job.started_at) return 0;
  const auto percent = (now - job.started_at) * 100 / (*job.finishes_at - job.started_at);
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(percent, 0, 99));
}

auto s3_path(std::string_view prefix, std::string_view job_id) -> std::string {
  const std::string name = std::string(job_id) + ".zip";
  prefix = prefix.substr(0, kMaxKeyLength - name.size() - 1);
  return std::string(prefix) + (prefix.ends_with('/') ? "" : "/") + name;
}

}  // namespace workmail::api

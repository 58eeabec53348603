// The table of mailbox export jobs. A job refers to its entity by id, and is kept when the entity is removed.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/due.h"
#include "store/numbers.h"
#include "store/sqlite.h"

namespace workmail::store {

enum class ExportJobState { Running, Completed, Failed, Cancelled };
template <>
inline constexpr std::array<std::string_view, 4> kWords<ExportJobState>{"RUNNING", "COMPLETED", "FAILED", "CANCELLED"};

struct ExportJob {
  ExportJobNumber number{};
  OrganizationNumber organization{};
  std::string id;
  std::string entity_id;
  std::optional<std::string> description;
  std::string role_arn;
  std::string kms_key_arn;
  std::string s3_bucket;
  std::string s3_prefix;
  std::string s3_path;
  ExportJobState state = ExportJobState::Running;
  std::optional<std::string> error_info;
  Time started_at{};
  std::optional<Time> finishes_at;  // when a running job completes automatically
  std::optional<Time> ended_at;
  Time forgotten_at{};  // when the job is removed from the history
};

class ExportJobs {
 public:
  ExportJobs(Connection& connection, Due& due);

  void add(const ExportJob& job);
  auto find(ExportJobNumber number) -> std::optional<ExportJob>;
  auto find(OrganizationNumber organization, std::string_view id) -> std::optional<ExportJob>;
  // Newest first, starting before the row `before`.
  auto list(OrganizationNumber organization, ExportJobNumber before, std::int64_t limit) -> std::vector<ExportJob>;
  auto count_running(OrganizationNumber organization) -> std::int64_t;
  // The start of the latest job of the mailbox, without failed and cancelled jobs.
  auto latest_start(OrganizationNumber organization, std::string_view entity_id) -> std::optional<Time>;
  void end(ExportJobNumber number, ExportJobState state, const std::optional<std::string>& error_info, Time at);
  void remove(ExportJobNumber number);

 private:
  Due& due_;
  Statement insert_;
  Statement find_;
  Statement find_by_id_;
  Statement list_;
  Statement count_running_;
  Statement latest_start_;
  Statement end_;
  Statement remove_;
};

}  // namespace workmail::store

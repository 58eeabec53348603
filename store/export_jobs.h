// The table of mailbox export jobs. A job names the entity by its id and outlives it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/due.h"
#include "store/sqlite.h"

namespace workmail::store {

struct ExportJob {
  std::int64_t number = 0;
  std::int64_t organization = 0;
  std::string id;
  std::string entity_id;
  std::optional<std::string> description;
  std::string role_arn;
  std::string kms_key_arn;
  std::string s3_bucket;
  std::string s3_prefix;
  std::string s3_path;
  std::string state;  // RUNNING, COMPLETED, FAILED, CANCELLED
  std::optional<std::string> error_info;
  Time started_at{};
  std::optional<Time> finishes_at;  // when a running job completes by itself
  std::optional<Time> ended_at;
  Time forgotten_at{};  // when it leaves the history
};

class ExportJobs {
 public:
  ExportJobs(Connection& connection, Due& due);

  void add(const ExportJob& job);
  auto find(std::int64_t number) -> std::optional<ExportJob>;
  auto find(std::int64_t organization, std::string_view id) -> std::optional<ExportJob>;
  // The newest first, from the one before `before` on.
  auto list(std::int64_t organization, std::int64_t before, std::int64_t limit) -> std::vector<ExportJob>;
  auto count_running(std::int64_t organization) -> std::int64_t;
  // When the latest job of the mailbox that has not failed or been cancelled began.
  auto latest_start(std::int64_t organization, std::string_view entity_id) -> std::optional<Time>;
  void end(std::int64_t number, std::string_view state, const std::optional<std::string>& error_info, Time at);
  void remove(std::int64_t number);

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

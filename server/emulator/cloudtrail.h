// Writes the journal's calls as AWS CloudTrail records: management events of WorkMail in the published record format.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/emulator/journal.h"
#include "server/process/log.h"
#include "server/process/output.h"

namespace workmail::server {

// Whether CloudTrail would record the call: known operations that took effect, or that failed for an authenticated
// caller.
auto has_record(const JournalEntry& entry) -> bool;

// Appends the record as a JSON object in one line, without secrets.
void write_record(const JournalEntry& entry, std::string& out);

// A file to which records are appended, one on each line. If it was moved, it is created again. Failed writes are
// logged as warnings, and later the number of missing records. Never waits, also not for a pipe whose reader is missing
// or too slow.
class CloudTrailFile {
 public:
  // Throws std::runtime_error when the file cannot be opened.
  CloudTrailFile(std::string path, Log& log);
  ~CloudTrailFile();
  CloudTrailFile(const CloudTrailFile&) = delete;
  auto operator=(const CloudTrailFile&) -> CloudTrailFile& = delete;

  void append(const JournalEntry& entry);
  // Writes pending records, as far as there is room. Returns whether none is left.
  auto flush() -> bool { return !pipe_ || pipe_->flush(); }

 private:
  [[nodiscard]] auto moved_away() const -> bool;
  auto open() -> bool;
  auto write() -> bool;
  auto write_line() -> bool;
  void close();

  std::string path_;
  Log& log_;
  int file_ = -1;
  std::optional<Output> pipe_;  // for a file that is a pipe
  std::uint64_t missing_ = 0;   // the number of records since the last one that was written
  std::string line_;
};

}  // namespace workmail::server

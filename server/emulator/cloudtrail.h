// The journal's calls as AWS CloudTrail records them: management events of WorkMail in the published record format.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/emulator/journal.h"
#include "server/process/log.h"
#include "server/process/output.h"

namespace workmail::server {

// Whether CloudTrail would have a record: of known operations that took effect, or were refused to a caller who was
// authenticated.
auto has_record(const JournalEntry& entry) -> bool;

// Appends the record as a JSON object in one line. Nothing in it is secret.
void write_record(const JournalEntry& entry, std::string& out);

// A file that records are appended to, one per line. When it was moved away, it is created again. What cannot be
// written is a warning in the log, and later how many records are missing. A pipe without a reader, or with one that is
// too slow, is no exception: nothing here waits.
class CloudTrailFile {
 public:
  // Throws std::runtime_error when the file cannot be opened.
  CloudTrailFile(std::string path, Log& log);
  ~CloudTrailFile();
  CloudTrailFile(const CloudTrailFile&) = delete;
  auto operator=(const CloudTrailFile&) -> CloudTrailFile& = delete;

  void append(const JournalEntry& entry);
  // Writes what waits for its reader, as far as there is room. Returns whether nothing is left.
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
  std::optional<Output> pipe_;  // to the file, when it is a pipe
  std::uint64_t missing_ = 0;   // records, since the last one that was written
  std::string line_;
};

}  // namespace workmail::server

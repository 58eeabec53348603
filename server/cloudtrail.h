// The journal's calls as AWS CloudTrail records them: management events of WorkMail in the published record format.
#pragma once

#include <string>
#include <string_view>

#include "api/journal.h"
#include "server/log.h"

namespace workmail::server {

// Whether CloudTrail would have a record: of calls that WorkMail knows and that happened, or were refused to somebody
// whom it knows.
auto has_record(const api::JournalEntry& entry) -> bool;

// Appends the record as a JSON object in one line. Nothing in it is secret.
void write_record(const api::JournalEntry& entry, std::string& out);

// A file that records are appended to, one a line. When somebody has moved it away, it is made anew; what cannot be
// written is a warning in the log.
class CloudTrailFile {
 public:
  // Throws std::runtime_error when the file cannot be opened.
  CloudTrailFile(std::string path, Log& log);
  ~CloudTrailFile();
  CloudTrailFile(const CloudTrailFile&) = delete;
  auto operator=(const CloudTrailFile&) -> CloudTrailFile& = delete;

  void append(const api::JournalEntry& entry);

 private:
  [[nodiscard]] auto moved_away() const -> bool;
  auto open() -> bool;
  auto write_line() -> bool;

  std::string path_;
  Log& log_;
  int file_ = -1;
  bool failing_ = false;  // told already
  std::string line_;
};

}  // namespace workmail::server

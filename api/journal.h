// The requests that were answered, the latest N of them: what a test asks to learn what a program called. Bodies are
// kept as they came and are only read, cut and redacted by who shows them (api/redaction.h), so that the path of a
// call pays for little more than a copy.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>

#include "store/time.h"

namespace workmail::api {

struct JournalEntry {
  std::uint64_t id = 0;  // counts from 1, never used twice in a run
  Time at{};             // real time
  Time clock{};          // emulated time
  std::string operation;
  std::string request_id;
  int status = 0;
  std::string error;  // the code, empty for a success
  double milliseconds = 0;
  std::string account;
  std::string region;
  std::string access_key_id;
  std::string source_address;
  std::string invocation;  // the SDK's id of the call, the same for all its attempts
  int attempt = 0;         // 0 when the client does not say
  std::string user_agent;
  std::string fault;  // the id of the fault rule that struck
  std::string request;
  std::string response;
};

class Journal {
 public:
  // Keeps `capacity` entries; 0 keeps none, and listeners hear nothing either.
  explicit Journal(std::size_t capacity) : capacity_(capacity) {}

  [[nodiscard]] auto enabled() const -> bool { return capacity_ > 0; }
  // Gives the entry its id, drops the oldest one when full, and tells the listener.
  void add(JournalEntry entry);
  [[nodiscard]] auto entries() const -> const std::deque<JournalEntry>& { return entries_; }  // oldest first
  // Ids go on counting, so that nobody takes a new entry for one that he has seen.
  void clear() { entries_.clear(); }

  // Called after every add(), for those who wait.
  void listen(std::function<void(const JournalEntry&)> listener) { listener_ = std::move(listener); }

 private:
  std::size_t capacity_;
  std::uint64_t last_id_ = 0;
  std::deque<JournalEntry> entries_;
  std::function<void(const JournalEntry&)> listener_;
};

}  // namespace workmail::api

// The requests that were answered, the latest N of them: what a test reads to see what a program called. Bodies are
// kept as they came and are only read and redacted when they are shown (shown_request, shown_response), so that the
// path of a call pays for little more than a copy.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/call/redaction.h"
#include "store/time.h"

namespace workmail::server {

// How much of a body is kept.
enum class Kept {
  Whole,      // as it came; redacted, when it came long
  Long,       // the same, of which only the beginning is shown
  Beginning,  // what is shown of one that is longer still
  Size,       // of what is long and no JSON object
};

// The outcome of a call that took effect, and whose answer the client did not get.
struct LostAnswer {
  std::string error;  // the code, empty for a success
  std::string response;
};

struct JournalEntry {
  std::uint64_t id = 0;  // counts from 1, never used twice in a run
  Time at{};             // real time
  Time clock{};          // emulated time, as the call saw it
  std::string operation;
  std::string request_id;
  int status = 0;     // 0: no answer was sent, by a fault rule
  std::string error;  // the code, empty for a success
  double milliseconds = 0;
  std::string account;
  std::string region;
  std::string access_key_id;
  std::string source_address;
  std::string invocation;  // the SDK's id of the call, the same for all its attempts
  int attempt = 0;         // 0 when the client does not send it
  std::string user_agent;
  std::string fault;  // the id of the fault rule that was triggered
  std::optional<LostAnswer> lost;
  // The bodies; to be shown through shown_request and shown_response only.
  std::string request;
  std::string response;
  Kept request_kept = Kept::Whole;
  Kept response_kept = Kept::Whole;
  std::size_t request_bytes = 0;              // as it came
  api::Redact redact = api::Redact::Secrets;  // what is hidden of both

  [[nodiscard]] auto request_cut() const -> bool { return request_kept != Kept::Whole; }
  [[nodiscard]] auto response_cut() const -> bool { return response_kept != Kept::Whole; }
};

// How many entries are kept by default.
inline constexpr std::size_t kDefaultJournal = 1000;

// Bodies are shown up to this many bytes.
inline constexpr std::size_t kBodyShown = std::size_t{8} * 1024;
// Requests are kept up to this many. AWS: the most that a CloudTrail record has of the parameters (CloudTrail user
// guide, "CloudTrail record contents").
inline constexpr std::size_t kRequestKept = std::size_t{100} * 1024;

// Keep a body with an entry that already has its operation and what is hidden. A long one is redacted and cut
// now, to bound the memory.
void keep_request(JournalEntry& entry, std::string_view body);
void keep_response(JournalEntry& entry, std::string_view body);

// A body as JSON text: an object with its secrets redacted, or a string where the body is cut or is no JSON object.
auto shown_request(const JournalEntry& entry) -> std::string;
// The same; empty when there was none.
auto shown_response(const JournalEntry& entry) -> std::string;
// The request as JSON text without what is hidden, as far as it is kept whole; else empty.
auto whole_request(const JournalEntry& entry) -> std::string;

class Journal {
 public:
  // Keeps `capacity` entries, of up to `max_bytes` together; 0 keeps none, and listeners are not called either.
  explicit Journal(std::size_t capacity, std::size_t max_bytes = std::numeric_limits<std::size_t>::max())
      : capacity_(capacity), max_bytes_(max_bytes) {}

  [[nodiscard]] auto enabled() const -> bool { return capacity_ > 0; }
  // Gives the entry its id, drops the oldest ones when full, and calls the listeners.
  void add(JournalEntry entry);
  [[nodiscard]] auto entries() const -> const std::deque<JournalEntry>& { return entries_; }  // oldest first
  // The ids of the latest entry, and of the latest one that had to make room; 0 when there was none.
  [[nodiscard]] auto last_id() const -> std::uint64_t { return last_id_; }
  [[nodiscard]] auto last_dropped() const -> std::uint64_t { return last_dropped_; }
  // Ids go on counting, so that a client never takes a new entry for an old one.
  void clear();
  void remove_account(std::string_view account);

  // The memory that all of them take.
  [[nodiscard]] auto bytes() const -> std::size_t { return bytes_; }

  // Called after every add(), for those who wait.
  void listen(std::function<void(const JournalEntry&)> listener) { listeners_.push_back(std::move(listener)); }

 private:
  void drop_oldest();

  std::size_t capacity_;
  std::size_t max_bytes_;
  std::size_t bytes_ = 0;
  std::uint64_t last_id_ = 0;
  std::uint64_t last_dropped_ = 0;
  std::deque<JournalEntry> entries_;
  std::vector<std::function<void(const JournalEntry&)>> listeners_;
};

}  // namespace workmail::server

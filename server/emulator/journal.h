// The journal: the latest N requests and responses, which tests read to see what a program called. Bodies are stored as
// received, and parsed and redacted only when they are shown (shown_request, shown_response), so that a call costs
// little more than a copy.
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

// The part of a body that is stored.
enum class Kept {
  Whole,      // as received; redacted if it was long
  Long,       // the same, but only the beginning is shown
  Beginning,  // the beginning that is shown, of a still longer body
  Size,       // only the size, of a long body that is not a JSON object
};

// The outcome of a call that took effect, but whose response the client did not get.
struct LostAnswer {
  std::string error;  // the code, empty for a success
  std::string response;
};

struct JournalEntry {
  std::uint64_t id = 0;  // starts at 1, never reused in a run
  Time at{};             // real time
  Time clock{};          // emulated time of the call
  std::string operation;
  std::string request_id;
  int status = 0;     // 0: a fault rule suppressed the response
  std::string error;  // the code, empty for a success
  double milliseconds = 0;
  std::string account;
  std::string region;
  std::string access_key_id;
  std::string source_address;
  std::string invocation;  // the SDK's id of the call, the same for all attempts
  int attempt = 0;         // 0 if the client does not send it
  std::string user_agent;
  std::string fault;  // the id of the fault rule that was triggered
  std::optional<LostAnswer> lost;
  // The bodies; show them only with shown_request and shown_response.
  std::string request;
  std::string response;
  Kept request_kept = Kept::Whole;
  Kept response_kept = Kept::Whole;
  std::size_t request_bytes = 0;              // as it came
  api::Redact redact = api::Redact::Secrets;  // what is hidden in both

  [[nodiscard]] auto request_cut() const -> bool { return request_kept != Kept::Whole; }
  [[nodiscard]] auto response_cut() const -> bool { return response_kept != Kept::Whole; }
};

// The default number of entries.
inline constexpr std::size_t kDefaultJournal = 1000;

// The maximum size of a body that is shown.
inline constexpr std::size_t kBodyShown = std::size_t{8} * 1024;
// The maximum size of a request that is stored. AWS: the limit for the parameters in a CloudTrail record (CloudTrail
// user guide, "CloudTrail record contents").
inline constexpr std::size_t kRequestKept = std::size_t{100} * 1024;

// Stores a body in an entry, whose operation and redaction must be set. A long body is redacted and truncated at once,
// to limit the memory.
void keep_request(JournalEntry& entry, std::string_view body);
void keep_response(JournalEntry& entry, std::string_view body);

// A body as JSON text: an object with its secrets redacted, or a string if the body is truncated or not a JSON object.
auto shown_request(const JournalEntry& entry) -> std::string;
// The same; empty if there was no body.
auto shown_response(const JournalEntry& entry) -> std::string;
// The request as JSON text without hidden values, if all of it is stored; else empty.
auto whole_request(const JournalEntry& entry) -> std::string;

class Journal {
 public:
  // Keeps up to `capacity` entries with up to `max_bytes` in total; with 0 it keeps none and does not call listeners.
  explicit Journal(std::size_t capacity, std::size_t max_bytes = std::numeric_limits<std::size_t>::max())
      : capacity_(capacity), max_bytes_(max_bytes) {}

  [[nodiscard]] auto enabled() const -> bool { return capacity_ > 0; }
  // Gives the entry its id, removes the oldest ones if the journal is full, and calls the listeners.
  void add(JournalEntry entry);
  [[nodiscard]] auto entries() const -> const std::deque<JournalEntry>& { return entries_; }  // oldest first
  // The ids of the latest entry, and of the latest one that was removed for lack of room; 0 if there is none.
  [[nodiscard]] auto last_id() const -> std::uint64_t { return last_id_; }
  [[nodiscard]] auto last_dropped() const -> std::uint64_t { return last_dropped_; }
  // The counter of ids is not reset, so that ids are never reused.
  void clear();
  void remove_account(std::string_view account);

  // The memory of all entries.
  [[nodiscard]] auto bytes() const -> std::size_t { return bytes_; }

  // Called after every add().
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

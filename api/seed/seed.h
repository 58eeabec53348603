// The seed document: the contents of organizations with AWS's member names, hand-written, captured, or written by
// StateWriter. Every state that AWS can return is accepted; contradictions are rejected. Ids and dates may be omitted.
// Its shapes are in api/model/seed-document.json.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/call/context.h"
#include "api/wire/json.h"
#include "generated/workmail/shapes.h"

namespace workmail::api {

class Clock;

// A document that is not JSON, or whose members have wrong names, types or values; every error has its path.
class MalformedSeed : public std::runtime_error {
 public:
  explicit MalformedSeed(std::vector<std::string> faults);
  [[nodiscard]] auto faults() const -> const std::vector<std::string>& { return faults_; }
  // All errors in one text; what() would end at a NUL.
  [[nodiscard]] auto message() const -> std::string;

 private:
  std::vector<std::string> faults_;
};

// A well-formed document that contradicts itself or the existing data: "Organizations[0].Users[2].Email:
// MailDomainNotFoundException: Domain …".
class RefusedSeed : public std::runtime_error {
 public:
  RefusedSeed(std::string_view path, std::string_view code, std::string_view message);
  // The whole text; what() would end at a NUL.
  [[nodiscard]] auto message() const -> const std::string& { return message_; }

 private:
  explicit RefusedSeed(std::string message) : std::runtime_error(message), message_(std::move(message)) {}

  std::string message_;
};

// The ids that a seed document created, by name, as JSON.
using SeedAnswer = std::string;

// The memory limit for the elements of all lists of a document, in addition to four bytes for each byte of the
// document.
inline constexpr std::size_t kSeedListBytes = std::size_t{256} * 1024 * 1024;

// Reads a document; comments and trailing commas are allowed. Throws MalformedSeed. Tests use a small `list_bytes`.
auto parse_seed(std::string_view text, std::size_t list_bytes = kSeedListBytes) -> SeedDocument;

// Adds everything in the document except its clock. Needs an open transaction; on an exception, the caller rolls it
// back. Organizations without an account or region get those of the context.
auto apply_seed(Context& context, const SeedDocument& document) -> SeedAnswer;

// The organizations in a state document; an empty text means all.
struct StateFilter {
  std::string account;
  std::string region;
  std::string organization;

  [[nodiscard]] auto is_everything() const -> bool { return account.empty() && region.empty() && organization.empty(); }
};

// Writes the whole state as a document from which apply_seed() creates the same state, without secrets and client
// tokens, which are short-lived. Lists are in the order of creation, so the order is preserved. The document is written
// in pieces, and other calls may run between them: each organization, and each of its messages, is consistent in
// itself.
class StateWriter {
 public:
  explicit StateWriter(StateFilter filter) : filter_(std::move(filter)) {}

  // Appends the next part of the document, of at least `enough` bytes unless it is the last one; returns false for the
  // last one. Only a document about all organizations has the clock.
  auto append(const Context& context, const Clock& clock, std::size_t enough, std::string& text) -> bool;

 private:
  void append_beginning(const Context& context, const Clock& clock, std::string& text);
  // False if there are more messages than fit before `end`.
  auto append_messages(const Context& context, std::size_t end, std::string& text) -> bool;

  StateFilter filter_;
  bool begun_ = false;
  store::OrganizationNumber last_{};     // the number of the last organization that was written
  bool in_organization_ = false;         // its messages must still be written
  store::MessageNumber last_message_{};  // of it
};

// Sets the clock to that of the document, which is only for an empty database. Call this before apply_seed(), set the
// clock back if that throws, and store it with Baseline::save_clock(). No effect if the document has no clock.
void set_clock(Clock& clock, const SeedDocument& document);
// Throws RefusedSeed for a document that sets a clock, because `reason`.
void check_no_clock(const SeedDocument& document, const std::string& reason);
// Adds the clock to a state document, unless it follows real time.
void describe_clock(const Clock& clock, SeedDocument& document);

// The document as indented JSON, with dates as in RFC 3339.
auto write_seed(const SeedDocument& document) -> std::string;

}  // namespace workmail::api

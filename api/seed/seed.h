// The seed document: everything that organizations hold, in AWS's member names, hand-written, captured, or written by
// StateWriter. Whatever AWS can answer is taken, however it came to be; what contradicts itself is refused. Ids and
// dates may be left out. Its shapes: api/model/seed-document.json.
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

// A document that is not JSON, or whose members have wrong names, types or values; every fault with its path.
class MalformedSeed : public std::runtime_error {
 public:
  explicit MalformedSeed(std::vector<std::string> faults);
  [[nodiscard]] auto faults() const -> const std::vector<std::string>& { return faults_; }
  // All faults in one text, which what() ends at a NUL.
  [[nodiscard]] auto message() const -> std::string;

 private:
  std::vector<std::string> faults_;
};

// A well-formed document that contradicts itself or what is there: "Organizations[0].Users[2].Email:
// MailDomainNotFoundException: Domain …".
class RefusedSeed : public std::runtime_error {
 public:
  RefusedSeed(std::string_view path, std::string_view code, std::string_view message);
  // The whole of it: what() ends at a NUL.
  [[nodiscard]] auto message() const -> const std::string& { return message_; }

 private:
  explicit RefusedSeed(std::string message) : std::runtime_error(message), message_(std::move(message)) {}

  std::string message_;
};

// What a seed made, for those who go on with it: the ids by name, as JSON.
using SeedAnswer = std::string;

// What the elements of all lists of a document may take in memory, besides four bytes for each byte of the document.
inline constexpr std::size_t kSeedListBytes = std::size_t{256} * 1024 * 1024;

// Reads a document; comments and commas behind the last element are allowed. Throws MalformedSeed. Tests make
// `list_bytes` small.
auto parse_seed(std::string_view text, std::size_t list_bytes = kSeedListBytes) -> SeedDocument;

// Adds everything in the document but its clock. Needs an open transaction; on an exception the caller rolls it back.
// Organizations without an account or region get those of the context.
auto apply_seed(Context& context, const SeedDocument& document) -> SeedAnswer;

// Which organizations a state document is about; an empty text means all.
struct StateFilter {
  std::string account;
  std::string region;
  std::string organization;

  [[nodiscard]] auto is_everything() const -> bool { return account.empty() && region.empty() && organization.empty(); }
};

// Writes everything stored as a document that apply_seed() turns into the same state again, without any secret and
// without client tokens, which live for minutes. Lists are in the order of creation, and elements are made in the order
// of the document, so the order survives. It is written in pieces, between which other calls may go on: each
// organization is as it was at one moment, and each message in it.
class StateWriter {
 public:
  explicit StateWriter(StateFilter filter) : filter_(std::move(filter)) {}

  // Appends the next part of the document, of at least `enough` bytes while there are more to come. False when that was
  // the last one. The clock is part of a document about everything.
  auto append(const Context& context, const Clock& clock, std::size_t enough, std::string& text) -> bool;

 private:
  void append_beginning(const Context& context, const Clock& clock, std::string& text);
  // False when there are more than fit before `end`.
  auto append_messages(const Context& context, std::size_t end, std::string& text) -> bool;

  StateFilter filter_;
  bool begun_ = false;
  store::OrganizationNumber last_{};     // the number of the last organization that was written
  bool in_organization_ = false;         // whose messages are still to be written
  store::MessageNumber last_message_{};  // of it
};

// The document's clock, which belongs to an empty database only: set it before apply_seed(), set it back should that
// throw, and keep it with Baseline::save_clock(). Without one in the document the clock stays as it is.
void set_clock(Clock& clock, const SeedDocument& document);
// Throws RefusedSeed for a document that sets a clock, because `reason`.
void check_no_clock(const SeedDocument& document, const std::string& reason);
// Adds the clock to a state document, unless it follows real time.
void describe_clock(const Clock& clock, SeedDocument& document);

// The document as indented JSON with dates as in RFC 3339.
auto write_seed(const SeedDocument& document) -> std::string;

}  // namespace workmail::api

// Fault injection: rules that delay calls, answer them with an error or break their connection. Decides which rule a
// call triggers; server/http/apply_fault applies it.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/call/caller.h"
#include "api/call/operation.h"
#include "api/wire/error.h"
#include "api/wire/json.h"
#include "store/time.h"
#include "store/words.h"

namespace workmail::server {

struct FaultRule {
  // Whether the call is answered, or delayed, before it takes effect, or it takes effect first and its answer is lost.
  enum class Phase { Before, After };
  enum class Connection { Reset, Close, Hang };
  struct ErrorAnswer {
    std::string code;
    std::optional<std::string> message;  // instead of AWS's text
    std::optional<int> status;           // instead of the error's own
  };

  std::string id;

  // Which calls match: everything that is set must hold.
  std::vector<std::string> operations;  // as in api::names_operation()
  std::vector<bool> named = {};         // the same, by index in api::operations(); for Faults alone
  std::optional<std::string> account;
  std::shared_ptr<const rapidjson::Document> input;  // contained in the call's input

  // Which of them trigger it: not the first ones, only so many, only by chance.
  std::uint32_t skip = 0;
  std::optional<std::uint32_t> times;
  double probability = 1;

  // What it does.
  Duration delay{0};
  Phase phase = Phase::Before;
  std::optional<ErrorAnswer> error;
  std::optional<Connection> connection;

  // Calls that matched while it was not used up, and those that triggered it.
  std::uint64_t matched = 0;
  std::uint64_t triggered = 0;

  // The memory that it takes.
  [[nodiscard]] auto bytes() const -> std::size_t;
  [[nodiscard]] auto used_up() const -> bool { return times && triggered >= *times; }
};

}  // namespace workmail::server

namespace workmail::store {

template <>
inline constexpr std::array<std::string_view, 2> kWords<server::FaultRule::Phase>{"before", "after"};
template <>
inline constexpr std::array<std::string_view, 3> kWords<server::FaultRule::Connection>{"reset", "close", "hang"};

}  // namespace workmail::store

namespace workmail::server {

// An invalid part of a rule: where, as "match.operation[1]", and why.
struct FaultViolation {
  std::string path;
  std::string what;
};

inline constexpr Duration kMaxDelay = std::chrono::hours(1);

// All of them; empty for a rule that can be added.
auto violations_of(const FaultRule& rule) -> std::vector<FaultViolation>;

// What a rule does to one call. It stays as it is when the rule is removed.
struct Fault {
  std::string rule;  // the id
  FaultRule::Phase phase = FaultRule::Phase::Before;
  Duration delay{0};
  // One of them or none: then the call is answered as usual.
  std::optional<api::Error> error;
  std::optional<FaultRule::Connection> connection;

  [[nodiscard]] auto replaces_answer() const -> bool { return error || connection; }
};

class Faults {
 public:
  // Gives numbers from 0 to below 1.
  using Random = std::function<double()>;
  static constexpr std::size_t kMaxRules = 1000;

  // `begin_random` makes the source of chance, and makes it again after clear().
  explicit Faults(std::function<Random()> begin_random) : begin_random_(std::move(begin_random)) { clear(); }

  [[nodiscard]] auto rules() const -> const std::deque<FaultRule>& { return rules_; }  // oldest first
  [[nodiscard]] auto full() const -> bool { return rules_.size() >= kMaxRules; }
  // The memory that all of them take.
  [[nodiscard]] auto bytes() const -> std::size_t { return bytes_; }
  // Gives the rule its id. It must have no violations.
  auto add(FaultRule rule) -> const FaultRule&;
  // False when there is none.
  auto remove(std::string_view id) -> bool;
  void remove_account(std::string_view account);
  // Ids go on counting, so that a rule is not taken for one that was before.
  void clear();

  // What becomes of a call. The oldest rule that matches and is triggered wins; one that lets the call pass, because it
  // skips, is used up or by chance, leaves it to the younger ones.
  auto trigger(const api::Operation& operation, const api::Caller& caller, std::string_view body)
      -> std::optional<Fault>;

 private:
  auto triggers(FaultRule& rule) -> bool;
  void count_bytes();

  std::function<Random()> begin_random_;
  Random random_;
  std::deque<FaultRule> rules_;
  std::size_t bytes_ = 0;
  std::uint64_t last_id_ = 0;
};

// For Faults: the same numbers every time, or others every time.
auto repeatable_chance() -> Faults::Random;
auto true_chance() -> Faults::Random;

}  // namespace workmail::server

// Fault injection: rules that delay calls, return errors or break connections. Decides which rule a call triggers;
// server/http/apply_fault applies it.
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
  // Whether the fault is applied before the call takes effect, or after it, when only the response is lost.
  enum class Phase { Before, After };
  enum class Connection { Reset, Close, Hang };
  struct ErrorAnswer {
    std::string code;
    std::optional<std::string> message;  // replaces AWS's text
    std::optional<int> status;           // replaces the error's status
  };

  std::string id;

  // Conditions for calls; all that are set must match.
  std::vector<std::string> operations;  // patterns, see api::names_operation()
  std::vector<bool> named = {};         // the same by index in api::operations(); only for Faults
  std::optional<std::string> account;
  std::shared_ptr<const rapidjson::Document> input;  // contained in the call's input

  // Which matching calls trigger the rule: skips the first ones, limits their number, or uses a probability.
  std::uint32_t skip = 0;
  std::optional<std::uint32_t> times;
  double probability = 1;

  // The effect of the rule.
  Duration delay{0};
  Phase phase = Phase::Before;
  std::optional<ErrorAnswer> error;
  std::optional<Connection> connection;

  // The number of calls that matched while the rule was not used up, and of those that triggered it.
  std::uint64_t matched = 0;
  std::uint64_t triggered = 0;

  // The memory of the rule.
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

// A violation in a rule: its path, such as "match.operation[1]", and the reason.
struct FaultViolation {
  std::string path;
  std::string what;
};

inline constexpr Duration kMaxDelay = std::chrono::hours(1);

// All violations; empty for a rule that can be added.
auto violations_of(const FaultRule& rule) -> std::vector<FaultViolation>;

// The effect of a rule on one call. Not affected by removal of the rule.
struct Fault {
  std::string rule;  // the id
  FaultRule::Phase phase = FaultRule::Phase::Before;
  Duration delay{0};
  // At most one of them is set; without one, the call returns its normal response.
  std::optional<api::Error> error;
  std::optional<FaultRule::Connection> connection;

  [[nodiscard]] auto replaces_answer() const -> bool { return error || connection; }
};

class Faults {
 public:
  // Returns numbers from 0 to below 1.
  using Random = std::function<double()>;
  static constexpr std::size_t kMaxRules = 1000;

  // `begin_random` creates the random number generator, at the start and after clear().
  explicit Faults(std::function<Random()> begin_random) : begin_random_(std::move(begin_random)) { clear(); }

  [[nodiscard]] auto rules() const -> const std::deque<FaultRule>& { return rules_; }  // oldest first
  [[nodiscard]] auto full() const -> bool { return rules_.size() >= kMaxRules; }
  // The memory of all rules.
  [[nodiscard]] auto bytes() const -> std::size_t { return bytes_; }
  // Adds a rule, which must not have violations, and gives it its id.
  auto add(FaultRule rule) -> const FaultRule&;
  // False when there is none.
  auto remove(std::string_view id) -> bool;
  void remove_account(std::string_view account);
  // The counter of ids is not reset, so that ids are never reused.
  void clear();

  // Decides the fault of a call. The oldest rule that matches and is triggered wins. If a rule is not triggered,
  // because it skips the call, is used up or by probability, the next rule is tried.
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

// Random number generators for Faults: with a fixed or a random seed.
auto repeatable_chance() -> Faults::Random;
auto true_chance() -> Faults::Random;

}  // namespace workmail::server

#include "server/emulator/faults.h"

#include <algorithm>
#include <random>
#include <utility>

#include "api/call/operation_names.h"
#include "api/service.h"
#include "api/wire/json_text.h"
#include "server/emulator/fault_errors.h"
#include "server/emulator/unknown_names.h"

namespace workmail::server {

namespace {

// The maximum number of comparisons of values for one call, with all rules together.
constexpr std::size_t kMaxComparisons = 1'000'000;

// The number of operations that a violation lists before "and others".
constexpr std::size_t kNamed = 3;

// The input of a call, parsed when a rule needs it.
class Input {
 public:
  explicit Input(std::string_view body) : body_(body.empty() ? "{}" : body) {}

  // Null if the body is not JSON.
  auto json() -> const api::Json& {
    if (!read_ && !api::parse_json(body_, document_)) document_.SetNull();
    read_ = true;
    return document_;
  }
  // Whether the input contains `part`.
  auto has(const api::Json& part) -> bool { return api::contains(json(), part, effort_); }

 private:
  std::string_view body_;
  rapidjson::Document document_;
  bool read_ = false;
  api::Effort effort_{kMaxComparisons};
};

auto index_of(const api::Operation& operation) -> std::size_t {
  return static_cast<std::size_t>(&operation - api::operations().data());
}

// The operations that match the patterns, by index. Computed once, so that calls need not be compared with patterns.
auto named_by(const std::vector<std::string>& patterns) -> std::vector<bool> {
  std::vector<bool> named;
  for (const auto& operation : api::operations()) named.push_back(api::names_operation(patterns, operation.name));
  return named;
}

auto matches(const FaultRule& rule, const api::Operation& operation, const api::Caller& caller, Input& input) -> bool {
  return rule.named[index_of(operation)] && (!rule.account || *rule.account == caller.account) &&
         (rule.input == nullptr || input.has(*rule.input));
}

auto fault_of(const FaultRule& rule, const api::Operation& operation, const api::Caller& caller, Input& input)
    -> Fault {
  Fault fault{.rule = rule.id, .phase = rule.phase, .delay = rule.delay, .error = {}, .connection = rule.connection};
  if (!rule.error) return fault;
  const api::Error usual = error_for(operation, rule.error->code, caller, input.json());
  fault.error.emplace(usual.code(), rule.error->message.value_or(usual.message()), usual.message_member(),
                      rule.error->status.value_or(usual.status()));
  return fault;
}

void check_operations(const FaultRule& rule, std::vector<FaultViolation>& found) {
  for (std::size_t i = 0; i < rule.operations.size(); ++i) {
    const std::string path = "match.operation" + (rule.operations.size() > 1 ? "[" + std::to_string(i) + "]" : "");
    const std::string fault = fault_in_operation(rule.operations[i]);
    if (!fault.empty()) found.push_back({path, fault});
  }
}

void check_error(const FaultRule::ErrorAnswer& error, const FaultRule& rule, std::vector<FaultViolation>& found) {
  const std::string fault = fault_in_error(error.code);
  if (!fault.empty()) {
    found.push_back({"answer.error", fault});
    return;
  }
  std::vector<std::string_view> unable;
  for (const auto& operation : api::operations()) {
    if (api::names_operation(rule.operations, operation.name) && !can_answer(operation, error.code))
      unable.push_back(operation.name);
  }
  if (unable.empty()) return;
  std::string what = in_quotation_marks(error.code) + " is not declared by";
  for (std::size_t i = 0; i < std::min(unable.size(), kNamed); ++i) what.append(i == 0 ? " " : ", ").append(unable[i]);
  if (unable.size() > kNamed) what += " and others";
  found.push_back({"answer.error", what});
}

}  // namespace

auto violations_of(const FaultRule& rule) -> std::vector<FaultViolation> {
  constexpr int kMinStatus = 400;
  constexpr int kMaxStatus = 599;
  std::vector<FaultViolation> found;
  check_operations(rule, found);
  if (rule.times == 0U) found.push_back({"times", "must be at least 1"});
  if (!(rule.probability > 0 && rule.probability <= 1)) {
    found.push_back({"probability", "must be greater than 0 and at most 1"});
  }
  if (rule.delay > kMaxDelay) found.push_back({"delay", "must be at most one hour"});
  if (rule.error) {
    check_error(*rule.error, rule, found);
    const int status = rule.error->status.value_or(kMinStatus);
    if (status < kMinStatus || status > kMaxStatus) found.push_back({"answer.status", "must be from 400 to 599"});
  }
  if (rule.error && rule.connection) found.push_back({"answer", "is either an error or a connection"});
  if (!rule.error && !rule.connection && rule.delay == Duration(0)) {
    found.push_back({"answer", "is missing, and so is a delay: the rule would do nothing"});
  }
  return found;
}

auto FaultRule::bytes() const -> std::size_t {
  std::size_t bytes = sizeof *this;
  for (const auto& pattern : operations) bytes += sizeof pattern + pattern.size();
  // RapidJSON has this only for a non-const document.
  if (input != nullptr) bytes += sizeof *input + const_cast<rapidjson::Document&>(*input).GetAllocator().Capacity();
  if (error) bytes += error->code.size() + error->message.value_or("").size();
  return bytes;
}

auto Faults::add(FaultRule rule) -> const FaultRule& {
  rule.id = "fault-" + std::to_string(++last_id_);
  rule.named = named_by(rule.operations);
  const FaultRule& added = rules_.emplace_back(std::move(rule));
  bytes_ += added.bytes();
  return added;
}

auto Faults::remove(std::string_view id) -> bool {
  const bool found = std::erase_if(rules_, [&](const FaultRule& rule) { return rule.id == id; }) > 0;
  count_bytes();
  return found;
}

void Faults::remove_account(std::string_view account) {
  std::erase_if(rules_, [&](const FaultRule& rule) { return rule.account == account; });
  count_bytes();
}

void Faults::clear() {
  rules_.clear();
  count_bytes();
  random_ = begin_random_();
}

void Faults::count_bytes() {
  bytes_ = 0;
  for (const auto& rule : rules_) bytes_ += rule.bytes();
}

auto Faults::trigger(const api::Operation& operation, const api::Caller& caller, std::string_view body)
    -> std::optional<Fault> {
  Input input(body);
  for (auto& rule : rules_) {
    if (rule.used_up() || !matches(rule, operation, caller, input) || !triggers(rule)) continue;
    return fault_of(rule, operation, caller, input);
  }
  return std::nullopt;
}

auto Faults::triggers(FaultRule& rule) -> bool {
  ++rule.matched;
  if (rule.matched <= rule.skip) return false;
  if (rule.probability < 1 && random_() >= rule.probability) return false;
  ++rule.triggered;
  return true;
}

auto repeatable_chance() -> Faults::Random {
  return [generator = std::mt19937_64()]() mutable { return std::uniform_real_distribution<double>()(generator); };
}

auto true_chance() -> Faults::Random {
  std::random_device device;
  const std::uint64_t seed = (static_cast<std::uint64_t>(device()) << 32U) | device();
  return [generator = std::mt19937_64(seed)]() mutable { return std::uniform_real_distribution<double>()(generator); };
}

}  // namespace workmail::server

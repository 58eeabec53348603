#include "server/emulator/faults.h"

#include <algorithm>
#include <utility>

#include "api/call/operation_names.h"
#include "api/call/redaction.h"
#include "api/wire/json_text.h"
#include "api/wire/stored_word.h"
#include "generated/workmail/control_shapes.h"
#include "server/control/answer.h"
#include "server/control/errors.h"
#include "server/control/input.h"
#include "server/control/plane.h"
#include "server/emulator/fault_errors.h"
#include "server/process/log.h"

namespace workmail::server::control {

namespace {

using Seconds = std::chrono::duration<double>;

// Whether the input contains a member that is hidden in a call that the rule matches. A rule that compares it would
// confirm a guessed secret.
auto names_hidden(const FaultRule& rule, api::Redact redact) -> bool {
  if (rule.input == nullptr) return false;
  const auto all = api::operations();
  return std::any_of(all.begin(), all.end(), [&](const api::Operation& operation) {
    return api::names_operation(rule.operations, operation.name) && api::hides(redact, operation.name, *rule.input);
  });
}

void read_match(Input<FaultInput>& input, api::Redact redact, FaultRule& rule) {
  if (!input->match) return;
  const auto& match = *input->match;
  rule.operations = match.operation.value_or(std::vector<std::string>());
  rule.account = match.account;
  rule.input = match.input.value_or(nullptr);
  // Without valid operations, every operation would be checked.
  if (!input.wrong(match.operation) && names_hidden(rule, redact)) {
    input.violation(match.input, "must not contain hidden members, which are never compared");
  }
}

void read_effect(Input<FaultInput>& input, FaultRule& rule) {
  if (!input->answer) return;
  const auto& answer = *input->answer;
  if (answer.connection) rule.connection = api::same_word<FaultRule::Connection>(*answer.connection);
  if (answer.error) {
    rule.error = FaultRule::ErrorAnswer{.code = *answer.error, .message = answer.message, .status = {}};
    if (answer.status) rule.error->status = static_cast<int>(*answer.status);
  } else if (!input.wrong(answer.error) && (answer.message || answer.status)) {
    input.violation(answer.error, "is required with a message or status");
  }
}

// Whether the effect of the rule is unknown because it is invalid.
auto is_effect_wrong(const Input<FaultInput>& input) -> bool {
  if (input.wrong(input->delay) || input.wrong(input->answer)) return true;
  return input->answer && (input.wrong(input->answer->error) || input.wrong(input->answer->connection));
}

auto read_rule(Input<FaultInput>& input, api::Redact redact) -> FaultRule {
  FaultRule rule;
  read_match(input, redact, rule);
  rule.skip = static_cast<std::uint32_t>(input->skip.value_or(rule.skip));
  if (input->times) rule.times = static_cast<std::uint32_t>(*input->times);
  rule.probability = input->probability.value_or(rule.probability);
  rule.delay = input->delay.value_or(rule.delay);
  if (input->phase) rule.phase = api::same_word<FaultRule::Phase>(*input->phase);
  read_effect(input, rule);
  // An invalid member is not also reported as missing.
  if (is_effect_wrong(input) && rule.delay == Duration(0)) rule.delay = kMaxDelay;
  // Without valid operations, the error cannot be checked.
  const bool all_operations = input->match && input.wrong(input->match->operation);
  for (const auto& violation : violations_of(rule)) {
    if (!(all_operations && violation.path == "answer.error")) input.violation_at(violation.path, violation.what);
  }
  return rule;
}

auto match_answer(const FaultRule& rule) -> FaultMatch {
  FaultMatch match{.account = rule.account};
  if (!rule.operations.empty()) match.operation = rule.operations;
  if (rule.input) match.input = RawJson{api::write_json(*rule.input)};
  return match;
}

auto effect_answer(const FaultRule& rule) -> FaultEffect {
  FaultEffect effect;
  if (rule.error) {
    effect.error = rule.error->code;
    effect.message = rule.error->message;
    effect.status = rule.error->status;
  }
  if (rule.connection) effect.connection = api::same_word<FaultConnection>(*rule.connection);
  return effect;
}

// The rule in the form in which it is added, with its id and counts.
auto fault_answer(const FaultRule& rule) -> FaultAnswer {
  FaultAnswer answer{.id = rule.id,
                     .match = match_answer(rule),
                     .skip = rule.skip,
                     .times = rule.times,
                     .probability = rule.probability,
                     .phase = api::same_word<FaultPhase>(rule.phase),
                     .matched = static_cast<std::int64_t>(rule.matched),
                     .triggered = static_cast<std::int64_t>(rule.triggered)};
  if (rule.delay > Duration(0)) answer.delay = Seconds(rule.delay).count();
  if (rule.error || rule.connection) answer.answer = effect_answer(rule);
  return answer;
}

}  // namespace

void list_faults(Plane& plane, const Request& /*request*/, Reply& reply) {
  FaultsAnswer answer;
  for (const auto& rule : plane.emulator.faults.rules()) answer.faults.push_back(fault_answer(rule));
  write_answer(reply, answer);
}

void list_fault_errors(Plane& /*plane*/, const Request& /*request*/, Reply& reply) {
  FaultErrorsAnswer answer;
  for (const auto code : known_errors()) answer.errors.emplace_back(code);
  std::sort(answer.errors.begin(), answer.errors.end());
  write_answer(reply, answer);
}

void add_fault(Plane& plane, const Request& request, Reply& reply) {
  Input<FaultInput> input(request.body);
  auto rule = read_rule(input, plane.emulator.service.settings().redact);
  input.finish();
  if (plane.emulator.faults.full()) {
    throw Conflict("There can be at most " + std::to_string(Faults::kMaxRules) + " fault rules; delete some first.");
  }
  if (!plane.emulator.memory.has_room_to_keep(rule.bytes())) throw no_memory("another rule");
  reply.status = 201;
  write_answer(reply, fault_answer(plane.emulator.faults.add(std::move(rule))));
}

void delete_faults(Plane& plane, const Request& /*request*/, Reply& reply) {
  plane.emulator.faults.clear();
  write_answer(reply, Empty());
}

void delete_fault(Plane& plane, const Request& request, Reply& reply) {
  const auto id = path_segment(request, 1);
  if (!plane.emulator.faults.remove(id)) throw NotFound("There is no fault rule " + printable(id) + ".");
  write_answer(reply, Empty());
}

}  // namespace workmail::server::control

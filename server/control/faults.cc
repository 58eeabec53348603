#include "server/emulator/faults.h"

#include <algorithm>
#include <array>
#include <utility>

#include "api/call/operation_names.h"
#include "api/call/redaction.h"
#include "api/wire/json_text.h"
#include "server/control/json_request.h"
#include "server/control/plane.h"
#include "server/control/refusal.h"
#include "server/identity/identity.h"
#include "server/process/log.h"

namespace workmail::server::control {

namespace {

using Connection = FaultRule::Connection;
using Phase = FaultRule::Phase;
using Seconds = std::chrono::duration<double>;

constexpr std::array<std::pair<Connection, std::string_view>, 3> kConnections{
    {{Connection::Reset, "reset"}, {Connection::Close, "close"}, {Connection::Hang, "hang"}}};

auto name_of(Connection connection) -> std::string_view {
  for (const auto& [value, name] : kConnections) {
    if (value == connection) return name;
  }
  return {};
}

auto read_connection(JsonRequest& answer) -> std::optional<Connection> {
  const auto word = answer.one_of("connection", {"reset", "close", "hang"});
  for (const auto& [value, name] : kConnections) {
    if (word == name) return value;
  }
  return std::nullopt;
}

// Whether the input names something that is hidden of a call that the rule matches. A rule that compared it would tell
// who tries whether it is right.
auto names_hidden(const FaultRule& rule, api::Redact redact) -> bool {
  if (rule.input == nullptr) return false;
  const auto all = api::operations();
  return std::any_of(all.begin(), all.end(), [&](const api::Operation& operation) {
    return api::names_operation(rule.operations, operation.name) && api::hides(redact, operation.name, *rule.input);
  });
}

void read_match(JsonRequest& match, api::Redact redact, FaultRule& rule) {
  rule.operations = match.texts("operation");
  if (const auto account = match.text("account")) {
    if (!is_account(*account)) match.violation("account", "must be twelve digits");
    rule.account = *account;
  }
  rule.input = match.document("input");
  if (names_hidden(rule, redact)) match.violation("input", "must not name what is hidden, which is never compared");
}

void read_answer(JsonRequest& answer, FaultRule& rule) {
  const auto code = answer.text("error");
  const auto message = answer.text("message");
  const auto status = answer.count("status");
  rule.connection = read_connection(answer);
  if (code) {
    rule.error = FaultRule::ErrorAnswer{.code = std::string(*code), .message = {}, .status = {}};
    if (message) rule.error->message = *message;
    if (status) rule.error->status = static_cast<int>(*status);
  } else if (message || status) {
    answer.violation("error", "is missing, of which this is the message or the status");
  }
}

auto read_rule(JsonRequest& input, api::Redact redact) -> FaultRule {
  FaultRule rule;
  read_match(input.object("match"), redact, rule);
  rule.skip = input.count("skip").value_or(rule.skip);
  rule.times = input.count("times");
  rule.probability = input.number("probability").value_or(rule.probability);
  rule.delay = input.duration("delay").value_or(rule.delay);
  if (input.one_of("phase", {"before", "after"}) == "after") rule.phase = Phase::After;
  read_answer(input.object("answer"), rule);
  for (const auto& violation : violations_of(rule)) input.violation(violation.path, violation.what);
  return rule;
}

// The rule in the form in which it is added, with its id and counts.
struct RuleAnswer {
  const FaultRule& rule;
};
struct MatchAnswer {
  const FaultRule& rule;
};
struct FaultAnswer {
  const FaultRule& rule;
};

void encode(api::Encoder& json, const MatchAnswer& match) {
  json.begin_object();
  if (!match.rule.operations.empty()) json.member("\"operation\":", match.rule.operations);
  json.member("\"account\":", match.rule.account);
  if (match.rule.input) json.member("\"input\":", api::JsonText{api::write_json(*match.rule.input)});
  json.end_object();
}

void encode(api::Encoder& json, const FaultAnswer& answer) {
  json.begin_object();
  if (answer.rule.error) {
    json.member("\"error\":", answer.rule.error->code);
    json.member("\"message\":", answer.rule.error->message);
    json.member("\"status\":", answer.rule.error->status);
  }
  if (answer.rule.connection) json.member("\"connection\":", name_of(*answer.rule.connection));
  json.end_object();
}

void encode(api::Encoder& json, const RuleAnswer& answer) {
  const FaultRule& rule = answer.rule;
  json.begin_object();
  json.member("\"id\":", rule.id);
  json.member("\"match\":", MatchAnswer{rule});
  json.member("\"skip\":", static_cast<std::int64_t>(rule.skip));
  if (rule.times) json.member("\"times\":", static_cast<std::int64_t>(*rule.times));
  json.member("\"probability\":", rule.probability);
  if (rule.delay > Duration(0)) json.member("\"delay\":", Seconds(rule.delay).count());
  json.member("\"phase\":", std::string_view(rule.phase == Phase::After ? "after" : "before"));
  if (rule.error || rule.connection) json.member("\"answer\":", FaultAnswer{rule});
  json.member("\"matched\":", static_cast<std::int64_t>(rule.matched));
  json.member("\"struck\":", static_cast<std::int64_t>(rule.triggered));
  json.end_object();
}

struct RulesAnswer {
  std::vector<RuleAnswer> rules;
};

void encode(api::Encoder& json, const RulesAnswer& answer) {
  json.begin_object();
  json.member("\"faults\":", answer.rules);
  json.end_object();
}

}  // namespace

void list_faults(Plane& plane, const Request& /*request*/, Reply& reply) {
  RulesAnswer answer;
  for (const auto& rule : plane.faults.rules()) answer.rules.push_back({rule});
  api::Encoder json(reply.body());
  encode(json, answer);
}

void add_fault(Plane& plane, const Request& request, Reply& reply) {
  JsonRequest input(request.body);
  auto rule = read_rule(input, plane.service.settings().redact);
  input.finish();
  if (plane.faults.full()) {
    throw Conflict("There is room for " + std::to_string(Faults::kMaxRules) + " rules; delete some first.");
  }
  if (!plane.memory.has_room_to_keep(rule.bytes())) throw no_memory("another rule");
  reply.status = 201;
  api::Encoder json(reply.body());
  encode(json, RuleAnswer{plane.faults.add(std::move(rule))});
}

void delete_faults(Plane& plane, const Request& /*request*/, Reply& reply) {
  plane.faults.clear();
  reply.write("{}");
}

void delete_fault(Plane& plane, const Request& request, Reply& reply) {
  const auto id = path_segment(request, 1);
  if (!plane.faults.remove(id)) throw NotFound("There is no fault rule " + printable(id) + ".");
  reply.write("{}");
}

}  // namespace workmail::server::control

#include "server/control/json_request.h"

#include <algorithm>

#include "server/control/refusal.h"
#include "server/log.h"
#include "server/time_text.h"

namespace workmail::server::control {

JsonRequest::JsonRequest(std::string& body) {
  // Iterative, so that deep nesting cannot overflow the stack.
  constexpr unsigned kFlags =
      rapidjson::kParseInsituFlag | rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
  // An embedded NUL would end the parser's text early.
  if (body.find('\0') != std::string::npos) throw BadRequest("The body contains a NUL.");
  if (body.empty()) body = "{}";
  document_.ParseInsitu<kFlags>(body.data());
  if (document_.HasParseError()) {
    throw BadRequest("The body is not JSON: " + std::string(rapidjson::GetParseError_En(document_.GetParseError())) +
                     " (at byte " + std::to_string(document_.GetErrorOffset()) + ")");
  }
  if (!document_.IsObject()) throw BadRequest("The body must be a JSON object.");
}

auto JsonRequest::peek(std::string_view name) const -> const api::Json* {
  const api::Json key(rapidjson::StringRef(name.data(), name.size()));
  const auto found = document_.FindMember(key);
  if (found == document_.MemberEnd() || found->value.IsNull()) return nullptr;
  return &found->value;
}

auto JsonRequest::member(std::string_view name) -> const api::Json* {
  known_.push_back(name);
  return peek(name);
}

auto JsonRequest::text(const char* name) -> std::optional<std::string_view> {
  const auto* json = member(name);
  if (json == nullptr) return std::nullopt;
  if (json->IsString()) return api::text_of(*json);
  violation(name, "must be a string");
  return std::nullopt;
}

auto JsonRequest::one_of(const char* name, std::initializer_list<std::string_view> words)
    -> std::optional<std::string_view> {
  const auto value = text(name);
  if (!value || std::find(words.begin(), words.end(), *value) != words.end()) return value;
  std::string expected = "must be one of";
  for (const auto word : words) expected.append(" ").append(word);
  violation(name, expected);
  return std::nullopt;
}

auto JsonRequest::flag(const char* name) -> std::optional<bool> {
  const auto* json = member(name);
  if (json == nullptr) return std::nullopt;
  if (json->IsBool()) return json->GetBool();
  violation(name, "must be true or false");
  return std::nullopt;
}

auto JsonRequest::time(const char* name) -> std::optional<Time> {
  const auto* json = member(name);
  if (json == nullptr) return std::nullopt;
  const auto time = json->IsString() ? parse_time(api::text_of(*json)) : std::nullopt;
  if (!time) violation(name, "must be a time such as 2026-05-01T12:00:00Z");
  return time;
}

auto JsonRequest::duration(const char* name) -> std::optional<Duration> {
  const auto* json = member(name);
  if (json == nullptr) return std::nullopt;
  std::optional<Duration> duration;
  if (json->IsNumber()) duration = duration_of_seconds(json->GetDouble());
  if (json->IsString()) duration = parse_duration(api::text_of(*json));
  if (!duration) violation(name, "must be a duration such as PT20S, P30D or a number of seconds");
  return duration;
}

void JsonRequest::violation(std::string_view path, std::string_view what) {
  if (!violations_.empty()) violations_ += "; ";
  violations_.append(path).append(": ").append(what);
}

void JsonRequest::finish() {
  for (const auto& member : document_.GetObject()) {
    const auto name = api::text_of(member.name);
    if (std::find(known_.begin(), known_.end(), name) == known_.end()) violation(printable(name), "unknown member");
  }
  if (!violations_.empty()) throw BadRequest(violations_);
}

}  // namespace workmail::server::control

#include "server/control/json_request.h"

#include <algorithm>

#include "api/wire/json_text.h"
#include "api/wire/time_text.h"
#include "server/control/refusal.h"
#include "server/process/log.h"

namespace workmail::server::control {

JsonRequest::JsonRequest(std::string& body) : document_(&allocator_), object_(&document_) {
  // An embedded NUL would end the parser's text early.
  if (body.find('\0') != std::string::npos) throw BadRequest("The body contains a NUL.");
  // As editors of Windows begin a file.
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (body.starts_with(kByteOrderMark)) body.erase(0, kByteOrderMark.size());
  if (body.empty()) body = "{}";
  rapidjson::InsituStringStream stream(body.data());
  if (const auto fault = api::read_json<rapidjson::kParseInsituFlag>(stream, body.size(), document_, 4 * kChunk)) {
    throw BadRequest("The body " + fault.reason + " (at byte " + std::to_string(fault.offset) + ")");
  }
  if (!document_.IsObject()) throw BadRequest("The body must be a JSON object.");
}

auto JsonRequest::peek(std::string_view name) const -> const api::Json* {
  if (object_ == nullptr) return nullptr;
  const api::Json key(rapidjson::StringRef(name.data(), name.size()));
  const auto found = object_->FindMember(key);
  if (found == object_->MemberEnd() || found->value.IsNull()) return nullptr;
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
  const auto time = json->IsString() ? api::parse_time(api::text_of(*json)) : std::nullopt;
  if (!time) violation(name, "must be a time such as 2026-05-01T12:00:00Z");
  return time;
}

auto JsonRequest::duration(const char* name) -> std::optional<Duration> {
  const auto* json = member(name);
  if (json == nullptr) return std::nullopt;
  std::optional<Duration> duration;
  if (json->IsNumber()) duration = api::duration_of_seconds(json->GetDouble());
  if (json->IsString()) duration = api::parse_duration(api::text_of(*json));
  if (!duration) violation(name, "must be a duration such as PT20S, P30D or a number of seconds");
  return duration;
}

auto JsonRequest::number(const char* name) -> std::optional<double> {
  const auto* json = member(name);
  if (json == nullptr) return std::nullopt;
  if (json->IsNumber()) return json->GetDouble();
  violation(name, "must be a number");
  return std::nullopt;
}

auto JsonRequest::count(const char* name) -> std::optional<std::uint32_t> {
  const auto* json = member(name);
  if (json == nullptr) return std::nullopt;
  if (json->IsUint()) return json->GetUint();
  violation(name, "must be a number from 0 on, without a fraction");
  return std::nullopt;
}

auto JsonRequest::texts(const char* name) -> std::vector<std::string> {
  const auto* json = member(name);
  if (json == nullptr) return {};
  if (json->IsString()) return {std::string(api::text_of(*json))};
  std::vector<std::string> texts;
  if (json->IsArray() && json->Size() <= kMaxTexts) {
    for (const auto& element : json->GetArray()) {
      if (element.IsString()) texts.emplace_back(api::text_of(element));
    }
  }
  if (!json->IsArray() || texts.empty() || texts.size() != json->Size())
    violation(name, "must be a string or a list of strings, of up to " + std::to_string(kMaxTexts));
  return texts;
}

auto JsonRequest::document(const char* name) -> std::shared_ptr<const rapidjson::Document> {
  const auto* json = member(name);
  if (json == nullptr) return nullptr;
  if (!json->IsObject()) violation(name, "must be an object");
  // Through its text, because the values here point into the body.
  const auto text = api::write_json(*json);
  if (text.size() > kMaxDocument) {
    violation(name, "must have at most " + std::to_string(kMaxDocument) + " bytes");
    return nullptr;
  }
  auto copy = std::make_shared<rapidjson::Document>();
  api::parse_json(text, *copy);
  return copy;
}

auto JsonRequest::object(const char* name) -> JsonRequest& {
  const auto* json = member(name);
  if (json != nullptr && !json->IsObject()) violation(name, "must be an object");
  const bool readable = json != nullptr && json->IsObject();
  inner_.push_back(std::unique_ptr<JsonRequest>(new JsonRequest(readable ? json : nullptr, path_ + name + ".")));
  return *inner_.back();
}

void JsonRequest::violation(std::string_view path, std::string_view what) {
  violations_.add(path_ + std::string(path), what);
}

void JsonRequest::judge_unknown() {
  if (object_ == nullptr) return;
  for (const auto& member : object_->GetObject()) {
    const auto name = api::text_of(member.name);
    if (std::find(known_.begin(), known_.end(), name) == known_.end()) violation(printable(name), "unknown member");
  }
}

void JsonRequest::finish() {
  judge_unknown();
  for (const auto& inner : inner_) {
    inner->judge_unknown();
    violations_.append(inner->violations_);
  }
  if (!violations_.empty()) throw BadRequest(violations_.text());
}

}  // namespace workmail::server::control

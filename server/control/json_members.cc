#include "server/control/json_members.h"

#include <algorithm>

#include "api/wire/json_text.h"
#include "api/wire/time_text.h"
#include "server/control/errors.h"
#include "server/process/log.h"

namespace workmail::server::control {

JsonBody::JsonBody(std::string& body) : document_(&allocator_) {
  // The parser would stop at a NUL.
  if (body.find('\0') != std::string::npos) throw BadRequest("The body contains a NUL.");
  // The byte order mark, which editors on Windows write.
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (body.starts_with(kByteOrderMark)) body.erase(0, kByteOrderMark.size());
  if (body.empty()) body = "{}";
  rapidjson::InsituStringStream stream(body.data());
  if (const auto fault = api::read_json<rapidjson::kParseInsituFlag>(stream, body.size(), document_, 4 * kChunk)) {
    throw BadRequest("The body " + fault.reason + " (at byte " + std::to_string(fault.offset) + ")");
  }
  if (!document_.IsObject()) throw BadRequest("The body must be a JSON object.");
}

auto JsonMembers::peek(std::string_view name) const -> const api::Json* {
  const api::Json key(rapidjson::StringRef(name.data(), name.size()));
  const auto found = object_.FindMember(key);
  return found == object_.MemberEnd() || found->value.IsNull() ? nullptr : &found->value;
}

auto JsonMembers::find(std::string_view name) -> const api::Json* {
  known_.push_back(name);
  return peek(name);
}

auto JsonMembers::discriminator(std::string_view name) const -> std::string_view {
  const auto* json = peek(name);
  return json != nullptr && json->IsString() ? api::text_of(*json) : std::string_view();
}

void JsonMembers::refuse(std::string_view name, const std::string& what) const {
  throw BadRequest(path_ + std::string(name) + ": " + what);
}

void JsonMembers::judge_unknown() {
  for (const auto& member : object_.GetObject()) {
    const auto name = api::text_of(member.name);
    if (std::find(known_.begin(), known_.end(), name) == known_.end()) {
      reading_.unknown(index_, printable(name), "unknown member");
    }
  }
}

auto JsonMembers::text(const api::Json& json, std::string_view name, std::string_view& out) -> bool {
  if (!json.IsString()) {
    violation(name, "must be a string");
    return false;
  }
  out = api::text_of(json);
  return true;
}

auto JsonMembers::value(const api::Json& json, std::string_view name, const TextRule& rule, std::string& out) -> bool {
  std::string_view found;
  if (!text(json, name, found)) return false;
  out = found;
  if (follows(found, rule)) return true;
  violation(name, rule.message);
  return false;
}

auto JsonMembers::value(const api::Json& json, std::string_view name, const TextsRule& rule,
                        std::vector<std::string>& out) -> bool {
  if (json.IsString()) out.emplace_back(api::text_of(json));
  if (json.IsArray() && json.Size() <= kMaxTexts) {
    for (const auto& element : json.GetArray()) {
      if (element.IsString()) out.emplace_back(api::text_of(element));
    }
  }
  if (out.empty() || (json.IsArray() && out.size() != json.Size())) {
    violation(name, "must be a string or a list of strings, of up to " + std::to_string(kMaxTexts));
    return false;
  }
  const bool all = std::all_of(out.begin(), out.end(), [&](const auto& one) { return follows(one, rule.element); });
  if (all && out.size() <= rule.max) return true;
  violation(name, rule.message);
  return false;
}

auto JsonMembers::value(const api::Json& json, std::string_view name, const FlagRule& /*rule*/, bool& out) -> bool {
  if (json.IsBool()) out = json.GetBool();
  if (!json.IsBool()) violation(name, "must be true or false");
  return json.IsBool();
}

auto JsonMembers::value(const api::Json& json, std::string_view name, const TimeRule& /*rule*/, Time& out) -> bool {
  const auto time = json.IsString() ? api::parse_time(api::text_of(json)) : std::nullopt;
  if (time) out = *time;
  if (!time) violation(name, "must be a time from 1970 to 9999 such as 2026-05-01T12:00:00Z");
  return time.has_value();
}

auto JsonMembers::value(const api::Json& json, std::string_view name, const DurationRule& rule, Duration& out) -> bool {
  std::optional<Duration> duration;
  if (json.IsNumber()) duration = api::duration_of_seconds(json.GetDouble());
  if (json.IsString()) duration = api::parse_duration(api::text_of(json));
  if (!duration) {
    violation(name, "must be a duration such as PT20S, P30D or a number of seconds");
    return false;
  }
  out = *duration;
  if (out > rule.max) violation(name, rule.message);
  return out <= rule.max;
}

auto JsonMembers::value(const api::Json& json, std::string_view name, const CountRule& rule, std::uint64_t& out)
    -> bool {
  constexpr std::string_view kNoCount = "must be a non-negative integer";
  if (!json.IsUint64()) {
    violation(name, kNoCount);
    return false;
  }
  out = json.GetUint64();
  if (out > rule.max) violation(name, rule.message.empty() ? kNoCount : rule.message);
  return out <= rule.max;
}

auto JsonMembers::value(const api::Json& json, std::string_view name, const NumberRule& rule, double& out) -> bool {
  if (!json.IsNumber()) {
    violation(name, "must be a number");
    return false;
  }
  out = json.GetDouble();
  if (out < rule.min) violation(name, rule.message);
  return out >= rule.min;
}

auto JsonMembers::value(const api::Json& json, std::string_view name, const DocumentRule& rule, Document& out) -> bool {
  if (!json.IsObject()) {
    violation(name, "must be an object");
    return false;
  }
  // Copies through text, because the values here point into the body.
  const auto text = api::write_json(json);
  if (text.size() > rule.max) {
    violation(name, "must have at most " + std::to_string(rule.max) + " bytes");
    return false;
  }
  auto copy = std::make_shared<rapidjson::Document>();
  api::parse_json(text, *copy);
  out = std::move(copy);
  return true;
}

}  // namespace workmail::server::control

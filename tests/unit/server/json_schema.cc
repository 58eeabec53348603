#include "json_schema.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "api/wire/json_text.h"
#include "api/wire/pattern.h"
#include "api/wire/time_text.h"
#include "store/utf8.h"

namespace workmail::server {

namespace {

// Patterns and their texts are never destroyed, like those of the model.
auto pattern(std::string_view source) -> const api::Pattern& {
  static auto& patterns = *new std::map<std::string, api::Pattern, std::less<>>();
  auto found = patterns.find(source);
  if (found == patterns.end()) {
    static auto& sources = *new std::deque<std::string>();
    sources.emplace_back(source);
    found = patterns.emplace(sources.back(), api::Pattern(sources.back())).first;
  }
  return found->second;
}

auto type_of(const api::Json& value) -> std::string {
  if (value.IsNull()) return "null";
  if (value.IsBool()) return "boolean";
  if (value.IsString()) return "string";
  if (value.IsArray()) return "array";
  if (value.IsObject()) return "object";
  return value.IsDouble() ? "number" : "integer";
}

auto is_of_type(const api::Json& value, const api::Json& types) -> bool {
  const std::string type = type_of(value);
  const auto is_it = [&](const api::Json& wanted) {
    return wanted.GetString() == type || (type == "integer" && wanted.GetString() == std::string("number"));
  };
  if (types.IsString()) return is_it(types);
  const auto all = types.GetArray();
  return std::any_of(all.Begin(), all.End(), is_it);
}

auto length_of(const api::Json& text) -> std::uint64_t {
  return store::code_points(api::text_of(text));
}

// Whether the value is within a limit, which applies only to its own type.
auto keeps(const api::Json& value, const std::string& keyword, const api::Json& bound) -> bool {
  if (keyword == "minimum") return !value.IsNumber() || value.GetDouble() >= bound.GetDouble();
  if (keyword == "maximum") return !value.IsNumber() || value.GetDouble() <= bound.GetDouble();
  if (keyword == "minLength") return !value.IsString() || length_of(value) >= bound.GetUint64();
  if (keyword == "maxLength") return !value.IsString() || length_of(value) <= bound.GetUint64();
  if (keyword == "minItems") return !value.IsArray() || value.Size() >= bound.GetUint64();
  if (keyword == "maxItems") return !value.IsArray() || value.Size() <= bound.GetUint64();
  if (keyword == "pattern") return !value.IsString() || pattern(api::text_of(bound)).matches(api::text_of(value));
  if (keyword == "format") {
    return bound == "date-time" && (!value.IsString() || api::parse_time(api::text_of(value)).has_value());
  }
  return false;
}

}  // namespace

auto JsonSchema::violations(const api::Json& value, const api::Json& schema) const -> std::vector<std::string> {
  std::vector<std::string> violations;
  check(value, schema, {"", violations});
  return violations;
}

auto JsonSchema::find(const std::string& reference) const -> const api::Json* {
  if (!reference.starts_with("#/")) return nullptr;
  const auto* json = &root_;
  for (std::size_t begin = 2; begin <= reference.size();) {
    const auto end = std::min(reference.find('/', begin), reference.size());
    const auto part = reference.substr(begin, end - begin);
    if (!json->IsObject() || !json->HasMember(part.c_str())) return nullptr;
    json = &(*json)[part.c_str()];
    begin = end + 1;
  }
  return json;
}

void JsonSchema::check(const api::Json& value, const api::Json& schema, const Found& found) const {
  for (const auto& keyword : schema.GetObject()) check_keyword(value, keyword.name.GetString(), schema, found);
}

void JsonSchema::check_keyword(const api::Json& value, const std::string& keyword, const api::Json& schema,
                               const Found& found) const {
  static const std::set<std::string> kNotes{"description", "contentMediaType", "contentSchema", "properties",
                                            "required"};
  const api::Json& content = schema[keyword.c_str()];
  if (keyword == "$ref") {
    const auto* target = find(content.GetString());
    if (target == nullptr) return found.add("there is no " + std::string(content.GetString()));
    check(value, *target, found);
  } else if (keyword == "type") {
    if (!is_of_type(value, content)) return found.add("is of type " + type_of(value));
    if (value.IsObject()) check_object(value, schema, found);
  } else if (keyword == "enum") {
    const auto all = content.GetArray();
    if (std::find(all.Begin(), all.End(), value) == all.End())
      found.add("is none of the values: " + api::write_json(value));
  } else if (keyword == "items") {
    if (!value.IsArray()) return;
    for (unsigned i = 0; i < value.Size(); ++i) check(value[i], content, found.inside(std::to_string(i)));
  } else if (keyword == "oneOf") {
    check_one_of(value, content, found);
  } else if (keyword == "additionalProperties") {
    if (content.IsBool() && content.GetBool()) found.add("allows whatever members");
  } else if (!kNotes.contains(keyword) && !keeps(value, keyword, content)) {
    found.add("breaks " + keyword);
  }
}

void JsonSchema::check_object(const api::Json& value, const api::Json& schema, const Found& found) const {
  if (schema.HasMember("required")) {
    for (const auto& name : schema["required"].GetArray()) {
      if (!value.HasMember(name)) found.add(std::string(name.GetString()) + " is missing");
    }
  }
  for (const auto& member : value.GetObject()) {
    const char* name = member.name.GetString();
    const Found inside = found.inside(name);
    if (schema.HasMember("properties") && schema["properties"].HasMember(name)) {
      check(member.value, schema["properties"][name], inside);
    } else if (schema.HasMember("additionalProperties")) {
      const auto& others = schema["additionalProperties"];
      if (others.IsObject()) check(member.value, others, inside);
      if (others.IsBool() && !others.GetBool()) inside.add("is no member of it");
    }
  }
}

void JsonSchema::check_one_of(const api::Json& value, const api::Json& schemas, const Found& found) const {
  int fitting = 0;
  for (const auto& schema : schemas.GetArray()) fitting += violations(value, schema).empty() ? 1 : 0;
  if (fitting != 1) found.add("fits " + std::to_string(fitting) + " alternatives");
}

}  // namespace workmail::server

#include "api/json_text.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>

namespace workmail::api {

auto parse_json(std::string_view text, rapidjson::Document& document) -> bool {
  constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
  if (text.find('\0') != std::string_view::npos) return false;  // would end the parser's text early
  rapidjson::MemoryStream bytes(text.data(), text.size());
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> stream(bytes);
  rapidjson::Reader reader;
  const auto parse = [&](rapidjson::Document& target) {
    BoundedDepth bounded(target);
    return !reader.Parse<kFlags>(stream, bounded).IsError();
  };
  document.SetNull();
  document.Populate(parse);
  return !reader.HasParseError();
}

auto write_json(const Json& json) -> std::string {
  rapidjson::StringBuffer text;
  rapidjson::Writer<rapidjson::StringBuffer> writer(text);
  json.Accept(writer);
  return {text.GetString(), text.GetSize()};
}

auto contains(const Json& whole, const Json& part) -> bool {
  if (part.IsObject() && whole.IsObject()) {
    return std::all_of(part.MemberBegin(), part.MemberEnd(), [&](const auto& member) {
      const auto found = whole.FindMember(member.name);
      return found == whole.MemberEnd() ? member.value.IsNull() : contains(found->value, member.value);
    });
  }
  if (part.IsArray() && whole.IsArray()) {
    return std::all_of(part.Begin(), part.End(), [&](const Json& wanted) {
      return std::any_of(whole.Begin(), whole.End(), [&](const Json& element) { return contains(element, wanted); });
    });
  }
  return whole == part;
}

auto text_member(const Json& object, const char* name) -> std::string_view {
  if (!object.IsObject()) return {};
  const auto found = object.FindMember(name);
  return found != object.MemberEnd() && found->value.IsString() ? text_of(found->value) : std::string_view();
}

}  // namespace workmail::api

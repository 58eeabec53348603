#include "api/json_text.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>

namespace workmail::api {

auto has_whole_characters(std::string_view text) -> bool {
  // U+D800 to U+DFFF are the bytes ED A0 80 to ED BF BF; everything else that begins with ED goes on below A0.
  for (auto at = text.find('\xED'); at != std::string_view::npos; at = text.find('\xED', at + 1)) {
    if (at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) >= 0xA0) return false;
  }
  return true;
}

auto parse_json(std::string_view text, rapidjson::Document& document) -> bool {
  constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
  if (text.find('\0') != std::string_view::npos) return false;  // would end the parser's text early
  rapidjson::MemoryStream bytes(text.data(), text.size());
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> stream(bytes);
  rapidjson::Reader reader;
  const auto parse = [&](rapidjson::Document& target) {
    CheckedEvents events(target);
    return !reader.Parse<kFlags>(stream, events).IsError();
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

void indent_json(std::string_view compact, int depth, std::string& out) {
  const auto new_line = [&] { out.append(1, '\n').append(static_cast<std::size_t>(depth) * 2, ' '); };
  bool in_text = false;
  for (std::size_t i = 0; i < compact.size(); ++i) {
    const char character = compact[i];
    const bool is_empty = i + 1 < compact.size() && (compact[i + 1] == '}' || compact[i + 1] == ']');
    if (in_text) {
      out += character;
      if (character == '\\') out += compact[++i];
      if (character == '"') in_text = false;
    } else if ((character == '{' || character == '[') && !is_empty) {
      out += character;
      ++depth;
      new_line();
    } else if ((character == '}' || character == ']') && compact[i - 1] != '{' && compact[i - 1] != '[') {
      --depth;
      new_line();
      out += character;
    } else {
      out += character;
      if (character == '"') in_text = true;
      if (character == ',') new_line();
      if (character == ':') out += ' ';
    }
  }
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

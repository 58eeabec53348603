#include "api/wire/json_text.h"

#include <rapidjson/writer.h>

#include <algorithm>
#include <cstdlib>
#include <new>

namespace workmail::api {

namespace {

// An output stream for RapidJSON. Unlike RapidJSON's own, it throws when memory is exhausted.
struct TextStream {
  using Ch = char;
  std::string& text;

  void Put(Ch character) { text += character; }
  void Flush() {}
};

// More than all levels of nesting need.
constexpr std::size_t kWriterMemory = std::size_t{4} * 1024;

}  // namespace

void require_memory_for_json(std::size_t bytes, std::size_t anyway) {
  // The worst case is "[1,1,1": two bytes become a value of 16 bytes, on a stack that grows by half and is copied at
  // the end.
  constexpr std::size_t kMaxGrowth = 32;
  void* volatile memory = std::malloc(kMaxGrowth * bytes + anyway);
  if (memory == nullptr) throw std::bad_alloc();
  std::free(memory);
}

auto json_fault(const rapidjson::ParseResult& result, bool too_deep) -> JsonFault {
  std::string reason = "is not JSON: ";
  if (too_deep)
    reason = "is nested deeper than " + std::to_string(kMaxDepth) + " levels";
  else if (result.Code() == rapidjson::kParseErrorTermination)
    reason += "A string is not valid UTF-8.";
  else
    reason += rapidjson::GetParseError_En(result.Code());
  return {.reason = std::move(reason), .offset = result.Offset()};
}

auto parse_json(std::string_view text, rapidjson::Document& document) -> bool {
  if (text.find('\0') != std::string_view::npos) return false;  // the parser would stop at a NUL
  rapidjson::MemoryStream bytes(text.data(), text.size());
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> stream(bytes);
  return !read_json<rapidjson::kParseNoFlags>(stream, text.size(), document);
}

auto write_json(const Json& json) -> std::string {
  std::string text;
  TextStream stream{text};
  require_memory_for_json(0, kWriterMemory);
  rapidjson::Writer<TextStream> writer(stream);
  json.Accept(writer);
  return text;
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

auto contains(const Json& whole, const Json& part, Effort& effort) -> bool {
  if (!effort.spend(1)) return false;
  if (part.IsObject() && whole.IsObject()) {
    return std::all_of(part.MemberBegin(), part.MemberEnd(), [&](const auto& member) {
      if (!effort.spend(whole.MemberCount())) return false;
      const auto found = whole.FindMember(member.name);
      return found == whole.MemberEnd() ? member.value.IsNull() : contains(found->value, member.value, effort);
    });
  }
  if (part.IsArray() && whole.IsArray()) {
    return std::all_of(part.Begin(), part.End(), [&](const Json& wanted) {
      return std::any_of(whole.Begin(), whole.End(),
                         [&](const Json& element) { return contains(element, wanted, effort); });
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

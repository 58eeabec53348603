// JSON as other people's text: reading it so that what is made of it can be walked through by recursion, and asking
// whether it contains something. The bodies of calls are not read with this, but in place (Service).
#pragma once

#include <string>
#include <string_view>

#include "api/json.h"

namespace workmail::api {

// Far deeper than any input of the model; bounds every recursion over a document.
inline constexpr int kMaximumDepth = 64;

// Whether no character of the text is half a surrogate pair. RapidJSON makes such text of an escaped second half alone.
auto has_whole_characters(std::string_view text) -> bool;

// Hands a parser's events to the document; the parser ends when something is deeper than that, or is no text.
class CheckedEvents {
 public:
  explicit CheckedEvents(rapidjson::Document& document) : document_(document) {}

  using Ch = char;
  using Size = rapidjson::SizeType;
  auto Null() -> bool { return document_.Null(); }
  auto Bool(bool value) -> bool { return document_.Bool(value); }
  auto Int(int value) -> bool { return document_.Int(value); }
  auto Uint(unsigned value) -> bool { return document_.Uint(value); }
  auto Int64(std::int64_t value) -> bool { return document_.Int64(value); }
  auto Uint64(std::uint64_t value) -> bool { return document_.Uint64(value); }
  auto Double(double value) -> bool { return document_.Double(value); }
  auto RawNumber(const Ch* text, Size length, bool copy) -> bool { return document_.RawNumber(text, length, copy); }
  auto String(const Ch* text, Size length, bool copy) -> bool {
    return has_whole_characters({text, length}) && document_.String(text, length, copy);
  }
  auto Key(const Ch* text, Size length, bool copy) -> bool {
    return has_whole_characters({text, length}) && document_.Key(text, length, copy);
  }
  auto StartObject() -> bool { return ++depth_ <= kMaximumDepth && document_.StartObject(); }
  auto StartArray() -> bool { return ++depth_ <= kMaximumDepth && document_.StartArray(); }
  auto EndObject(Size count) -> bool { return --depth_ >= 0 && document_.EndObject(count); }
  auto EndArray(Size count) -> bool { return --depth_ >= 0 && document_.EndArray(count); }

 private:
  rapidjson::Document& document_;
  int depth_ = 0;
};

// Answers whether the text is JSON of that depth, in `document` then.
auto parse_json(std::string_view text, rapidjson::Document& document) -> bool;

// The value as JSON text, without white space.
auto write_json(const Json& json) -> std::string;

// Appends JSON that has no white space with a line for each element and member, for people. All lines but the first are
// indented by `depth` levels at least.
void indent_json(std::string_view compact, int depth, std::string& out);

// Whether everything in `part` is in `whole`: of objects every member, of lists every element, wherever it stands; null
// means that a member is absent.
auto contains(const Json& whole, const Json& part) -> bool;

// A text member of an object; empty when it is not there.
auto text_member(const Json& object, const char* name) -> std::string_view;

}  // namespace workmail::api

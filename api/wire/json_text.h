// JSON of other programs: reading it so that what is made of it can be walked through by recursion, and asking
// whether it contains something. Everything that comes from outside is read by read_json().
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "api/wire/json.h"

namespace workmail::api {

// Far deeper than any input of the model. The one bound on every JSON that comes from outside, so that a document can
// be walked through by recursion.
inline constexpr std::size_t kMaxDepth = 64;

// Whether no character of the text is half a surrogate pair. RapidJSON makes such text of an escaped second half alone.
auto has_whole_characters(std::string_view text) -> bool;

// Hands a parser's events to the document; the parser ends when something is deeper than kMaxDepth, or is no text.
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
  auto StartObject() -> bool { return ++depth_ <= kMaxDepth && document_.StartObject(); }
  auto StartArray() -> bool { return ++depth_ <= kMaxDepth && document_.StartArray(); }
  auto EndObject(Size count) -> bool { return --depth_, document_.EndObject(count); }
  auto EndArray(Size count) -> bool { return --depth_, document_.EndArray(count); }

  // Whether that ended the parser.
  [[nodiscard]] auto too_deep() const -> bool { return depth_ > kMaxDepth; }

 private:
  rapidjson::Document& document_;
  std::size_t depth_ = 0;
};

// Why a text cannot be taken, as what follows "The body ", and where; false for one that can.
struct JsonFault {
  std::string reason;
  std::size_t offset = 0;

  explicit operator bool() const { return !reason.empty(); }
};

auto json_fault(const rapidjson::ParseResult& result, bool too_deep) -> JsonFault;

// The least memory that a document takes unless it has an allocator of its own, with what is made anyway.
inline constexpr std::size_t kDocumentMemory = std::size_t{80} * 1024;

// RapidJSON does not look whether it gets the memory that it asks for. Throws std::bad_alloc, before it does, when
// there is not enough for what can be made of a text of so many bytes, and so much anyway.
void require_memory_for_json(std::size_t bytes, std::size_t anyway = kDocumentMemory);

// Reads all of the stream, which has so many bytes, into the document, by flags of RapidJSON's besides those that
// everything is read with. It must not contain a NUL, which would end it early.
template <unsigned kFlags, class Events = CheckedEvents, class Stream>
auto read_json(Stream& stream, std::size_t bytes, rapidjson::Document& document, std::size_t anyway = kDocumentMemory)
    -> JsonFault {
  // Iterative, so that deep nesting cannot overflow the stack.
  constexpr unsigned kAll = kFlags | rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
  require_memory_for_json(bytes, anyway);
  rapidjson::Reader reader;
  JsonFault fault;
  const auto parse = [&](rapidjson::Document& target) {
    Events events(target);
    const auto result = reader.template Parse<kAll>(stream, events);
    if (result.IsError()) fault = json_fault(result, events.too_deep());
    return !result.IsError();
  };
  document.SetNull();
  document.Populate(parse);
  return fault;
}

// Answers whether the text is JSON of that depth, in `document` then.
auto parse_json(std::string_view text, rapidjson::Document& document) -> bool;

// The value as JSON text, without white space.
auto write_json(const Json& json) -> std::string;

// Appends JSON that has no white space with a line for each element and member, for readers. All lines but the first
// are indented by `depth` levels at least.
void indent_json(std::string_view compact, int depth, std::string& out);

// How many values may still be compared. Clients choose both sides of contains(), whose work can be the product of
// their sizes.
class Effort {
 public:
  explicit Effort(std::size_t comparisons) : left_(comparisons) {}

  // False when it is used up, from then on.
  auto spend(std::size_t comparisons) -> bool {
    const bool enough = comparisons <= left_;
    left_ -= enough ? comparisons : left_;
    return enough;
  }

 private:
  std::size_t left_;
};

// Whether everything in `part` is in `whole`: of objects every member, of lists every element, wherever it stands; null
// means that a member is absent. False as well when the effort is used up.
auto contains(const Json& whole, const Json& part, Effort& effort) -> bool;

// A text member of an object; empty when it is not there.
auto text_member(const Json& object, const char* name) -> std::string_view;

}  // namespace workmail::api

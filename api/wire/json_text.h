// Untrusted JSON: parses it with a limit of nesting, so that recursion is safe, and searches in it. All JSON from
// outside the program is read by read_json().
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "api/wire/json.h"
#include "store/utf8.h"

namespace workmail::api {

// The limit of nesting for all untrusted JSON, far above that of any input of the model.
inline constexpr std::size_t kMaxDepth = 64;

// Passes a parser's events to the document. Stops the parser at a value deeper than kMaxDepth, or a text that is not
// UTF-8. RapidJSON would check each byte, and accepts an escaped low surrogate without a high one.
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
    return store::is_utf8({text, length}) && document_.String(text, length, copy);
  }
  auto Key(const Ch* text, Size length, bool copy) -> bool {
    return store::is_utf8({text, length}) && document_.Key(text, length, copy);
  }
  auto StartObject() -> bool { return ++depth_ <= kMaxDepth && document_.StartObject(); }
  auto StartArray() -> bool { return ++depth_ <= kMaxDepth && document_.StartArray(); }
  auto EndObject(Size count) -> bool { return --depth_, document_.EndObject(count); }
  auto EndArray(Size count) -> bool { return --depth_, document_.EndArray(count); }

  // Whether the parser was stopped for its depth.
  [[nodiscard]] auto too_deep() const -> bool { return depth_ > kMaxDepth; }

 private:
  rapidjson::Document& document_;
  std::size_t depth_ = 0;
};

// Why a text is rejected (the rest of a sentence that begins with "The body "), and where; false for a text that is
// accepted.
struct JsonFault {
  std::string reason;
  std::size_t offset = 0;

  explicit operator bool() const { return !reason.empty(); }
};

auto json_fault(const rapidjson::ParseResult& result, bool too_deep) -> JsonFault;

// The minimum memory of a document without an allocator of its own.
inline constexpr std::size_t kDocumentMemory = std::size_t{80} * 1024;

// RapidJSON does not check its allocations. Throws std::bad_alloc in advance, if there is not enough memory for a
// document of `bytes` of text and for `anyway` further bytes.
void require_memory_for_json(std::size_t bytes, std::size_t anyway = kDocumentMemory);

// Parses the whole stream, of `bytes` bytes, into the document, with further flags of RapidJSON. The stream must not
// contain a NUL, which would end it early.
template <unsigned kFlags, class Events = CheckedEvents, class Stream>
auto read_json(Stream& stream, std::size_t bytes, rapidjson::Document& document, std::size_t anyway = kDocumentMemory)
    -> JsonFault {
  // Parses iteratively, so that deep nesting cannot overflow the stack.
  constexpr unsigned kAll = kFlags | rapidjson::kParseIterativeFlag;
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

// Parses the text into `document`. Returns whether it is JSON within the limit of nesting.
auto parse_json(std::string_view text, rapidjson::Document& document) -> bool;

// The value as JSON text, without white space.
auto write_json(const Json& json) -> std::string;

// Appends compact JSON in indented form, with a line for each element and member. All lines except the first are
// indented by at least `depth` levels.
void indent_json(std::string_view compact, int depth, std::string& out);

// The number of values that may still be compared. Clients choose both arguments of contains(), whose work can be the
// product of their sizes.
class Effort {
 public:
  explicit Effort(std::size_t comparisons) : left_(comparisons) {}

  // False when the effort is used up.
  auto spend(std::size_t comparisons) -> bool {
    const bool enough = comparisons <= left_;
    left_ -= enough ? comparisons : left_;
    return enough;
  }

 private:
  std::size_t left_;
};

// Whether `whole` contains `part`: every member of objects, and every element of lists in any order. A null means that
// the member must be absent. Also false when the effort is used up.
auto contains(const Json& whole, const Json& part, Effort& effort) -> bool;

// A text member of an object; empty if it is absent.
auto text_member(const Json& object, const char* name) -> std::string_view;

}  // namespace workmail::api

// The header of a message or of a part of one: where its fields are and where the body begins. Any bytes can be given.
// What a field's value means is for others: header_text.h, header_addresses.h, parameters.h.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workmail::api {

// Views into the message. The value has its folds, without the line end behind it.
struct HeaderField {
  std::string_view name;
  std::string_view value;
};

inline constexpr std::size_t kMaxHeaderFields = 10'000;

struct Headers {
  std::vector<HeaderField> fields;
  // What follows the empty line, or begins with the first line that cannot belong to a header.
  std::string_view body;
  // False when there are more fields than are kept.
  bool complete = true;

  // The value of the first field with the name, in any letter case.
  [[nodiscard]] auto first(std::string_view name) const -> std::optional<std::string_view>;
  // The values of all of them, in order.
  [[nodiscard]] auto all(std::string_view name) const -> std::vector<std::string_view>;
};

// Takes lines that end with LF alone, and a line "From …" in front, as mailbox files have it. The header ends before a
// line that `is_end` is true for, which is asked about each line.
auto read_headers(std::string_view message, const std::function<bool(std::string_view line)>& is_end = nullptr)
    -> Headers;

// The value in one line, without white space around it (RFC 5322, 2.2.3).
auto unfolded(std::string_view value) -> std::string;

// Takes the first line off the text, with its line end, if it has one.
auto take_line(std::string_view& text) -> std::string_view;

// Without spaces, tabs and line breaks around it.
auto trimmed(std::string_view text) -> std::string_view;

}  // namespace workmail::api

// Splits the header of a message or of one of its parts into fields, and finds the start of the body. The input may be
// any bytes. The values are read by header_text.h, header_addresses.h and parameters.h.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workmail::api {

// Views into the message. The value is not unfolded, and has no final line end.
struct HeaderField {
  std::string_view name;
  std::string_view value;
};

inline constexpr std::size_t kMaxHeaderFields = 10'000;

struct Headers {
  std::vector<HeaderField> fields;
  // The text after the empty line, or from the first line that cannot belong to a header.
  std::string_view body;
  // False if there are more fields than are kept.
  bool complete = true;

  // The value of the first field with this name, which is case-insensitive.
  [[nodiscard]] auto first(std::string_view name) const -> std::optional<std::string_view>;
  // The values of all fields with this name, in order.
  [[nodiscard]] auto all(std::string_view name) const -> std::vector<std::string_view>;
};

// Accepts lines that end with LF alone, and a first line "From …", as in mbox files. The header ends before the first
// line for which `is_end` returns true.
auto read_headers(std::string_view message, const std::function<bool(std::string_view line)>& is_end = nullptr)
    -> Headers;

// The unfolded value, without white space around it (RFC 5322, 2.2.3).
auto unfolded(std::string_view value) -> std::string;

// Removes the first line and its line end, if it has one, from the text.
auto take_line(std::string_view& text) -> std::string_view;

// Removes spaces, tabs and line breaks at both ends.
auto trimmed(std::string_view text) -> std::string_view;

}  // namespace workmail::api

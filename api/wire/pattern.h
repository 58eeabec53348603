// A pattern of the service model: a regular expression in Java's dialect that must match a whole value.
// Compiled at its first use, because a run needs few of the model's patterns.
#pragma once

#include <string>
#include <string_view>

namespace workmail::api {

// Of the library: "10.42".
auto pcre2_version() -> std::string;

class Pattern {
 public:
  constexpr explicit Pattern(std::string_view source) : source_(source) {}

  // Whether the whole of `text`, which is valid UTF-8, matches. A match that would take unreasonably long is none.
  [[nodiscard]] auto matches(std::string_view text) const -> bool;

  // As the model writes it, for messages.
  [[nodiscard]] auto source() const -> std::string_view { return source_; }

 private:
  std::string_view source_;
  mutable void* code_ = nullptr;  // a pcre2_code, alive as long as the program
};

}  // namespace workmail::api

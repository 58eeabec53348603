// A pattern of the service model: a regular expression in Java's dialect that must match a whole value.
// Compiled at first use, because a run needs few of the model's patterns.
#pragma once

#include <string>
#include <string_view>

namespace workmail::api {

// The version of the library: "10.42".
auto pcre2_version() -> std::string;

class Pattern {
 public:
  constexpr explicit Pattern(std::string_view source) : source_(source) {}

  // Whether the whole `text`, which is valid UTF-8, matches. False if matching would take too long.
  [[nodiscard]] auto matches(std::string_view text) const -> bool;

  // The pattern as in the model, for messages.
  [[nodiscard]] auto source() const -> std::string_view { return source_; }

 private:
  std::string_view source_;
  mutable void* code_ = nullptr;  // a pcre2_code, never freed
};

}  // namespace workmail::api

// Tokens that header fields share (RFC 5322, 3.2). Each function removes one token from the front of a value. An
// unterminated token ends with the value.
#pragma once

#include <string>
#include <string_view>

namespace workmail::api {

// White space, line breaks and comments, which may be nested. Returns whether there were any.
auto skip_space(std::string_view& text) -> bool;

// A quoted string, with its quotes and escapes.
auto take_quoted(std::string_view& text) -> std::string_view;

// The text before the first of the characters.
auto take_until(std::string_view& text, std::string_view characters) -> std::string_view;

// The content of a quoted string, without quotes, backslashes and folds.
auto unquoted(std::string_view quoted) -> std::string;

}  // namespace workmail::api

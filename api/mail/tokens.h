// Tokens that header fields share (RFC 5322, 3.2): each function takes one off the front of a value. An end that is
// missing is the value's end.
#pragma once

#include <string>
#include <string_view>

namespace workmail::api {

// White space, line breaks and comments, which may be nested. Answers whether there were any.
auto skip_space(std::string_view& text) -> bool;

// A quoted string, as it is written.
auto take_quoted(std::string_view& text) -> std::string_view;

// All up to one of the characters, which stays.
auto take_until(std::string_view& text, std::string_view characters) -> std::string_view;

// What a quoted string means: without its quotes, backslashes and folds.
auto unquoted(std::string_view quoted) -> std::string;

}  // namespace workmail::api

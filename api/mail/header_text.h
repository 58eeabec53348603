// The text of a header field, such as a subject or the name of a file, in UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace workmail::api {

// The value unfolded, with its encoded words decoded (RFC 2047): adjacent ones are one text, so that a character may be
// spread over two. A word that is malformed or in an unknown charset stays as it is. Bytes beyond ASCII, which are not
// allowed, are UTF-8 when the value is, else Latin-1. The result is at most three times as long as the value.
auto decoded_header_text(std::string_view value) -> std::string;

}  // namespace workmail::api

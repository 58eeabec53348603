// The text of a header field, such as a subject or the name of a file, in UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace workmail::api {

// The unfolded value, with its encoded words decoded (RFC 2047). Adjacent encoded words are joined before decoding,
// because a character may be split between them. A word that is malformed or in an unknown charset is kept unchanged.
// Bytes outside ASCII, which are not allowed, are read as UTF-8 if the value is valid UTF-8, else as Latin-1. The
// result is at most three times as long as the value.
auto decoded_header_text(std::string_view value) -> std::string;

}  // namespace workmail::api

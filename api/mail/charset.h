// The charsets of mail headers, as UTF-8. Which charset a text has is for others to find out.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace workmail::api {

enum class Charset { Utf8, UsAscii, Iso8859Part1, Iso8859Part15, Windows1252 };

// By its name in a message, in any letter case; nothing for another charset.
auto find_charset(std::string_view name) -> std::optional<Charset>;

// Valid UTF-8, with U+FFFD for each byte that means nothing in the charset.
auto to_utf8(std::string_view bytes, Charset charset) -> std::string;

// Bytes of which no charset is known: UTF-8 when they are, else Latin-1.
auto to_utf8(std::string_view bytes) -> std::string;

}  // namespace workmail::api

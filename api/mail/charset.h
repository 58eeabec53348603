// Converts the charsets of mail headers to UTF-8. Callers determine the charset of a text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace workmail::api {

enum class Charset { Utf8, UsAscii, Iso8859Part1, Iso8859Part15, Windows1252 };

// Finds a charset by its name, which is case-insensitive; nothing if it is unknown.
auto find_charset(std::string_view name) -> std::optional<Charset>;

// Returns valid UTF-8, with U+FFFD for each byte that is invalid in the charset.
auto to_utf8(std::string_view bytes, Charset charset) -> std::string;

// Bytes without a known charset: as UTF-8 if they are valid UTF-8, else as Latin-1.
auto to_utf8(std::string_view bytes) -> std::string;

}  // namespace workmail::api

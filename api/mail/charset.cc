#include "api/mail/charset.h"

#include <array>
#include <utility>

#include "store/ascii.h"
#include "store/utf8.h"

namespace workmail::api {

namespace {

constexpr char16_t kReplacement = 0xFFFD;

// The characters 0x80 to 0x9F of windows-1252.
constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20AC,       kReplacement, 0x201A, 0x0192, 0x201E, 0x2026,       0x2020, 0x2021,
    0x02C6,       0x2030,       0x0160, 0x2039, 0x0152, kReplacement, 0x017D, kReplacement,
    kReplacement, 0x2018,       0x2019, 0x201C, 0x201D, 0x2022,       0x2013, 0x2014,
    0x02DC,       0x2122,       0x0161, 0x203A, 0x0153, kReplacement, 0x017E, 0x0178};

// The characters in which ISO 8859-15 differs from ISO 8859-1.
constexpr std::array<std::pair<char16_t, char16_t>, 8> kIso8859Part15 = {{{0xA4, 0x20AC},
                                                                          {0xA6, 0x0160},
                                                                          {0xA8, 0x0161},
                                                                          {0xB4, 0x017D},
                                                                          {0xB8, 0x017E},
                                                                          {0xBC, 0x0152},
                                                                          {0xBD, 0x0153},
                                                                          {0xBE, 0x0178}}};

void append(std::string& text, char16_t code_point) {
  const auto add = [&](unsigned byte) { text += static_cast<char>(byte); };
  if (code_point < 0x80) {
    add(code_point);
  } else if (code_point < 0x800) {
    add(0xC0U | code_point >> 6U);
    add(0x80U | (code_point & 0x3FU));
  } else {
    add(0xE0U | code_point >> 12U);
    add(0x80U | (code_point >> 6U & 0x3FU));
    add(0x80U | (code_point & 0x3FU));
  }
}

// Decodes a single-byte charset.
auto meaning(unsigned char byte, Charset charset) -> char16_t {
  if (byte < 0x80) return byte;
  if (charset == Charset::UsAscii) return kReplacement;
  if (charset == Charset::Windows1252 && byte < 0xA0) return kWindows1252.at(byte - 0x80U);
  if (charset == Charset::Iso8859Part15) {
    for (const auto& [code, code_point] : kIso8859Part15) {
      if (code == byte) return code_point;
    }
  }
  return byte;
}

auto valid_utf8(std::string_view bytes) -> std::string {
  std::string text;
  while (!bytes.empty()) {
    const auto length = store::utf8_length(bytes);
    if (length == 0) append(text, kReplacement);
    text += bytes.substr(0, length);
    bytes.remove_prefix(length == 0 ? 1 : length);
  }
  return text;
}

}  // namespace

auto find_charset(std::string_view name) -> std::optional<Charset> {
  static constexpr std::array<std::pair<std::string_view, Charset>, 11> kNames = {
      {{"utf-8", Charset::Utf8},
       {"utf8", Charset::Utf8},
       {"us-ascii", Charset::UsAscii},
       {"ascii", Charset::UsAscii},
       {"iso-8859-1", Charset::Iso8859Part1},
       {"iso8859-1", Charset::Iso8859Part1},
       {"latin1", Charset::Iso8859Part1},
       {"iso-8859-15", Charset::Iso8859Part15},
       {"iso8859-15", Charset::Iso8859Part15},
       {"windows-1252", Charset::Windows1252},
       {"cp1252", Charset::Windows1252}}};
  for (const auto& [known, charset] : kNames) {
    if (store::equals_ignoring_case(known, name)) return charset;
  }
  return std::nullopt;
}

auto to_utf8(std::string_view bytes, Charset charset) -> std::string {
  if (charset == Charset::Utf8) return valid_utf8(bytes);
  std::string text;
  for (const char c : bytes) append(text, meaning(static_cast<unsigned char>(c), charset));
  return text;
}

auto to_utf8(std::string_view bytes) -> std::string {
  return store::is_utf8(bytes) ? std::string(bytes) : to_utf8(bytes, Charset::Iso8859Part1);
}

}  // namespace workmail::api

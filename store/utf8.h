// Validates UTF-8 and counts and cuts by code points.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace workmail::store {

// The number of bytes of ASCII that the text begins with, in whole groups of eight. Most texts are all ASCII.
inline auto ascii_groups(std::string_view text) -> std::size_t {
  constexpr std::uint64_t kHighestBits = 0x8080808080808080;
  std::uint64_t group = 0;
  std::size_t size = 0;
  for (; text.size() - size >= sizeof group; size += sizeof group) {
    std::memcpy(&group, text.data() + size, sizeof group);
    if ((group & kHighestBits) != 0) break;
  }
  return size;
}

inline auto is_ascii(std::string_view text) -> bool {
  text.remove_prefix(ascii_groups(text));
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// The number of bytes of the first character; 0 if the text is empty or does not begin with a valid character.
inline auto utf8_length(std::string_view text) -> std::size_t {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  if (text.empty()) return 0;
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
  // The range of the second byte excludes overlong sequences, surrogates, and values above U+10FFFF.
  const unsigned least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
  const unsigned most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  if (byte(1) < least || byte(1) > most) return 0;
  for (std::size_t at = 2; at < length; ++at) {
    if ((byte(at) & 0xC0U) != 0x80) return 0;
  }
  return length;
}

inline auto is_utf8(std::string_view text) -> bool {
  text.remove_prefix(ascii_groups(text));
  while (!text.empty()) {
    const auto length = utf8_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

// The number of code points of a text in UTF-8.
inline auto code_points(std::string_view text) -> std::size_t {
  std::size_t count = ascii_groups(text);
  for (const char c : text.substr(count)) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1U : 0U;
  return count;
}

// At most `size` bytes of a text in UTF-8, cut between code points.
inline auto beginning(std::string_view text, std::size_t size) -> std::string_view {
  if (text.size() <= size) return text;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
  return text.substr(0, size);
}

}  // namespace workmail::store

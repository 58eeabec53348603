// Case-insensitive comparison of names and addresses: ASCII and the letters of Latin-1, the only letters that their
// patterns allow.
#pragma once

#include <string>
#include <string_view>

namespace workmail::store {

// The text in lower case. `text` is UTF-8.
inline auto fold(std::string_view text) -> std::string {
  std::string key(text);
  for (std::size_t i = 0; i < key.size(); ++i) {
    const auto c = static_cast<unsigned char>(key[i]);
    if (c >= 'A' && c <= 'Z') key[i] = static_cast<char>(c + 0x20);
    // À (C3 80) to Þ (C3 9E) without × (C3 97).
    const bool second_of_pair = i > 0 && static_cast<unsigned char>(key[i - 1]) == 0xC3;
    if (second_of_pair && c >= 0x80 && c <= 0x9E && c != 0x97) key[i] = static_cast<char>(c + 0x20);
  }
  return key;
}

// An upper bound of all texts with this prefix: the prefix and U+10FFFF, the greatest code point.
inline auto after_prefix(std::string_view prefix) -> std::string {
  return std::string(prefix) + "\xF4\x8F\xBF\xBF";
}

}  // namespace workmail::store

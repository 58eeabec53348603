// Texts of protocols, whose letter case does not matter: ASCII only.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace workmail::server {

constexpr auto to_lower(char c) -> char {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

inline auto lower_case(std::string_view text) -> std::string {
  std::string lower(text);
  for (char& c : lower) c = to_lower(c);
  return lower;
}

inline auto equals_ignoring_case(std::string_view one, std::string_view other) -> bool {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](char a, char b) { return to_lower(a) == to_lower(b); });
}

}  // namespace workmail::server

// Comparison and lower case that affect only ASCII letters, for names of protocols.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace workmail::store {

constexpr auto is_small_letter_or_digit(char c) -> bool {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

constexpr auto to_lower(char c) -> char {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr auto to_upper(char c) -> char {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

inline auto lower_case(std::string_view text) -> std::string {
  std::string lower(text);
  for (char& c : lower) c = to_lower(c);
  return lower;
}

inline auto upper_case(std::string_view text) -> std::string {
  std::string upper(text);
  for (char& c : upper) c = to_upper(c);
  return upper;
}

inline auto equals_ignoring_case(std::string_view one, std::string_view other) -> bool {
  // Most are the same, to the letter.
  return one == other || std::equal(one.begin(), one.end(), other.begin(), other.end(),
                                    [](char a, char b) { return to_lower(a) == to_lower(b); });
}

// -1 if the character is not a hexadecimal digit.
constexpr auto hexadecimal_digit(char c) -> int {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = to_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace workmail::store

// Texts as long, and JSON as deep, as a test needs them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace workmail {

inline auto repeated(std::string_view text, std::size_t times) -> std::string {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

inline auto nested_lists(std::size_t depth) -> std::string {
  return repeated("[", depth) + repeated("]", depth);
}

}  // namespace workmail

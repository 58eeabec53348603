// Functions on text that several files need.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace workmail::store {

// Concatenates the words, with the separator between them.
inline auto joined(const std::vector<std::string>& words, std::string_view separator) -> std::string {
  std::string text;
  for (const auto& word : words) {
    if (&word != &words.front()) text += separator;
    text += word;
  }
  return text;
}

}  // namespace workmail::store

// A list of words in one column: one a line, NULL for none. Only for words without line breaks, which the patterns of
// the service model guarantee for every list kept this way.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workmail::store {

using Lines = std::vector<std::string>;

inline auto join(const Lines& lines) -> std::optional<std::string> {
  if (lines.empty()) return std::nullopt;
  std::string text = lines.front();
  for (std::size_t i = 1; i < lines.size(); ++i) text += '\n' + lines[i];
  return text;
}

inline auto split(const std::optional<std::string>& text) -> Lines {
  Lines lines;
  if (!text) return lines;
  std::string_view rest = *text;
  for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
    lines.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end + 1);
  }
  lines.emplace_back(rest);
  return lines;
}

}  // namespace workmail::store

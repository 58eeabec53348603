// A list of words in one column: one word on each line, NULL for no list. The words must not contain line breaks; for
// all lists that are stored like this, the patterns of the service model guarantee it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workmail::store {

using StringList = std::vector<std::string>;

inline auto join(const StringList& list) -> std::optional<std::string> {
  if (list.empty()) return std::nullopt;
  std::string text = list.front();
  for (std::size_t i = 1; i < list.size(); ++i) text += '\n' + list[i];
  return text;
}

inline auto split(const std::optional<std::string>& text) -> StringList {
  StringList list;
  if (!text) return list;
  std::string_view rest = *text;
  for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
    list.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end + 1);
  }
  list.emplace_back(rest);
  return list;
}

}  // namespace workmail::store

#include "api/mail/tokens.h"

#include <algorithm>

namespace workmail::api {

namespace {

// The length of the comment at the beginning of the text.
auto comment_length(std::string_view text) -> std::size_t {
  std::size_t depth = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '(') {
      ++depth;
    } else if (text[at] == ')' && --depth == 0) {
      return at + 1;
    }
  }
  return text.size();
}

}  // namespace

auto skip_space(std::string_view& text) -> bool {
  const auto before = text.size();
  while (!text.empty()) {
    if (text.front() == '(') {
      text.remove_prefix(comment_length(text));
    } else if (std::string_view(" \t\r\n").find(text.front()) != std::string_view::npos) {
      text.remove_prefix(1);
    } else {
      break;
    }
  }
  return text.size() != before;
}

auto take_quoted(std::string_view& text) -> std::string_view {
  std::size_t end = 1;
  while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
  const auto quoted = text.substr(0, end + 1);
  text.remove_prefix(quoted.size());
  return quoted;
}

auto take_until(std::string_view& text, std::string_view characters) -> std::string_view {
  const auto taken = text.substr(0, text.find_first_of(characters));
  text.remove_prefix(taken.size());
  return taken;
}

auto unquoted(std::string_view quoted) -> std::string {
  std::string text;
  for (std::size_t at = 1; at < quoted.size() && quoted[at] != '"'; ++at) {
    if (quoted[at] == '\\' && at + 1 < quoted.size()) ++at;
    if (quoted[at] != '\r' && quoted[at] != '\n') text += quoted[at];
  }
  return text;
}

}  // namespace workmail::api

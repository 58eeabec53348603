#include "server/http/request.h"

namespace workmail::server {

auto split_target(std::string_view text) -> Target {
  constexpr std::string_view kScheme = "http://";
  if (text.starts_with(kScheme)) {
    const auto slash = text.find('/', kScheme.size());
    text = slash == std::string_view::npos ? "/" : text.substr(slash);
  }
  const auto mark = text.find('?');
  if (mark == std::string_view::npos) return {text, {}};
  return {text.substr(0, mark), text.substr(mark + 1)};
}

}  // namespace workmail::server

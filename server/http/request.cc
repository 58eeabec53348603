#include "server/http/request.h"

#include "server/process/text.h"

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

auto compression_of(const Request& request) -> std::string_view {
  const auto coding = request.field("Content-Encoding");
  if (!coding.empty() && !equals_ignoring_case(coding, "identity")) return coding;
  return request.body.starts_with("\x1F\x8B") ? "gzip" : "";
}

}  // namespace workmail::server

#include "api/mail/lambda_arn.h"

#include <algorithm>
#include <array>

#include "api/wire/pattern.h"
#include "store/utf8.h"

namespace workmail::api {

namespace {

// AWS: its shape LambdaArn, whose least length of 49 only leaves out functions with a name of one letter: assumed not
// to be meant.
constexpr std::size_t kMaxLength = 256;
const Pattern kLambdaArn(
    R"(arn:aws:lambda:[a-z]{2}-[a-z]+-\d{1}:\d{12}:function:[a-zA-Z0-9\-_\.]+(:(\$LATEST|[a-zA-Z0-9\-_]+))?)");

}  // namespace

auto read_lambda_arn(std::string_view arn) -> std::optional<LambdaFunction> {
  if (arn.size() > kMaxLength || !store::is_utf8(arn) || !kLambdaArn.matches(arn)) return std::nullopt;
  std::array<std::string_view, 8> parts{};
  for (auto& part : parts) {
    const auto end = std::min(arn.find(':'), arn.size());
    part = arn.substr(0, end);
    arn.remove_prefix(std::min(end + 1, arn.size()));
  }
  return LambdaFunction{.region = parts[3], .account = parts[4], .name = parts[6], .qualifier = parts[7]};
}

}  // namespace workmail::api

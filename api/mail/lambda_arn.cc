#include "api/mail/lambda_arn.h"

#include <algorithm>
#include <array>

#include "generated/workmail/shapes.h"
#include "store/utf8.h"

namespace workmail::api {

auto read_lambda_arn(std::string_view arn) -> std::optional<LambdaFunction> {
  // AWS: its shape of an ARN in a custom availability provider is assumed, but for its least length of 49, which only
  // leaves out functions with a name of one letter (Q-function-arn).
  if (arn.size() > kLambdaArn.max || !store::is_utf8(arn) || !kLambdaArn.pattern->matches(arn)) return std::nullopt;
  std::array<std::string_view, 8> parts{};
  for (auto& part : parts) {
    const auto end = std::min(arn.find(':'), arn.size());
    part = arn.substr(0, end);
    arn.remove_prefix(std::min(end + 1, arn.size()));
  }
  return LambdaFunction{.region = parts[3], .account = parts[4], .name = parts[6], .qualifier = parts[7]};
}

}  // namespace workmail::api

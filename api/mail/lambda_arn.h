// Parses the Amazon Resource Name of a Lambda function in a rule. Does not know whether the function exists.
#pragma once

#include <optional>
#include <string_view>

namespace workmail::api {

// Views into the text that was parsed.
struct LambdaFunction {
  // AWS: those of the organization, because rules cannot reference other functions. The caller compares them.
  std::string_view region;
  std::string_view account;
  std::string_view name;
  std::string_view qualifier;  // a version or an alias; empty if there is none
};

auto read_lambda_arn(std::string_view arn) -> std::optional<LambdaFunction>;

}  // namespace workmail::api

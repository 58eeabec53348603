// The Amazon Resource Name of a Lambda function, as rules name one. Whether the function exists is not known here.
#pragma once

#include <optional>
#include <string_view>

namespace workmail::api {

// Parts of the text that it was read from.
struct LambdaFunction {
  // AWS: those of the organization; rules reference no other functions. Compare them where the organization is known.
  std::string_view region;
  std::string_view account;
  std::string_view name;
  std::string_view qualifier;  // a version or an alias; empty when there is none
};

auto read_lambda_arn(std::string_view arn) -> std::optional<LambdaFunction>;

}  // namespace workmail::api

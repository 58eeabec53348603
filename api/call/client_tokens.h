// Idempotency by ClientToken: a call that repeats a token with the same parameters gets the first response; with other
// parameters, it gets an InvalidParameterException. Tokens are scoped to account, region and operation, and expire
// after 24 hours.
// AWS: SDKs fill the token in automatically and repeat it on every retry. The rest is assumed (Q-client-token,
// Q-client-token-failure, Q-client-token-time).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "generated/workmail/codec.h"

namespace workmail::api {

class Context;

// The first response to this token, if there is one.
auto answer_to_client_token(Context& context, std::string_view operation, std::string_view token,
                            std::string_view parameters) -> std::optional<std::string>;

void remember_client_token(Context& context, std::string_view operation, std::string_view token,
                           std::string_view parameters, std::string_view answer);

// Calls `run`, which appends its response to `out`, unless there is already a response to the input's token.
template <class Input, class Run>
void once_per_client_token(Context& context, std::string_view operation, const Input& input, std::string& out,
                           Run run) {
  const std::optional<std::string> token = input.client_token;
  if (!token) return run();
  Input rest = input;
  rest.client_token = {};
  std::string parameters;
  Encoder encoder(parameters, true);
  encode(encoder, rest);
  if (const auto answer = answer_to_client_token(context, operation, *token, parameters)) {
    out += *answer;
    return;
  }
  const auto start = out.size();
  run();
  remember_client_token(context, operation, *token, parameters, std::string_view(out).substr(start));
}

}  // namespace workmail::api

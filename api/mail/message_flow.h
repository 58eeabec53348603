// Processes a message by the email flow rules of its organization, step by step: finds the rule of each recipient,
// returns the functions that must be invoked, and applies their responses. The server invokes the functions, because
// that takes time.
// AWS: administrator guide, "Managing email flows" and "Configuring AWS Lambda for Amazon WorkMail".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/call/context.h"
#include "store/email_flow_rules.h"
#include "store/messages.h"

namespace workmail::api {

// A function that must be invoked for the recipients of a message that have the same rule.
struct FunctionCall {
  store::EmailFlowRule rule;
  std::vector<std::string> recipients;
  std::string invocation_id;  // the same for all attempts
  int attempt = 1;
  std::string event;  // JSON
};

struct FunctionResult {
  Time started_at{};
  double milliseconds = 0;
  std::optional<int> status;
  std::string response;
  std::string failure;    // why there is no usable response; empty for a success
  bool can_retry = true;  // a retry could succeed
};

// Processes the message until it needs functions, and returns those that must be invoked now. If there are none, the
// message has arrived or waits for a retry.
auto advance_message(Context& context, store::MessageNumber number) -> std::vector<FunctionCall>;

// Stores the result of an invocation. For a synchronous one, applies the response or the rule's fallback action, or
// schedules a retry. No effect if the message was removed.
void finish_invocation(Context& context, store::MessageNumber number, const FunctionCall& call,
                       const FunctionResult& result);

// Processes the whole message without invoking functions, for the reason `why`: each rule applies its fallback action
// at once.
void advance_without_functions(Context& context, store::MessageNumber number, const std::string& why);

}  // namespace workmail::api

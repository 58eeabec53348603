// A message on its way through the email flow rules of its organization, step by step: which rule each recipient has,
// which functions are to be invoked, and what becomes of the message when they have answered. Invoking them is left to
// the server, because it takes time.
// AWS: administrator guide, "Managing email flows" and "Configuring AWS Lambda for Amazon WorkMail".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/call/context.h"
#include "store/email_flow_rules.h"
#include "store/messages.h"

namespace workmail::api {

// A function that is to be invoked for recipients of a message, which all have the same rule.
struct FunctionCall {
  store::EmailFlowRule rule;
  std::vector<std::string> recipients;
  std::string invocation_id;  // the same at each attempt
  int attempt = 1;
  std::string event;  // JSON
};

struct FunctionResult {
  Time started_at{};
  double milliseconds = 0;
  std::optional<int> status;
  std::string response;
  std::string failure;    // why the response is not to be used; empty for a success
  bool can_retry = true;  // another attempt could succeed
};

// Takes the message as far as it gets without invoking functions. Answers those that are to be invoked now; when there
// are none, the message has arrived, or waits for its functions to be invoked again.
auto advance_message(Context& context, store::MessageNumber number) -> std::vector<FunctionCall>;

// Notes the invocation, and applies the answer of a synchronous one, or the fallback action of its rule, or lets it be
// invoked again later. No effect on a message that is gone.
void finish_invocation(Context& context, store::MessageNumber number, const FunctionCall& call,
                       const FunctionResult& result);

// Takes the message all the way although no function can be invoked, because `why`: each rule falls back at once.
void advance_without_functions(Context& context, store::MessageNumber number, const std::string& why);

}  // namespace workmail::api

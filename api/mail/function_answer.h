// Reads the response of a function that was invoked synchronously, and decides the action for each recipient of the
// message. Does not invoke or retry functions, and does not apply the actions.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/email_flow_rules.h"

namespace workmail::api {

// AWS: administrator guide, "Synchronous Run Lambda action limits".
inline constexpr std::size_t kMaxAnswerSize = std::size_t{256} * 1024;
inline constexpr std::size_t kMaxAnswerActions = 10;
inline constexpr std::size_t kMaxOutboundRecipients = 500;

struct FunctionInvocation {
  store::FlowDirection direction = store::FlowDirection::Inbound;
  std::vector<std::string> recipients;  // all recipients, including those that did not fit into the event
  store::FlowAction fallback = store::FlowAction::Default;
};

struct RecipientAction {
  std::string address;
  store::FlowAction action = store::FlowAction::Default;
  // The message of a BOUNCE action, if the function gives one; else nullptr. Shared, because a message can be long and
  // be used for thousands of recipients.
  std::shared_ptr<const std::string> bounce_message;
  bool is_fallback = false;  // the response has no action for this recipient
  bool is_new = false;       // added by the function as BCC
};

struct AppliedAnswer {
  std::string failure;                      // why the invocation failed; empty if it succeeded
  std::vector<RecipientAction> recipients;  // those of the invocation in their order, then new ones
};

// `is_of_organization` returns whether the organization has the address or its domain; called for new recipients.
auto apply_answer(std::string_view json, const FunctionInvocation& invocation,
                  const std::function<bool(std::string_view)>& is_of_organization) -> AppliedAnswer;

}  // namespace workmail::api

// What the answer of a function that is invoked synchronously does to the recipients of a message. Invoking and
// retrying it, and doing what is decided here, are left to others.
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
  std::vector<std::string> recipients;  // all, also those that the event has no room for
  store::FlowAction fallback = store::FlowAction::Default;
};

struct RecipientAction {
  std::string address;
  store::FlowAction action = store::FlowAction::Default;
  // Of BOUNCE, where the function gives one; else nullptr. Shared, because one message can be long, and for thousands.
  std::shared_ptr<const std::string> bounce_message;
  bool is_fallback = false;  // because the answer has no action for this recipient
  bool is_new = false;       // added by the function, as BCC
};

struct AppliedAnswer {
  std::string failure;                      // why the invocation has failed; empty when it has not
  std::vector<RecipientAction> recipients;  // those of the invocation in their order, then the new ones
};

// `is_of_organization` answers whether the organization has the address, or its domain; asked for new recipients.
auto apply_answer(std::string_view json, const FunctionInvocation& invocation,
                  const std::function<bool(std::string_view)>& is_of_organization) -> AppliedAnswer;

}  // namespace workmail::api

// Email flow rules: which of them a message matches.
#pragma once

#include <string_view>
#include <vector>

#include "store/email_flow_rules.h"

namespace workmail::api {

// What rules look at: addresses without display names. Empty where the message has no such header.
struct MessageSenders {
  std::string_view sender_header;
  std::string_view from;
};

// The rule that applies to a recipient; nullptr when none matches.
auto find_rule(const std::vector<store::EmailFlowRule>& rules, store::FlowDirection direction,
               const MessageSenders& senders, std::string_view recipient) -> const store::EmailFlowRule*;

}  // namespace workmail::api

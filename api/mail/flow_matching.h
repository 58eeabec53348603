// Finds the email flow rule that applies to a message.
#pragma once

#include <string_view>
#include <vector>

#include "store/email_flow_rules.h"

namespace workmail::api {

// The addresses that rules match, without display names. Empty if the message does not have the header.
struct MessageSenders {
  std::string_view sender_header;
  std::string_view from;
};

// The rule that applies to a recipient; nullptr if none matches.
auto find_rule(const std::vector<store::EmailFlowRule>& rules, store::FlowDirection direction,
               const MessageSenders& senders, std::string_view recipient) -> const store::EmailFlowRule*;

}  // namespace workmail::api

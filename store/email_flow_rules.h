// The email flow rules of an organization. Which of them are valid, and which one a message matches, is not known
// here but in api/mail/.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "store/words.h"

namespace workmail::store {

enum class FlowDirection { Inbound, Outbound };
template <>
inline constexpr std::array<std::string_view, 2> kWords<FlowDirection>{"INBOUND", "OUTBOUND"};

// The most restrictive first.
enum class FlowAction { Drop, Bounce, MoveToJunk, Default, BypassSpamCheck, RouteToSmtpGateway, RunLambda };
template <>
inline constexpr std::array<std::string_view, 7> kWords<FlowAction>{
    "DROP", "BOUNCE", "MOVE_TO_JUNK", "DEFAULT", "BYPASS_SPAM_CHECK", "ROUTE_TO_SMTP_GATEWAY", "RUN_LAMBDA"};

struct EmailFlowRule {
  std::string name;
  FlowDirection direction = FlowDirection::Inbound;
  std::vector<std::string> sender_patterns;
  std::vector<std::string> destination_patterns;
  FlowAction action = FlowAction::Default;
  std::string lambda_arn;  // RUN_LAMBDA only, as the next three
  bool synchronous = false;
  FlowAction fallback = FlowAction::Default;
  int rule_timeout_minutes = 0;
};

}  // namespace workmail::store

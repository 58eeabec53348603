// Which actions AWS allows where. Does not know what they do to a message.
#pragma once

#include "store/email_flow_rules.h"

namespace workmail::api {

// AWS: the actions of a rule in each direction (administrator guide, "Managing email flows").
constexpr auto is_action_of_rule(store::FlowDirection direction, store::FlowAction action) -> bool {
  switch (action) {
    case store::FlowAction::MoveToJunk:
    case store::FlowAction::BypassSpamCheck:
      return direction == store::FlowDirection::Inbound;
    case store::FlowAction::RouteToSmtpGateway:
      return direction == store::FlowDirection::Outbound;
    default:
      return true;
  }
}

// AWS: the fallback action is not another function (administrator guide, "Configuring AWS Lambda for Amazon WorkMail");
// that it is else any action of a rule in that direction is assumed (Q-flow-fallback).
constexpr auto is_fallback_action(store::FlowDirection direction, store::FlowAction action) -> bool {
  return is_action_of_rule(direction, action) && action != store::FlowAction::RunLambda;
}

// AWS: the actions in a function's response; a separate list in the guide, without the SMTP gateway.
constexpr auto is_action_of_answer(store::FlowDirection direction, store::FlowAction action) -> bool {
  return is_fallback_action(direction, action) && action != store::FlowAction::RouteToSmtpGateway;
}

// AWS: with rules of the same specificity the most restrictive action applies, in the order of the guide's lists. The
// list for outbound rules begins with DEFAULT, which restricts nothing; assumed is the order of the inbound list, with
// ROUTE_TO_SMTP_GATEWAY before RUN_LAMBDA (Q-flow-restrictive).
constexpr auto is_more_restrictive(store::FlowAction action, store::FlowAction than) -> bool {
  return action < than;
}

}  // namespace workmail::api

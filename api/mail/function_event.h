// The event for a Lambda function of an email flow rule. The server invokes the function.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "store/email_flow_rules.h"

namespace workmail::api {

// AWS: administrator guide, "Configuring AWS Lambda for Amazon WorkMail".
inline constexpr std::size_t kMaxEventSize = std::size_t{128} * 1024;
// AWS: in characters, which are assumed to be code points (Q-event-subject-length).
inline constexpr std::size_t kMaxEventSubject = 256;

struct FunctionEvent {
  // The caller limits the two addresses, which are not truncated.
  std::string mail_from;
  std::string sender;                   // the user who sent the message on behalf of another; else empty
  std::vector<std::string> recipients;  // inbound, only the organization's
  std::string subject;                  // decoded, of any length
  std::string message_id;
  std::string invocation_id;
  store::FlowDirection direction = store::FlowDirection::Inbound;
};

// The event as JSON, with as many recipients as fit, in their order.
auto event_json(const FunctionEvent& event) -> std::string;

}  // namespace workmail::api

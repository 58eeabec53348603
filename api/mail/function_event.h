// The event that a Lambda function of an email flow rule is invoked with. Invoking it is left to the server.
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
  // The caller bounds the two addresses: they are not cut.
  std::string mail_from;
  std::string sender;                   // who sent the message on behalf of another user; else empty
  std::vector<std::string> recipients;  // inbound, only the organization's
  std::string subject;                  // decoded, of any length
  std::string message_id;
  std::string invocation_id;
  store::FlowDirection direction = store::FlowDirection::Inbound;
};

// As JSON. As many recipients as fit are in it, in their order.
auto event_json(const FunctionEvent& event) -> std::string;

}  // namespace workmail::api

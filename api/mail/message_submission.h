// Submission of a message: reads and checks it, and stores it with its recipients. message_flow.h processes it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/call/context.h"
#include "api/mail/headers.h"
#include "store/messages.h"

namespace workmail::api {

// The envelope is optional; the default is taken from the message's header.
struct Submission {
  std::string_view content;
  std::optional<std::string> mail_from;
  std::vector<std::string> recipients;
  bool spam = false;
  bool redirected = false;
};

// Stores the message. If necessary, removes the oldest messages of the account that has the most. Throws
// InvalidParameterException for a message without a sender or recipients, or that is too large.
auto submit_message(Context& context, const store::OrganizationHead& organization, const Submission& submission)
    -> store::MessageNumber;

// Copies the header fields that are stored beside the content into the message.
void take_header(const Headers& headers, store::Message& message);

// Throws InvalidParameterException.
void check_message_size(std::size_t bytes);

// Removes the oldest messages of the account that has the most, except `keep`, until `bytes` more fit into the limits.
void make_room_for_message(store::Store& store, std::int64_t bytes, std::optional<store::MessageNumber> keep);

}  // namespace workmail::api

// A message that is handed in: read, checked and stored with its recipients. What becomes of it is for message_flow.h.
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

// The envelope is optional: without one, it is that of the message's own header.
struct Submission {
  std::string_view content;
  std::optional<std::string> mail_from;
  std::vector<std::string> recipients;
  bool spam = false;
  bool redirected = false;
};

// Stores the message, for which the oldest make room. Throws InvalidParameterException for a message without a sender
// or recipients, or too large.
auto submit_message(Context& context, const store::OrganizationHead& organization, const Submission& submission)
    -> store::MessageNumber;

// Takes what of the header is kept beside the content into the message.
void take_header(const Headers& headers, store::Message& message);

// Throws InvalidParameterException.
void check_message_size(std::size_t bytes);

// Removes the oldest messages, but this one, until so many more bytes are within the limits.
void make_room_for_message(store::Store& store, std::int64_t bytes, std::optional<store::MessageNumber> keep);

}  // namespace workmail::api

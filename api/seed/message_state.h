// Writes a stored message as an element of the state document, for StateWriter, which writes messages one by one.
#pragma once

#include <string>

#include "api/call/context.h"
#include "store/messages.h"

namespace workmail::api {

// Appends the message with its indentation in the document.
void append_message(const Context& context, const store::Message& message, std::string& text);

}  // namespace workmail::api

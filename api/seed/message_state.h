// A stored message as an element of the state document. Part of StateWriter, which writes messages one by one.
#pragma once

#include <string>

#include "api/call/context.h"
#include "store/messages.h"

namespace workmail::api {

// Appends it with the indentation that it has in the document.
void append_message(const Context& context, const store::Message& message, std::string& text);

}  // namespace workmail::api

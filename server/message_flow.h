// Calls of the Message Flow API, as REST JSON has them: the operation is the method, and the message is in the path.
// What they do is for api/handlers/message_flow.cc.
#pragma once

#include <string>
#include <string_view>

#include "server/http/request.h"

namespace workmail::server {

// Whether the request is one of the API: it has the path of a message, /messages/{messageId}, a method of an operation,
// and no signature for another service, in which "messages" may be a bucket.
auto is_message_call(const Request& request) -> bool;

// The operation that the method names; empty for any other method.
auto message_operation(const Request& request) -> std::string_view;

// The input of the call as JSON: the body with the id from the path. A body that is no object stays as it is.
auto message_input(const Request& request) -> std::string;

}  // namespace workmail::server

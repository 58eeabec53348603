// Reads calls of the Message Flow API, which use REST JSON: the method determines the operation, and the path has the
// message. api/handlers/message_flow.cc handles them.
#pragma once

#include <string>
#include <string_view>

#include "server/http/request.h"

namespace workmail::server {

// Whether the request is a call of the API: it has the path of a message, /messages/{messageId}, and the method of an
// operation. It has no signature for another service, for which "messages" may be a bucket.
auto is_message_call(const Request& request) -> bool;

// The operation of the method; empty for any other method.
auto message_operation(const Request& request) -> std::string_view;

// The input of the call as JSON: the body with the id from the path. A body that is not an object is unchanged.
auto message_input(const Request& request) -> std::string;

}  // namespace workmail::server

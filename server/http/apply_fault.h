// Applies a fault to the response of a call and to its connection. server/emulator/faults decides which rule a call
// triggers.
#pragma once

#include <string_view>

#include "server/emulator/faults.h"
#include "server/http/api_error.h"
#include "server/http/connections.h"
#include "server/http/limits.h"
#include "server/http/reply.h"
#include "server/http/request_id.h"
#include "server/process/asio.h"

namespace workmail::server {

// Delays the call. Continues early if the client disconnects or the server stops. Returns whether the client has
// disconnected.
auto apply_delay(Duration delay, Connection& connection, const Limits& limits) -> Task<bool>;

// Replaces the response of a call by the error of the rule, or by nothing if the rule breaks the connection.
inline void apply_error(const Fault& fault, std::string_view request_id, Reply& reply) {
  reply.clear();
  add_request_id(reply, request_id);
  if (fault.error) write_api_error(*fault.error, reply);
}

// Breaks the connection instead of sending a response.
auto break_connection(FaultRule::Connection how, Connection& connection) -> Task<void>;

}  // namespace workmail::server

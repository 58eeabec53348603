// Where a fault is applied: what a fault rule does to the answer of a call and to its connection. Which rule a call
// triggers is decided in server/emulator/faults.
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

// Delays the call. Ends early when the client leaves or the server stops: then the call continues at once. Returns
// whether the client has left.
auto apply_delay(Duration delay, Connection& connection, const Limits& limits) -> Task<bool>;

// Replaces the answer of a call: by the error of the rule, or by nothing, where the rule breaks the connection.
inline void apply_error(const Fault& fault, std::string_view request_id, Reply& reply) {
  reply.clear();
  add_request_id(reply, request_id);
  if (fault.error) write_api_error(*fault.error, reply);
}

// Instead of sending an answer.
auto break_connection(FaultRule::Connection how, Connection& connection) -> Task<void>;

}  // namespace workmail::server

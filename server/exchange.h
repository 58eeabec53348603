// A request, from its arrival until it is logged and journaled.
//
// Who owns what, and for how long:
// - HttpSession owns the bytes of the request, which Request refers to, and the Reply. Both exist until the response is
// sent.
// - Router::handle() owns the Exchange, which lasts until its answer is made and recorded. It refers to the request and
//   the reply, and owns the Call, which only a call of the API has.
// - Call describes a call by its headers: texts that refer to the request or to the settings, and the JournalEntry,
//   which owns its texts because the journal takes it over at the end.
// - What is handed from one part to another refers to these, and is not kept: Identity (what identify() read in the
//   header; the Call keeps its Caller), api::Caller (whose call it is, for the service), api::Outcome (what became of
//   it; the Exchange and the Call keep the error, the time and the group), RequestLine (for the log).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/call.h"
#include "server/http/reply.h"
#include "server/http/request.h"
#include "server/process/asio.h"

namespace workmail::server {

struct Exchange {
  const Request& request;
  Reply& reply;
  const Steady::time_point arrived = Steady::now();
  std::string refusal = {};       // why the request is rejected; empty if it is not
  bool abandoned = false;         // the client disconnected while a fault rule delayed the call
  std::string_view error = {};    // the code, empty for a success; a literal or a view into the call
  std::string request_id = {};    // of the response, if it has one
  std::optional<Call> call = {};  // of the API; unset for other requests

  // How long a fault rule delays the request before or after the call.
  [[nodiscard]] auto delay(FaultRule::Phase phase) const -> Duration {
    return call && call->fault && call->fault->phase == phase ? call->fault->delay : Duration(0);
  }
  // What a fault rule does to the connection instead of sending the response.
  [[nodiscard]] auto broken() const -> std::optional<FaultRule::Connection> {
    return call && call->fault ? call->fault->connection : std::nullopt;
  }
};

}  // namespace workmail::server

// A request from its arrival to its line in the log and its entry in the journal. The session carries it through the
// steps of the router, because a fault rule can make it wait between them.
#pragma once

#include <memory>
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
  std::string refusal;       // why it is not served at all; empty when it is
  bool abandoned = false;    // the client went while a fault rule made the call wait
  std::string_view error;    // the code, empty for a success; a literal or part of the call
  std::optional<Call> call;  // of the API; nothing for any other request
  // What a fault rule lost of a call that happened.
  std::optional<LostAnswer> lost = {};
  // When the call ran, on the emulated clock; nothing for one that did not.
  std::optional<Time> at = {};
  std::string request_id = {};  // of an answer without a call, where it has one
  // What the call is to be committed with before anybody is told of it; null when there is nothing to wait for.
  std::shared_ptr<const store::CommitGroup> group = {};

  // How long a fault rule makes it wait before or after the call.
  [[nodiscard]] auto delay(FaultRule::Phase phase) const -> Duration {
    return call && call->fault && call->fault->phase == phase ? call->fault->delay : Duration(0);
  }
  // What a fault rule does to the connection instead of sending the answer.
  [[nodiscard]] auto broken() const -> std::optional<FaultRule::Connection> {
    return call && call->fault ? call->fault->connection : std::nullopt;
  }
};

}  // namespace workmail::server

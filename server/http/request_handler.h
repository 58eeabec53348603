// The interface between sessions and the router: sessions read requests and send responses, a handler creates the
// responses. The router is the only handler.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "server/emulator/faults.h"
#include "server/emulator/memory_budget.h"
#include "server/http/reply.h"
#include "server/http/request.h"
#include "server/process/asio.h"

namespace workmail::server {

// Services of the session for a handler that creates a response.
class RequestSession {
 public:
  // Delays the response, unless the client disconnects or the server stops. Returns whether the client has
  // disconnected.
  virtual auto delay(Duration time) -> Task<bool> = 0;
  // Lets the requests that have arrived so far run first.
  virtual auto let_others_arrive() -> Task<void> = 0;
  // Waits until this connection may generate a piece of a large response.
  virtual auto wait_for_turn() -> Task<void> = 0;
  // Delays the response until the awaited request, or the end of the time.
  virtual auto hold(HeldAnswer& held) -> Task<void> = 0;
  // Sets the deadline of the response, from now. The delay is not caused by the client.
  virtual void allow(std::chrono::milliseconds time) = 0;
  // Counts the memory of the request and its response. False if there is no room for a large response.
  virtual auto count_answer(const Request& request) -> bool = 0;

 protected:
  ~RequestSession() = default;
};

class RequestHandler {
 public:
  // Called before the body of a request is read. Returns whether the request is rejected by its head, and then writes
  // the response.
  virtual auto refuse_head(const Request& request, Reply& reply) -> bool = 0;

  // Writes the response to the empty reply. Returns how to break the connection, if the response must not be sent.
  virtual auto handle(const Request& request, Reply& reply, RequestSession& session)
      -> Task<std::optional<FaultRule::Connection>> = 0;

  // Writes the response to a request that cannot be read: too large, or not HTTP. `path` is empty if it is unknown.
  virtual void refuse(int status, std::string_view path, std::string_view message, Reply& reply) = 0;

  // Called for a connection that uses TLS.
  virtual void warn_of_tls(std::string_view client) = 0;

  // Whether the body may be as large as a database.
  [[nodiscard]] virtual auto takes_upload(std::string_view method, std::string_view path) const -> bool = 0;

  [[nodiscard]] virtual auto memory() -> MemoryBudget& = 0;

 protected:
  ~RequestHandler() = default;
};

}  // namespace workmail::server

// What answers requests, as sessions see it: server/http reads requests and sends answers, a handler makes them. The
// router is the one there is.
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

// What a handler may ask of the session of its request while it makes the answer.
class RequestSession {
 public:
  // Delays the answer, unless the client leaves or the server stops. Returns whether the client has left.
  virtual auto delay(Duration time) -> Task<bool> = 0;
  // Lets the requests that have arrived by now go first.
  virtual auto let_others_arrive() -> Task<void> = 0;
  // Until it is the turn of this connection to make a piece of a large answer.
  virtual auto wait_for_turn() -> Task<void> = 0;
  // Holds the answer until there is a better one, or the time is over.
  virtual auto hold(HeldAnswer& held) -> Task<void> = 0;
  // The answer may take so long from now on; the client is not what takes the time.
  virtual void allow(std::chrono::milliseconds time) = 0;
  // Counts what the request and its answer take. False for a large answer for which there is no room.
  virtual auto count_answer(const Request& request) -> bool = 0;

 protected:
  ~RequestSession() = default;
};

class RequestHandler {
 public:
  // Before the body of a request is read: whether its head is enough to refuse it. Makes the answer then.
  virtual auto refuse_head(const Request& request, Reply& reply) -> bool = 0;

  // Makes the answer in the reply, which is clear. Returns how to break the connection, if the answer is
  // not to be sent.
  virtual auto handle(const Request& request, Reply& reply, RequestSession& session)
      -> Task<std::optional<FaultRule::Connection>> = 0;

  // Makes the answer to a request that cannot be read to its end: too large, or not HTTP. `path` is empty when even
  // that is not known.
  virtual void refuse(int status, std::string_view path, std::string_view message, Reply& reply) = 0;

  // For a connection that turned out to be one of TLS.
  virtual void warn_of_tls(std::string_view client) = 0;

  // Whether the body may be as large as a database.
  [[nodiscard]] virtual auto takes_upload(std::string_view method, std::string_view path) const -> bool = 0;

  [[nodiscard]] virtual auto memory() -> MemoryBudget& = 0;

 protected:
  ~RequestHandler() = default;
};

}  // namespace workmail::server

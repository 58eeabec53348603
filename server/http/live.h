// Responses that are not complete at once. Endpoints of the control plane define them, the session sends them.
#pragma once

#include <functional>
#include <string>

#include "server/emulator/memory_budget.h"
#include "server/http/connections.h"
#include "server/http/journal_watch.h"
#include "server/http/limits.h"
#include "server/process/asio.h"

namespace workmail::server {

class Reply;

// A response that waits for a certain request in the journal. If the time is over before, the current reply is sent.
struct HeldAnswer {
  JournalWatch& watch;
  Steady::time_point until;
  JournalWatch::Wanted wanted;
  std::function<void(Reply& reply)> answer;  // writes the response after the request
};

// An endless response: Server-Sent Events.
struct EventStream {
  JournalWatch& watch;
  JournalWatch::Wanted wanted;
  // Appends pending events, or some of them; false if the reader has missed events that are no longer available.
  std::function<bool(std::string& events)> take;
};

// A body that is generated while it is sent, so that a large body needs little memory and does not delay other
// requests.
struct PiecedBody {
  // Appends the next piece; false if it was the last one. Throws on an error.
  std::function<bool(std::string& piece)> next;
};

// Waits for the request or the end of the time.
auto hold(HeldAnswer& held, Connection& connection, const Limits& limits, Reply& reply) -> Task<void>;

// Sends events until the client disconnects or is too slow, or the server stops.
auto send_events(EventStream& stream, Connection& connection, const Limits& limits, MemoryShare& memory) -> Task<void>;

// Waits until this connection may generate a piece. Requests that have arrived in the meantime come first, because fast
// or many readers would otherwise block all others.
auto wait_for_turn(Connection& connection, const Limits& limits) -> Task<void>;

// Sends all pieces, chunked or not; false if the client disconnects or is too slow. If a piece fails, the connection is
// reset, so that the client does not mistake what was sent for a complete response.
auto send_pieces(std::string piece, PiecedBody& body, bool chunked, Connection& connection, const Limits& limits)
    -> Task<bool>;

}  // namespace workmail::server

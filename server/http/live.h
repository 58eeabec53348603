// Answers that are not complete at once: endpoints of the control plane make them, the session carries them out.
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

// An answer that gets better when a certain request is journaled. Until then the reply has what is to be sent when the
// time is over.
struct HeldAnswer {
  JournalWatch& watch;
  Steady::time_point until;
  JournalWatch::Wanted wanted;
  std::function<void(Reply& reply)> answer;  // makes the better one
};

// An answer without an end: Server-Sent Events.
struct EventStream {
  JournalWatch& watch;
  JournalWatch::Wanted wanted;
  // Appends the events that there are, or some of them; false when the reader has missed some for ever.
  std::function<bool(std::string& events)> take;
};

// A body that is made while it is sent: a large one takes little memory, and other requests are answered meanwhile.
struct PiecedBody {
  // Appends the next piece; false when it was the last one. Throws when there can be none.
  std::function<bool(std::string& piece)> next;
};

// Waits, and makes the better answer if it can.
auto hold(HeldAnswer& held, Connection& connection, const Limits& limits, Reply& reply) -> Task<void>;

// Sends events until the client goes, does not keep up, or the server stops.
auto send_events(EventStream& stream, Connection& connection, const Limits& limits, MemoryShare& memory) -> Task<void>;

// Until it is this connection's turn to make a piece: what has arrived meanwhile comes first, because clients that read
// fast, or many at once, would not let anyone else in.
auto wait_for_turn(Connection& connection, const Limits& limits) -> Task<void>;

// Sends the first piece and those that follow, in chunks or as they are; false when the client leaves or is too slow.
// When a piece cannot be made, the connection is reset, so that the client does not take what was sent for a whole
// answer.
auto send_pieces(std::string piece, PiecedBody& body, bool chunked, Connection& connection, const Limits& limits)
    -> Task<bool>;

}  // namespace workmail::server

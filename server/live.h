// Answers that take their time: endpoints of the control plane make them, the session carries them out.
#pragma once

#include <functional>
#include <string>

#include "server/asio.h"
#include "server/connections.h"
#include "server/journal_watch.h"
#include "server/limits.h"
#include "server/memory_budget.h"

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

// Waits, and makes the better answer if it can.
auto hold(HeldAnswer& held, Connection& connection, const Limits& limits, Reply& reply) -> Task<void>;

// Sends events until the client goes, does not keep up, or the server stops.
auto send_events(EventStream& stream, Connection& connection, const Limits& limits, MemoryShare& memory) -> Task<void>;

}  // namespace workmail::server

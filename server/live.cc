#include "server/live.h"

#include <boost/asio/write.hpp>

#include "server/reply.h"

namespace workmail::server {

namespace {

// A comment, which readers pass over. It keeps the connection from looking dead to whatever is on its way.
constexpr std::string_view kHeartbeat = ":\n\n";

}  // namespace

auto hold(HeldAnswer& held, Connection& connection, const Limits& limits, Reply& reply) -> Task<void> {
  connection.allow(std::chrono::ceil<std::chrono::milliseconds>(held.until - Steady::now()) + limits.write);
  const auto end = co_await held.watch.wait(connection, held.until, held.wanted);
  if (end == JournalWatch::End::Entry) held.answer(reply);
}

auto send_events(EventStream& stream, Connection& connection, const Limits& limits, MemoryShare& memory) -> Task<void> {
  std::string events;
  for (;;) {
    events.clear();
    if (!stream.take(events) || !memory.resize(events.capacity())) co_return;
    if (events.empty()) {
      connection.allow(limits.heartbeat + limits.write);
      const auto end = co_await stream.watch.wait(connection, Steady::now() + limits.heartbeat, stream.wanted);
      if (end == JournalWatch::End::Client) co_return;
      if (end == JournalWatch::End::Entry) continue;
      events = kHeartbeat;
    }
    connection.allow(limits.write);
    const auto [error, size] = co_await asio::async_write(connection.socket, asio::buffer(events), kAwait);
    if (error) co_return;
  }
}

}  // namespace workmail::server

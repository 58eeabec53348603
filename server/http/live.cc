#include "server/http/live.h"

#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <charconv>
#include <utility>

#include "server/http/reply.h"

namespace workmail::server {

namespace {

// A comment, which readers ignore. It keeps proxies from closing an idle connection.
constexpr std::string_view kHeartbeat = ":\n\n";

// A piece in its encoding for the connection; the last chunk is followed by an empty one (RFC 9112, 7.1).
auto framed(const std::string& piece, bool chunked, bool last) -> std::string {
  if (!chunked) return piece;
  std::array<char, 16> digits{};
  const char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), piece.size(), 16).ptr;
  std::string text(static_cast<const char*>(digits.data()), end);
  text.append("\r\n").append(piece).append("\r\n");
  return last ? text + "0\r\n\r\n" : text;
}

// Appends the next piece; for errors, see send_pieces().
auto take_piece(PiecedBody& body, Connection& connection, std::string& piece) -> bool {
  try {
    return body.next(piece);
  } catch (...) {
    error_code ignored;
    connection.socket.set_option(asio::socket_base::linger(true, 0), ignored);
    connection.socket.close(ignored);
    throw;
  }
}

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

auto wait_for_turn(Connection& connection, const Limits& limits) -> Task<void> {
  do {
    connection.allow(limits.write);  // the delay is not caused by the client
    co_await asio::post(connection.socket.get_executor(), kAwait);
  } while (!connection.takes_turn());
}

auto send_pieces(std::string piece, PiecedBody& body, bool chunked, Connection& connection, const Limits& limits)
    -> Task<bool> {
  for (bool more = true;;) {
    const std::string text = framed(piece, chunked, !more);
    connection.allow(limits.write);
    const auto [error, size] = co_await asio::async_write(connection.socket, asio::buffer(text), kAwait);
    if (error || !more) co_return !error;
    co_await wait_for_turn(connection, limits);
    piece.clear();
    more = take_piece(body, connection, piece);
  }
}

}  // namespace workmail::server

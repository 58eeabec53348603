#include "server/live.h"

#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <charconv>
#include <utility>

#include "server/reply.h"

namespace workmail::server {

namespace {

// A comment, which readers pass over. It keeps the connection from looking dead to whatever is on its way.
constexpr std::string_view kHeartbeat = ":\n\n";

auto send(std::array<asio::const_buffer, 3> buffers, Connection& connection, const Limits& limits) -> Task<bool> {
  connection.allow(limits.write);
  const auto [error, size] = co_await asio::async_write(connection.socket, buffers, kAwait);
  co_return !error;
}

// Appends the next piece; see send_pieces() for what happens when there can be none.
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

// The length of a chunk as it stands before it (RFC 9112, 7.1).
auto chunk_head(std::size_t length) -> std::string {
  std::array<char, 16> digits{};
  const char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), length, 16).ptr;
  return std::string(digits.data(), end) + "\r\n";
}

}  // namespace

auto hold(HeldAnswer& held, Connection& connection, const Limits& limits, Reply& reply) -> Task<void> {
  connection.allow(std::chrono::ceil<std::chrono::milliseconds>(held.until - Steady::now()) + limits.write);
  const auto end = co_await held.watch.wait(connection, held.until, held.wanted);
  if (end == JournalWatch::End::Entry) held.answer(reply);
}

auto send_events(EventStream& stream, Connection& connection, const Limits& limits) -> Task<void> {
  std::string events;
  for (;;) {
    events.clear();
    if (!stream.take(events)) co_return;
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

auto send_pieces(std::string piece, PiecedBody& body, bool chunked, Connection& connection, const Limits& limits)
    -> Task<bool> {
  for (bool more = true; more;) {
    const std::string head = chunked ? chunk_head(piece.size()) : std::string();
    const std::string_view tail = chunked ? "\r\n" : "";
    const bool sent = co_await send({asio::buffer(head), asio::buffer(piece), asio::buffer(tail)}, connection, limits);
    if (!sent) co_return false;
    // What has arrived meanwhile comes first: a client that reads fast would not let anyone else in.
    co_await asio::post(connection.socket.get_executor(), kAwait);
    piece.clear();
    more = take_piece(body, connection, piece);
  }
  const std::string head = chunked ? chunk_head(piece.size()) : std::string();
  const std::string_view tail = chunked ? "\r\n0\r\n\r\n" : "";
  co_return co_await send({asio::buffer(head), asio::buffer(piece), asio::buffer(tail)}, connection, limits);
}

}  // namespace workmail::server

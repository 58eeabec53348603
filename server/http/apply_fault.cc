#include "server/http/apply_fault.h"

#include <poll.h>

#include <algorithm>
#include <array>
#include <memory>

namespace workmail::server {

namespace {

// Whether the client has closed its end, or the connection is broken. Does not read anything, even if data is pending.
auto is_at_end(Socket& socket) -> bool {
  pollfd state{.fd = socket.native_handle(), .events = POLLRDHUP, .revents = 0};
  return ::poll(&state, 1, 0) > 0 && (state.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

// Reads until the client closes the connection, or a limit is reached.
auto discard(Socket& socket) -> Task<void> {
  std::array<char, 512> bytes{};
  bool more = true;
  while (more) {
    const auto [error, size] = co_await socket.async_read_some(asio::buffer(bytes), kAwait);
    more = !error;
  }
}

}  // namespace

auto apply_delay(Duration delay, Connection& connection, const Limits& limits) -> Task<bool> {
  // Shared with the handler below, which the loop may call after this coroutine has continued.
  struct Watch {
    Timer timer;
    Socket* socket;
    bool more_has_come = false;
  };
  auto& socket = connection.socket;
  const auto end = Steady::now() + std::chrono::ceil<Steady::duration>(delay);
  const auto watch = std::make_shared<Watch>(Watch{.timer = Timer(socket.get_executor()), .socket = &socket});
  connection.allow(std::chrono::ceil<std::chrono::milliseconds>(delay) + limits.write);
  connection.set_idle(true);
  watch->timer.expires_at(end);
  // Called once: for the end of the stream, or for the client's next request.
  socket.async_wait(Socket::wait_read, [watch](const error_code& error) {
    if (error || watch->socket == nullptr) return;
    watch->more_has_come = true;
    watch->timer.cancel();
  });
  co_await watch->timer.async_wait(kAwait);
  // If another request is pending, the end of the stream is not signaled, so it is polled.
  while (watch->more_has_come && !is_at_end(socket) && Steady::now() < end) {
    watch->timer.expires_at(std::min(end, Steady::now() + limits.sweep));
    co_await watch->timer.async_wait(kAwait);
  }
  watch->socket = nullptr;
  error_code ignored;
  socket.cancel(ignored);
  connection.set_idle(false);
  co_return is_at_end(socket) && !connection.ending();
}

auto break_connection(FaultRule::Connection how, Connection& connection) -> Task<void> {
  using How = FaultRule::Connection;
  error_code ignored;
  if (how == How::Hang) {
    // Waits until the client gives up. Discards what it sends in the meantime.
    connection.set_idle(true);
    connection.allow(std::chrono::duration_cast<std::chrono::milliseconds>(kMaxDelay));
    co_await discard(connection.socket);
  }
  // With a linger time of zero, closing sends a reset.
  if (how == How::Reset) connection.socket.set_option(asio::socket_base::linger(true, 0), ignored);
  connection.socket.close(ignored);
}

}  // namespace workmail::server

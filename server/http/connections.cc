#include "server/http/connections.h"

#include <boost/asio/post.hpp>
#include <utility>

namespace workmail::server {

Connection::Connection(Socket socket_in, Connections& all) : socket(std::move(socket_in)), all_(all) {
  all_.connections_.push_back(*this);
}

Connection::~Connection() {
  all_.connections_.erase(all_.connections_.iterator_to(*this));
}

void Connection::set_idle(bool idle) {
  idle_ = idle;
  if (all_.stopping_) end_when_idle();
}

void Connection::end_when_idle() {
  error_code ignored;
  // Data that the system has already received is still read, followed by the end of the stream.
  if (idle_) socket.shutdown(Tcp::socket::shutdown_receive, ignored);
}

auto Connection::ending() const -> bool {
  return all_.stopping_;
}

auto Connection::takes_turn() -> bool {
  return all_.takes_turn(socket.get_executor());
}

void Connections::sweep() {
  const auto now = Steady::now();
  for (auto& connection : connections_) {
    error_code ignored;
    // Pending operations on the socket fail, which ends the session.
    if (connection.deadline_ < now) connection.socket.close(ignored);
  }
}

auto Connections::takes_turn(const Executor& executor) -> bool {
  if (turn_taken_) return false;
  // Runs after all handlers that are ready now, at the end of this turn of the loop.
  asio::post(executor, [this] { turn_taken_ = false; });
  turn_taken_ = true;
  return true;
}

void Connections::stop() {
  stopping_ = true;
  for (auto& connection : connections_) connection.end_when_idle();
}

}  // namespace workmail::server

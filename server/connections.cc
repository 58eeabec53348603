#include "server/connections.h"

#include <utility>

namespace workmail::server {

Connection::Connection(Socket socket_in, Connections& all) : socket(std::move(socket_in)), all_(all) {
  all_.connections_.push_back(*this);
}

Connection::~Connection() {
  all_.connections_.erase(all_.connections_.iterator_to(*this));
}

auto Connection::ending() const -> bool {
  return all_.stopping_;
}

void Connections::sweep() {
  const auto now = Steady::now();
  for (auto& connection : connections_) {
    error_code ignored;
    // What was pending on the socket ends with an error, and with it the session.
    if (connection.deadline_ < now) connection.socket.close(ignored);
  }
}

void Connections::stop() {
  stopping_ = true;
  for (auto& connection : connections_) {
    error_code ignored;
    // A request that has arrived unseen is still read; without one, the session reads the end of the stream.
    if (connection.idle_) connection.socket.shutdown(Tcp::socket::shutdown_receive, ignored);
  }
}

}  // namespace workmail::server

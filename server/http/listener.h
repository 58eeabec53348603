// Opens the ports and accepts connections, each of which becomes a session.
#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <vector>

#include "server/http/http_session.h"
#include "server/http/listen_address.h"
#include "server/process/asio.h"
#include "server/process/lasting_tasks.h"

namespace workmail::server {

// The server cannot listen on the address; what() is a one-line message.
class UnusableAddress : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Listener {
 public:
  // Opens the ports; the tasks of start() accept connections. Throws UnusableAddress.
  Listener(asio::io_context& io, const ListenAddress& address, SessionSurroundings surroundings);

  void start(LastingTasks& tasks);
  // Closes the ports, but not the open connections.
  void stop();

  // The port, also if the address selects a free one.
  [[nodiscard]] auto port() const -> std::uint16_t { return port_; }

 private:
  // The number of connections beyond the limit that get a 503 at the same time; further ones are closed without a
  // response.
  static constexpr std::size_t kRefusedAtOnce = 64;

  // The number of connections that are accepted in one turn of the loop, so that others are served in between.
  static constexpr int kAcceptedAtOnce = 256;

  void open(const ListenAddress& address);
  void open_localhost(std::uint16_t port);
  auto accept(Acceptor& acceptor) -> Task<void>;
  void accept_waiting(Acceptor& acceptor);
  void begin_session(Socket socket);
  auto serve(Socket socket, Presence presence, bool refused) -> Task<void>;

  asio::io_context& io_;
  SessionSurroundings surroundings_;
  std::vector<Acceptor> acceptors_;
  std::uint16_t port_ = 0;
  // Shared with the coroutines, which may be destroyed after this object.
  std::shared_ptr<std::size_t> served_ = std::make_shared<std::size_t>(0);   // connections
  std::shared_ptr<std::size_t> refused_ = std::make_shared<std::size_t>(0);  // further ones, which only get a 503
};

}  // namespace workmail::server

// The open ports, and the connections that come in by them. Every connection becomes a session.
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
  // Opens the ports; connections are taken by the tasks of start(). Throws UnusableAddress.
  Listener(asio::io_context& io, const ListenAddress& address, SessionSurroundings surroundings);

  void start(LastingTasks& tasks);
  // Closes the ports; connections that are open stay.
  void stop();

  // The port, the one that was found when the address leaves it open.
  [[nodiscard]] auto port() const -> std::uint16_t { return port_; }

 private:
  // Connections beyond the limit that are answered with 503 at one time; further ones are closed without an answer.
  static constexpr std::size_t kRefusedAtOnce = 64;

  // Connections that are accepted in one turn of the loop, so that the others are served meanwhile.
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
  // Shared with the coroutines, which the end of the loop destroys later than this.
  std::shared_ptr<std::size_t> served_ = std::make_shared<std::size_t>(0);  // connections
  std::shared_ptr<std::size_t> refused_ =
      std::make_shared<std::size_t>(0);  // further ones, which are only answered with 503
};

}  // namespace workmail::server

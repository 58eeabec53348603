// The running server: the event loop, the open ports, the connections, and the graceful shutdown.
#pragma once

#include <boost/asio/basic_signal_set.hpp>
#include <cstdint>
#include <functional>
#include <optional>

#include "server/http/connections.h"
#include "server/http/http_date.h"
#include "server/http/limits.h"
#include "server/http/listen_address.h"
#include "server/http/listener.h"
#include "server/http/request_handler.h"
#include "server/process/asio.h"
#include "server/process/lasting_tasks.h"
#include "server/process/rare_warnings.h"

namespace workmail::server {

// Whether this process ignores the signal, for example because of nohup.
auto is_ignored(int signal) -> bool;

class Server {
 public:
  // Opens the port. Throws UnusableAddress.
  Server(const ListenAddress& address, const Limits& limits, RequestHandler& handler, Log& log);

  [[nodiscard]] auto port() const -> std::uint16_t { return listener_.port(); }
  [[nodiscard]] auto connections() const -> const Connections& { return connections_; }
  [[nodiscard]] auto io() -> asio::io_context& { return io_; }

  // Serves until stop() is complete, or a second signal. Continues when memory is exhausted.
  void run();
  // Adds a coroutine that runs as long as the server.
  void keep_running(LastingTasks::Begin begin) { tasks_.add(std::move(begin)); }
  // From now on, SIGTERM, SIGINT and SIGHUP stop the server; a second signal stops it at once.
  void stop_on_signals();
  // While the server runs, `write` is called periodically to write pending output; it returns whether nothing is
  // pending.
  void write_meanwhile(std::function<bool()> write);
  // Accepts no more connections, closes those without a request, and the others after their request. Only for the
  // thread of run().
  void stop();

 private:
  using Signals = asio::basic_signal_set<Executor>;

  void serve_the_connected();
  auto watch_signals() -> Task<void>;
  auto watch_connections() -> Task<void>;
  auto write_again_and_again(std::function<bool()> write) -> Task<void>;

  Limits limits_;
  HttpDate date_;
  RareWarnings failures_;
  Connections connections_;  // outlives the loop, which destroys open sessions at its end
  LastingTasks tasks_;
  asio::io_context io_{1};
  Listener listener_;
  Timer timer_;
  std::optional<Signals> signals_;
  Steady::time_point stop_at_ = Steady::time_point::max();
};

}  // namespace workmail::server

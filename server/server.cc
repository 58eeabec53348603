#include "server/server.h"

#include <boost/asio/executor_work_guard.hpp>
#include <csignal>
#include <exception>
#include <utility>

namespace workmail::server {

namespace {

// How often a stopping server checks whether it is done.
constexpr auto kStopSweep = std::chrono::milliseconds(10);

// How often pending output is retried.
constexpr auto kWritePause = std::chrono::milliseconds(10);

// How long no new connections are accepted after memory was exhausted.
constexpr auto kRecovery = std::chrono::milliseconds(20);

}  // namespace

auto is_ignored(int signal) -> bool {
  struct sigaction action {};
  return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

Server::Server(const ListenAddress& address, const Limits& limits, RequestHandler& handler, Log& log)
    : limits_(limits),
      failures_(log),
      listener_(
          io_, address,
          {.handler = handler, .connections = connections_, .limits = limits_, .date = date_, .failures = failures_}),
      timer_(io_.get_executor()) {
  listener_.start(tasks_);
  tasks_.add([this] { return watch_connections(); });
}

// An exception that leaves the loop has ended a coroutine: that of a connection, which is then closed, or one that is
// needed to serve clients.
void Server::run() {
  const auto work = asio::make_work_guard(io_);  // only io_context::stop() ends the loop
  for (;;) {
    try {
      tasks_.start(io_);
      io_.run();
      return;
    } catch (const std::exception& error) {
      failures_.warn("A connection failed", error.what());
    }
    serve_the_connected();
    if (io_.stopped()) return;
  }
}

// Some connections end in the meantime, and their memory becomes available to new ones.
void Server::serve_the_connected() {
  const auto end = Steady::now() + kRecovery;
  while (Steady::now() < end && !io_.stopped()) {
    try {
      connections_.sweep();
      io_.run_until(end);
    } catch (const std::exception& error) {
      failures_.warn("A connection failed", error.what());
    }
  }
}

void Server::stop_on_signals() {
  signals_.emplace(io_.get_executor(), SIGTERM, SIGINT);
  if (!is_ignored(SIGHUP)) signals_->add(SIGHUP);
  tasks_.add([this] { return watch_signals(); });
}

void Server::stop() {
  listener_.stop();
  connections_.stop();
  stop_at_ = Steady::now() + limits_.stop;
  timer_.cancel();
}

void Server::write_meanwhile(std::function<bool()> write) {
  tasks_.add([this, write = std::move(write)] { return write_again_and_again(write); });
}

auto Server::watch_signals() -> Task<void> {
  if (!connections_.stopping()) {
    co_await signals_->async_wait(kAwait);
    stop();
  }
  co_await signals_->async_wait(kAwait);
  io_.stop();
}

auto Server::watch_connections() -> Task<void> {
  bool done = false;
  while (!done) {
    timer_.expires_after(connections_.stopping() ? kStopSweep : limits_.sweep);
    co_await timer_.async_wait(kAwait);
    connections_.sweep();
    done = connections_.stopping() && (connections_.size() == 0 || Steady::now() >= stop_at_);
  }
  io_.stop();
}

auto Server::write_again_and_again(std::function<bool()> write) -> Task<void> {
  Timer timer(co_await asio::this_coro::executor);
  for (;;) {
    timer.expires_after(write() ? limits_.sweep : kWritePause);
    co_await timer.async_wait(kAwait);
  }
}

}  // namespace workmail::server

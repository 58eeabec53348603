#include "server/server.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <csignal>
#include <utility>

namespace workmail::server {

namespace {

// How often a stopping server looks whether it is done.
constexpr auto kStopSweep = std::chrono::milliseconds(10);

// How often it is tried to write what waits for a reader.
constexpr auto kWritePause = std::chrono::milliseconds(10);

}  // namespace

auto is_ignored(int signal) -> bool {
  struct sigaction action {};
  return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

Server::Server(const ListenAddress& address, const Limits& limits, Router& router)
    : limits_(limits),
      listener_(io_, address, {.router = router, .connections = connections_, .limits = limits_, .date = date_}),
      timer_(io_.get_executor()) {
  listener_.start();
  asio::co_spawn(io_, watch_connections(), asio::detached);
}

void Server::run() {
  io_.run();
}

void Server::stop_on_signals() {
  signals_.emplace(io_.get_executor(), SIGTERM, SIGINT);
  if (!is_ignored(SIGHUP)) signals_->add(SIGHUP);
  asio::co_spawn(io_, watch_signals(), asio::detached);
}

void Server::stop() {
  listener_.stop();
  connections_.stop();
  stop_at_ = Steady::now() + limits_.stop;
  timer_.cancel();
}

void Server::write_meanwhile(std::function<bool()> write) {
  asio::co_spawn(io_, write_again_and_again(std::move(write)), asio::detached);
}

auto Server::watch_signals() -> Task<void> {
  co_await signals_->async_wait(kAwait);
  stop();
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

#include "server/server.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <csignal>

namespace workmail::server {

namespace {

// How often a stopping server looks whether it is done.
constexpr auto kStopSweep = std::chrono::milliseconds(10);

}  // namespace

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
  asio::co_spawn(io_, watch_signals(), asio::detached);
}

void Server::stop() {
  listener_.stop();
  connections_.stop();
  stop_at_ = Steady::now() + limits_.stop;
  timer_.cancel();
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

}  // namespace workmail::server

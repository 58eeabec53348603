// All open connections and their deadlines. One timer checks all of them periodically, because a timer for each read
// and write would cost a quarter of the throughput. Does not know HTTP.
#pragma once

#include <boost/intrusive/list.hpp>
#include <cstddef>

#include "server/process/asio.h"

namespace workmail::server {

class Connections;

class Connection : public boost::intrusive::list_base_hook<> {
 public:
  Connection(Socket socket, Connections& all);
  ~Connection();
  Connection(const Connection&) = delete;
  auto operator=(const Connection&) -> Connection& = delete;

  // Sets the deadline of the next step, from now.
  void allow(std::chrono::milliseconds time) { deadline_ = Steady::now() + time; }
  // Whether no byte of the next request has been read. When the server stops, idle connections are closed, unless a
  // request is pending in the socket.
  void set_idle(bool idle);
  // Whether the response to the current request is the last one.
  [[nodiscard]] auto ending() const -> bool;
  // See Connections.
  auto takes_turn() -> bool;

  Socket socket;

 private:
  friend class Connections;

  void end_when_idle();

  Connections& all_;
  Steady::time_point deadline_ = Steady::time_point::max();
  bool idle_ = false;
};

class Connections {
 public:
  [[nodiscard]] auto size() const -> std::size_t { return connections_.size(); }

  // Closes connections whose deadline has passed.
  void sweep();
  // Lets the current requests complete, and starts no further ones.
  void stop();
  [[nodiscard]] auto stopping() const -> bool { return stopping_; }

  // Limits long work to one connection for each turn of the loop, so that a new connection waits for one part of such
  // work, not for all. Returns whether the caller may do its part now; otherwise it asks again in the next turn. First
  // come, first served.
  auto takes_turn(const Executor& executor) -> bool;

 private:
  friend class Connection;

  boost::intrusive::list<Connection> connections_;
  bool stopping_ = false;
  bool turn_taken_ = false;
};

}  // namespace workmail::server

// All open connections, with a deadline each. One timer looks at all of them now and then: a timer per read and write
// would cost a quarter of the throughput. Knows nothing of HTTP.
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

  // The time that the next step may take, from now on.
  void allow(std::chrono::milliseconds time) { deadline_ = Steady::now() + time; }
  // Whether nothing has come of the next request yet. When the server stops, an idle connection ends, unless a request
  // has arrived unseen.
  void set_idle(bool idle);
  // Whether the answer to the request under way is the last one.
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

  // Closes those whose deadline has passed.
  void sweep();
  // Lets the requests under way come to their end, and no further ones begin.
  void stop();
  [[nodiscard]] auto stopping() const -> bool { return stopping_; }

  // Of the work that many connections may have at once, only one part is done in a turn of the loop: a new connection
  // waits for one of them, not for all. Returns whether the caller may do its part now; if not, it asks again in the
  // next turn. Who asks first is first.
  auto takes_turn(const Executor& executor) -> bool;

 private:
  friend class Connection;

  boost::intrusive::list<Connection> connections_;
  bool stopping_ = false;
  bool turn_taken_ = false;
};

}  // namespace workmail::server

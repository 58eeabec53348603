// Waits for requests to be journaled, without blocking other connections and without polling.
#pragma once

#include <boost/intrusive/list.hpp>
#include <functional>

#include "server/emulator/journal.h"
#include "server/http/connections.h"
#include "server/process/asio.h"

namespace workmail::server {

class JournalWatch {
 public:
  // Called for each new entry until it returns true.
  using Wanted = std::function<bool(const JournalEntry& entry)>;

  enum class End {
    Entry,   // a matching entry was added
    Time,    // the time is over
    Client,  // the client disconnected or sent something, or the server stops
  };

  explicit JournalWatch(Journal& journal);
  JournalWatch(const JournalWatch&) = delete;
  auto operator=(const JournalWatch&) -> JournalWatch& = delete;

  // Waits for a client from which nothing is being read.
  auto wait(Connection& connection, Steady::time_point until, const Wanted& wanted) -> Task<End>;

 private:
  // A waiting client; in the list as long as it exists.
  struct Watcher : boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
    Watcher(const Wanted& wanted_in, Timer& timer_in) : wanted(wanted_in), timer(timer_in) {}

    const Wanted& wanted;
    Timer& timer;
    bool woken = false;
  };

  void notify(const JournalEntry& entry);

  boost::intrusive::list<Watcher, boost::intrusive::constant_time_size<false>> watchers_;
};

}  // namespace workmail::server

#include "server/http/journal_watch.h"

#include <memory>

namespace workmail::server {

namespace {

// Ends a wait for the timer, even one that begins later.
void ring(Timer& timer) {
  timer.expires_at(Steady::time_point::min());
}

}  // namespace

JournalWatch::JournalWatch(Journal& journal) {
  journal.listen([this](const JournalEntry& entry) { notify(entry); });
}

auto JournalWatch::wait(Connection& connection, Steady::time_point until, const Wanted& wanted) -> Task<End> {
  // Shared with the handler below, which the loop calls after this coroutine has continued.
  const auto timer = std::make_shared<Timer>(connection.socket.get_executor(), until);
  Watcher watcher(wanted, *timer);
  watchers_.push_back(watcher);

  // When the server stops, it closes the receiving side of idle connections, which is detected here.
  connection.set_idle(true);
  connection.socket.async_wait(Socket::wait_read, [timer](const error_code&) { ring(*timer); });
  co_await timer->async_wait(kAwait);
  error_code ignored;
  connection.socket.cancel(ignored);
  connection.set_idle(false);

  if (watcher.woken) co_return End::Entry;
  co_return Steady::now() >= until ? End::Time : End::Client;
}

void JournalWatch::notify(const JournalEntry& entry) {
  for (auto& watcher : watchers_) {
    if (watcher.woken || !watcher.wanted(entry)) continue;
    watcher.woken = true;
    ring(watcher.timer);
  }
}

}  // namespace workmail::server

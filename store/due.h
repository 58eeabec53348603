// Finds scheduled events, which are the rows of the view "due". api/scheduled_events.h applies them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/sqlite.h"

namespace workmail::store {

struct DueEvent {
  Time at;
  std::string what;  // 'organization', 'domain', 'mailbox', 'tombstone', 'job', 'job history', 'personal access token'
  std::int64_t subject;
};

class Due {
 public:
  explicit Due(Connection& connection)
      : connection_(connection), next_(connection, kNext), upcoming_(connection, kUpcoming) {}

  // The earliest event scheduled up to `now`. While there is none, this is a single comparison.
  auto next(Time now) -> std::optional<DueEvent>;
  // The earliest event, whenever it is scheduled.
  auto first() -> std::optional<DueEvent>;
  // The earliest `count` events.
  auto upcoming(std::int64_t limit) -> std::vector<DueEvent>;

  // Called by every table class that writes a time into a column of the view.
  void note(Time at) {
    if (at < earliest_) earliest_ = at;
  }
  // Called after the database was replaced, to discard the cached time. Rolled-back changes are detected automatically.
  void forget() { earliest_ = Time::min(); }

 private:
  static constexpr const char* kNext = "SELECT at, what, subject FROM due ORDER BY at, subject, what LIMIT 1";
  static constexpr const char* kUpcoming = "SELECT at, what, subject FROM due ORDER BY at, subject, what LIMIT ?";

  const Connection& connection_;
  Statement next_;
  Statement upcoming_;
  Time earliest_ = Time::min();  // no event is scheduled before this time
  std::uint64_t rollbacks_ = 0;  // the connection's count of rollbacks when earliest_ was read
};

}  // namespace workmail::store

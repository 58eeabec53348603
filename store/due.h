// Scheduled events: the rows of the view "due". It only finds them; api/scheduled_events.h makes them
// happen.
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

  // The earliest event scheduled until `now`. Costs a comparison while there is none.
  auto next(Time now) -> std::optional<DueEvent>;
  // The earliest event of all.
  auto first() -> std::optional<DueEvent>;
  // The earliest ones.
  auto upcoming(std::int64_t limit) -> std::vector<DueEvent>;

  // The table class that writes a moment into a column of the view calls this.
  void note(Time at) {
    if (at < earliest_) earliest_ = at;
  }
  // After the database was replaced: nothing is known. When changes are taken back, it finds out itself.
  void forget() { earliest_ = Time::min(); }

 private:
  static constexpr const char* kNext = "SELECT at, what, subject FROM due ORDER BY at, subject, what LIMIT 1";
  static constexpr const char* kUpcoming = "SELECT at, what, subject FROM due ORDER BY at, subject, what LIMIT ?";

  const Connection& connection_;
  Statement next_;
  Statement upcoming_;
  Time earliest_ = Time::min();  // no event is scheduled before
  std::uint64_t rollbacks_ = 0;  // of the connection, when that was found out
};

}  // namespace workmail::store

#include "store/due.h"

namespace workmail::store {

namespace {

auto read(Rows& row) -> DueEvent {
  return {row.next<Time>(), row.next<std::string>(), row.next<std::int64_t>()};
}

}  // namespace

auto Due::next(Time now) -> std::optional<DueEvent> {
  if (rollbacks_ != connection_.rollbacks()) {
    rollbacks_ = connection_.rollbacks();
    forget();
  }
  if (now < earliest_) return std::nullopt;
  auto event = first();
  if (event && event->at <= now) return event;
  earliest_ = event ? event->at : Time::max();
  return std::nullopt;
}

auto Due::first() -> std::optional<DueEvent> {
  return next_.first(read);
}

auto Due::upcoming(std::int64_t limit) -> std::vector<DueEvent> {
  return upcoming_.all(read, limit);
}

}  // namespace workmail::store

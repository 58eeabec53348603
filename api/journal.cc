#include "api/journal.h"

#include <utility>

namespace workmail::api {

void Journal::add(JournalEntry entry) {
  if (!enabled()) return;
  if (entries_.size() >= capacity_) entries_.pop_front();
  entry.id = ++last_id_;
  entries_.push_back(std::move(entry));
  if (listener_) listener_(entries_.back());
}

}  // namespace workmail::api

// Operations on the whole database, with the clock and the counter of identifiers that it stores: snapshots, and resets
// to the baseline, to an empty database, and of one account. Single calls are in api/service.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "api/call/clock.h"
#include "api/call/ids.h"
#include "api/call/settings.h"
#include "store/snapshot.h"
#include "store/store.h"

namespace workmail::api {

class Baseline {
 public:
  // Loads the clock and the counter of identifiers from the store.
  Baseline(store::Store& store, Clock& clock, Ids& ids, const Settings& settings);

  // The current state becomes the baseline, which reset() restores.
  void mark() { marked_now_ = true; }
  // Copies the baseline before the first change to it, so that the start on a large database need not wait for the
  // copy. For callers that change the clock or the store without Service::run().
  void ensure();
  void reset();
  // Removes everything; clock and identifiers start again as in an empty database.
  void reset_to_empty();
  // Removes everything that belongs to one account.
  void reset_account(std::string_view account);

  // Takes and restores snapshots, which include the clock.
  auto snapshot() -> store::Snapshot;
  void restore(const store::Snapshot& snapshot);
  // The number of restores. A reader that works in several steps detects by it that the data was replaced.
  [[nodiscard]] auto restored() const -> std::uint64_t { return restored_; }

  // Stores the clock, after a change of it.
  void save_clock();
  // The same, in an open transaction.
  void write_clock();
  // Stores the counter of identifiers, if it has changed. Needs an open transaction.
  void save_counter();

 private:
  void load_saved();

  store::Store& store_;
  Clock& clock_;
  Ids& ids_;
  const Settings& settings_;
  bool marked_now_ = false;
  std::optional<store::Snapshot> start_;
  std::uint64_t restored_ = 0;
  std::uint64_t counted_ = 0;            // the counter of identifiers in the database
  std::uint64_t counted_rollbacks_ = 0;  // the connection's count of rollbacks when it was written
};

}  // namespace workmail::api

// All data at once, with the clock and the counter of identifiers that are kept in it: snapshots, and the resets to the
// baseline, to nothing and of one account. What single calls do is for api/service.h.
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
  // Takes over the clock and the counter of identifiers that the store has.
  Baseline(store::Store& store, Clock& clock, Ids& ids, const Settings& settings);

  // Everything as it is now becomes what reset() goes back to.
  void mark() { marked_now_ = true; }
  // Before the first change after that, makes the copy, which a start on a large database should not wait for. For
  // callers that change the clock or the store without Service::run().
  void ensure();
  void reset();
  // Removes everything; the clock is that of an empty database, identifiers start over.
  void reset_to_empty();
  // Removes what belongs to one account.
  void reset_account(std::string_view account);

  // Everything as it is now, with the clock, and back to it.
  auto snapshot() -> store::Snapshot;
  void restore(const store::Snapshot& snapshot);
  // How often that was done: a reader of several steps sees from it that they are about different data.
  [[nodiscard]] auto restored() const -> std::uint64_t { return restored_; }

  // Keeps the clock with the data, after it was changed.
  void save_clock();
  // The same in an open transaction.
  void write_clock();
  // Keeps the counter of identifiers with the data, if it has changed. Needs an open transaction.
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
  std::uint64_t counted_ = 0;            // the identifier counter that the database has
  std::uint64_t counted_rollbacks_ = 0;  // of the connection, when it was written
};

}  // namespace workmail::api

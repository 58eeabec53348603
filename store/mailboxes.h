// The table of mailboxes. An entity has none before its first registration and none after a retained one was purged, of
// which the row stays for its dates.
#pragma once

#include <cstdint>
#include <optional>

#include "store/due.h"
#include "store/numbers.h"
#include "store/sqlite.h"

namespace workmail::store {

struct Mailbox {
  std::int64_t quota_megabytes = 0;
  double used_megabytes = 0;
  Time provisioned_at{};
  std::optional<Time> deprovisioned_at;  // set from when the mailbox is retained on
  std::optional<Time> purged_at;         // while it is retained: when it is deleted for good

  [[nodiscard]] auto in_use() const -> bool { return !deprovisioned_at; }
  // Deleted for good: nothing but its dates is left.
  [[nodiscard]] auto gone() const -> bool { return deprovisioned_at && !purged_at; }
};

class Mailboxes {
 public:
  Mailboxes(Connection& connection, Due& due);

  // The mailbox that the entity has, in use or retained.
  auto find(EntityNumber entity) -> std::optional<Mailbox>;
  // The same, or what is left of the last one that it had.
  auto last(EntityNumber entity) -> std::optional<Mailbox>;
  // In the place of one that is gone.
  void add(EntityNumber entity, std::int64_t quota_megabytes, Time now);
  // A retained mailbox is in use again, with what it held.
  void restore(EntityNumber entity);
  // No effect on one that is not in use.
  void retain(EntityNumber entity, Time now, Time purged_at);
  // Deletes a retained mailbox for good, but for its dates.
  void purge(EntityNumber entity);
  // Deletes the mailbox with its dates.
  void remove(EntityNumber entity);
  void set_quota(EntityNumber entity, std::int64_t megabytes);
  void set_used(EntityNumber entity, double megabytes);

 private:
  Due& due_;
  Statement find_;
  Statement insert_;
  Statement restore_;
  Statement retain_;
  Statement purge_;
  Statement remove_;
  Statement set_quota_;
  Statement set_used_;
};

}  // namespace workmail::store

// The table of mailboxes. An entity gets a mailbox with its first registration. After a retained mailbox is purged, its
// row is kept for its dates.
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
  std::optional<Time> deprovisioned_at;  // set when the mailbox becomes retained
  std::optional<Time> purged_at;         // when a retained mailbox will be purged

  [[nodiscard]] auto in_use() const -> bool { return !deprovisioned_at; }
  // Whether the mailbox was purged, and only its dates are left.
  [[nodiscard]] auto gone() const -> bool { return deprovisioned_at && !purged_at; }
};

class Mailboxes {
 public:
  Mailboxes(Connection& connection, Due& due);

  // The mailbox that the entity has, in use or retained.
  auto find(EntityNumber entity) -> std::optional<Mailbox>;
  // The same, including a purged mailbox.
  auto last(EntityNumber entity) -> std::optional<Mailbox>;
  // Replaces a purged mailbox.
  void add(EntityNumber entity, std::int64_t quota_megabytes, Time now);
  // Puts a retained mailbox back in use, with its contents.
  void restore(EntityNumber entity);
  // No effect on a mailbox that is not in use.
  void retain(EntityNumber entity, Time now, Time purged_at);
  // Purges a retained mailbox, and keeps its dates.
  void purge(EntityNumber entity);
  // Deletes the row, including the dates.
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

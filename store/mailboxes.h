// The table of mailboxes. An entity has none before its first registration and none after a retained one was purged.
#pragma once

#include <cstdint>
#include <optional>

#include "store/due.h"
#include "store/sqlite.h"

namespace workmail::store {

struct Mailbox {
  std::int64_t quota_megabytes = 0;
  double used_megabytes = 0;
  Time provisioned_at{};
  std::optional<Time> deprovisioned_at;  // set while the mailbox is retained
  std::optional<Time> purged_at;         // when a retained mailbox is deleted for good
};

class Mailboxes {
 public:
  Mailboxes(Connection& connection, Due& due);

  auto find(std::int64_t entity) -> std::optional<Mailbox>;
  void add(std::int64_t entity, std::int64_t quota_megabytes, Time now);
  // A retained mailbox is in use again, with what it held.
  void restore(std::int64_t entity);
  void retain(std::int64_t entity, Time now, Time purged_at);
  void remove(std::int64_t entity);
  void set_quota(std::int64_t entity, std::int64_t megabytes);
  void set_used(std::int64_t entity, double megabytes);

 private:
  Due& due_;
  Statement find_;
  Statement insert_;
  Statement restore_;
  Statement retain_;
  Statement remove_;
  Statement set_quota_;
  Statement set_used_;
};

}  // namespace workmail::store

#include "store/mailboxes.h"

namespace workmail::store {

Mailboxes::Mailboxes(Connection& connection, Due& due)
    : due_(due),
      find_(connection,
            "SELECT quota_megabytes, used_megabytes, provisioned_at, deprovisioned_at, purged_at FROM mailbox"
            " WHERE entity = ?"),
      insert_(connection,
              "INSERT INTO mailbox (entity, quota_megabytes, used_megabytes, provisioned_at) VALUES (?, ?, 0, ?)"
              " ON CONFLICT (entity) DO UPDATE SET quota_megabytes = excluded.quota_megabytes, used_megabytes = 0,"
              " provisioned_at = excluded.provisioned_at, deprovisioned_at = NULL, purged_at = NULL"),
      restore_(connection, "UPDATE mailbox SET deprovisioned_at = NULL, purged_at = NULL WHERE entity = ?"),
      retain_(connection,
              "UPDATE mailbox SET deprovisioned_at = ?, purged_at = ? WHERE entity = ? AND deprovisioned_at IS NULL"),
      purge_(connection, "UPDATE mailbox SET used_megabytes = 0, purged_at = NULL WHERE entity = ?"),
      remove_(connection, "DELETE FROM mailbox WHERE entity = ?"),
      set_quota_(connection, "UPDATE mailbox SET quota_megabytes = ? WHERE entity = ?"),
      set_used_(connection, "UPDATE mailbox SET used_megabytes = ? WHERE entity = ?") {}

auto Mailboxes::find(EntityNumber entity) -> std::optional<Mailbox> {
  auto found = last(entity);
  return found && !found->gone() ? found : std::nullopt;
}

auto Mailboxes::last(EntityNumber entity) -> std::optional<Mailbox> {
  return find_.first(
      [](Rows& row) {
        return Mailbox{.quota_megabytes = row.next<std::int64_t>(),
                       .used_megabytes = row.next<double>(),
                       .provisioned_at = row.next<Time>(),
                       .deprovisioned_at = row.next<std::optional<Time>>(),
                       .purged_at = row.next<std::optional<Time>>()};
      },
      entity);
}

void Mailboxes::add(EntityNumber entity, std::int64_t quota_megabytes, Time now) {
  insert_.run(entity, quota_megabytes, now);
}

void Mailboxes::restore(EntityNumber entity) {
  restore_.run(entity);
}

void Mailboxes::retain(EntityNumber entity, Time now, Time purged_at) {
  retain_.run(now, purged_at, entity);
  due_.note(purged_at);
}

void Mailboxes::purge(EntityNumber entity) {
  purge_.run(entity);
}

void Mailboxes::remove(EntityNumber entity) {
  remove_.run(entity);
}

void Mailboxes::set_quota(EntityNumber entity, std::int64_t megabytes) {
  set_quota_.run(megabytes, entity);
}

void Mailboxes::set_used(EntityNumber entity, double megabytes) {
  set_used_.run(megabytes, entity);
}

}  // namespace workmail::store

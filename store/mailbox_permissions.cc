#include "store/mailbox_permissions.h"

namespace workmail::store {

namespace {

constexpr const char* kPut =
    "INSERT INTO mailbox_permission (owner, grantee, full_access, send_as, send_on_behalf) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (owner, grantee) DO UPDATE SET full_access = excluded.full_access, send_as = excluded.send_as,"
    " send_on_behalf = excluded.send_on_behalf";

constexpr const char* kList =
    "SELECT mailbox_permission.number, entity.id, entity.kind, full_access, send_as, send_on_behalf"
    " FROM mailbox_permission INDEXED BY mailbox_permission_list"
    " JOIN entity ON entity.number = mailbox_permission.grantee"
    " WHERE mailbox_permission.owner = ? AND mailbox_permission.number > ?"
    " ORDER BY mailbox_permission.number LIMIT ?";

constexpr const char* kGrantees =
    "SELECT entity.id, entity.name, entity.kind, full_access, send_as, send_on_behalf"
    " FROM mailbox_permission INDEXED BY mailbox_permission_list"
    " JOIN entity ON entity.number = mailbox_permission.grantee"
    " WHERE mailbox_permission.owner = ? ORDER BY mailbox_permission.number";

constexpr const char* kOwners =
    "SELECT entity.id, entity.name, entity.kind, full_access, send_as, send_on_behalf"
    " FROM mailbox_permission INDEXED BY mailbox_permission_grantee"
    " JOIN entity ON entity.number = mailbox_permission.owner"
    " WHERE mailbox_permission.grantee = ? ORDER BY mailbox_permission.number";

auto read_named(Rows& row) -> NamedPermission {
  return {
      .id = row.next<std::string>(),
      .name = row.next<std::string>(),
      .kind = row.next<EntityKind>(),
      .permission = {.full_access = row.next<bool>(), .send_as = row.next<bool>(), .send_on_behalf = row.next<bool>()}};
}

auto read(Rows& row) -> MailboxPermission {
  return {.number = row.next<MailboxPermissionNumber>(),
          .grantee_id = row.next<std::string>(),
          .grantee_kind = row.next<EntityKind>(),
          .full_access = row.next<bool>(),
          .send_as = row.next<bool>(),
          .send_on_behalf = row.next<bool>()};
}

}  // namespace

MailboxPermissions::MailboxPermissions(Connection& connection)
    : put_(connection, kPut),
      remove_(connection, "DELETE FROM mailbox_permission WHERE owner = ? AND grantee = ?"),
      remove_all_of_owner_(connection, "DELETE FROM mailbox_permission WHERE owner = ?"),
      remove_all_(connection, "DELETE FROM mailbox_permission WHERE owner = ?1 OR grantee = ?1"),
      list_(connection, kList),
      grantees_(connection, kGrantees),
      owners_(connection, kOwners) {}

void MailboxPermissions::put(Grant grant, const MailboxPermission& permission) {
  put_.run(grant.owner, grant.grantee, permission.full_access, permission.send_as, permission.send_on_behalf);
}

void MailboxPermissions::remove(Grant grant) {
  remove_.run(grant.owner, grant.grantee);
}

void MailboxPermissions::remove_all_of_owner(EntityNumber owner) {
  remove_all_of_owner_.run(owner);
}

void MailboxPermissions::remove_all(EntityNumber entity) {
  remove_all_.run(entity);
}

auto MailboxPermissions::list(EntityNumber owner, MailboxPermissionNumber after, std::int64_t limit)
    -> std::vector<MailboxPermission> {
  return list_.all(read, owner, after, limit);
}

auto MailboxPermissions::grantees(EntityNumber owner) -> std::vector<NamedPermission> {
  return grantees_.all(read_named, owner);
}

auto MailboxPermissions::owners(EntityNumber grantee) -> std::vector<NamedPermission> {
  return owners_.all(read_named, grantee);
}

}  // namespace workmail::store

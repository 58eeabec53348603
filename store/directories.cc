#include "store/directories.h"

#include "store/entities.h"
#include "store/sql_text.h"

namespace workmail::store {

namespace {

constexpr const char* kForgetMailboxes =
    "DELETE FROM mailbox WHERE entity IN (SELECT number FROM entity WHERE organization = ?)";

constexpr const char* kForgetPermissions =
    "DELETE FROM mailbox_permission WHERE owner IN (SELECT number FROM entity WHERE organization = ?)";

constexpr auto kDisable = sql("UPDATE entity SET state = ", in_sql<EntityState::Disabled>(),
                              ", email = NULL, enabled_at = NULL, disabled_at = NULL"
                              " WHERE organization = ? AND state <> ",
                              in_sql<EntityState::Deleted>());

constexpr auto kMove =
    sql("UPDATE entity SET organization = ?2 WHERE organization = ?1 AND kind IN (", in_sql<EntityKind::User>(), ", ",
        in_sql<EntityKind::Group>(), ") AND state <> ", in_sql<EntityState::Deleted>());

}  // namespace

Directories::Directories(Connection& connection)
    : forget_mailboxes_(connection, kForgetMailboxes),
      forget_permissions_(connection, kForgetPermissions),
      forget_addresses_(connection, "DELETE FROM address WHERE organization = ?"),
      disable_(connection, kDisable),
      move_(connection, kMove) {}

void Directories::forget_registrations(OrganizationNumber organization) {
  forget_mailboxes_.run(organization);
  forget_permissions_.run(organization);
  forget_addresses_.run(organization);
  disable_.run(organization);
}

void Directories::move(DirectoryMove between) {
  move_.run(between.from, between.to);
}

}  // namespace workmail::store

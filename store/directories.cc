#include "store/directories.h"

namespace workmail::store {

namespace {

constexpr const char* kForgetMailboxes =
    "DELETE FROM mailbox WHERE entity IN (SELECT number FROM entity WHERE organization = ?)";

constexpr const char* kForgetPermissions =
    "DELETE FROM mailbox_permission WHERE owner IN (SELECT number FROM entity WHERE organization = ?)";

constexpr const char* kDisable =
    "UPDATE entity SET state = 0, email = NULL, enabled_at = NULL, disabled_at = NULL"
    " WHERE organization = ? AND state <> 2";

constexpr const char* kMove =
    "UPDATE entity SET organization = ?2 WHERE organization = ?1 AND kind IN (0, 1) AND state <> 2";

}  // namespace

Directories::Directories(Connection& connection)
    : forget_mailboxes_(connection, kForgetMailboxes),
      forget_permissions_(connection, kForgetPermissions),
      forget_addresses_(connection, "DELETE FROM address WHERE organization = ?"),
      disable_(connection, kDisable),
      move_(connection, kMove) {}

void Directories::forget_registrations(std::int64_t organization) {
  forget_mailboxes_.run(organization);
  forget_permissions_.run(organization);
  forget_addresses_.run(organization);
  disable_.run(organization);
}

void Directories::move(std::int64_t from, std::int64_t to) {
  move_.run(from, to);
}

}  // namespace workmail::store

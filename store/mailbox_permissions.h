// The table of mailbox permissions: a grantee's access to an owner's mailbox, and the right to send as or on behalf of
// the owner.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/entities.h"
#include "store/numbers.h"
#include "store/sqlite.h"

namespace workmail::store {

// A structure, because two parameters of the same type could be swapped by mistake.
struct Grant {
  EntityNumber owner;
  EntityNumber grantee;
};

struct MailboxPermission {
  MailboxPermissionNumber number{};
  std::string grantee_id;
  EntityKind grantee_kind = EntityKind::User;
  bool full_access = false;
  bool send_as = false;
  bool send_on_behalf = false;
};

// The entity at the other end of a permission, with what is permitted.
struct NamedPermission {
  std::string id;
  std::string name;
  EntityKind kind = EntityKind::User;
  MailboxPermission permission;
};

class MailboxPermissions {
 public:
  explicit MailboxPermissions(Connection& connection);

  // Replaces the grantee's permissions; reads only the three permissions of the row.
  void put(Grant grant, const MailboxPermission& permission);
  // No effect if the grantee has no permissions.
  void remove(Grant grant);
  // Removes all permissions on the owner's mailbox.
  void remove_all_of_owner(EntityNumber owner);
  // Removes all permissions that the entity has granted or received.
  void remove_all(EntityNumber entity);
  auto list(EntityNumber owner, MailboxPermissionNumber after, std::int64_t limit) -> std::vector<MailboxPermission>;
  // All, with names: those that the entity has given, and those that it has got.
  auto grantees(EntityNumber owner) -> std::vector<NamedPermission>;
  auto owners(EntityNumber grantee) -> std::vector<NamedPermission>;

 private:
  Statement put_;
  Statement remove_;
  Statement remove_all_of_owner_;
  Statement remove_all_;
  Statement list_;
  Statement grantees_;
  Statement owners_;
};

}  // namespace workmail::store

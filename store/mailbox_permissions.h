// The table of mailbox permissions: what a grantee may do with the mailbox of an owner, or in its name.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/entities.h"
#include "store/numbers.h"
#include "store/sqlite.h"

namespace workmail::store {

// Both are entities: as two parameters, they would swap silently.
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

class MailboxPermissions {
 public:
  explicit MailboxPermissions(Connection& connection);

  // Replaces what the grantee had; only the three permissions are read.
  void put(Grant grant, const MailboxPermission& permission);
  // No effect when there is none.
  void remove(Grant grant);
  // The owner has given none any more.
  void remove_all_of_owner(EntityNumber owner);
  // The entity has given none and has got none any more.
  void remove_all(EntityNumber entity);
  auto list(EntityNumber owner, MailboxPermissionNumber after, std::int64_t limit) -> std::vector<MailboxPermission>;

 private:
  Statement put_;
  Statement remove_;
  Statement remove_all_of_owner_;
  Statement remove_all_;
  Statement list_;
};

}  // namespace workmail::store

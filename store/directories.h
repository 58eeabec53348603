// The directory of an organization: users, groups and group memberships. Everything else belongs to WorkMail and is
// removed with the organization.
#pragma once

#include <cstdint>

#include "store/numbers.h"
#include "store/sqlite.h"

namespace workmail::store {

// A structure, because two parameters of the same type could be swapped by mistake.
struct DirectoryMove {
  OrganizationNumber from;
  OrganizationNumber to;
};

class Directories {
 public:
  explicit Directories(Connection& connection);

  // Removes what the organization has added to its users and groups, as if they had never been registered.
  void forget_registrations(OrganizationNumber organization);
  // Moves the users and groups to another organization, which must have none. DELETED ones are not moved.
  void move(DirectoryMove between);

 private:
  Statement forget_mailboxes_;
  Statement forget_permissions_;
  Statement forget_addresses_;
  Statement disable_;
  Statement move_;
};

}  // namespace workmail::store

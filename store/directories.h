// What of an organization is in its directory: users, groups, and who is a member of which. The rest is WorkMail's, and
// goes with the organization.
#pragma once

#include <cstdint>

#include "store/numbers.h"
#include "store/sqlite.h"

namespace workmail::store {

// Both are organizations: as two parameters, they would swap silently.
struct DirectoryMove {
  OrganizationNumber from;
  OrganizationNumber to;
};

class Directories {
 public:
  explicit Directories(Connection& connection);

  // What an organization has added to its users and groups goes: they are as if they had never been registered.
  void forget_registrations(OrganizationNumber organization);
  // The users and groups belong to another organization from here on, which has none. DELETED ones stay.
  void move(DirectoryMove between);

 private:
  Statement forget_mailboxes_;
  Statement forget_permissions_;
  Statement forget_addresses_;
  Statement disable_;
  Statement move_;
};

}  // namespace workmail::store

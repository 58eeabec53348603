#include "api/rules/user_rules.h"

#include <string>

#include "api/call/errors.h"

namespace workmail::api {

// AWS: roles that cannot be asked for (service model); the error is assumed (Q-user-role).
void check_role(std::optional<UserRole> role) {
  if (role == UserRole::SystemUser || role == UserRole::Resource) {
    throw errors::invalid_parameter("Role " + std::string(to_string(*role)) + " can not be given to a user");
  }
}

// AWS: accounts of the directory's own, which stay DISABLED (the CLI's sample of ListUsers); the error is assumed
// (Q-register-system-user).
void check_registrable(std::string_view user_id, std::string_view role) {
  if (role == "SYSTEM_USER") {
    throw EntityStateException("Entity " + std::string(user_id) + " is a SYSTEM_USER and can not be registered");
  }
}

// AWS: a remote user has an address and is shown in the address list, but the mailbox is elsewhere (administrator
// guide, "Adding users").
auto role_has_mailbox(std::string_view role) -> bool {
  return role != "SYSTEM_USER" && role != "REMOTE_USER";
}

}  // namespace workmail::api

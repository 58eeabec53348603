#include "api/user_rules.h"

#include <string>

#include "api/refusals.h"

namespace workmail::api {

// AWS: roles that cannot be asked for (service model); the error is a guess.
void check_role(std::optional<UserRole> role) {
  if (role == UserRole::SystemUser || role == UserRole::Resource) {
    throw refusals::invalid_parameter("Role " + std::string(to_string(*role)) + " can not be given to a user");
  }
}

// AWS: such users have no mailbox; that they are refused with this error is a guess.
void check_may_have_mailbox(std::string_view user_id, std::string_view role) {
  if (role == "SYSTEM_USER" || role == "REMOTE_USER") {
    throw EntityStateException("Entity " + std::string(user_id) + " is a " + std::string(role) +
                               " and can not be registered");
  }
}

}  // namespace workmail::api

// What the role of a user allows. Shared by the operations and seed documents.
#pragma once

#include <optional>
#include <string_view>

#include "generated/workmail/shapes.h"

namespace workmail::api {

// Throws InvalidParameterException for a role that cannot be given to a user.
void check_role(std::optional<UserRole> role);

// Throws EntityStateException for a user whose role does not allow registration.
void check_registrable(std::string_view user_id, std::string_view role);

// Whether an ENABLED user with this role has a mailbox.
auto role_has_mailbox(std::string_view role) -> bool;

}  // namespace workmail::api

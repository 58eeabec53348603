// What the role of a user allows: shared by the operations and by seeds.
#pragma once

#include <optional>
#include <string_view>

#include "model/shapes.h"

namespace workmail::api {

// Throws InvalidParameterException for a role that can not be given to a user.
void check_role(std::optional<UserRole> role);

// Throws EntityStateException for a user whose role allows no mailbox.
void check_may_have_mailbox(std::string_view user_id, std::string_view role);

}  // namespace workmail::api

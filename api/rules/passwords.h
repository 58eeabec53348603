// The password policy of a WorkMail directory. Passwords are checked and not stored: nothing in the API reads
// them back.
#pragma once

#include <string_view>

namespace workmail::api {

// Throws InvalidPasswordException. `password` is UTF-8 and satisfies the model's constraints.
void check_password(std::string_view password);

}  // namespace workmail::api

// Checks the rules of an impersonation role. Shared by the operations and seed documents.
#pragma once

#include <vector>

#include "generated/workmail/shapes.h"

namespace workmail::api {

// Throws InvalidParameterException for a duplicate id or name, or a rule with both lists of users.
void check_impersonation_rules(const std::vector<ImpersonationRule>& rules);

}  // namespace workmail::api

// What the rules of an impersonation role must keep: shared by the operations and by seeds.
#pragma once

#include <vector>

#include "generated/workmail/shapes.h"

namespace workmail::api {

// Throws InvalidParameterException for an id or a name that is there twice, or a rule with two lists of users.
void check_impersonation_rules(const std::vector<ImpersonationRule>& rules);

}  // namespace workmail::api

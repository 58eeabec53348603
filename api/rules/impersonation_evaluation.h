// Evaluates the rules of an impersonation role for a target user.
#pragma once

#include <string_view>
#include <vector>

#include "api/rules/rule_precedence.h"
#include "store/impersonation_roles.h"

namespace workmail::api {

auto matches(const store::ImpersonationRule& rule, std::string_view target_user_id) -> bool;

// The rules must outlive the decision.
auto decide(const std::vector<store::ImpersonationRule>& rules, std::string_view target_user_id)
    -> Decision<store::ImpersonationRule>;

}  // namespace workmail::api

#include "api/rules/impersonation_evaluation.h"

#include <algorithm>

namespace workmail::api {

// AWS: a rule without targets is for every user (administrator guide).
auto matches(const store::ImpersonationRule& rule, std::string_view target_user_id) -> bool {
  const auto in = [&](const store::StringList& users) {
    return std::find(users.begin(), users.end(), target_user_id) != users.end();
  };
  return (rule.target_users.empty() || in(rule.target_users)) && !in(rule.not_target_users);
}

auto decide(const std::vector<store::ImpersonationRule>& rules, std::string_view target_user_id)
    -> Decision<store::ImpersonationRule> {
  return decide_by(rules, [&](const auto& rule) { return matches(rule, target_user_id); });
}

}  // namespace workmail::api

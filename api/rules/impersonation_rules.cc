#include "api/rules/impersonation_rules.h"

#include <algorithm>

#include "api/call/errors.h"
#include "store/folding.h"

namespace workmail::api {

// AWS: the console asks for a unique name of a rule (administrator guide, "Using impersonation roles"); that case does
// not count and the others are assumed, like the error (Q-role-rules).
void check_impersonation_rules(const std::vector<ImpersonationRule>& rules) {
  for (auto rule = rules.begin(); rule != rules.end(); ++rule) {
    const auto& id = rule->impersonation_rule_id;
    const auto same_id = [&](const auto& other) { return other.impersonation_rule_id == id; };
    if (std::any_of(rules.begin(), rule, same_id)) {
      throw errors::invalid_parameter("ImpersonationRuleId " + id + " is used twice");
    }
    const auto same_name = [&](const auto& other) {
      return other.name && rule->name && store::fold(*other.name) == store::fold(*rule->name);
    };
    if (rule->name && std::any_of(rules.begin(), rule, same_name)) {
      throw errors::invalid_parameter("The rule name " + *rule->name + " is used twice");
    }
    if (rule->target_users && rule->not_target_users) {
      throw errors::invalid_parameter("Rule " + id + " can have TargetUsers or NotTargetUsers, not both");
    }
  }
}

}  // namespace workmail::api

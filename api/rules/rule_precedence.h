// The effect of a list of matching rules, for access control, impersonation and mobile devices. Each of them decides
// separately which rules match.
#pragma once

#include <string_view>
#include <vector>

namespace workmail::api {

template <class Rule>
struct Decision {
  std::string_view effect;         // ALLOW, DENY
  std::vector<const Rule*> rules;  // the matching rules with this effect, in the order of the list
};

// AWS: a rule that denies takes precedence over all rules that allow, and nothing is allowed without a rule
// (administrator guide). Only the rules with the resulting effect are listed (API reference, "match the input and
// produce the configured effect"). The rules must outlive the decision.
template <class Rule, class Matches>
auto decide_by(const std::vector<Rule>& rules, Matches matches) -> Decision<Rule> {
  Decision<Rule> denied{.effect = "DENY"};
  Decision<Rule> allowed{.effect = "ALLOW"};
  for (const auto& rule : rules) {
    if (matches(rule)) (rule.effect == "DENY" ? denied : allowed).rules.push_back(&rule);
  }
  const bool allow = denied.rules.empty() && !allowed.rules.empty();
  return allow ? allowed : denied;
}

}  // namespace workmail::api

// What a list of rules decides, for the three families that have rules: access control, impersonation and mobile
// devices. Which rules match is the matter of each family.
#pragma once

#include <string_view>
#include <vector>

namespace workmail::api {

template <class Rule>
struct Decision {
  std::string_view effect;         // ALLOW, DENY
  std::vector<const Rule*> rules;  // those that match and have this effect, in the order of the list
};

// AWS: a rule that denies beats every one that allows, and nothing is allowed without a rule (administrator guide).
// Only the rules of the effect that wins are listed (API reference, "match the input and produce the configured
// effect"). The rules must outlive the decision.
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

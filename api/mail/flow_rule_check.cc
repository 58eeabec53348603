#include "api/mail/flow_rule_check.h"

#include <algorithm>
#include <vector>

#include "api/mail/flow_actions.h"
#include "api/mail/lambda_arn.h"
#include "api/mail/mail_address.h"
#include "api/wire/excerpt.h"
#include "store/utf8.h"

namespace workmail::api {

namespace {

using store::EmailFlowRule;
using store::FlowAction;

// AWS: names of rules are unique (administrator guide, "Creating email flow rules"); their form is undocumented, and
// this one assumed (Q-flow-rule-name).
auto check_name(std::string_view name) -> std::string {
  // Browsers would resolve these names as segments of a path of the control plane.
  if (name == "." || name == "..") return "Name must not be . or ..";
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  const bool valid = !name.empty() && store::is_utf8(name) && store::code_points(name) <= kMaxRuleName &&
                     std::none_of(name.begin(), name.end(), is_control);
  return valid ? std::string() : "Name must have 1 to 64 characters, without control characters";
}

auto check_patterns(std::string_view member, const std::vector<std::string>& patterns) -> std::string {
  // AWS: how many a rule can have is undocumented; this limit is assumed (Q-flow-pattern-limit).
  if (patterns.empty() || patterns.size() > kMaxRulePatterns) {
    return std::string(member) + " must have 1 to " + std::to_string(kMaxRulePatterns) + " patterns";
  }
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    const auto reason = check_pattern(patterns[i]);
    if (reason.empty()) continue;
    return std::string(member) + "[" + std::to_string(i) + "] \"" + excerpt(patterns[i], kMaxNameShown) + "\" " +
           reason;
  }
  return {};
}

auto not_allowed(std::string_view member, const EmailFlowRule& rule, FlowAction action) -> std::string {
  return std::string(member) + " must not be " + std::string(store::word(action)) + " when FlowDirection is " +
         std::string(store::word(rule.direction));
}

// AWS: fallback and time-out are options of synchronous rules, whose destination is *. That other rules cannot have
// them is assumed (Q-flow-synchronous).
auto check_synchronous(const EmailFlowRule& rule) -> std::string {
  if (rule.fallback == FlowAction::RunLambda) return "Lambda.FallbackAction must not be RUN_LAMBDA";
  if (!is_fallback_action(rule.direction, rule.fallback)) {
    return not_allowed("Lambda.FallbackAction", rule, rule.fallback);
  }
  if (rule.rule_timeout_minutes < 0 || rule.rule_timeout_minutes > kMaxRuleTimeoutMinutes) {
    return "Lambda.RuleTimeoutMinutes must be 0 to " + std::to_string(kMaxRuleTimeoutMinutes);
  }
  if (!rule.synchronous && rule.fallback != FlowAction::Default) {
    return "Lambda.FallbackAction is for synchronous rules only";
  }
  if (!rule.synchronous && rule.rule_timeout_minutes != 0) {
    return "Lambda.RuleTimeoutMinutes is for synchronous rules only";
  }
  const auto& destinations = rule.destination_patterns;
  if (rule.synchronous && std::any_of(destinations.begin(), destinations.end(), [](auto& each) { return each != "*"; }))
    return "DestinationPatterns of a synchronous rule must be * only";
  return {};
}

auto check_function(const EmailFlowRule& rule) -> std::string {
  if (rule.action == FlowAction::RunLambda) {
    if (!read_lambda_arn(rule.lambda_arn)) return "Lambda.Arn must be the ARN of a Lambda function";
    return check_synchronous(rule);
  }
  const bool has_any = !rule.lambda_arn.empty() || rule.synchronous || rule.fallback != FlowAction::Default ||
                       rule.rule_timeout_minutes != 0;
  return has_any ? "Lambda is for rules with the Action RUN_LAMBDA only" : "";
}

}  // namespace

auto check_pattern(std::string_view pattern) -> std::string {
  if (pattern == "*") return {};
  // AWS: + is not valid in a pattern.
  if (pattern.find('+') != std::string_view::npos) return "must not contain +";
  const bool is_wildcard = pattern.starts_with("*.");
  const auto rest = is_wildcard ? pattern.substr(2) : pattern;
  // AWS: a wildcard is allowed only before a domain.
  if (rest.find('*') != std::string_view::npos) return "must not have * but alone or in front, as in *.example.com";
  // AWS: that all domains of a country can be meant, as in *.de, is assumed (Q-flow-country).
  const bool is_address = !is_wildcard && rest.find('@') != std::string_view::npos;
  const bool is_valid = is_address ? is_mail_address(rest) : is_mail_domain(rest, is_wildcard ? 1 : 2);
  return is_valid ? "" : "must be an address, a domain, *.domain, or *";
}

auto reason_against(const EmailFlowRule& rule) -> std::string {
  if (auto reason = check_name(rule.name); !reason.empty()) return reason;
  if (auto reason = check_patterns("SenderPatterns", rule.sender_patterns); !reason.empty()) return reason;
  if (auto reason = check_patterns("DestinationPatterns", rule.destination_patterns); !reason.empty()) return reason;
  if (!is_action_of_rule(rule.direction, rule.action)) return not_allowed("Action", rule, rule.action);
  return check_function(rule);
}

}  // namespace workmail::api

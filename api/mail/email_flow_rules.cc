#include "api/mail/email_flow_rules.h"

#include "api/call/errors.h"
#include "api/mail/flow_rule_check.h"
#include "api/mail/lambda_arn.h"
#include "api/wire/stored_word.h"

namespace workmail::api {

namespace {

const store::StringList kEveryone{"*"};

auto shape_of_function(const store::EmailFlowRule& rule) -> std::optional<SeedFlowLambda> {
  if (rule.action != store::FlowAction::RunLambda) return std::nullopt;
  SeedFlowLambda function{.arn = rule.lambda_arn, .synchronous = rule.synchronous};
  if (rule.synchronous) {
    function.fallback_action = same_word<SeedFlowAction>(rule.fallback);
    function.rule_timeout_minutes = rule.rule_timeout_minutes;
  }
  return function;
}

// AWS: a rule invokes functions of its organization's account and region only (administrator guide, "Configuring AWS
// Lambda for Amazon WorkMail").
void check_function(const Context& context, const store::EmailFlowRule& rule) {
  if (rule.action != store::FlowAction::RunLambda) return;
  const auto function = read_lambda_arn(rule.lambda_arn);
  if (function && function->account == context.account && function->region == context.region) return;
  throw errors::invalid_parameter("Lambda.Arn: the function must be of the organization's account and region, " +
                                  std::string(context.account) + " in " + std::string(context.region));
}

}  // namespace

auto to_store(const SeedEmailFlowRule& rule) -> store::EmailFlowRule {
  store::EmailFlowRule stored{.name = rule.name,
                              .direction = same_word<store::FlowDirection>(rule.flow_direction),
                              .sender_patterns = rule.sender_patterns.value_or(kEveryone),
                              .destination_patterns = rule.destination_patterns.value_or(kEveryone),
                              .action = same_word<store::FlowAction>(rule.action)};
  if (const auto& function = rule.lambda) {
    stored.lambda_arn = function->arn;
    stored.synchronous = function->synchronous.value_or(false);
    stored.fallback = same_word<store::FlowAction>(function->fallback_action.value_or(SeedFlowAction::Default));
    stored.rule_timeout_minutes = function->rule_timeout_minutes.value_or(0);
  }
  return stored;
}

auto to_api(const store::EmailFlowRule& rule) -> SeedEmailFlowRule {
  return {.name = rule.name,
          .flow_direction = same_word<SeedFlowDirection>(rule.direction),
          .sender_patterns = rule.sender_patterns,
          .destination_patterns = rule.destination_patterns,
          .action = same_word<SeedFlowAction>(rule.action),
          .lambda = shape_of_function(rule)};
}

void put_email_flow_rule(Context& context, const store::OrganizationHead& organization,
                         const store::EmailFlowRule& rule) {
  if (const auto reason = reason_against(rule); !reason.empty()) throw errors::invalid_parameter(reason);
  check_function(context, rule);
  auto& rules = context.store.email_flow_rules;
  const bool is_new = !rules.find(organization.number, rule.name);
  if (is_new && rules.count(organization.number) >= kMaxEmailFlowRules)
    throw errors::limit_exceeded(kMaxEmailFlowRules, "email flow rules");
  rules.put(organization.number, rule);
}

}  // namespace workmail::api

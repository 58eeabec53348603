#include "api/mail/flow_rule_check.h"

#include <gtest/gtest.h>

#include <array>
#include <functional>

#include "api/mail/flow_actions.h"
#include "api/mail/lambda_arn.h"

namespace workmail::test {
namespace {

using api::check_pattern;
using api::reason_against;
using store::EmailFlowRule;
using store::FlowAction;
using store::FlowDirection;

constexpr auto kArn = "arn:aws:lambda:us-east-1:111122223333:function:disclaimer";

TEST(FlowPatterns, AreAddressesDomainsWildcardDomainsAndStar) {
  const std::string long_label(63, 'a');
  for (const auto& pattern : std::vector<std::string>{
           "*", "acme.test", "ACME.Test", "a-b.c1.test", "*.acme.test", "*.test", "*." + long_label + ".test",
           "alice@acme.test", "o'brien.x_y-z@mail.acme.test", std::string(64, 'a') + "@acme.test"}) {
    EXPECT_EQ(check_pattern(pattern), "") << pattern;
  }
}

TEST(FlowPatterns, RefuseWhatIsNone) {
  const std::string kForm = "must be an address, a domain, *.domain, or *";
  const std::string kPlus = "must not contain +";
  const std::string kStar = "must not have * but alone or in front, as in *.example.com";
  const std::vector<std::pair<std::string, std::string>> cases{
      {"", kForm},
      {" ", kForm},
      {"acme", kForm},
      {"acme..test", kForm},
      {".acme.test", kForm},
      {"acme.test.", kForm},
      {"-acme.test", kForm},
      {"acme-.test", kForm},
      {"acme .test", kForm},
      {"acme.test\n", kForm},
      {"äcme.test", kForm},
      {std::string(64, 'a') + ".test", kForm},
      {"*.", kForm},
      {"*..test", kForm},
      {"*.alice@acme.test", kForm},
      {"@acme.test", kForm},
      {"alice@", kForm},
      {"alice@acme", kForm},
      {"alice@bob@acme.test", kForm},
      {"al ice@acme.test", kForm},
      {"Alice <alice@acme.test>", kForm},
      {"\"alice\"@acme.test", kForm},
      {std::string(65, 'a') + "@acme.test", kForm},
      {std::string("a\0b@acme.test", 13), kForm},
      {"alice+tag@acme.test", kPlus},
      {"+", kPlus},
      {"acme+.test", kPlus},
      {"*acme.test", kStar},
      {"**", kStar},
      {"*.*.test", kStar},
      {"acme.*", kStar},
      {"*@acme.test", kStar},
      {"alice@*.acme.test", kStar},
  };
  for (const auto& [pattern, reason] : cases) EXPECT_EQ(check_pattern(pattern), reason) << pattern;
}

TEST(FlowPatterns, RefuseDomainsThatAreTooLong) {
  std::string domain;
  while (domain.size() < 250) domain += "a.";
  EXPECT_EQ(check_pattern(domain + "aaa"), "");
  EXPECT_NE(check_pattern(domain + "aaaa"), "");
  EXPECT_NE(check_pattern("b@" + domain + "aaa"), "");  // of 255
}

// DROP BOUNCE MOVE_TO_JUNK DEFAULT BYPASS_SPAM_CHECK ROUTE_TO_SMTP_GATEWAY RUN_LAMBDA
struct Allowed {
  FlowAction action;
  bool inbound;
  bool outbound;
};
constexpr std::array<Allowed, 7> kOfRules{{{FlowAction::Drop, true, true},
                                           {FlowAction::Bounce, true, true},
                                           {FlowAction::MoveToJunk, true, false},
                                           {FlowAction::Default, true, true},
                                           {FlowAction::BypassSpamCheck, true, false},
                                           {FlowAction::RouteToSmtpGateway, false, true},
                                           {FlowAction::RunLambda, true, true}}};

TEST(FlowActions, AreAllowedByDirectionAndPlace) {
  for (const auto& [action, inbound, outbound] : kOfRules) {
    for (const auto direction : {FlowDirection::Inbound, FlowDirection::Outbound}) {
      const bool of_rule = direction == FlowDirection::Inbound ? inbound : outbound;
      const bool of_fallback = of_rule && action != FlowAction::RunLambda;
      const bool of_answer = of_fallback && action != FlowAction::RouteToSmtpGateway;
      EXPECT_EQ(api::is_action_of_rule(direction, action), of_rule) << store::word(action);
      EXPECT_EQ(api::is_fallback_action(direction, action), of_fallback) << store::word(action);
      EXPECT_EQ(api::is_action_of_answer(direction, action), of_answer) << store::word(action);
    }
  }
}

auto plain_rule() -> EmailFlowRule {
  return {.name = "rule", .sender_patterns = {"*"}, .destination_patterns = {"acme.test"}, .action = FlowAction::Drop};
}

auto lambda_rule(bool synchronous) -> EmailFlowRule {
  return {.name = "rule",
          .sender_patterns = {"*"},
          .destination_patterns = {"*"},
          .action = FlowAction::RunLambda,
          .lambda_arn = kArn,
          .synchronous = synchronous};
}

TEST(FlowRuleChecks, AllowTheActionsOfTheDirection) {
  for (const auto& [action, inbound, outbound] : kOfRules) {
    auto rule = action == FlowAction::RunLambda ? lambda_rule(false) : plain_rule();
    rule.action = action;
    EXPECT_EQ(reason_against(rule).empty(), inbound) << store::word(action);
    rule.direction = FlowDirection::Outbound;
    EXPECT_EQ(reason_against(rule).empty(), outbound) << store::word(action);
  }
  auto junk = plain_rule();
  junk.action = FlowAction::MoveToJunk;
  junk.direction = FlowDirection::Outbound;
  EXPECT_EQ(reason_against(junk), "Action must not be MOVE_TO_JUNK when FlowDirection is OUTBOUND");
}

TEST(FlowRuleChecks, AllowTheFallbacksOfTheDirectionButNoFunction) {
  for (const auto& [action, inbound, outbound] : kOfRules) {
    auto rule = lambda_rule(true);
    rule.fallback = action;
    const bool is_function = action == FlowAction::RunLambda;
    EXPECT_EQ(reason_against(rule).empty(), inbound && !is_function) << store::word(action);
    rule.direction = FlowDirection::Outbound;
    EXPECT_EQ(reason_against(rule).empty(), outbound && !is_function) << store::word(action);
  }
}

struct RuleCase {
  std::string reason;
  std::function<void(EmailFlowRule&)> change;
};

void expect_reasons(const EmailFlowRule& valid, const std::vector<RuleCase>& cases) {
  EXPECT_EQ(reason_against(valid), "");
  for (const auto& [reason, change] : cases) {
    auto rule = valid;
    change(rule);
    EXPECT_EQ(reason_against(rule), reason);
  }
}

TEST(FlowRuleChecks, RequireANameAndPatterns) {
  const std::string kName = "Name must have 1 to 64 characters, without control characters";
  expect_reasons(
      plain_rule(),
      {{kName, [](auto& rule) { rule.name = ""; }},
       {"", [](auto& rule) { rule.name = std::string(64, 'x'); }},
       {kName, [](auto& rule) { rule.name = std::string(65, 'x'); }},
       {"",
        [](auto& rule) {
          for (rule.name = ""; rule.name.size() < 128;) rule.name += "ä";
        }},
       {kName, [](auto& rule) { rule.name = "a\nb"; }},
       {kName, [](auto& rule) { rule.name = std::string("a\0", 2); }},
       {kName, [](auto& rule) { rule.name = "a\x7F"; }},
       {kName, [](auto& rule) { rule.name = "\xFF"; }},
       {"SenderPatterns must have 1 to 100 patterns", [](auto& rule) { rule.sender_patterns.clear(); }},
       {"", [](auto& rule) { rule.sender_patterns.assign(100, "x.test"); }},
       {"SenderPatterns must have 1 to 100 patterns", [](auto& rule) { rule.sender_patterns.assign(101, "x.test"); }},
       {"SenderPatterns[1] \"a+b@x.test\" must not contain +",
        [](auto& rule) {
          rule.sender_patterns = {"x.test", "a+b@x.test"};
        }},
       {"DestinationPatterns must have 1 to 100 patterns", [](auto& rule) { rule.destination_patterns.clear(); }},
       {"DestinationPatterns must have 1 to 100 patterns",
        [](auto& rule) { rule.destination_patterns.assign(101, "*"); }},
       {"DestinationPatterns[0] \"acme\" must be an address, a domain, *.domain, or *",
        [](auto& rule) { rule.destination_patterns = {"acme"}; }}});
}

TEST(FlowRuleChecks, CutLongPatternsInTheirReason) {
  auto rule = plain_rule();
  rule.sender_patterns = {std::string(100000, 'x')};
  EXPECT_LT(reason_against(rule).size(), 300U);
}

TEST(FlowRuleChecks, RefuseWhatIsForFunctionsInOtherRules) {
  const std::string kOnly = "Lambda is for rules with the Action RUN_LAMBDA only";
  expect_reasons(plain_rule(), {{kOnly, [](auto& rule) { rule.lambda_arn = kArn; }},
                                {kOnly, [](auto& rule) { rule.synchronous = true; }},
                                {kOnly, [](auto& rule) { rule.fallback = FlowAction::Drop; }},
                                {kOnly, [](auto& rule) { rule.rule_timeout_minutes = 1; }}});
}

TEST(FlowRuleChecks, RequireAFunctionForRunLambda) {
  const std::string kFunction = "Lambda.Arn must be the ARN of a Lambda function";
  expect_reasons(lambda_rule(false), {{kFunction, [](auto& rule) { rule.lambda_arn = ""; }},
                                      {kFunction, [](auto& rule) { rule.lambda_arn = "disclaimer"; }}});
}

TEST(FlowRuleChecks, KeepTheOptionsOfSynchronousRules) {
  const std::string kRange = "Lambda.RuleTimeoutMinutes must be 0 to 240";
  const std::string kDestination = "DestinationPatterns of a synchronous rule must be * only";
  expect_reasons(
      lambda_rule(true),
      {{"", [](auto& rule) { rule.rule_timeout_minutes = 240; }},
       {kRange, [](auto& rule) { rule.rule_timeout_minutes = 241; }},
       {kRange, [](auto& rule) { rule.rule_timeout_minutes = -1; }},
       {"", [](auto& rule) { rule.fallback = FlowAction::Bounce; }},
       {"",
        [](auto& rule) {
          rule.sender_patterns = {"x.test", "alice@acme.test"};
        }},
       {"Lambda.FallbackAction must not be RUN_LAMBDA", [](auto& rule) { rule.fallback = FlowAction::RunLambda; }},
       {"Lambda.FallbackAction must not be ROUTE_TO_SMTP_GATEWAY when FlowDirection is INBOUND",
        [](auto& rule) { rule.fallback = FlowAction::RouteToSmtpGateway; }},
       {kDestination, [](auto& rule) { rule.destination_patterns = {"acme.test"}; }},
       {kDestination, [](auto& rule) {
          rule.destination_patterns = {"*", "acme.test"};
        }}});
}

TEST(FlowRuleChecks, RefuseThemForAsynchronousRules) {
  expect_reasons(
      lambda_rule(false),
      {{"", [](auto& rule) { rule.destination_patterns = {"acme.test"}; }},
       {"Lambda.FallbackAction is for synchronous rules only", [](auto& rule) { rule.fallback = FlowAction::Drop; }},
       {"Lambda.RuleTimeoutMinutes is for synchronous rules only", [](auto& rule) { rule.rule_timeout_minutes = 1; }}});
}

struct ArnCase {
  std::string arn;
  std::string parts;  // empty if it is invalid
};

TEST(LambdaArns, HaveRegionAccountNameAndQualifier) {
  const std::string kBase = "arn:aws:lambda:eu-west-1:111122223333:function:";
  const std::vector<ArnCase> cases{
      {kBase + "f", "eu-west-1 111122223333 f "},
      {kBase + "my_Function-1.x", "eu-west-1 111122223333 my_Function-1.x "},
      {kBase + "f:42", "eu-west-1 111122223333 f 42"},
      {kBase + "f:prod-1_a", "eu-west-1 111122223333 f prod-1_a"},
      {kBase + "f:$LATEST", "eu-west-1 111122223333 f $LATEST"},
      {kBase + std::string(256 - kBase.size(), 'f'), "eu-west-1 111122223333 " + std::string(209, 'f') + " "},
      {kBase + std::string(257 - kBase.size(), 'f'), ""},
      {"", ""},
      {kBase, ""},
      {kBase + "f:", ""},
      {kBase + "f:$OTHER", ""},
      {kBase + "f:1:2", ""},
      {kBase + "f g", ""},
      {kBase + "f\n", ""},
      {kBase + "\xFF", ""},
      {"x" + kBase + "f", ""},
      {"arn:aws:lambda:eu-west-1:11112222333:function:f", ""},
      {"arn:aws:lambda:eu-west:111122223333:function:f", ""},
      {"arn:aws:lambda:eu-west-1:111122223333:layer:f", ""},
      {"arn:aws:iam:eu-west-1:111122223333:function:f", ""},
  };
  for (const auto& [arn, parts] : cases) {
    const auto found = api::read_lambda_arn(arn);
    std::string text;
    if (found) {
      for (const auto part : {found->region, found->account, found->name}) (text += part) += ' ';
      text += found->qualifier;
    }
    EXPECT_EQ(text, parts) << arn;
  }
}

}  // namespace
}  // namespace workmail::test

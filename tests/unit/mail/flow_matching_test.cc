#include "api/mail/flow_matching.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace workmail::test {
namespace {

using api::find_rule;
using api::MessageSenders;
using store::EmailFlowRule;
using store::FlowAction;
using store::FlowDirection;

auto name_of(const EmailFlowRule* rule) -> std::string {
  return rule == nullptr ? "none" : rule->name;
}

auto inbound(std::string name, std::vector<std::string> senders, std::vector<std::string> destinations = {"*"},
             FlowAction action = FlowAction::Drop) -> EmailFlowRule {
  return {.name = std::move(name),
          .direction = FlowDirection::Inbound,
          .sender_patterns = std::move(senders),
          .destination_patterns = std::move(destinations),
          .action = action};
}

auto outbound(EmailFlowRule rule) -> EmailFlowRule {
  rule.direction = FlowDirection::Outbound;
  return rule;
}

struct PatternCase {
  std::string pattern;
  std::string address;
  bool matches;
};

const std::vector<PatternCase> kPatterns{
    {"alice@acme.test", "alice@acme.test", true},
    {"Alice@Acme.Test", "aLICE@aCME.tEST", true},
    {"alice@acme.test", "bob@acme.test", false},
    {"alice@acme.test", "alice@mail.acme.test", false},
    {"alice@acme.test", "malice@acme.test", false},
    {"alice@acme.test", "acme.test", false},
    {"acme.test", "alice@acme.test", true},
    {"ACME.test", "alice@acme.TEST", true},
    {"acme.test", "alice@mail.acme.test", false},
    {"acme.test", "alice@bigacme.test", false},
    {"acme.test", "alice@acme.test.example", false},
    {"acme.test", "acme.test", false},
    {"acme.test", "strange@alice@acme.test", true},
    {"*.acme.test", "alice@acme.test", true},
    {"*.acme.test", "alice@mail.acme.test", true},
    {"*.acme.test", "alice@a.b.ACME.test", true},
    {"*.ACME.test", "alice@mail.acme.test", true},
    {"*.acme.test", "alice@bigacme.test", false},
    {"*.acme.test", "alice@test", false},
    {"*.acme.test", "alice@acme.test.example", false},
    {"*.acme.test", "acme.test", false},
    {"*.test", "alice@acme.test", true},
    {"*", "alice@acme.test", true},
    {"*", "root", true},
    {"*", "", true},
    {"acme.test", "", false},
    {"*.acme.test", "", false},
    {"alice@acme.test", "", false},
};

TEST(FlowPatterns, MatchAnAddressADomainADomainWithThoseBelowItOrEverything) {
  for (const auto& [pattern, address, matches] : kPatterns) {
    const MessageSenders senders{.from = address};
    const auto* as_sender = find_rule({inbound("rule", {pattern})}, FlowDirection::Inbound, senders, "to@acme.test");
    EXPECT_EQ(as_sender != nullptr, matches) << pattern << " as sender of " << address;
    const auto* as_destination =
        find_rule({inbound("rule", {"*"}, {pattern})}, FlowDirection::Inbound, {.from = "from@x.test"}, address);
    EXPECT_EQ(as_destination != nullptr, matches) << pattern << " as destination of " << address;
  }
}

TEST(FlowRules, MatchOnlyWithASenderAndADestinationInTheirDirection) {
  const std::vector rules{inbound("rule", {"bad.test", "eve@x.test"}, {"alice@acme.test", "sales.acme.test"})};
  const auto found = [&](FlowDirection direction, std::string_view from, std::string_view to) {
    return find_rule(rules, direction, {.from = from}, to) != nullptr;
  };
  EXPECT_TRUE(found(FlowDirection::Inbound, "any@bad.test", "alice@acme.test"));
  EXPECT_TRUE(found(FlowDirection::Inbound, "eve@x.test", "bob@sales.acme.test"));
  EXPECT_FALSE(found(FlowDirection::Inbound, "any@bad.test", "bob@acme.test"));
  EXPECT_FALSE(found(FlowDirection::Inbound, "adam@x.test", "alice@acme.test"));
  EXPECT_FALSE(found(FlowDirection::Outbound, "any@bad.test", "alice@acme.test"));
  EXPECT_EQ(find_rule({}, FlowDirection::Inbound, {.from = "any@bad.test"}, "alice@acme.test"), nullptr);
}

// All match alice@mail.acme.test, the most specific first.
const std::vector<std::string> kBySpecificity{"alice@mail.acme.test", "mail.acme.test", "*.mail.acme.test",
                                              "*.acme.test",          "*.test",         "*"};

// The action of the rule that must not apply is the most restrictive one, so that it would decide.
TEST(FlowRules, ApplyTheMoreSpecificOfEveryTwoPatternsOfTheSender) {
  const MessageSenders senders{.from = "alice@mail.acme.test"};
  for (std::size_t more = 0; more < kBySpecificity.size(); ++more) {
    for (std::size_t less = more + 1; less < kBySpecificity.size(); ++less) {
      std::vector rules{inbound("less", {kBySpecificity[less]}, {"*"}, FlowAction::Drop),
                        inbound("more", {kBySpecificity[more]}, {"*"}, FlowAction::RunLambda)};
      EXPECT_EQ(name_of(find_rule(rules, FlowDirection::Inbound, senders, "to@x.test")), "more") << more << less;
      std::reverse(rules.begin(), rules.end());
      EXPECT_EQ(name_of(find_rule(rules, FlowDirection::Inbound, senders, "to@x.test")), "more") << more << less;
    }
  }
}

TEST(FlowRules, ApplyTheMoreSpecificOfEveryTwoPatternsOfTheDestination) {
  for (std::size_t more = 0; more < kBySpecificity.size(); ++more) {
    for (std::size_t less = more + 1; less < kBySpecificity.size(); ++less) {
      std::vector rules{outbound(inbound("less", {"*"}, {kBySpecificity[less]}, FlowAction::Drop)),
                        outbound(inbound("more", {"*"}, {kBySpecificity[more]}, FlowAction::RunLambda))};
      const auto found = [&] {
        return name_of(find_rule(rules, FlowDirection::Outbound, {.from = "from@acme.test"}, "alice@mail.acme.test"));
      };
      EXPECT_EQ(found(), "more") << more << less;
      std::reverse(rules.begin(), rules.end());
      EXPECT_EQ(found(), "more") << more << less;
    }
  }
}

TEST(FlowRules, CompareTheSenderBeforeTheDestination) {
  for (const auto direction : {FlowDirection::Inbound, FlowDirection::Outbound}) {
    std::vector rules{inbound("by destination", {"*"}, {"alice@acme.test"}, FlowAction::Drop),
                      inbound("by sender", {"*.x.test"}, {"*"}, FlowAction::RunLambda)};
    for (auto& rule : rules) rule.direction = direction;
    EXPECT_EQ(name_of(find_rule(rules, direction, {.from = "bob@x.test"}, "alice@acme.test")), "by sender");
  }
}

TEST(FlowRules, AreAsSpecificAsTheBestPatternThatMatches) {
  // The address in the first rule does not match; its second pattern does.
  const std::vector rules{inbound("first", {"carol@x.test", "*.x.test", "*"}, {"*"}, FlowAction::RunLambda),
                          inbound("second", {"*.test", "dave@x.test"}, {"*"}, FlowAction::Drop)};
  EXPECT_EQ(name_of(find_rule(rules, FlowDirection::Inbound, {.from = "bob@x.test"}, "a@acme.test")), "first");
  EXPECT_EQ(name_of(find_rule(rules, FlowDirection::Inbound, {.from = "dave@x.test"}, "a@acme.test")), "second");
}

constexpr std::array kActions{FlowAction::Drop,     FlowAction::Bounce,          FlowAction::MoveToJunk,
                              FlowAction::Default,  FlowAction::BypassSpamCheck, FlowAction::RouteToSmtpGateway,
                              FlowAction::RunLambda};

TEST(FlowRules, ApplyTheMoreRestrictiveOfEveryTwoActionsWhenEquallySpecific) {
  const MessageSenders senders{.from = "bob@x.test"};
  for (std::size_t more = 0; more < kActions.size(); ++more) {
    for (std::size_t less = more + 1; less < kActions.size(); ++less) {
      std::vector rules{inbound("less", {"bob@x.test"}, {"*"}, kActions[less]),
                        inbound("more", {"bob@x.test"}, {"*"}, kActions[more])};
      EXPECT_EQ(name_of(find_rule(rules, FlowDirection::Inbound, senders, "to@x.test")), "more") << more << less;
      std::reverse(rules.begin(), rules.end());
      EXPECT_EQ(name_of(find_rule(rules, FlowDirection::Inbound, senders, "to@x.test")), "more") << more << less;
    }
  }
}

TEST(FlowRules, ApplyTheFirstOfEqualRules) {
  const std::vector rules{inbound("first", {"x.test"}), inbound("second", {"x.test"})};
  EXPECT_EQ(name_of(find_rule(rules, FlowDirection::Inbound, {.from = "bob@x.test"}, "to@acme.test")), "first");
}

struct SenderCase {
  FlowDirection direction;
  std::string sender_header;
  std::string from;
  std::string rule;
};

TEST(FlowRules, MatchSenderBeforeFromInboundAndEitherOutbound) {
  std::vector<EmailFlowRule> rules{inbound("list", {"*.list.test"}), inbound("bob", {"bob@x.test"})};
  rules.push_back(outbound(rules[0]));
  rules.push_back(outbound(rules[1]));
  const std::vector<SenderCase> cases{
      // Although From matches more specifically.
      {FlowDirection::Inbound, "owner@list.test", "bob@x.test", "list"},
      {FlowDirection::Inbound, "other@y.test", "bob@x.test", "bob"},
      {FlowDirection::Inbound, "", "bob@x.test", "bob"},
      {FlowDirection::Inbound, "bob@x.test", "owner@list.test", "bob"},
      {FlowDirection::Inbound, "other@y.test", "third@y.test", "none"},
      {FlowDirection::Inbound, "", "", "none"},
      {FlowDirection::Outbound, "owner@list.test", "bob@x.test", "bob"},
      {FlowDirection::Outbound, "bob@x.test", "owner@list.test", "bob"},
      {FlowDirection::Outbound, "owner@list.test", "third@y.test", "list"},
      {FlowDirection::Outbound, "other@y.test", "bob@x.test", "bob"},
      {FlowDirection::Outbound, "", "bob@x.test", "bob"},
      {FlowDirection::Outbound, "other@y.test", "third@y.test", "none"},
  };
  for (const auto& [direction, sender_header, from, rule] : cases) {
    const auto* found = find_rule(rules, direction, {.sender_header = sender_header, .from = from}, "a@acme.test");
    EXPECT_EQ(name_of(found), rule) << store::word(direction) << " " << sender_header << " " << from;
  }
}

TEST(FlowRules, MatchFromWhenTheRulesOfSenderAreForOtherRecipients) {
  const std::vector rules{inbound("sender", {"owner@list.test"}, {"carol@acme.test"}), inbound("from", {"bob@x.test"})};
  const MessageSenders senders{.sender_header = "owner@list.test", .from = "bob@x.test"};
  EXPECT_EQ(name_of(find_rule(rules, FlowDirection::Inbound, senders, "carol@acme.test")), "sender");
  EXPECT_EQ(name_of(find_rule(rules, FlowDirection::Inbound, senders, "dave@acme.test")), "from");
}

}  // namespace
}  // namespace workmail::test

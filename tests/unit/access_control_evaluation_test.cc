#include "api/rules/access_control_evaluation.h"

#include <gtest/gtest.h>

namespace workmail::test {
namespace {

using api::decide;
using api::in_range;
using api::matches;
using store::AccessControlRule;

const api::AccessRequest kAlice{.ip_address = "10.0.0.1", .action = "IMAP", .user_id = "alice"};
const api::AccessRequest kScanner{.ip_address = "10.0.0.1", .action = "EWS", .impersonation_role_id = "scanner"};

struct Range {
  const char* range;
  const char* address;
  bool inside;
};

TEST(IpRanges, HoldExactlyTheAddressesWithTheirPrefix) {
  const std::vector<Range> cases{
      {"0.0.0.0/0", "0.0.0.0", true},
      {"0.0.0.0/0", "255.255.255.255", true},
      {"192.0.2.1/0", "10.0.0.1", true},
      {"128.0.0.0/1", "128.0.0.0", true},
      {"128.0.0.0/1", "127.255.255.255", false},
      {"0.0.0.0/1", "127.255.255.255", true},
      {"10.0.0.0/8", "10.255.255.255", true},
      {"10.0.0.0/8", "11.0.0.0", false},
      {"10.0.0.0/8", "9.255.255.255", false},
      {"172.16.0.0/12", "172.31.255.255", true},
      {"172.16.0.0/12", "172.32.0.0", false},
      {"172.16.0.0/12", "172.15.255.255", false},
      {"192.0.2.0/24", "192.0.2.255", true},
      {"192.0.2.0/24", "192.0.3.0", false},
      {"192.0.2.128/25", "192.0.2.127", false},
      {"192.0.2.128/25", "192.0.2.128", true},
      {"192.0.2.4/30", "192.0.2.7", true},
      {"192.0.2.4/30", "192.0.2.8", false},
      {"192.0.2.4/31", "192.0.2.5", true},
      {"192.0.2.4/31", "192.0.2.6", false},
      {"192.0.2.4/32", "192.0.2.4", true},
      {"192.0.2.4/32", "192.0.2.5", false},
      {"255.255.255.255/32", "255.255.255.255", true},
      {"255.255.255.255/32", "0.0.0.0", false},
  };
  for (const auto& [range, address, inside] : cases) EXPECT_EQ(in_range(address, range), inside) << range << address;
}

TEST(IpRanges, DoNotLookAtTheBitsBehindTheirPrefix) {
  EXPECT_TRUE(in_range("10.1.2.3", "10.200.200.200/8"));
  EXPECT_TRUE(in_range("192.0.2.200", "192.0.2.129/25"));
}

TEST(AccessControlRules, MatchEverythingWithoutConditions) {
  EXPECT_TRUE(matches(AccessControlRule{}, kAlice));
  EXPECT_TRUE(matches(AccessControlRule{}, kScanner));
}

TEST(AccessControlRules, MatchByAddress) {
  EXPECT_TRUE(matches({.ip_ranges = {"192.0.2.0/24", "10.0.0.0/8"}}, kAlice));
  EXPECT_FALSE(matches({.ip_ranges = {"192.0.2.0/24"}}, kAlice));
  EXPECT_TRUE(matches({.not_ip_ranges = {"192.0.2.0/24"}}, kAlice));
  EXPECT_FALSE(matches({.not_ip_ranges = {"192.0.2.0/24", "10.0.0.0/8"}}, kAlice));
}

TEST(AccessControlRules, MatchByAction) {
  EXPECT_TRUE(matches({.actions = {"SMTP", "IMAP"}}, kAlice));
  EXPECT_FALSE(matches({.actions = {"SMTP"}}, kAlice));
  EXPECT_TRUE(matches({.not_actions = {"SMTP"}}, kAlice));
  EXPECT_FALSE(matches({.not_actions = {"SMTP", "IMAP"}}, kAlice));
}

TEST(AccessControlRules, MatchByUser) {
  EXPECT_TRUE(matches({.user_ids = {"bob", "alice"}}, kAlice));
  EXPECT_FALSE(matches({.user_ids = {"bob"}}, kAlice));
  EXPECT_TRUE(matches({.not_user_ids = {"bob"}}, kAlice));
  EXPECT_FALSE(matches({.not_user_ids = {"bob", "alice"}}, kAlice));
}

TEST(AccessControlRules, MatchByImpersonationRole) {
  EXPECT_TRUE(matches({.impersonation_role_ids = {"backup", "scanner"}}, kScanner));
  EXPECT_FALSE(matches({.impersonation_role_ids = {"backup"}}, kScanner));
  EXPECT_TRUE(matches({.not_impersonation_role_ids = {"backup"}}, kScanner));
  EXPECT_FALSE(matches({.not_impersonation_role_ids = {"scanner"}}, kScanner));
}

TEST(AccessControlRules, MatchNoRolesWhenForUsersAndTheOtherWayRound) {
  EXPECT_FALSE(matches({.user_ids = {"alice"}}, kScanner));
  EXPECT_FALSE(matches({.impersonation_role_ids = {"scanner"}}, kAlice));
  // The id of a role does not match a user, and vice versa.
  EXPECT_FALSE(matches({.user_ids = {"scanner"}}, kScanner));
  EXPECT_FALSE(matches({.impersonation_role_ids = {"alice"}}, kAlice));
}

TEST(AccessControlRules, MatchEitherWhenForUsersAndRoles) {
  const AccessControlRule both{.user_ids = {"alice"}, .impersonation_role_ids = {"scanner"}};
  EXPECT_TRUE(matches(both, kAlice));
  EXPECT_TRUE(matches(both, kScanner));
  EXPECT_FALSE(matches({.user_ids = {"bob"}, .impersonation_role_ids = {"scanner"}}, kAlice));
}

TEST(AccessControlRules, LeaveOutNoRoleWhenTheyLeaveOutUsers) {
  EXPECT_TRUE(matches({.not_user_ids = {"alice"}}, kScanner));
  EXPECT_TRUE(matches({.not_impersonation_role_ids = {"scanner"}}, kAlice));
}

TEST(AccessControlRules, MatchOnlyWhenEveryConditionDoes) {
  const AccessControlRule rule{.ip_ranges = {"10.0.0.0/8"},
                               .not_ip_ranges = {"10.9.0.0/16"},
                               .actions = {"IMAP"},
                               .not_actions = {"SMTP"},
                               .user_ids = {"alice", "bob"},
                               .not_user_ids = {"bob"}};
  EXPECT_TRUE(matches(rule, kAlice));
  EXPECT_FALSE(matches(rule, {.ip_address = "10.9.0.1", .action = "IMAP", .user_id = "alice"}));
  EXPECT_FALSE(matches(rule, {.ip_address = "10.0.0.1", .action = "SMTP", .user_id = "alice"}));
  EXPECT_FALSE(matches(rule, {.ip_address = "10.0.0.1", .action = "IMAP", .user_id = "bob"}));
}

struct Ruling {
  std::vector<const char*> effects;  // of matching rules; every list has one more rule, which does not match
  std::string effect;
  std::vector<std::string> matched;  // by index
};

TEST(AccessControlRules, DenyBeforeTheyAllowAndDenyWithoutAny) {
  const std::vector<Ruling> cases{
      {{}, "DENY", {}},
      {{"ALLOW"}, "ALLOW", {"0"}},
      {{"DENY"}, "DENY", {"0"}},
      {{"ALLOW", "DENY"}, "DENY", {"1"}},
      {{"DENY", "ALLOW", "DENY"}, "DENY", {"0", "2"}},
      {{"ALLOW", "ALLOW"}, "ALLOW", {"0", "1"}},
  };
  for (const auto& [effects, effect, matched] : cases) {
    std::vector<AccessControlRule> rules;
    for (const auto* each : effects) rules.push_back({.name = std::to_string(rules.size()), .effect = each});
    for (const char* each : {"ALLOW", "DENY"}) rules.push_back({.name = "other", .effect = each, .actions = {"SMTP"}});
    const auto decision = decide(rules, kAlice);
    std::vector<std::string> names;
    for (const auto* rule : decision.rules) names.push_back(rule->name);
    EXPECT_EQ(decision.effect, effect);
    EXPECT_EQ(names, matched);
  }
}

}  // namespace
}  // namespace workmail::test

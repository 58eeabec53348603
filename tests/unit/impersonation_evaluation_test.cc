#include "api/rules/impersonation_evaluation.h"

#include <gtest/gtest.h>

namespace workmail::test {
namespace {

using api::decide;
using api::matches;
using store::ImpersonationRule;

TEST(ImpersonationRules, MatchEveryUserWithoutTargets) {
  EXPECT_TRUE(matches(ImpersonationRule{}, "alice"));
}

TEST(ImpersonationRules, MatchTheirTargets) {
  EXPECT_TRUE(matches(ImpersonationRule{.target_users = {"bob", "alice"}}, "alice"));
  EXPECT_FALSE(matches(ImpersonationRule{.target_users = {"bob"}}, "alice"));
}

TEST(ImpersonationRules, MatchAllButTheirExceptions) {
  EXPECT_TRUE(matches(ImpersonationRule{.not_target_users = {"bob"}}, "alice"));
  EXPECT_FALSE(matches(ImpersonationRule{.not_target_users = {"bob", "alice"}}, "alice"));
}

TEST(ImpersonationRules, DenyBeforeTheyAllowAndDenyWithoutAny) {
  const std::vector<ImpersonationRule> rules{{.id = "all", .effect = "ALLOW"},
                                             {.id = "not bob", .effect = "DENY", .target_users = {"bob"}},
                                             {.id = "not carol", .effect = "ALLOW", .not_target_users = {"carol"}}};
  const auto alice = decide(rules, "alice");
  EXPECT_EQ(alice.effect, "ALLOW");
  ASSERT_EQ(alice.rules.size(), 2U);
  EXPECT_EQ(alice.rules[0]->id, "all");
  EXPECT_EQ(alice.rules[1]->id, "not carol");
  const auto bob = decide(rules, "bob");
  EXPECT_EQ(bob.effect, "DENY");
  ASSERT_EQ(bob.rules.size(), 1U);
  EXPECT_EQ(bob.rules[0]->id, "not bob");
  const std::vector<ImpersonationRule> none;
  EXPECT_EQ(decide(none, "alice").effect, "DENY");
  EXPECT_TRUE(decide(none, "alice").rules.empty());
}

}  // namespace
}  // namespace workmail::test

#include <set>

#include "tests/api/api_test.h"

namespace workmail::test {
namespace {

using Names = std::vector<std::string>;
using std::chrono::seconds;

class Impersonation : public ApiTest {
 protected:
  Impersonation() { organization(); }

  auto enabled_user(const std::string& name) -> std::string { return user(name, name + "@acme.awsapps.com"); }
  static auto role(const std::string& name, const std::string& rules = "") -> std::string {
    return "'Name': '" + name + "', 'Type': 'FULL_ACCESS', 'Rules': [" + rules + "]";
  }
  static auto rule(const std::string& id, const std::string& effect, const std::string& more = "") -> std::string {
    return "{'ImpersonationRuleId': '" + id + "', 'Effect': '" + effect + "'" + (more.empty() ? "" : ", " + more) + "}";
  }
  static auto of(const std::string& id) -> std::string { return "'ImpersonationRoleId': '" + id + "'"; }
  auto create(const std::string& name, const std::string& rules = "") -> std::string {
    return ok("CreateImpersonationRole", role(name, rules))["ImpersonationRoleId"];
  }
  auto names(const std::string& members = "") -> Names {
    return ok("ListImpersonationRoles", members).list("Roles", "Name");
  }
  auto effect(const std::string& id, const std::string& user) -> Answer {
    return ok("GetImpersonationRoleEffect", of(id) + ", 'TargetUser': '" + user + "'");
  }
};

constexpr const char* kUnknownUser = "ffffffff-ffff-ffff-ffff-ffffffffffff";

TEST_F(Impersonation, ShowsARoleAsItWasCreated) {
  const auto alice = enabled_user("alice");
  const auto bob = enabled_user("bob");
  const auto id = ok("CreateImpersonationRole",
                     "'Name': 'Scanner', 'Type': 'READ_ONLY', 'Description': 'reads', 'Rules': [" +
                         rule("r-2", "DENY", "'Name': 'Some', 'Description': 'not these', 'TargetUsers': ['alice']") +
                         ", " + rule("r-1", "ALLOW", "'NotTargetUsers': ['bob@acme.awsapps.com', '" + alice + "']") +
                         "]")["ImpersonationRoleId"];
  EXPECT_EQ(id.size(), 36U);
  const auto shown = ok("GetImpersonationRole", of(id));
  EXPECT_EQ(shown["ImpersonationRoleId"], id);
  EXPECT_EQ(shown["Name"], "Scanner");
  EXPECT_EQ(shown["Type"], "READ_ONLY");
  EXPECT_EQ(shown["Description"], "reads");
  EXPECT_EQ(shown["DateCreated"], "1767225600.0");
  EXPECT_EQ(shown["DateModified"], "1767225600.0");
  EXPECT_EQ(shown["Rules"], R"([{"ImpersonationRuleId":"r-2","Name":"Some","Description":"not these",)"
                            R"("Effect":"DENY","TargetUsers":[")" +
                                alice + R"("]},{"ImpersonationRuleId":"r-1","Effect":"ALLOW","NotTargetUsers":[")" +
                                bob + R"(",")" + alice + R"("]}])");
}

TEST_F(Impersonation, HasRulesWithDifferentNames) {
  const auto named = [](const std::string& id, const std::string& name) {
    return rule(id, "ALLOW", "'Name': '" + name + "'");
  };
  const auto twice =
      named("1", "One") + ", " + rule("2", "ALLOW") + ", " + rule("3", "ALLOW") + ", " + named("4", "One");
  EXPECT_EQ(error("CreateImpersonationRole", role("first", twice)), "InvalidParameterException");
  EXPECT_EQ(error("CreateImpersonationRole", role("first", named("1", "n") + ", " + named("2", "N"))),
            "InvalidParameterException");
  const auto id = create("first", named("1", "One") + ", " + named("2", "Two"));
  const auto before = ok("GetImpersonationRole", of(id)).text();
  EXPECT_EQ(error("UpdateImpersonationRole", of(id) + ", " + role("first", twice)), "InvalidParameterException");
  EXPECT_EQ(ok("GetImpersonationRole", of(id)).text(), before);
  create("second", named("1", "One"));  // a rule of another role
}

TEST_F(Impersonation, NeedsNeitherDescriptionNorRules) {
  const auto shown = ok("GetImpersonationRole", of(create("bare")));
  EXPECT_FALSE(shown.has("Description"));
  EXPECT_EQ(shown["Rules"], "[]");
}

TEST_F(Impersonation, ReplacesARoleAsAWhole) {
  const auto alice = enabled_user("alice");
  const auto id = ok("CreateImpersonationRole",
                     "'Name': 'first', 'Type': 'READ_ONLY', 'Description': 'd', 'Rules': [" + rule("1", "ALLOW") +
                         ", " + rule("2", "DENY", "'TargetUsers': ['alice']") + "]")["ImpersonationRoleId"];
  advance(seconds(5));
  ok("UpdateImpersonationRole", of(id) + ", " + role("second", rule("3", "DENY", "'NotTargetUsers': ['alice']")));
  const auto shown = ok("GetImpersonationRole", of(id));
  EXPECT_EQ(shown["Name"], "second");
  EXPECT_EQ(shown["Type"], "FULL_ACCESS");
  EXPECT_FALSE(shown.has("Description"));
  EXPECT_EQ(shown["Rules"], R"([{"ImpersonationRuleId":"3","Effect":"DENY","NotTargetUsers":[")" + alice + R"("]}])");
  EXPECT_EQ(shown["DateCreated"], "1767225600.0");
  EXPECT_EQ(shown["DateModified"], "1767225605.0");
  ok("UpdateImpersonationRole", of(id) + ", 'Description': 'new', " + role("second"));
  EXPECT_EQ(ok("GetImpersonationRole", of(id))["Description"], "new");
  EXPECT_EQ(ok("GetImpersonationRole", of(id))["Rules"], "[]");
}

TEST_F(Impersonation, KeepsNamesUnique) {
  const auto first = create("Scanner");
  const auto second = create("backup");
  EXPECT_EQ(error("CreateImpersonationRole", role("SCANNER")), "InvalidParameterException");
  EXPECT_EQ(error("UpdateImpersonationRole", of(second) + ", " + role("scanner")), "InvalidParameterException");
  ok("UpdateImpersonationRole", of(first) + ", " + role("SCANNER"));
  EXPECT_EQ(names(), (Names{"SCANNER", "backup"}));
  ok("DeleteImpersonationRole", of(first));
  create("scanner");
}

TEST_F(Impersonation, RefusesRulesThatContradictThemselves) {
  enabled_user("alice");
  const auto id = create("scanner");
  const auto twice = rule("1", "ALLOW") + ", " + rule("2", "ALLOW") + ", " + rule("1", "DENY");
  const auto both = rule("1", "ALLOW", "'TargetUsers': ['alice'], 'NotTargetUsers': ['alice']");
  for (const auto& rules : {twice, both}) {
    EXPECT_EQ(error("CreateImpersonationRole", role("other", rules)), "InvalidParameterException");
    EXPECT_EQ(error("UpdateImpersonationRole", of(id) + ", " + role("scanner", rules)), "InvalidParameterException");
    // The input is checked before any look-up.
    EXPECT_EQ(error("UpdateImpersonationRole", of("unknown") + ", " + role("x", rules)), "InvalidParameterException");
  }
  EXPECT_EQ(names(), (Names{"scanner"}));
}

TEST_F(Impersonation, TakesUsersWhoAreEnabled) {
  const auto id = create("scanner");
  const auto disabled = user("disabled");
  const auto deregistered = enabled_user("deregistered");
  deregister(deregistered);
  const auto deleted = user("deleted");
  ok("DeleteUser", "'UserId': 'deleted'");
  const auto all = group("all", "all@acme.awsapps.com");
  const auto room = resource("room", "room@acme.awsapps.com");
  const std::map<std::string, std::string> expected{
      {disabled, "EntityStateException"}, {deregistered, "EntityStateException"},
      {deleted, "EntityStateException"},  {all, "EntityNotFoundException"},
      {room, "EntityNotFoundException"},  {kUnknownUser, "EntityNotFoundException"}};
  for (const auto& [user, code] : expected) {
    for (const char* list : {"TargetUsers", "NotTargetUsers"}) {
      const auto rules = rule("1", "ALLOW", "'" + std::string(list) + "': ['" + user + "']");
      EXPECT_EQ(error("CreateImpersonationRole", role("other", rules)), code);
      EXPECT_EQ(error("UpdateImpersonationRole", of(id) + ", " + role("scanner", rules)), code);
    }
    EXPECT_EQ(error("GetImpersonationRoleEffect", of(id) + ", 'TargetUser': '" + user + "'"), code);
  }
  EXPECT_EQ(names(), (Names{"scanner"}));
}

TEST_F(Impersonation, KnowsUsersByIdWhateverTheyAreCalled) {
  const auto alice = enabled_user("alice");
  const auto id = create("scanner", rule("1", "ALLOW", "'TargetUsers': ['alice@acme.awsapps.com']"));
  ok("UpdatePrimaryEmailAddress", "'EntityId': 'alice', 'Email': 'new@acme.awsapps.com'");
  for (const auto& name : {alice, std::string("ALICE"), std::string("New@acme.awsapps.com")}) {
    EXPECT_EQ(effect(id, name)["Effect"], "ALLOW") << name;
  }
}

TEST_F(Impersonation, GoesOnNamingDeletedUsers) {
  const auto alice = enabled_user("alice");
  const auto id = create("scanner", rule("1", "ALLOW", "'TargetUsers': ['alice']"));
  deregister(alice);
  ok("DeleteUser", "'UserId': 'alice'");
  advance(31 * kDay);
  EXPECT_EQ(ok("GetImpersonationRole", of(id))["Rules"],
            R"([{"ImpersonationRuleId":"1","Effect":"ALLOW","TargetUsers":[")" + alice + R"("]}])");
}

TEST_F(Impersonation, DeniesBeforeItAllows) {
  enabled_user("alice");
  enabled_user("bob");
  const auto id = create("scanner", rule("all", "ALLOW", "'Name': 'Everybody'") + ", " +
                                        rule("not-bob", "DENY", "'TargetUsers': ['bob']") + ", " +
                                        rule("but-bob", "ALLOW", "'NotTargetUsers': ['bob']"));
  EXPECT_EQ(effect(id, "alice").text(),
            R"({"Type":"FULL_ACCESS","Effect":"ALLOW","MatchedRules":[{"ImpersonationRuleId":"all",)"
            R"("Name":"Everybody"},{"ImpersonationRuleId":"but-bob"}]})");
  EXPECT_EQ(effect(id, "bob").text(),
            R"({"Type":"FULL_ACCESS","Effect":"DENY","MatchedRules":[{"ImpersonationRuleId":"not-bob"}]})");
  EXPECT_EQ(effect(create("nothing"), "bob").text(), R"({"Type":"FULL_ACCESS","Effect":"DENY","MatchedRules":[]})");
}

TEST_F(Impersonation, RefusesUnknownRolesExceptToDeleteThem) {
  enabled_user("alice");
  EXPECT_EQ(error("GetImpersonationRole", of("unknown")), "ResourceNotFoundException");
  EXPECT_EQ(error("UpdateImpersonationRole", of("unknown") + ", " + role("a")), "ResourceNotFoundException");
  EXPECT_EQ(error("AssumeImpersonationRole", of("unknown")), "ResourceNotFoundException");
  EXPECT_EQ(error("GetImpersonationRoleEffect", of("unknown") + ", 'TargetUser': 'alice'"),
            "ResourceNotFoundException");
  ok("DeleteImpersonationRole", of("unknown"));
}

TEST_F(Impersonation, DeletesRoles) {
  const auto id = create("scanner", rule("1", "ALLOW"));
  create("backup");
  ok("DeleteImpersonationRole", of(id));
  EXPECT_EQ(error("GetImpersonationRole", of(id)), "ResourceNotFoundException");
  EXPECT_EQ(names(), (Names{"backup"}));
  ok("DeleteImpersonationRole", of(id));
}

TEST_F(Impersonation, GivesAnotherTokenAtEachCall) {
  const auto id = create("scanner");
  std::set<std::string> tokens;
  for (int i = 0; i < 3; ++i) {
    const auto answer = ok("AssumeImpersonationRole", of(id));
    EXPECT_EQ(answer["ExpiresIn"], "900");
    const auto token = answer["Token"];
    EXPECT_FALSE(token.empty() || token.size() > 256);
    for (const char c : token) EXPECT_TRUE(c > ' ' && c <= '~');
    tokens.insert(token);
  }
  EXPECT_EQ(tokens.size(), 3U);
}

TEST_F(Impersonation, ListsRolesInPagesInTheOrderOfCreation) {
  EXPECT_EQ(ok("ListImpersonationRoles").text(), R"({"Roles":[]})");
  const auto id = create("c", rule("1", "ALLOW"));
  create("a");
  create("b");
  const auto first = ok("ListImpersonationRoles", "'MaxResults': 1");
  EXPECT_EQ(first["Roles"], R"([{"ImpersonationRoleId":")" + id +
                                R"(","Name":"c","Type":"FULL_ACCESS","DateCreated":1767225600.0,)"
                                R"("DateModified":1767225600.0}])");
  const auto token = "'NextToken': '" + first["NextToken"] + "'";
  const auto second = ok("ListImpersonationRoles", token + ", 'MaxResults': 1");
  EXPECT_EQ(second.list("Roles", "Name"), (Names{"a"}));
  const auto third = ok("ListImpersonationRoles", "'MaxResults': 1, 'NextToken': '" + second["NextToken"] + "'");
  EXPECT_EQ(third.list("Roles", "Name"), (Names{"b"}));
  EXPECT_FALSE(third.has("NextToken"));
  EXPECT_EQ(names(token), (Names{"a", "b"}));
  EXPECT_EQ(error("ListUsers", token), "InvalidParameterException");
  organization("other");
  EXPECT_EQ(error("ListImpersonationRoles", token), "InvalidParameterException");
}

TEST_F(Impersonation, HasTwentyRolesAtMost) {
  std::string id;
  for (int i = 1; i <= 20; ++i) id = create("role-" + std::to_string(i));
  EXPECT_EQ(error("CreateImpersonationRole", role("one-more")), "LimitExceededException");
  ok("UpdateImpersonationRole", of(id) + ", " + role("renamed"));
  ok("DeleteImpersonationRole", of(id));
  create("one-more");
}

TEST_F(Impersonation, CreatesOneRolePerClientToken) {
  const auto members = role("scanner") + ", 'ClientToken': 't'";
  const auto id = ok("CreateImpersonationRole", members)["ImpersonationRoleId"];
  EXPECT_EQ(ok("CreateImpersonationRole", members)["ImpersonationRoleId"], id);
  EXPECT_EQ(names(), (Names{"scanner"}));
  EXPECT_EQ(error("CreateImpersonationRole", role("other") + ", 'ClientToken': 't'"), "InvalidParameterException");
}

TEST_F(Impersonation, BelongsToItsOrganization) {
  const auto alice = enabled_user("alice");
  const auto id = create("scanner", rule("1", "ALLOW"));
  const auto acme = organization_id_;
  organization("other");
  EXPECT_TRUE(names().empty());
  EXPECT_EQ(error("GetImpersonationRole", of(id)), "ResourceNotFoundException");
  EXPECT_EQ(error("UpdateImpersonationRole", of(id) + ", " + role("a")), "ResourceNotFoundException");
  EXPECT_EQ(error("AssumeImpersonationRole", of(id)), "ResourceNotFoundException");
  EXPECT_EQ(error("CreateImpersonationRole", role("a", rule("1", "ALLOW", "'TargetUsers': ['" + alice + "']"))),
            "EntityNotFoundException");
  ok("DeleteImpersonationRole", of(id));
  create("scanner");
  organization_id_ = acme;
  EXPECT_EQ(effect(id, "alice")["Effect"], "ALLOW");
}

TEST_F(Impersonation, NeedsAnActiveOrganizationOfTheAccount) {
  const auto id = create("scanner");
  const auto every = [&](const std::string& code) {
    EXPECT_EQ(error("CreateImpersonationRole", role("a")), code);
    EXPECT_EQ(error("GetImpersonationRole", of(id)), code);
    EXPECT_EQ(error("ListImpersonationRoles"), code);
    EXPECT_EQ(error("UpdateImpersonationRole", of(id) + ", " + role("a")), code);
    EXPECT_EQ(error("DeleteImpersonationRole", of(id)), code);
    EXPECT_EQ(error("AssumeImpersonationRole", of(id)), code);
    EXPECT_EQ(error("GetImpersonationRoleEffect", of(id) + ", 'TargetUser': 'alice'"), code);
  };
  as("111122223333");
  every("OrganizationNotFoundException");
  as("000000000000");
  ok("DeleteOrganization", "'DeleteDirectory': true");
  every("OrganizationStateException");
}

}  // namespace
}  // namespace workmail::test

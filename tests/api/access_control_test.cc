#include "tests/api/api_test.h"

namespace workmail::test {
namespace {

using Names = std::vector<std::string>;
using std::chrono::seconds;

class AccessControl : public ApiTest {
 protected:
  AccessControl() { organization(); }

  static auto rule(const std::string& name, const std::string& effect, const std::string& conditions = "")
      -> std::string {
    return "'Name': '" + name + "', 'Effect': '" + effect + "', 'Description': 'd'" +
           (conditions.empty() ? "" : ", " + conditions);
  }
  void put(const std::string& name, const std::string& effect, const std::string& conditions = "") {
    ok("PutAccessControlRule", rule(name, effect, conditions));
  }
  void remove(const std::string& name) { ok("DeleteAccessControlRule", "'Name': '" + name + "'"); }
  auto names() -> Names { return ok("ListAccessControlRules").list("Rules", "Name"); }
  auto role(const std::string& name) -> std::string {
    return ok("CreateImpersonationRole",
              "'Name': '" + name + "', 'Type': 'READ_ONLY', 'Rules': []")["ImpersonationRoleId"];
  }
  static auto by_user(const std::string& id, const std::string& address = "10.0.0.1",
                      const std::string& action = "IMAP") -> std::string {
    return "'IpAddress': '" + address + "', 'Action': '" + action + "', 'UserId': '" + id + "'";
  }
  static auto by_role(const std::string& id, const std::string& action = "EWS") -> std::string {
    return "'IpAddress': '10.0.0.1', 'Action': '" + action + "', 'ImpersonationRoleId': '" + id + "'";
  }
  // The effect and the names of the matching rules: "DENY office,night".
  auto effect(const std::string& request) -> std::string {
    const auto answer = ok("GetAccessControlEffect", request);
    std::string text;
    for (const auto& name : answer.list("MatchedRules")) text += (text.empty() ? "" : ",") + name;
    return answer["Effect"] + " " + text;
  }
};

TEST_F(AccessControl, BeginsWithARuleThatAllowsEverything) {
  EXPECT_EQ(ok("ListAccessControlRules").text(),
            R"({"Rules":[{"Name":"default","Effect":"ALLOW","Description":"Default WorkMail Rule",)"
            R"("DateCreated":0.000,"DateModified":0.000}]})");
  EXPECT_EQ(effect(by_user(user("alice"))), "ALLOW default");
}

TEST_F(AccessControl, ShowsRulesAsTheyWerePut) {
  const auto alice = user("alice");
  const auto bob = user("bob");
  const auto scanner = role("scanner");
  const auto backup = role("backup");
  put("full", "DENY",
      "'IpRanges': ['10.0.0.0/8', '192.0.2.1/32'], 'NotIpRanges': ['10.1.0.0/16'], 'Actions': ['EWS', 'IMAP'],"
      " 'NotActions': ['SMTP'], 'UserIds': ['" +
          alice + "'], 'NotUserIds': ['" + bob + "'], 'ImpersonationRoleIds': ['" + scanner +
          "'], 'NotImpersonationRoleIds': ['" + backup + "']");
  const auto listed = ok("ListAccessControlRules");
  const auto& shown = listed.json()["Rules"][1];
  const auto text = [&](const char* member) { return std::string(shown[member].GetString()); };
  EXPECT_EQ(text("Name"), "full");
  EXPECT_EQ(text("Effect"), "DENY");
  EXPECT_EQ(text("Description"), "d");
  const auto is = [&](const char* member) { return listed.list("Rules", member)[1]; };
  EXPECT_EQ(is("IpRanges"), R"(["10.0.0.0/8","192.0.2.1/32"])");
  EXPECT_EQ(is("NotIpRanges"), R"(["10.1.0.0/16"])");
  EXPECT_EQ(is("Actions"), R"(["EWS","IMAP"])");
  EXPECT_EQ(is("NotActions"), R"(["SMTP"])");
  EXPECT_EQ(is("UserIds"), R"([")" + alice + R"("])");
  EXPECT_EQ(is("NotUserIds"), R"([")" + bob + R"("])");
  EXPECT_EQ(is("ImpersonationRoleIds"), R"([")" + scanner + R"("])");
  EXPECT_EQ(is("NotImpersonationRoleIds"), R"([")" + backup + R"("])");
  EXPECT_EQ(is("DateCreated"), "1767225600.0");
  EXPECT_EQ(is("DateModified"), "1767225600.0");
}

TEST_F(AccessControl, TakesEmptyListsForNoConditions) {
  ok("PutAccessControlRule", "'Name': 'empty', 'Effect': 'DENY', 'Description': 'd', 'IpRanges': [], 'UserIds': []");
  const auto listed = ok("ListAccessControlRules");
  const auto& shown = listed.json()["Rules"][1];
  EXPECT_FALSE(shown.HasMember("IpRanges") || shown.HasMember("UserIds"));
  EXPECT_EQ(effect(by_user(user("alice"))), "DENY empty");
}

TEST_F(AccessControl, ReplacesARuleOfTheSameNameAsAWhole) {
  put("a", "DENY", "'IpRanges': ['10.0.0.0/8'], 'Actions': ['IMAP']");
  put("b", "ALLOW");
  advance(seconds(90));
  put("a", "ALLOW", "'NotActions': ['SMTP']");
  EXPECT_EQ(names(), (Names{"default", "a", "b"}));
  const auto listed = ok("ListAccessControlRules");
  const auto is = [&](const char* member) { return listed.list("Rules", member)[1]; };
  EXPECT_EQ(is("Effect"), "ALLOW");
  EXPECT_EQ(is("IpRanges"), "");
  EXPECT_EQ(is("Actions"), "");
  EXPECT_EQ(is("NotActions"), R"(["SMTP"])");
  EXPECT_EQ(is("DateCreated"), "1767225600.0");
  EXPECT_EQ(is("DateModified"), "1767225690.0");
}

TEST_F(AccessControl, DistinguishesNamesByCase) {
  put("Default", "DENY");
  EXPECT_EQ(names(), (Names{"default", "Default"}));
}

TEST_F(AccessControl, RefusesUnknownActions) {
  for (const char* action : {"ActiveSync", "AutoDiscover", "EWS", "IMAP", "SMTP", "WindowsOutlook", "WebMail"}) {
    put("a", "ALLOW", "'Actions': ['" + std::string(action) + "']");
  }
  EXPECT_EQ(error("PutAccessControlRule", rule("b", "ALLOW", "'Actions': ['IMAP', 'POP']")),
            "InvalidParameterException");
  EXPECT_EQ(error("PutAccessControlRule", rule("b", "ALLOW", "'NotActions': ['imap']")), "InvalidParameterException");
  EXPECT_EQ(error("GetAccessControlEffect", by_user(user("alice"), "10.0.0.1", "POP")), "InvalidParameterException");
  EXPECT_EQ(names(), (Names{"default", "a"}));
}

TEST_F(AccessControl, RefusesUnknownUsersAndRoles) {
  const auto all = group("all");
  user("alice-in-chains");
  for (const auto& id : {std::string("ffffffff-ffff-ffff-ffff-ffffffffffff"), all, std::string("alice-in-chains")}) {
    for (const char* member : {"UserIds", "NotUserIds"}) {
      const auto condition = "'" + std::string(member) + "': ['" + id + "']";
      EXPECT_EQ(error("PutAccessControlRule", rule("a", "ALLOW", condition)), "EntityNotFoundException") << id;
    }
    EXPECT_EQ(error("GetAccessControlEffect", by_user(id)), "EntityNotFoundException") << id;
  }
  for (const char* member : {"ImpersonationRoleIds", "NotImpersonationRoleIds"}) {
    const auto condition = "'" + std::string(member) + "': ['unknown']";
    EXPECT_EQ(error("PutAccessControlRule", rule("a", "ALLOW", condition)), "ResourceNotFoundException");
  }
  EXPECT_EQ(error("GetAccessControlEffect", by_role("unknown")), "ResourceNotFoundException");
  EXPECT_EQ(names(), (Names{"default"}));
}

TEST_F(AccessControl, HasTenRulesAtMost) {
  for (int i = 1; i < 10; ++i) put("rule-" + std::to_string(i), "ALLOW");
  EXPECT_EQ(error("PutAccessControlRule", rule("one-more", "ALLOW")), "LimitExceededException");
  put("rule-9", "DENY");
  remove("default");
  put("one-more", "ALLOW");
  EXPECT_EQ(names().size(), 10U);
}

TEST_F(AccessControl, DeniesEverythingWithoutRules) {
  remove("default");
  remove("default");
  EXPECT_TRUE(names().empty());
  EXPECT_EQ(ok("GetAccessControlEffect", by_user(user("alice"))).text(), R"({"Effect":"DENY","MatchedRules":[]})");
}

TEST_F(AccessControl, DeniesBeforeItAllows) {
  const auto alice = user("alice");
  put("office", "ALLOW", "'IpRanges': ['10.0.0.0/8']");
  EXPECT_EQ(effect(by_user(alice)), "ALLOW default,office");
  put("no-imap", "DENY", "'Actions': ['IMAP']");
  put("no-alice", "DENY", "'UserIds': ['" + alice + "']");
  EXPECT_EQ(effect(by_user(alice)), "DENY no-imap,no-alice");
  EXPECT_EQ(effect(by_user(alice, "192.0.2.1", "SMTP")), "DENY no-alice");
  EXPECT_EQ(effect(by_user(user("bob"), "192.0.2.1", "SMTP")), "ALLOW default");
}

TEST_F(AccessControl, DistinguishesRolesFromUsers) {
  const auto alice = user("alice");
  const auto scanner = role("scanner");
  put("roles", "DENY", "'ImpersonationRoleIds': ['" + scanner + "']");
  EXPECT_EQ(effect(by_role(scanner)), "DENY roles");
  EXPECT_EQ(effect(by_role(role("backup"))), "ALLOW default");
  EXPECT_EQ(effect(by_user(alice, "10.0.0.1", "EWS")), "ALLOW default");
}

TEST_F(AccessControl, WantsAUserOrARole) {
  const auto alice = user("alice");
  const auto scanner = role("scanner");
  EXPECT_EQ(error("GetAccessControlEffect", "'IpAddress': '10.0.0.1', 'Action': 'EWS'"), "InvalidParameterException");
  EXPECT_EQ(error("GetAccessControlEffect", by_role(scanner) + ", 'UserId': '" + alice + "'"),
            "InvalidParameterException");
  EXPECT_EQ(error("GetAccessControlEffect", by_role(scanner, "IMAP")), "InvalidParameterException");
  EXPECT_EQ(error("GetAccessControlEffect", by_role("unknown", "IMAP")), "InvalidParameterException");
}

TEST_F(AccessControl, GoesOnNamingWhatWasDeleted) {
  const auto alice = user("alice");
  const auto scanner = role("scanner");
  put("a", "DENY", "'UserIds': ['" + alice + "'], 'ImpersonationRoleIds': ['" + scanner + "']");
  ok("DeleteUser", "'UserId': 'alice'");
  ok("DeleteImpersonationRole", "'ImpersonationRoleId': '" + scanner + "'");
  advance(31 * kDay);
  const auto listed = ok("ListAccessControlRules");
  EXPECT_EQ(listed.list("Rules", "UserIds")[1], R"([")" + alice + R"("])");
  EXPECT_EQ(listed.list("Rules", "ImpersonationRoleIds")[1], R"([")" + scanner + R"("])");
  EXPECT_EQ(error("GetAccessControlEffect", by_user(alice)), "EntityNotFoundException");
  EXPECT_EQ(error("GetAccessControlEffect", by_role(scanner)), "ResourceNotFoundException");
}

TEST_F(AccessControl, BelongsToItsOrganization) {
  const auto alice = user("alice");
  const auto scanner = role("scanner");
  put("mine", "DENY");
  const auto acme = organization_id_;
  organization("other");
  EXPECT_EQ(names(), (Names{"default"}));
  remove("mine");
  put("mine", "ALLOW");
  EXPECT_EQ(error("PutAccessControlRule", rule("a", "DENY", "'UserIds': ['" + alice + "']")),
            "EntityNotFoundException");
  EXPECT_EQ(error("PutAccessControlRule", rule("a", "DENY", "'ImpersonationRoleIds': ['" + scanner + "']")),
            "ResourceNotFoundException");
  EXPECT_EQ(error("GetAccessControlEffect", by_user(alice)), "EntityNotFoundException");
  organization_id_ = acme;
  EXPECT_EQ(effect(by_user(alice)), "DENY mine");
  as("111122223333");
  for (const char* operation : {"ListAccessControlRules", "DeleteAccessControlRule", "PutAccessControlRule"}) {
    EXPECT_EQ(error(operation, rule("mine", "DENY")), "OrganizationNotFoundException");
  }
  EXPECT_EQ(error("GetAccessControlEffect", by_user(alice)), "OrganizationNotFoundException");
}

TEST_F(AccessControl, NeedsAnActiveOrganization) {
  const auto alice = user("alice");
  ok("DeleteOrganization", "'DeleteDirectory': true");
  for (const char* operation : {"ListAccessControlRules", "DeleteAccessControlRule", "PutAccessControlRule"}) {
    EXPECT_EQ(error(operation, rule("a", "DENY")), "OrganizationStateException");
  }
  EXPECT_EQ(error("GetAccessControlEffect", by_user(alice)), "OrganizationStateException");
}

}  // namespace
}  // namespace workmail::test

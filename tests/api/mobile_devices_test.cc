#include "tests/api/api_test.h"

namespace workmail::test {
namespace {

using Names = std::vector<std::string>;
using std::chrono::seconds;

class MobileDeviceAccessRules : public ApiTest {
 protected:
  MobileDeviceAccessRules() { organization(); }

  static auto rule(const std::string& name, const std::string& effect, const std::string& conditions = "")
      -> std::string {
    return "'Name': '" + name + "', 'Effect': '" + effect + "'" + (conditions.empty() ? "" : ", " + conditions);
  }
  static auto of(const std::string& id) -> std::string { return "'MobileDeviceAccessRuleId': '" + id + "'"; }
  auto create(const std::string& name, const std::string& effect, const std::string& conditions = "") -> std::string {
    return ok("CreateMobileDeviceAccessRule", rule(name, effect, conditions))["MobileDeviceAccessRuleId"];
  }
  auto names() -> Names { return ok("ListMobileDeviceAccessRules").list("Rules", "Name"); }
  void remove_default() {
    ok("DeleteMobileDeviceAccessRule",
       of(ok("ListMobileDeviceAccessRules").list("Rules", "MobileDeviceAccessRuleId").at(0)));
  }
  // The effect and the names of the matching rules: "DENY old,lost".
  auto effect(const std::string& device = "") -> std::string {
    const auto answer = ok("GetMobileDeviceAccessEffect", device);
    std::string text;
    for (const auto& name : answer.list("MatchedRules", "Name")) text += (text.empty() ? "" : ",") + name;
    return answer["Effect"] + " " + text;
  }
};

TEST_F(MobileDeviceAccessRules, BeginWithOneThatAllowsEverything) {
  const auto listed = ok("ListMobileDeviceAccessRules");
  const auto id = listed.list("Rules", "MobileDeviceAccessRuleId").at(0);
  EXPECT_EQ(listed.text(), R"({"Rules":[{"MobileDeviceAccessRuleId":")" + id +
                               R"(","Name":"default","Description":"Default WorkMail Rule","Effect":"ALLOW",)"
                               R"("DateCreated":1767225600.000,"DateModified":1767225600.000}]})");
  EXPECT_EQ(effect("'DeviceType': 'iPhone'"), "ALLOW default");
  EXPECT_EQ(effect(), "ALLOW default");
}

TEST_F(MobileDeviceAccessRules, AreShownAsTheyWereCreated) {
  const auto id = create("full", "DENY",
                         "'Description': 'd', 'DeviceTypes': ['iPhone', 'iPad'], 'NotDeviceTypes': ['Pixel'],"
                         " 'DeviceModels': ['$NONE'], 'NotDeviceModels': ['m'], 'DeviceOperatingSystems': ['iOS 17'],"
                         " 'NotDeviceOperatingSystems': ['Android'], 'DeviceUserAgents': ['Mail/1'],"
                         " 'NotDeviceUserAgents': ['Outlook', 'Ápp']");
  EXPECT_EQ(id.size(), 36U);
  const auto listed = ok("ListMobileDeviceAccessRules");
  const auto is = [&](const char* member) { return listed.list("Rules", member)[1]; };
  EXPECT_EQ(is("MobileDeviceAccessRuleId"), id);
  EXPECT_EQ(is("Name"), "full");
  EXPECT_EQ(is("Description"), "d");
  EXPECT_EQ(is("Effect"), "DENY");
  EXPECT_EQ(is("DeviceTypes"), R"(["iPhone","iPad"])");
  EXPECT_EQ(is("NotDeviceTypes"), R"(["Pixel"])");
  EXPECT_EQ(is("DeviceModels"), R"(["$NONE"])");
  EXPECT_EQ(is("NotDeviceModels"), R"(["m"])");
  EXPECT_EQ(is("DeviceOperatingSystems"), R"(["iOS 17"])");
  EXPECT_EQ(is("NotDeviceOperatingSystems"), R"(["Android"])");
  EXPECT_EQ(is("DeviceUserAgents"), R"(["Mail/1"])");
  EXPECT_EQ(is("NotDeviceUserAgents"), R"(["Outlook","Ápp"])");
  EXPECT_EQ(is("DateCreated"), "1767225600.0");
  EXPECT_EQ(is("DateModified"), "1767225600.0");
}

TEST_F(MobileDeviceAccessRules, AreReplacedAsAWhole) {
  const auto id = create("first", "DENY", "'Description': 'd', 'DeviceTypes': ['iPhone'], 'NotDeviceModels': ['m']");
  create("last", "ALLOW");
  advance(seconds(5));
  ok("UpdateMobileDeviceAccessRule", of(id) + ", " + rule("second", "ALLOW", "'DeviceUserAgents': ['Mail']"));
  EXPECT_EQ(names(), (Names{"default", "second", "last"}));
  const auto listed = ok("ListMobileDeviceAccessRules");
  EXPECT_EQ(std::string(R"({"Rules":[)") + listed.list("Rules")[1] + "]}",
            R"({"Rules":[{"MobileDeviceAccessRuleId":")" + id +
                R"(","Name":"second","Effect":"ALLOW","DeviceUserAgents":["Mail"],)"
                R"("DateCreated":1767225600.0,"DateModified":1767225605.0}]})");
}

TEST_F(MobileDeviceAccessRules, NeedNoUniqueNames) {
  const auto first = create("same", "ALLOW");
  EXPECT_NE(create("same", "DENY"), first);
  EXPECT_EQ(names(), (Names{"default", "same", "same"}));
}

TEST_F(MobileDeviceAccessRules, AreUpdatedOnlyWhenTheyExist) {
  EXPECT_EQ(error("UpdateMobileDeviceAccessRule", of("unknown") + ", " + rule("a", "ALLOW")),
            "EntityNotFoundException");
}

TEST_F(MobileDeviceAccessRules, AreDeletedWhetherTheyExistOrNot) {
  const auto id = create("a", "ALLOW");
  ok("DeleteMobileDeviceAccessRule", of(id));
  EXPECT_EQ(names(), (Names{"default"}));
  ok("DeleteMobileDeviceAccessRule", of(id));
}

TEST_F(MobileDeviceAccessRules, AreTenAtMost) {
  std::string id;
  for (int i = 1; i < 10; ++i) id = create("rule", "ALLOW");
  EXPECT_EQ(error("CreateMobileDeviceAccessRule", rule("one-more", "ALLOW")), "LimitExceededException");
  ok("UpdateMobileDeviceAccessRule", of(id) + ", " + rule("changed", "DENY"));
  ok("DeleteMobileDeviceAccessRule", of(id));
  create("one-more", "ALLOW");
}

TEST_F(MobileDeviceAccessRules, AreCreatedOncePerClientToken) {
  const auto members = rule("a", "ALLOW", "'ClientToken': 't'");
  const auto id = ok("CreateMobileDeviceAccessRule", members)["MobileDeviceAccessRuleId"];
  EXPECT_EQ(ok("CreateMobileDeviceAccessRule", members)["MobileDeviceAccessRuleId"], id);
  EXPECT_EQ(names(), (Names{"default", "a"}));
  EXPECT_EQ(error("CreateMobileDeviceAccessRule", rule("b", "ALLOW", "'ClientToken': 't'")),
            "InvalidParameterException");
}

TEST_F(MobileDeviceAccessRules, DenyEverythingWhenThereAreNone) {
  remove_default();
  EXPECT_EQ(ok("ListMobileDeviceAccessRules").text(), R"({"Rules":[]})");
  EXPECT_EQ(ok("GetMobileDeviceAccessEffect").text(), R"({"Effect":"DENY","MatchedRules":[]})");
}

TEST_F(MobileDeviceAccessRules, DenyBeforeTheyAllow) {
  const auto id = create("no-old-ios", "DENY", "'DeviceOperatingSystems': ['iOS 12']");
  create("pixel", "ALLOW", "'DeviceTypes': ['pixel']");
  EXPECT_EQ(effect("'DeviceType': 'Pixel 8'"), "ALLOW default,pixel");
  EXPECT_EQ(ok("GetMobileDeviceAccessEffect", "'DeviceOperatingSystem': 'ios 12.4'").text(),
            R"({"Effect":"DENY","MatchedRules":[{"MobileDeviceAccessRuleId":")" + id + R"(","Name":"no-old-ios"}]})");
}

TEST_F(MobileDeviceAccessRules, LookAtEverythingThatADeviceReports) {
  remove_default();
  create("type", "ALLOW", "'DeviceTypes': ['x']");
  create("model", "ALLOW", "'DeviceModels': ['x']");
  create("system", "ALLOW", "'DeviceOperatingSystems': ['x']");
  create("agent", "ALLOW", "'DeviceUserAgents': ['x']");
  create("silent", "ALLOW", "'DeviceTypes': ['$NONE']");
  create("no-type", "ALLOW", "'NotDeviceTypes': ['y']");
  create("no-model", "ALLOW", "'NotDeviceModels': ['y']");
  create("no-system", "ALLOW", "'NotDeviceOperatingSystems': ['y']");
  create("no-agent", "ALLOW", "'NotDeviceUserAgents': ['y']");
  EXPECT_EQ(effect("'DeviceType': 'X1'"), "ALLOW type,no-type");
  EXPECT_EQ(effect("'DeviceModel': 'X1'"), "ALLOW model,silent,no-model");
  EXPECT_EQ(effect("'DeviceOperatingSystem': 'X1'"), "ALLOW system,silent,no-system");
  EXPECT_EQ(effect("'DeviceUserAgent': 'X1'"), "ALLOW agent,silent,no-agent");
  EXPECT_EQ(effect("'DeviceType': 'Y1'"), "DENY ");
}

TEST_F(MobileDeviceAccessRules, BelongToTheirOrganization) {
  const auto id = create("mine", "DENY");
  const auto acme = organization_id_;
  organization("other");
  EXPECT_EQ(names(), (Names{"default"}));
  EXPECT_EQ(error("UpdateMobileDeviceAccessRule", of(id) + ", " + rule("a", "ALLOW")), "EntityNotFoundException");
  ok("DeleteMobileDeviceAccessRule", of(id));
  EXPECT_EQ(effect(), "ALLOW default");
  organization_id_ = acme;
  EXPECT_EQ(effect(), "DENY mine");
}

TEST_F(MobileDeviceAccessRules, NeedAnActiveOrganizationOfTheAccount) {
  const auto id = create("a", "ALLOW");
  const auto every = [&](const std::string& code) {
    EXPECT_EQ(error("CreateMobileDeviceAccessRule", rule("a", "ALLOW")), code);
    EXPECT_EQ(error("UpdateMobileDeviceAccessRule", of(id) + ", " + rule("a", "ALLOW")), code);
    EXPECT_EQ(error("ListMobileDeviceAccessRules"), code);
    EXPECT_EQ(error("DeleteMobileDeviceAccessRule", of(id)), code);
    EXPECT_EQ(error("GetMobileDeviceAccessEffect"), code);
  };
  as("111122223333");
  every("OrganizationNotFoundException");
  as("000000000000");
  ok("DeleteOrganization", "'DeleteDirectory': true");
  every("OrganizationStateException");
}

class MobileDeviceOverrides : public ApiTest {
 protected:
  MobileDeviceOverrides() { organization(); }

  auto enabled_user(const std::string& name) -> std::string { return user(name, name + "@acme.awsapps.com"); }
  static auto device(const std::string& user, const std::string& device_id) -> std::string {
    return "'UserId': '" + user + "', 'DeviceId': '" + device_id + "'";
  }
  void put(const std::string& user, const std::string& device_id, const std::string& effect = "ALLOW") {
    ok("PutMobileDeviceAccessOverride", device(user, device_id) + ", 'Effect': '" + effect + "'");
  }
  auto devices(const std::string& members = "") -> Names {
    return ok("ListMobileDeviceAccessOverrides", members).list("Overrides", "DeviceId");
  }
};

TEST_F(MobileDeviceOverrides, AreShownAsTheyWerePut) {
  const auto alice = enabled_user("alice");
  ok("PutMobileDeviceAccessOverride", device("alice", "Device1") + ", 'Effect': 'DENY', 'Description': 'stolen'");
  const auto expected = R"({"UserId":")" + alice + R"(","DeviceId":"Device1","Effect":"DENY","Description":"stolen",)" +
                        R"("DateCreated":1767225600.000,"DateModified":1767225600.000})";
  for (const auto& name : {alice, std::string("ALICE"), std::string("alice@acme.awsapps.com")}) {
    EXPECT_EQ(ok("GetMobileDeviceAccessOverride", device(name, "dEVICE1")).text(), expected);
  }
  EXPECT_EQ(ok("ListMobileDeviceAccessOverrides").text(), R"({"Overrides":[)" + expected + "]}");
}

TEST_F(MobileDeviceOverrides, AreReplacedByUserAndDevice) {
  enabled_user("alice");
  enabled_user("bob");
  ok("PutMobileDeviceAccessOverride", device("alice", "Device1") + ", 'Effect': 'DENY', 'Description': 'stolen'");
  put("alice", "other", "DENY");
  put("bob", "device1", "DENY");
  advance(seconds(5));
  put("alice@acme.awsapps.com", "DEVICE1");
  const auto shown = ok("GetMobileDeviceAccessOverride", device("alice", "device1"));
  EXPECT_EQ(shown["DeviceId"], "Device1");
  EXPECT_EQ(shown["Effect"], "ALLOW");
  EXPECT_FALSE(shown.has("Description"));
  EXPECT_EQ(shown["DateCreated"], "1767225600.0");
  EXPECT_EQ(shown["DateModified"], "1767225605.0");
  EXPECT_EQ(ok("GetMobileDeviceAccessOverride", device("bob", "device1"))["Effect"], "DENY");
  EXPECT_EQ(devices(), (Names{"Device1", "other", "device1"}));
}

TEST_F(MobileDeviceOverrides, AreDeletedWhetherTheyExistOrNot) {
  enabled_user("alice");
  put("alice", "d1");
  put("alice", "d2");
  ok("DeleteMobileDeviceAccessOverride", device("alice", "D1"));
  EXPECT_EQ(error("GetMobileDeviceAccessOverride", device("alice", "d1")), "ResourceNotFoundException");
  EXPECT_EQ(devices(), (Names{"d2"}));
  ok("DeleteMobileDeviceAccessOverride", device("alice", "d1"));
}

TEST_F(MobileDeviceOverrides, AreOfUsersOnly) {
  group("all", "all@acme.awsapps.com");
  resource("room", "room@acme.awsapps.com");
  for (const char* name : {"all", "room", "nobody"}) {
    EXPECT_EQ(error("PutMobileDeviceAccessOverride", device(name, "d1") + ", 'Effect': 'ALLOW'"),
              "EntityNotFoundException");
    EXPECT_EQ(error("GetMobileDeviceAccessOverride", device(name, "d1")), "EntityNotFoundException");
    EXPECT_EQ(error("DeleteMobileDeviceAccessOverride", device(name, "d1")), "EntityNotFoundException");
    EXPECT_EQ(error("ListMobileDeviceAccessOverrides", "'UserId': '" + std::string(name) + "'"),
              "EntityNotFoundException");
  }
}

TEST_F(MobileDeviceOverrides, AreFilteredByUserAndDevice) {
  enabled_user("alice");
  enabled_user("bob");
  put("alice", "d1");
  put("bob", "D1");
  put("alice", "d2");
  put("bob", "d3");
  EXPECT_EQ(devices(), (Names{"d1", "D1", "d2", "d3"}));
  EXPECT_EQ(devices("'UserId': 'alice'"), (Names{"d1", "d2"}));
  EXPECT_EQ(devices("'DeviceId': 'D1'"), (Names{"d1", "D1"}));
  EXPECT_EQ(devices("'UserId': 'bob', 'DeviceId': 'd1'"), (Names{"D1"}));
  EXPECT_EQ(devices("'UserId': 'bob', 'DeviceId': 'd2'"), Names());
  EXPECT_EQ(devices("'DeviceId': 'unknown'"), Names());
}

TEST_F(MobileDeviceOverrides, AreListedInPagesInTheOrderOfCreation) {
  enabled_user("alice");
  enabled_user("bob");
  put("alice", "b");
  put("bob", "b");
  put("alice", "a");
  for (const std::string filter : {"", "'UserId': 'alice', ", "'DeviceId': 'b', "}) {
    const auto all = ok("ListMobileDeviceAccessOverrides", filter + "'MaxResults': 100").list("Overrides");
    Names paged;
    std::string token;
    do {
      const auto page = ok("ListMobileDeviceAccessOverrides", filter + token + "'MaxResults': 1");
      for (const auto& shown : page.list("Overrides")) paged.push_back(shown);
      token = page.has("NextToken") ? "'NextToken': '" + page["NextToken"] + "', " : "";
    } while (!token.empty());
    EXPECT_EQ(paged, all) << filter;
  }
  const auto first = ok("ListMobileDeviceAccessOverrides", "'MaxResults': 1");
  const auto token = "'NextToken': '" + first["NextToken"] + "'";
  EXPECT_EQ(error("ListMobileDeviceAccessOverrides", token + ", 'UserId': 'alice'"), "InvalidParameterException");
  EXPECT_EQ(error("ListUsers", token), "InvalidParameterException");
}

TEST_F(MobileDeviceOverrides, StayWhenTheirUserIsDeregistered) {
  const auto alice = enabled_user("alice");
  put("alice", "d1");
  deregister(alice);
  EXPECT_EQ(devices("'UserId': 'alice'"), (Names{"d1"}));
  EXPECT_EQ(ok("GetMobileDeviceAccessOverride", device("alice", "d1"))["Effect"], "ALLOW");
  EXPECT_EQ(error("PutMobileDeviceAccessOverride", device("alice", "d1") + ", 'Effect': 'DENY'"),
            "EntityStateException");
  ok("DeleteMobileDeviceAccessOverride", device("alice", "d1"));
  EXPECT_TRUE(devices().empty());
}

TEST_F(MobileDeviceOverrides, GoWithTheirUser) {
  const auto alice = enabled_user("alice");
  enabled_user("bob");
  put("alice", "d1");
  put("bob", "d1");
  deregister(alice);
  ok("DeleteUser", "'UserId': 'alice'");
  EXPECT_EQ(ok("ListMobileDeviceAccessOverrides").list("Overrides").size(), 1U);
  enabled_user("alice");
  EXPECT_EQ(devices("'UserId': 'alice'"), Names());
}

TEST_F(MobileDeviceOverrides, DoNotChangeTheEffectOfTheRules) {
  enabled_user("alice");
  put("alice", "d1", "DENY");
  EXPECT_EQ(ok("GetMobileDeviceAccessEffect", "'DeviceType': 'd1'")["Effect"], "ALLOW");
}

TEST_F(MobileDeviceOverrides, BelongToTheirOrganization) {
  const auto alice = enabled_user("alice");
  put("alice", "d1");
  organization("other");
  EXPECT_TRUE(devices().empty());
  EXPECT_TRUE(devices("'DeviceId': 'd1'").empty());
  EXPECT_EQ(error("GetMobileDeviceAccessOverride", device(alice, "d1")), "EntityNotFoundException");
}

TEST_F(MobileDeviceOverrides, NeedAnActiveOrganizationOfTheAccount) {
  user("alice");
  const auto every = [&](const std::string& code) {
    EXPECT_EQ(error("PutMobileDeviceAccessOverride", device("alice", "d1") + ", 'Effect': 'ALLOW'"), code);
    EXPECT_EQ(error("GetMobileDeviceAccessOverride", device("alice", "d1")), code);
    EXPECT_EQ(error("ListMobileDeviceAccessOverrides"), code);
    EXPECT_EQ(error("DeleteMobileDeviceAccessOverride", device("alice", "d1")), code);
  };
  as("111122223333");
  every("OrganizationNotFoundException");
  as("000000000000");
  ok("DeleteOrganization", "'DeleteDirectory': true");
  every("OrganizationStateException");
}

}  // namespace
}  // namespace workmail::test

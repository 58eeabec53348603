// What the control plane returns of an entity and of an account that AWS's API does not.
#include "plane_test.h"

namespace workmail::server {
namespace {

class Inspect : public PlaneTest {
 protected:
  Inspect() {
    acme_ = organization("acme");
    alice_ = user(acme_, "alice");
    bob_ = user(acme_, "bob");
  }

  auto in(const std::string& members) -> std::string { return "{'OrganizationId':'" + acme_ + "'," + members + "}"; }
  auto entity(const std::string& id) -> std::string {
    return expect(200, "GET", "organizations/" + acme_ + "/entities/" + id);
  }

  std::string acme_, alice_, bob_;
};

TEST_F(Inspect, ReturnsPermissionsInBothDirectionsByName) {
  call("PutMailboxPermissions", in("'EntityId':'" + alice_ + "','GranteeId':'" + bob_ +
                                   "','PermissionValues':['FULL_ACCESS','SEND_AS','SEND_ON_BEHALF']"));
  const std::string permissions = R"("kind":"user","permissions":["FULL_ACCESS","SEND_AS","SEND_ON_BEHALF"]})";
  EXPECT_NE(
      entity(alice_).find(R"("grantees":[{"id":")" + bob_ + R"(","name":"bob",)" + permissions + R"(],"owners":[])"),
      std::string::npos)
      << entity(alice_);
  EXPECT_NE(entity(bob_).find(R"("grantees":[],"owners":[{"id":")" + alice_ + R"(","name":"alice",)" + permissions),
            std::string::npos)
      << entity(bob_);
}

TEST_F(Inspect, ReturnsARetainedMailboxAndWhenItIsDeleted) {
  EXPECT_NE(entity(alice_).find(R"("mailbox":{"quotaMegabytes":51200,"megabytes":0.0})"), std::string::npos)
      << entity(alice_);
  expect(200, "POST", "simulate", "{'event':'mailboxUsed','userId':'" + alice_ + "','megabytes':1234.5}");
  call("DeregisterFromWorkMail", in("'EntityId':'" + alice_ + "'"));
  call("DeleteUser", in("'UserId':'" + alice_ + "'"));
  const auto answer = entity(alice_);
  EXPECT_NE(answer.find(R"("megabytes":1234.5,"deletedAt":"2026-01-31T)"), std::string::npos) << answer;
  EXPECT_EQ(text_of(answer, "removedAt").substr(0, 10), "2026-01-31");
}

TEST_F(Inspect, RejectsUnknownEntities) {
  expect_error(404, "has no entity no-such-user", "GET", "organizations/" + acme_ + "/entities/no-such-user");
  expect_error(404, "no organization", "GET", "organizations/m-0/entities/" + alice_);
}

TEST_F(Inspect, ListsTheIdentityCenterApplicationsOfTheAccountAndRegion) {
  const std::string input = "{'Name':'WorkMail','InstanceArn':'arn:aws:sso:::instance/ssoins-1234567890abcdef'}";
  const auto arn = text_of(call("CreateIdentityCenterApplication", input), "ApplicationArn");
  call("CreateIdentityCenterApplication", input, kOtherAccount);
  call("CreateIdentityCenterApplication", input, kAccount, "eu-west-1");
  EXPECT_EQ(expect(200, "GET", "organizations/" + acme_ + "/identity-center-applications"),
            R"({"applications":[{"arn":")" + arn +
                R"(","name":"WorkMail","instanceArn":"arn:aws:sso:::instance/ssoins-1234567890abcdef"}]})");
}

}  // namespace
}  // namespace workmail::server

#include "tests/api/api_test.h"

namespace workmail::test {
namespace {

class Mailboxes : public ApiTest {
 protected:
  Mailboxes() { organization(); }

  auto enabled_user(const std::string& name) -> std::string { return user(name, name + "@acme.awsapps.com"); }
  static auto grant(const std::string& owner, const std::string& grantee, const std::string& values) -> std::string {
    return "'EntityId': '" + owner + "', 'GranteeId': '" + grantee + "', 'PermissionValues': [" + values + "]";
  }
  auto permissions(const std::string& owner) -> std::string {
    return ok("ListMailboxPermissions", "'EntityId': '" + owner + "'")["Permissions"];
  }
};

TEST_F(Mailboxes, BeginEmptyWithTheQuotaOfAws) {
  enabled_user("alice");
  const auto details = ok("GetMailboxDetails", "'UserId': 'alice'");
  EXPECT_EQ(details.text(), R"({"MailboxQuota":51200,"MailboxSize":0.0})");
}

TEST_F(Mailboxes, HaveAQuotaWithinLimits) {
  const auto alice = enabled_user("alice");
  ok("UpdateMailboxQuota", "'UserId': 'alice@acme.awsapps.com', 'MailboxQuota': 1");
  EXPECT_EQ(ok("GetMailboxDetails", "'UserId': '" + alice + "'")["MailboxQuota"], "1");
  ok("UpdateMailboxQuota", "'UserId': 'alice', 'MailboxQuota': 51200");
  EXPECT_EQ(error("UpdateMailboxQuota", "'UserId': 'alice', 'MailboxQuota': 51201"), "InvalidParameterException");
  EXPECT_EQ(error("UpdateMailboxQuota", "'UserId': 'nobody', 'MailboxQuota': 1"), "EntityNotFoundException");
}

TEST_F(Mailboxes, KeepQuotaAndSizeWhileRetained) {
  const auto alice = enabled_user("alice");
  ok("UpdateMailboxQuota", "'UserId': 'alice', 'MailboxQuota': 100");
  store_->mailboxes.set_used(number(alice), 7.25);
  deregister(alice);
  EXPECT_EQ(ok("GetMailboxDetails", "'UserId': 'alice'").text(), R"({"MailboxQuota":100,"MailboxSize":7.25})");
  register_entity(alice, "alice@acme.awsapps.com");
  EXPECT_EQ(ok("GetMailboxDetails", "'UserId': 'alice'")["MailboxQuota"], "100");
  deregister(alice);
  advance(kDay * 30);
  EXPECT_EQ(error("GetMailboxDetails", "'UserId': 'alice'"), "EntityNotFoundException");
  register_entity(alice, "alice@acme.awsapps.com");
  EXPECT_EQ(ok("GetMailboxDetails", "'UserId': 'alice'")["MailboxQuota"], "51200");
}

TEST_F(Mailboxes, AreSharedByPermissions) {
  const auto alice = enabled_user("alice");
  const auto bob = enabled_user("bob");
  const auto all = group("all", "all@acme.awsapps.com");
  const auto room = resource("room", "room@acme.awsapps.com");
  EXPECT_EQ(permissions("alice"), "[]");
  ok("PutMailboxPermissions", grant("alice", "bob", "'SEND_ON_BEHALF', 'FULL_ACCESS', 'FULL_ACCESS'"));
  ok("PutMailboxPermissions", grant("alice", "all", "'SEND_AS'"));
  ok("PutMailboxPermissions", grant("alice", room, "'SEND_AS'"));
  EXPECT_EQ(permissions(alice),
            R"([{"GranteeId":")" + bob +
                R"(","GranteeType":"USER","PermissionValues":["FULL_ACCESS","SEND_ON_BEHALF"]},)" +
                R"({"GranteeId":")" + all + R"(","GranteeType":"GROUP","PermissionValues":["SEND_AS"]},)" +
                R"({"GranteeId":")" + room + R"(","GranteeType":"USER","PermissionValues":["SEND_AS"]}])");
  // A grantee's permissions are replaced; an empty set removes them.
  ok("PutMailboxPermissions", grant("alice", "bob", "'SEND_AS'"));
  ok("PutMailboxPermissions", grant("alice", "all", ""));
  ok("DeleteMailboxPermissions", "'EntityId': 'alice', 'GranteeId': 'room'");
  ok("DeleteMailboxPermissions", "'EntityId': 'alice', 'GranteeId': 'room'");
  EXPECT_EQ(permissions("alice"),
            R"([{"GranteeId":")" + bob + R"(","GranteeType":"USER","PermissionValues":["SEND_AS"]}])");
}

TEST_F(Mailboxes, AreSharedWithinTheRules) {
  enabled_user("alice");
  enabled_user("bob");
  group("all", "all@acme.awsapps.com");
  resource("room", "room@acme.awsapps.com");
  EXPECT_EQ(error("PutMailboxPermissions", grant("all", "bob", "'FULL_ACCESS'")), "InvalidParameterException");
  ok("PutMailboxPermissions", grant("all", "bob", "'SEND_AS', 'SEND_ON_BEHALF'"));
  ok("PutMailboxPermissions", grant("room", "bob", "'FULL_ACCESS'"));
  EXPECT_EQ(error("PutMailboxPermissions", grant("alice", "alice", "'SEND_AS'")), "InvalidParameterException");
  EXPECT_EQ(error("PutMailboxPermissions", grant("alice", "nobody", "'SEND_AS'")), "EntityNotFoundException");
  EXPECT_EQ(error("DeleteMailboxPermissions", "'EntityId': 'alice', 'GranteeId': 'nobody'"), "EntityNotFoundException");
}

TEST_F(Mailboxes, KeepTheirPermissionsAsLongAsThemselves) {
  const auto alice = enabled_user("alice");
  const auto bob = enabled_user("bob");
  ok("PutMailboxPermissions", grant("alice", "bob", "'SEND_AS'"));
  deregister(bob);  // the grantee may be deregistered and registered again
  deregister(alice);
  advance(kDay * 29);
  register_entity(alice, "alice@acme.awsapps.com");
  EXPECT_NE(permissions("alice"), "[]");
  ok("DeleteMailboxPermissions", "'EntityId': 'alice', 'GranteeId': 'bob'");
  register_entity(bob, "bob@acme.awsapps.com");
  ok("PutMailboxPermissions", grant("alice", "bob", "'SEND_AS'"));
  deregister(alice);
  advance(kDay * 30);
  EXPECT_EQ(permissions("alice"), "[]");
}

TEST_F(Mailboxes, LosePermissionsOfADeletedGrantee) {
  enabled_user("alice");
  const auto bob = enabled_user("bob");
  ok("PutMailboxPermissions", grant("alice", "bob", "'SEND_AS'"));
  deregister(bob);
  ok("DeleteUser", "'UserId': 'bob'");
  EXPECT_EQ(permissions("alice"), "[]");
}

TEST_F(Mailboxes, ListTheirPermissionsInPages) {
  enabled_user("alice");
  std::vector<std::string> ids;
  for (const char* name : {"c", "a", "b"}) {
    ids.push_back(enabled_user(name));
    ok("PutMailboxPermissions", grant("alice", name, "'SEND_AS'"));
  }
  const auto first = ok("ListMailboxPermissions", "'EntityId': 'alice', 'MaxResults': 2");
  EXPECT_EQ(first.list("Permissions", "GranteeId"), (std::vector<std::string>{ids[0], ids[1]}));
  const auto token = "'NextToken': '" + first["NextToken"] + "'";
  const auto second = ok("ListMailboxPermissions", "'EntityId': 'alice', " + token);
  EXPECT_EQ(second.list("Permissions", "GranteeId"), (std::vector<std::string>{ids[2]}));
  EXPECT_EQ(error("ListMailboxPermissions", "'EntityId': 'a', " + token), "InvalidParameterException");
}

}  // namespace
}  // namespace workmail::test

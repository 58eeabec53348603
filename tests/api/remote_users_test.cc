// Users with the role REMOTE_USER: they have an address and appear in the address list, but their mailbox is elsewhere.
#include "tests/api/api_test.h"

namespace workmail::test {
namespace {

using Words = std::vector<std::string>;

class RemoteUsers : public ApiTest {
 protected:
  RemoteUsers() {
    organization();
    enabled("stays");
  }

  auto enabled(const std::string& name, const std::string& role = "USER") -> std::string {
    const auto id = ok("CreateUser", "'Name': '" + name + "', 'DisplayName': '', 'Role': '" + role + "'")["UserId"];
    register_entity(id, name + "@acme.awsapps.com");
    return id;
  }
  auto describe(const std::string& id) -> Answer { return ok("DescribeUser", "'UserId': '" + id + "'"); }
  void become(const std::string& id, const std::string& role) {
    ok("UpdateUser", "'UserId': '" + id + "', 'Role': '" + role + "'");
  }
  auto details(const std::string& id) -> Answer { return call("GetMailboxDetails", "'UserId': '" + id + "'"); }
  auto setting_quota(const std::string& id) -> Answer {
    return call("UpdateMailboxQuota", "'UserId': '" + id + "', 'MailboxQuota': 100");
  }
  auto exporting(const std::string& id) -> Answer {
    return call("StartMailboxExportJob",
                "'EntityId': '" + id +
                    "', 'ClientToken': 't', 'RoleArn': 'arn:aws:iam::123456789012:role/export',"
                    " 'KmsKeyArn': 'arn:aws:kms:us-east-1:123456789012:key/k', 'S3BucketName': 'b', 'S3Prefix': 'p'");
  }
  void expect_no_mailbox(const std::string& id) {
    EXPECT_EQ(details(id).error(), "EntityNotFoundException");
    EXPECT_EQ(exporting(id).error(), "EntityNotFoundException");
    EXPECT_EQ(setting_quota(id).error(), "EntityStateException");
  }

  void TearDown() override {
    EXPECT_EQ(describe("stays")["UserRole"], "USER");
    EXPECT_EQ(details("stays").text(), R"({"MailboxQuota":51200,"MailboxSize":0.0})");
    ApiTest::TearDown();
  }
};

TEST_F(RemoteUsers, AreRegisteredWithoutAMailbox) {
  const auto bob = enabled("bob", "REMOTE_USER");
  EXPECT_EQ(describe(bob)["State"], "ENABLED");
  EXPECT_EQ(describe(bob)["Email"], "bob@acme.awsapps.com");
  EXPECT_EQ(describe(bob)["UserRole"], "REMOTE_USER");
  EXPECT_EQ(describe(bob)["EnabledDate"], "1767225600.0");
  EXPECT_FALSE(describe(bob).has("MailboxProvisionedDate") || describe(bob).has("MailboxDeprovisionedDate"));
  EXPECT_EQ(ok("DescribeEntity", "'Email': 'bob@acme.awsapps.com'")["EntityId"], bob);
  expect_no_mailbox(bob);
  EXPECT_EQ(error("ResetPassword", "'UserId': '" + bob + "', 'Password': 'Passw0rd!'"),
            "UnsupportedOperationException");
  register_entity(bob, "bob@acme.awsapps.com");  // again: no effect
  deregister(bob);
  EXPECT_EQ(describe(bob)["State"], "DISABLED");
  EXPECT_FALSE(describe(bob).has("MailboxDeprovisionedDate"));
  expect_no_mailbox(bob);
  ok("DeleteUser", "'UserId': 'bob'");
  EXPECT_EQ(describe(bob)["State"], "DELETED");
}

TEST_F(RemoteUsers, HaveAddressesGroupsDelegatesAndPermissionsAsUsersDo) {
  const auto bob = enabled("bob", "REMOTE_USER");
  group("all", "all@acme.awsapps.com");
  resource("room", "room@acme.awsapps.com");
  ok("CreateAlias", "'EntityId': '" + bob + "', 'Alias': 'b@acme.awsapps.com'");
  ok("UpdatePrimaryEmailAddress", "'EntityId': 'bob', 'Email': 'robert@acme.awsapps.com'");
  EXPECT_EQ(ok("ListAliases", "'EntityId': '" + bob + "'").list("Aliases"),
            (Words{"robert@acme.awsapps.com", "bob@acme.awsapps.com", "b@acme.awsapps.com"}));
  ok("AssociateMemberToGroup", "'GroupId': 'all', 'MemberId': 'bob'");
  ok("AssociateDelegateToResource", "'ResourceId': 'room', 'EntityId': 'bob'");
  ok("PutMailboxPermissions", "'EntityId': 'stays', 'GranteeId': 'bob', 'PermissionValues': ['FULL_ACCESS']");
  ok("PutMailboxPermissions", "'EntityId': 'bob', 'GranteeId': 'stays', 'PermissionValues': ['SEND_ON_BEHALF']");
  EXPECT_EQ(ok("ListMailboxPermissions", "'EntityId': 'bob'").list("Permissions").size(), 1U);
  EXPECT_EQ(ok("ListGroupMembers", "'GroupId': 'all'").list("Members", "Id"), (Words{bob}));
  ok("UpdateUser", "'UserId': 'bob', 'City': 'Berlin'");
  EXPECT_EQ(describe(bob)["City"], "Berlin");
}

TEST_F(RemoteUsers, LeaveTheirMailboxForThirtyDays) {
  const auto bob = enabled("bob");
  setting_quota(bob);
  store_->mailboxes.set_used(number(bob), 7.25);
  ok("PutMailboxPermissions", "'EntityId': 'bob', 'GranteeId': 'stays', 'PermissionValues': ['SEND_AS']");
  advance(kDay);
  become(bob, "REMOTE_USER");
  EXPECT_EQ(describe(bob)["State"], "ENABLED");
  EXPECT_EQ(describe(bob)["Email"], "bob@acme.awsapps.com");
  EXPECT_EQ(describe(bob)["MailboxProvisionedDate"], "1767225600.0");
  EXPECT_EQ(describe(bob)["MailboxDeprovisionedDate"], "1767312000.0");
  EXPECT_EQ(details(bob).text(), R"({"MailboxQuota":100,"MailboxSize":7.25})");
  EXPECT_EQ(setting_quota(bob).error(), "EntityStateException");

  advance(kDay * 30 - std::chrono::milliseconds(1));
  become(bob, "REMOTE_USER");  // again: the thirty days continue
  become(bob, "USER");
  EXPECT_EQ(details(bob).text(), R"({"MailboxQuota":100,"MailboxSize":7.25})");
  EXPECT_EQ(describe(bob)["MailboxProvisionedDate"], "1767225600.0");
  EXPECT_FALSE(describe(bob).has("MailboxDeprovisionedDate"));
  EXPECT_EQ(setting_quota(bob).status(), 200);

  become(bob, "REMOTE_USER");
  advance(kDay * 30);
  expect_no_mailbox(bob);
  EXPECT_EQ(describe(bob)["MailboxProvisionedDate"], "1767225600.0");
  EXPECT_TRUE(describe(bob).has("MailboxDeprovisionedDate"));
  // The permission to send as the remote user does not depend on the mailbox.
  EXPECT_EQ(ok("ListMailboxPermissions", "'EntityId': 'bob'").list("Permissions").size(), 1U);
  become(bob, "USER");
  EXPECT_EQ(details(bob).text(), R"({"MailboxQuota":51200,"MailboxSize":0.0})");
  EXPECT_FALSE(describe(bob).has("MailboxDeprovisionedDate"));
}

TEST_F(RemoteUsers, GoOnLosingTheirMailboxWhateverTheirRegistration) {
  const auto bob = enabled("bob");
  become(bob, "REMOTE_USER");
  advance(kDay * 20);
  deregister(bob);
  EXPECT_EQ(describe(bob)["MailboxDeprovisionedDate"], "1767225600.0");
  register_entity(bob, "bob@acme.awsapps.com");
  EXPECT_EQ(setting_quota(bob).error(), "EntityStateException");
  EXPECT_EQ(details(bob).status(), 200);
  advance(kDay * 10);
  expect_no_mailbox(bob);
}

TEST_F(RemoteUsers, LoseTheDatesOfAMailboxThatIsGoneWhenTheyRegisterAgain) {
  const auto bob = enabled("bob");
  const auto carol = enabled("carol");  // another user with a purged mailbox, which must not change
  become(bob, "REMOTE_USER");
  become(carol, "REMOTE_USER");
  deregister(bob);
  register_entity(bob, "bob@acme.awsapps.com");
  EXPECT_EQ(describe(bob)["MailboxProvisionedDate"], "1767225600.0") << "the mailbox is retained";
  EXPECT_EQ(describe(bob)["MailboxDeprovisionedDate"], "1767225600.0");
  EXPECT_EQ(details(bob).status(), 200);
  advance(kDay * 31);
  deregister(bob);
  EXPECT_EQ(describe(bob)["MailboxDeprovisionedDate"], "1767225600.0") << "not registered again yet";
  register_entity(bob, "bob@acme.awsapps.com");
  EXPECT_FALSE(describe(bob).has("MailboxProvisionedDate") || describe(bob).has("MailboxDeprovisionedDate"));
  expect_no_mailbox(bob);
  EXPECT_EQ(describe(carol)["MailboxProvisionedDate"], "1767225600.0");
  EXPECT_EQ(describe(carol)["MailboxDeprovisionedDate"], "1767225600.0");
  become(bob, "USER");
  EXPECT_EQ(details(bob).text(), R"({"MailboxQuota":51200,"MailboxSize":0.0})");
}

TEST_F(RemoteUsers, GetTheirMailboxBackWithTheirRoleOnly) {
  const auto bob = enabled("bob");
  setting_quota(bob);
  deregister(bob);
  // The role of a DISABLED user cannot change; that of a registered user can.
  EXPECT_EQ(error("UpdateUser", "'UserId': '" + bob + "', 'Role': 'REMOTE_USER'"), "EntityStateException");
  register_entity(bob, "bob@acme.awsapps.com");
  become(bob, "REMOTE_USER");
  deregister(bob);
  EXPECT_EQ(error("UpdateUser", "'UserId': '" + bob + "', 'Role': 'USER'"), "EntityStateException");
  register_entity(bob, "bob@acme.awsapps.com");
  become(bob, "USER");
  EXPECT_EQ(details(bob)["MailboxQuota"], "100");
  deregister(bob);
  ok("DeleteUser", "'UserId': 'bob'");
  EXPECT_EQ(error("UpdateUser", "'UserId': '" + bob + "', 'Role': 'REMOTE_USER'"), "EntityStateException");
}

TEST_F(RemoteUsers, GetAMailboxWithTheRoleOfAUser) {
  const auto bob = enabled("bob", "REMOTE_USER");
  advance(kDay);
  become(bob, "USER");
  EXPECT_EQ(describe(bob)["MailboxProvisionedDate"], "1767312000.0");
  EXPECT_EQ(details(bob).text(), R"({"MailboxQuota":51200,"MailboxSize":0.0})");
  become(bob, "USER");
  EXPECT_EQ(describe(bob)["MailboxProvisionedDate"], "1767312000.0");
}

TEST_F(RemoteUsers, AreEnabledUsersOfTheirOrganization) {
  enabled("bob", "REMOTE_USER");
  deregister(describe("stays")["UserId"]);
  EXPECT_EQ(error("DeleteOrganization", "'DeleteDirectory': true"), "OrganizationStateException");
  register_entity(describe("stays")["UserId"], "stays@acme.awsapps.com");
}

}  // namespace
}  // namespace workmail::test

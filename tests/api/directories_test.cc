// Directories: which organization may have one, what a kept directory contains, and what interoperability forbids.
#include <algorithm>

#include "api/call/may_return.h"
#include "api/seed/seed.h"
#include "tests/api/api_test.h"

namespace workmail::test {
namespace {

using Words = std::vector<std::string>;

class Directories : public ApiTest {
 protected:
  void seed(std::string text) {
    std::replace(text.begin(), text.end(), '\'', '"');
    service_->run({account_, region_}, [&](api::Context& context) { api::apply_seed(context, api::parse_seed(text)); });
  }
  auto directory() -> std::string { return ok("DescribeOrganization")["DirectoryId"]; }
  // Deletes the organization and keeps its directory.
  void leave() {
    ok("DeleteOrganization", "'DeleteDirectory': false, 'ForceDelete': true");
    EXPECT_EQ(ok("DescribeOrganization")["State"], "Deleted");
  }
  static auto with(const std::string& alias, const std::string& directory_id, const std::string& more = "")
      -> std::string {
    return "'Alias': '" + alias + "', 'DirectoryId': '" + directory_id + "'" + more;
  }
  auto create(const std::string& members) -> std::string {
    organization_id_ = ok("CreateOrganization", members)["OrganizationId"];
    return organization_id_;
  }
};

constexpr const char* kInteroperable = ", 'EnableInteroperability': true";

TEST_F(Directories, AreThoseThatOrganizationsOfTheAccountAndRegionHaveLeft) {
  organization();
  const auto id = directory();
  EXPECT_EQ(error("CreateOrganization", with("acme", id)), "DirectoryInUseException");
  EXPECT_EQ(error("CreateOrganization", with("two", id)), "DirectoryInUseException");
  EXPECT_EQ(error("CreateOrganization", with("two", "d-0000000000")), "DirectoryUnavailableException");
  // A directory of another account or region cannot be used.
  for (const bool left : {false, true}) {
    if (left) leave();
    as("111122223333");
    EXPECT_EQ(error("CreateOrganization", with("acme", id)), "DirectoryUnavailableException");
    as("000000000000", "eu-west-1");
    EXPECT_EQ(error("CreateOrganization", with("acme", id)), "DirectoryUnavailableException");
    as("000000000000");
  }
  const auto refused = call("CreateOrganization", with("two", id));
  EXPECT_EQ(refused.error(), "InvalidParameterException");
  EXPECT_NE(refused.message().find("acme"), std::string::npos) << refused.message();
  create(with("ACME", id));
  EXPECT_EQ(directory(), id);
  EXPECT_EQ(error("CreateOrganization", with("acme", id)), "DirectoryInUseException");
}

// Directory ids are so short that random ones can collide.
TEST_F(Directories, HaveIdsOfTheirOwn) {
  seed(
      "{'Organizations': [{'OrganizationId': 'm-ffffffffffffffffffffffffffffffff', 'Alias': 'seeded',"
      " 'DirectoryId': 'd-90000000f2'}]}");
  service_->ids().count_from(0xF0);
  create("'Alias': 'created'");
  EXPECT_EQ(organization_id_, "m-000000000000700080000000000000f1");
  EXPECT_EQ(directory(), "d-90000000f3");
  service_->ids().count_from(0xF1);
  seed("{'Organizations': [{'Alias': 'another'}]}");
  EXPECT_EQ(ok("DescribeOrganization", "'OrganizationId': 'm-000000000000700080000000000000f2'")["DirectoryId"],
            "d-90000000f4");
}

TEST_F(Directories, AreInUseWhileTheirOrganizationIsDeleting) {
  restart({.pace = std::chrono::seconds(20)});
  organization();
  advance(std::chrono::seconds(20));
  ok("DeleteOrganization", "'DeleteDirectory': false");
  EXPECT_EQ(error("CreateOrganization", with("acme", directory())), "DirectoryInUseException");
  advance(std::chrono::seconds(20));
  create(with("acme", directory()));
}

TEST_F(Directories, AreLostWhenTheyAreDeletedWithTheirOrganization) {
  organization();
  const auto id = directory();
  leave();
  create(with("acme", id));
  // Also a directory that an earlier organization has kept.
  ok("DeleteOrganization", "'DeleteDirectory': true");
  ok("DescribeOrganization");
  EXPECT_EQ(error("CreateOrganization", with("acme", id)), "DirectoryUnavailableException");
}

TEST_F(Directories, BringTheirUsersAndGroupsBackDisabled) {
  organization("other");
  user("ann", "ann@other.awsapps.com");
  const auto other = organization_id_;
  organization();
  const auto id = directory();
  ok("RegisterMailDomain", "'DomainName': 'acme.example'");
  const auto alice = user("alice", "alice@acme.example");
  const auto bob = user("bob", "bob@acme.awsapps.com");
  const auto all = group("all", "all@acme.awsapps.com");
  user("carol");
  const auto gone = user("gone");
  resource("room", "room@acme.awsapps.com");
  ok("UpdateUser", "'UserId': 'alice', 'City': 'Berlin', 'HiddenFromGlobalAddressList': true");
  ok("CreateAlias", "'EntityId': '" + alice + "', 'Alias': 'al@acme.awsapps.com'");
  ok("AssociateMemberToGroup", "'GroupId': 'all', 'MemberId': 'alice'");
  ok("PutMailboxPermissions", "'EntityId': 'alice', 'GranteeId': 'bob', 'PermissionValues': ['SEND_AS']");
  ok("PutMobileDeviceAccessOverride", "'UserId': 'alice', 'DeviceId': 'd', 'Effect': 'DENY'");
  ok("UpdateMailboxQuota", "'UserId': 'alice', 'MailboxQuota': 100");
  deregister(bob);
  ok("DeleteUser", "'UserId': '" + gone + "'");
  leave();
  EXPECT_EQ(error("ListUsers"), "OrganizationStateException");
  advance(kDay * 40);

  create(with("acme", id));
  EXPECT_EQ(ok("ListUsers").list("Users", "Name"), (Words{"alice", "bob", "carol"}));
  EXPECT_EQ(ok("ListUsers").list("Users", "State"), (Words{"DISABLED", "DISABLED", "DISABLED"}));
  EXPECT_EQ(ok("ListUsers").list("Users", "Id").front(), alice);
  EXPECT_EQ(ok("ListGroups").list("Groups", "Id"), (Words{all}));
  EXPECT_EQ(ok("ListGroups").list("Groups", "State"), (Words{"DISABLED"}));
  EXPECT_TRUE(ok("ListResources").list("Resources").empty());
  EXPECT_EQ(ok("ListMailDomains").list("MailDomains", "DomainName"), (Words{"acme.awsapps.com"}));
  EXPECT_EQ(ok("ListGroupMembers", "'GroupId': 'all'").list("Members", "Id"), (Words{alice}));
  const auto described = ok("DescribeUser", "'UserId': 'alice'");
  EXPECT_EQ(described["City"] + described["HiddenFromGlobalAddressList"], "Berlintrue");
  for (const char* member : {"Email", "EnabledDate", "DisabledDate", "MailboxProvisionedDate"})
    EXPECT_FALSE(described.has(member)) << member;
  EXPECT_EQ(ok("ListMailboxPermissions", "'EntityId': 'alice'")["Permissions"], "[]");
  EXPECT_TRUE(ok("ListMobileDeviceAccessOverrides").list("Overrides").empty());
  register_entity(alice, "alice@acme.awsapps.com");
  EXPECT_EQ(ok("GetMailboxDetails", "'UserId': 'alice'")["MailboxQuota"], "51200");
  // A DELETED entity stays DELETED.
  EXPECT_EQ(error("DescribeUser", "'UserId': '" + gone + "'"), "EntityNotFoundException");
  // Names are in use again, and the other organization is unchanged.
  EXPECT_EQ(error("CreateGroup", "'Name': 'Alice'"), "NameAvailabilityException");
  organization_id_ = other;
  EXPECT_EQ(ok("ListUsers").list("Users", "State"), (Words{"ENABLED"}));
}

TEST_F(Directories, AreTakenOnce) {
  organization();
  user("alice");
  const auto id = directory();
  leave();
  create(with("acme", id));
  leave();
  create(with("acme", id));
  EXPECT_EQ(ok("ListUsers").list("Users", "Name"), (Words{"alice"}));
}

TEST_F(Directories, AreNotInteroperableWhenMadeByWorkMail) {
  EXPECT_EQ(error("CreateOrganization", "'Alias': 'acme', 'EnableInteroperability': true"),
            "InvalidParameterException");
  ok("CreateOrganization", "'Alias': 'none', 'EnableInteroperability': false");
  organization();
  const auto id = directory();
  leave();
  EXPECT_EQ(error("CreateOrganization", with("acme", id, kInteroperable)), "InvalidParameterException");
  create(with("acme", id, ", 'EnableInteroperability': false"));
}

class Interoperability : public Directories {
 protected:
  Interoperability() {
    organization("free");
    free_ = organization_id_;
    user("alice", "alice@free.awsapps.com");
    // An AD Connector, which only a seed document can define.
    seed(
        "{'Organizations': [{'Alias': 'acme', 'DirectoryId': 'd-0123456789', 'InteroperabilityEnabled': true,"
        " 'Users': [{'Name': 'alice', 'Email': 'alice@acme.awsapps.com', 'Aliases': ['al@acme.awsapps.com']},"
        " {'Name': 'bob'}], 'Groups': [{'Name': 'all'}, {'Name': 'staff', 'Email': 'staff@acme.awsapps.com'}],"
        " 'Resources': [{'Name': 'room', 'Type': 'ROOM'}]}]}");
    organization_id_ = ok("ListOrganizations").list("OrganizationSummaries", "OrganizationId").back();
  }
  auto id(const std::string& name) -> std::string { return ok("DescribeUser", "'UserId': '" + name + "'")["UserId"]; }

  std::string free_;
};

TEST_F(Interoperability, MakesTheDirectoryReadOnly) {
  EXPECT_EQ(ok("DescribeOrganization")["InteroperabilityEnabled"], "true");
  const std::vector<std::pair<const char*, const char*>> calls{
      {"CreateUser", "'Name': 'new', 'DisplayName': 'x'"},
      {"CreateGroup", "'Name': 'new'"},
      {"CreateResource", "'Name': 'new', 'Type': 'ROOM'"},
      {"UpdateUser", "'UserId': 'alice', 'City': 'Berlin'"},
      {"UpdateUser", "'UserId': 'alice', 'Role': 'REMOTE_USER'"},
      {"UpdateGroup", "'GroupId': 'staff', 'HiddenFromGlobalAddressList': true"},
      {"UpdateResource", "'ResourceId': 'room', 'Name': 'hall'"},
      {"DeleteUser", "'UserId': 'bob'"},
      {"DeleteGroup", "'GroupId': 'all'"},
      {"DeleteResource", "'ResourceId': 'room'"},
      {"AssociateMemberToGroup", "'GroupId': 'staff', 'MemberId': 'alice'"},
      {"DisassociateMemberFromGroup", "'GroupId': 'staff', 'MemberId': 'alice'"},
      {"AssociateDelegateToResource", "'ResourceId': 'room', 'EntityId': 'alice'"},
      {"DisassociateDelegateFromResource", "'ResourceId': 'room', 'EntityId': 'alice'"},
      {"RegisterToWorkMail", "'EntityId': 'room', 'Email': 'room@acme.awsapps.com'"},
      {"UpdatePrimaryEmailAddress", "'EntityId': 'alice', 'Email': 'al@acme.awsapps.com'"}};
  for (const auto& [operation, members] : calls) {
    EXPECT_EQ(call(operation, members).error(), "UnsupportedOperationException") << operation << " " << members;
  }
  const auto alice = id("alice");
  EXPECT_EQ(error("ResetPassword", "'UserId': '" + alice + "', 'Password': 'Passw0rd!'"),
            "UnsupportedOperationException");
  // AWS's model does not declare it for these (api/call/may_return.h).
  for (const char* operation : {"CreateAlias", "DeleteAlias"}) {
    const auto refused = call(operation, "'EntityId': '" + alice + "', 'Alias': 'al@acme.awsapps.com'");
    EXPECT_EQ(refused.error(), "UnsupportedOperationException");
    EXPECT_NE(refused.message().find("interoperability"), std::string::npos) << refused.message();
  }
  EXPECT_EQ(ok("ListAliases", "'EntityId': '" + alice + "'").list("Aliases").size(), 2U);
  EXPECT_EQ(ok("ListUsers").list("Users", "State"), (Words{"ENABLED", "DISABLED"}));
  EXPECT_EQ(ok("ListResources").list("Resources", "Name"), (Words{"room"}));
}

TEST_F(Interoperability, LetsWorkMailEnableUsersAndGroups) {
  register_entity(id("bob"), "bob@acme.awsapps.com");
  register_entity("all", "all@acme.awsapps.com");
  EXPECT_EQ(ok("ListUsers").list("Users", "State"), (Words{"ENABLED", "ENABLED"}));
  ok("UpdateMailboxQuota", "'UserId': 'bob', 'MailboxQuota': 100");
  ok("PutMailboxPermissions", "'EntityId': 'alice', 'GranteeId': 'bob', 'PermissionValues': ['SEND_AS']");
  ok("DeregisterFromWorkMail", "'EntityId': 'alice'");
  ok("DescribeResource", "'ResourceId': 'room'");
}

TEST_F(Interoperability, LeavesOtherOrganizationsAlone) {
  organization_id_ = free_;
  ok("UpdateUser", "'UserId': 'alice', 'City': 'Berlin'");
  ok("CreateAlias", "'EntityId': '" + id("alice") + "', 'Alias': 'al@free.awsapps.com'");
  resource("room", "room@free.awsapps.com");
}

TEST_F(Interoperability, IsPossibleWithADirectoryThatWasNotMadeByWorkMail) {
  leave();
  create(with("acme", "d-0123456789", kInteroperable));
  EXPECT_EQ(ok("DescribeOrganization")["InteroperabilityEnabled"], "true");
  EXPECT_EQ(ok("ListUsers").list("Users", "State"), (Words{"DISABLED", "DISABLED"}));
  EXPECT_EQ(error("CreateUser", "'Name': 'new', 'DisplayName': 'x'"), "UnsupportedOperationException");
}

TEST(MayReturn, ListsOnlyWhatTheModelDoesNotDeclare) {
  for (const auto& row : api::kUndeclaredErrors) {
    const auto* operation = api::find_operation(row.operation);
    ASSERT_NE(operation, nullptr) << row.operation;
    EXPECT_FALSE(operation->declares(row.error)) << row.operation;
    EXPECT_TRUE(api::may_return(*operation, row.error)) << row.operation;
    EXPECT_FALSE(api::may_return(*operation, "DirectoryInUseException")) << row.operation;
  }
}

}  // namespace
}  // namespace workmail::test

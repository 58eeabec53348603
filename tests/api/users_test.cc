#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iterator>

#include "tests/api/api_test.h"

namespace workmail::test {
namespace {

class Users : public ApiTest {
 protected:
  Users() { organization(); }

  auto describe(const std::string& identifier) -> Answer {
    return ok("DescribeUser", "'UserId': '" + identifier + "'");
  }
};

TEST_F(Users, AreDisabledWhenCreated) {
  const auto id = ok("CreateUser",
                     "'Name': 'alice', 'DisplayName': 'Alice', 'FirstName': 'A', 'LastName': 'L',"
                     " 'Password': 'Passw0rd!', 'HiddenFromGlobalAddressList': true, 'IdentityProviderUserId':"
                     " '12345678-1234-1234-1234-123456789012'")["UserId"];
  const auto user = describe(id);
  EXPECT_EQ(user["UserId"], id);
  EXPECT_EQ(user["Name"], "alice");
  EXPECT_EQ(user["DisplayName"], "Alice");
  EXPECT_EQ(user["FirstName"], "A");
  EXPECT_EQ(user["LastName"], "L");
  EXPECT_EQ(user["State"], "DISABLED");
  EXPECT_EQ(user["UserRole"], "USER");
  EXPECT_EQ(user["HiddenFromGlobalAddressList"], "true");
  EXPECT_EQ(user["IdentityProviderUserId"], "12345678-1234-1234-1234-123456789012");
  for (const char* member : {"Email", "EnabledDate", "DisabledDate", "MailboxProvisionedDate",
                             "MailboxDeprovisionedDate", "Street", "IdentityProviderIdentityStoreId"}) {
    EXPECT_FALSE(user.has(member)) << member;
  }
}

TEST_F(Users, NeedNoPasswordAndMayHaveAnEmptyDisplayName) {
  const auto id = ok("CreateUser", "'Name': 'alice', 'DisplayName': ''")["UserId"];
  EXPECT_TRUE(describe(id).has("DisplayName"));
  EXPECT_EQ(describe(id)["DisplayName"], "");
  EXPECT_EQ(describe(id)["HiddenFromGlobalAddressList"], "false");
}

TEST_F(Users, AreFoundByIdThenNameThenAddress) {
  const auto alice = user("alice", "Alice@acme.awsapps.com");
  EXPECT_EQ(describe(alice)["UserId"], alice);
  EXPECT_EQ(describe("ALICE")["UserId"], alice);
  EXPECT_EQ(describe("alice@ACME.awsapps.com")["UserId"], alice);
  // A name takes precedence over an equal address of another user.
  const auto twin = user("alice@acme.awsapps.com");
  EXPECT_EQ(describe("alice@acme.awsapps.com")["UserId"], twin);
  const auto named_by_id = user(alice);
  EXPECT_EQ(describe(alice)["UserId"], alice);
  EXPECT_NE(named_by_id, alice);
}

// The shortest identifier of the model is looked up as an identifier; only a seed document can define it.
TEST_F(Users, AreFoundByTheShortestId) {
  const auto head = *store_->organizations.head(account_, region_, organization_id_);
  store_->entities.add_user({.organization = head.number, .id = "S-1-1-123456", .name = "short"}, {.role = "USER"});
  EXPECT_EQ(describe("S-1-1-123456")["Name"], "short");
}

TEST_F(Users, HaveUniqueNamesWithoutRegardToCase) {
  const auto alice = user("alice");
  EXPECT_EQ(error("CreateUser", "'Name': 'ALICE', 'DisplayName': 'x'"), "NameAvailabilityException");
  ok("DeleteUser", "'UserId': '" + alice + "'");
  EXPECT_NE(user("Alice"), alice);
}

TEST_F(Users, HaveNoReservedNames) {
  for (const char* name : {"administrator", "Guest", "KRBTGT", "Administrators"}) {
    EXPECT_EQ(error("CreateUser", "'Name': '" + std::string(name) + "', 'DisplayName': 'x'"), "ReservedNameException");
    EXPECT_EQ(error("CreateGroup", "'Name': '" + std::string(name) + "'"), "ReservedNameException");
    EXPECT_EQ(error("CreateResource", "'Name': '" + std::string(name) + "', 'Type': 'ROOM'"), "ReservedNameException");
  }
  resource("room");
  EXPECT_EQ(error("UpdateResource", "'ResourceId': 'room', 'Name': 'GUEST'"), "NameAvailabilityException");
}

TEST_F(Users, HaveARoleThatCanBeAskedFor) {
  for (const char* role : {"SYSTEM_USER", "RESOURCE"}) {
    const auto members = "'Name': 'bob', 'DisplayName': 'x', 'Role': '" + std::string(role) + "'";
    EXPECT_EQ(error("CreateUser", members), "InvalidParameterException");
  }
  const auto remote = ok("CreateUser", "'Name': 'bob', 'DisplayName': 'x', 'Role': 'REMOTE_USER'")["UserId"];
  EXPECT_EQ(describe(remote)["UserRole"], "REMOTE_USER");
  EXPECT_EQ(error("ResetPassword", "'UserId': '" + remote + "', 'Password': 'Passw0rd!'"),
            "UnsupportedOperationException");
}

TEST_F(Users, ObeyThePasswordPolicy) {
  EXPECT_EQ(error("CreateUser", "'Name': 'bob', 'DisplayName': 'x', 'Password': 'password'"),
            "InvalidPasswordException");
  const auto refused = call("CreateUser", "'Name': 'bob', 'DisplayName': 'x', 'Password': 'secretsecret'");
  EXPECT_EQ(refused.message(), "Password does not contain characters from at least 3 complexity categories.");
  EXPECT_EQ(refused.text().find("secretsecret"), std::string::npos);
  const auto bob = user("bob");
  EXPECT_EQ(error("ResetPassword", "'UserId': '" + bob + "', 'Password': 'Sh0rt!'"), "InvalidPasswordException");
  ok("ResetPassword", "'UserId': '" + bob + "', 'Password': 'L0ng enough'");
  EXPECT_EQ(error("ResetPassword", "'UserId': 'bob-by-his-name', 'Password': 'L0ng enough'"),
            "EntityNotFoundException");
}

TEST_F(Users, KeepTheirPasswordNowhere) {
  ok("CreateUser", "'Name': 'bob', 'DisplayName': 'x', 'Password': 'Very$ecret1'");
  ok("ResetPassword", "'UserId': '" + user("alice") + "', 'Password': 'Very$ecret1'");
  const std::string file = ::testing::TempDir() + "/passwords-" + std::to_string(::getpid()) + ".db";
  {
    store::Connection copy(file);
    copy.copy_from(store_->connection);
  }
  std::ifstream in(file, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  std::remove(file.c_str());
  EXPECT_NE(bytes.find("alice"), std::string::npos);
  EXPECT_EQ(bytes.find("Very$ecret1"), std::string::npos);
}

TEST_F(Users, HaveOneIdentityProviderUserEach) {
  const std::string provider = "'IdentityProviderUserId': '12345678-1234-1234-1234-123456789012'";
  const auto alice = ok("CreateUser", "'Name': 'alice', 'DisplayName': 'x', " + provider)["UserId"];
  EXPECT_EQ(error("CreateUser", "'Name': 'bob', 'DisplayName': 'x', " + provider), "InvalidParameterException");
  const auto bob = user("bob", "bob@acme.awsapps.com");
  EXPECT_EQ(error("UpdateUser", "'UserId': '" + bob + "', " + provider), "InvalidParameterException");
  ok("DeleteUser", "'UserId': '" + alice + "'");
  ok("UpdateUser", "'UserId': '" + bob + "', " + provider);
  ok("UpdateUser", "'UserId': '" + bob + "', " + provider);
  EXPECT_EQ(describe(bob)["IdentityProviderUserId"], "12345678-1234-1234-1234-123456789012");
  ok("UpdateUser", "'UserId': '" + bob + "', 'IdentityProviderUserId': ''");
  ok("CreateUser", "'Name': 'carol', 'DisplayName': 'x', " + provider);
  EXPECT_FALSE(describe(bob).has("IdentityProviderUserId"));
}

TEST_F(Users, HaveOneIdentityProviderUserEachWithoutRegardToCase) {
  const auto provider = [](const std::string& id) { return ", 'IdentityProviderUserId': '" + id + "'"; };
  const auto lower = provider("0123456789-abcdef12-abcd-abcd-abcd-abcdefabcdef");
  const auto upper = provider("0123456789-ABCDEF12-ABCD-abcd-ABCD-abcdefABCDEF");
  ok("CreateUser", "'Name': 'alice', 'DisplayName': 'x'" + upper);
  user("bob", "bob@acme.awsapps.com");
  EXPECT_EQ(error("CreateUser", "'Name': 'carol', 'DisplayName': 'x'" + lower), "InvalidParameterException");
  EXPECT_EQ(error("UpdateUser", "'UserId': 'bob'" + lower), "InvalidParameterException");
  EXPECT_FALSE(describe("bob").has("IdentityProviderUserId"));
  register_entity("alice", "alice@acme.awsapps.com");
  ok("UpdateUser", "'UserId': 'alice'" + lower);  // its own name
  EXPECT_EQ(describe("alice")["IdentityProviderUserId"], "0123456789-abcdef12-abcd-abcd-abcd-abcdefabcdef");
  organization("two");
  ok("CreateUser", "'Name': 'bob', 'DisplayName': 'x'" + upper);
}

TEST_F(Users, AreUpdatedInWhatIsGiven) {
  const auto id = user("alice", "alice@acme.awsapps.com");
  ok("UpdateUser",
     "'UserId': 'alice', 'DisplayName': 'Alice A', 'FirstName': 'Alice', 'LastName': 'A',"
     " 'Initials': 'AA', 'Telephone': '1', 'Street': 'S', 'JobTitle': 'J', 'City': 'C', 'Company': 'Co',"
     " 'ZipCode': 'Z', 'Department': 'D', 'Country': 'Cy', 'Office': 'O',"
     " 'HiddenFromGlobalAddressList': true, 'Role': 'REMOTE_USER'");
  ok("UpdateUser", "'UserId': 'alice', 'City': 'Berlin', 'Street': ''");
  const auto alice = describe(id);
  EXPECT_EQ(alice["DisplayName"], "Alice A");
  EXPECT_EQ(alice["City"], "Berlin");
  EXPECT_FALSE(alice.has("Street"));
  EXPECT_EQ(alice["Initials"] + alice["Telephone"] + alice["JobTitle"] + alice["Company"] + alice["ZipCode"] +
                alice["Department"] + alice["Country"] + alice["Office"],
            "AA1JCoZDCyO");
  EXPECT_EQ(alice["UserRole"], "REMOTE_USER");
  EXPECT_EQ(alice["HiddenFromGlobalAddressList"], "true");
  ok("UpdateUser", "'UserId': 'alice', 'DisplayName': '', 'HiddenFromGlobalAddressList': false, 'Role': 'USER'");
  EXPECT_EQ(describe(id)["DisplayName"], "");
  EXPECT_EQ(describe(id)["HiddenFromGlobalAddressList"], "false");
  EXPECT_EQ(error("UpdateUser", "'UserId': 'alice', 'Role': 'SYSTEM_USER'"), "InvalidParameterException");
}

TEST_F(Users, AreListedInTheOrderOfCreation) {
  const auto carol = user("carol", "carol@acme.awsapps.com");
  const auto alice = user("alice");
  ok("DeleteUser", "'UserId': '" + alice + "'");
  user("bob");
  group("all");
  const auto listed = ok("ListUsers");
  EXPECT_EQ(listed.list("Users", "Name"), (std::vector<std::string>{"carol", "alice", "bob"}));
  EXPECT_EQ(listed.list("Users", "State"), (std::vector<std::string>{"ENABLED", "DELETED", "DISABLED"}));
  EXPECT_EQ(listed.list("Users", "Email"), (std::vector<std::string>{"carol@acme.awsapps.com", "", ""}));
  EXPECT_EQ(listed.list("Users", "Id").front(), carol);
  EXPECT_EQ(listed.list("Users", "UserRole"), (std::vector<std::string>{"USER", "USER", "USER"}));
  EXPECT_FALSE(listed.has("NextToken"));
  organization("empty");
  EXPECT_EQ(ok("ListUsers").text(), R"({"Users":[]})");
}

TEST_F(Users, AreListedWithoutTheDeletedWhenConfigured) {
  restart({.lists_show_deleted = false});
  organization();
  ok("DeleteUser", "'UserId': '" + user("alice") + "'");
  user("bob");
  EXPECT_EQ(ok("ListUsers").list("Users", "Name"), (std::vector<std::string>{"bob"}));
  EXPECT_TRUE(ok("ListUsers", "'Filters': {'State': 'DELETED'}").list("Users").empty());
  EXPECT_TRUE(ok("ListUsers", "'Filters': {'UsernamePrefix': 'al'}").list("Users").empty());
}

TEST_F(Users, AreFilteredByOneThing) {
  user("Anna", "office@acme.awsapps.com");
  ok("CreateUser",
     "'Name': 'bert', 'DisplayName': 'ANDREAS', 'IdentityProviderUserId':"
     " 'abcdef12-1234-1234-1234-123456789012'");
  const auto ghost = user("anton");
  ok("DeleteUser", "'UserId': '" + ghost + "'");
  const auto names = [&](const std::string& filter) {
    return ok("ListUsers", "'Filters': {" + filter + "}").list("Users", "Name");
  };
  EXPECT_EQ(names("'UsernamePrefix': 'aN'"), (std::vector<std::string>{"Anna", "anton"}));
  EXPECT_EQ(names("'DisplayNamePrefix': 'an'"), (std::vector<std::string>{"Anna", "bert", "anton"}));
  EXPECT_EQ(names("'PrimaryEmailPrefix': 'OFF'"), (std::vector<std::string>{"Anna"}));
  EXPECT_EQ(names("'State': 'DISABLED'"), (std::vector<std::string>{"bert"}));
  EXPECT_EQ(names("'State': 'DELETED'"), (std::vector<std::string>{"anton"}));
  EXPECT_EQ(names("'IdentityProviderUserIdPrefix': 'ABC'"), (std::vector<std::string>{"bert"}));
  EXPECT_EQ(names(""), (std::vector<std::string>{"Anna", "bert", "anton"}));
  EXPECT_TRUE(names("'UsernamePrefix': 'zz'").empty());
  EXPECT_EQ(error("ListUsers", "'Filters': {'UsernamePrefix': 'a', 'State': 'ENABLED'}"), "InvalidParameterException");
}

TEST_F(Users, AreFilteredByAPrefixOfTheirPrimaryAddressOnly) {
  const auto anna = user("anna", "anna@acme.awsapps.com");
  ok("CreateAlias", "'EntityId': '" + anna + "', 'Alias': 'office@acme.awsapps.com'");
  EXPECT_TRUE(ok("ListUsers", "'Filters': {'PrimaryEmailPrefix': 'office'}").list("Users").empty());
}

TEST_F(Users, AreFilteredTheSameWhenManyMatch) {
  // More than are looked up by name: the list is read instead.
  user("zoo");
  for (int i = 0; i < 1005; ++i)
    user("user-" + std::to_string(i), i < 3 ? "user-" + std::to_string(i) + "@acme.awsapps.com" : "");
  user("other");
  const auto first = ok("ListUsers", "'Filters': {'UsernamePrefix': 'USER-'}, 'MaxResults': 3");
  EXPECT_EQ(first.list("Users", "Name"), (std::vector<std::string>{"user-0", "user-1", "user-2"}));
  const auto second = ok("ListUsers", "'Filters': {'UsernamePrefix': 'USER-'}, 'MaxResults': 2, 'NextToken': '" +
                                          first["NextToken"] + "'");
  EXPECT_EQ(second.list("Users", "Name"), (std::vector<std::string>{"user-3", "user-4"}));
  EXPECT_EQ(ok("ListUsers", "'Filters': {'UsernamePrefix': 'o'}").list("Users", "Name"),
            (std::vector<std::string>{"other"}));
  EXPECT_EQ(ok("ListUsers").list("Users").size(), 100U);
}

TEST_F(Users, AreFilteredTheSameWhenManyHaveAnAddress) {
  const auto head = *store_->organizations.head(account_, region_, organization_id_);
  const auto domain = store_->domains.find(head.number, "acme.awsapps.com")->number;
  const auto add = [&](const std::string& name) {
    const auto email = name + "@acme.awsapps.com";
    const auto number = store_->entities.add_user({.organization = head.number,
                                                   .id = name + std::string(12, '-'),
                                                   .name = name,
                                                   .state = store::EntityState::Enabled,
                                                   .email = email},
                                                  {.role = "USER"});
    store_->addresses.add(head.number, number, domain, email);
  };
  {
    store::Transaction transaction(store_->connection);
    add("zoo");
    add("ant");
    for (int i = 0; i < 1005; ++i) add("user-" + std::to_string(i));
    transaction.commit();
  }
  const auto first = ok("ListUsers", "'Filters': {'PrimaryEmailPrefix': 'USER-'}, 'MaxResults': 2");
  EXPECT_EQ(first.list("Users", "Name"), (std::vector<std::string>{"user-0", "user-1"}));
  const auto second = ok("ListUsers", "'Filters': {'PrimaryEmailPrefix': 'USER-'}, 'MaxResults': 2, 'NextToken': '" +
                                          first["NextToken"] + "'");
  EXPECT_EQ(second.list("Users", "Name"), (std::vector<std::string>{"user-2", "user-3"}));
}

TEST_F(Users, AreListedAsTheyAre) {
  const auto alice = ok("CreateUser",
                        "'Name': 'alice', 'DisplayName': 'Alice A', 'IdentityProviderUserId':"
                        " '12345678-1234-1234-1234-123456789012'")["UserId"];
  register_entity(alice, "alice@acme.awsapps.com");
  const std::string begin = R"([{"Id":")" + alice + R"(",)";
  const std::string middle = R"("Name":"alice","DisplayName":"Alice A","State":")";
  EXPECT_EQ(ok("ListUsers")["Users"], begin + R"("Email":"alice@acme.awsapps.com",)" + middle +
                                          R"(ENABLED","UserRole":"USER","EnabledDate":1767225600.0,)"
                                          R"("IdentityProviderUserId":"12345678-1234-1234-1234-123456789012"}])");
  advance(kDay);
  deregister(alice);
  EXPECT_EQ(ok("ListUsers").list("Users", "DisabledDate"), std::vector<std::string>{"1767312000.0"});
}

TEST_F(Users, AreNeitherLostNorRepeatedWhenOthersComeAndGo) {
  for (const char* name : {"a", "b", "c", "d"}) user(name);
  const auto first = ok("ListUsers", "'MaxResults': 2");
  ok("DeleteUser", "'UserId': 'b'");
  ok("DeleteUser", "'UserId': 'c'");
  advance(kDay * 31);  // both were removed
  user("e");
  const auto rest = ok("ListUsers", "'MaxResults': 2, 'NextToken': '" + first["NextToken"] + "'");
  EXPECT_EQ(rest.list("Users", "Name"), (std::vector<std::string>{"d", "e"}));
}

TEST_F(Users, ArePagedWithATokenOfTheSameCallOnly) {
  for (const char* name : {"a", "b", "c"}) user(name);
  const auto token = "'NextToken': '" + ok("ListUsers", "'MaxResults': 1")["NextToken"] + "'";
  EXPECT_EQ(ok("ListUsers", token).list("Users", "Name"), (std::vector<std::string>{"b", "c"}));
  EXPECT_EQ(ok("ListUsers", token + ", 'MaxResults': 1").list("Users", "Name"), (std::vector<std::string>{"b"}));
  EXPECT_EQ(error("ListUsers", token + ", 'Filters': {'UsernamePrefix': 'a'}"), "InvalidParameterException");
  EXPECT_EQ(error("ListGroups", token), "InvalidParameterException");
  organization("two");
  EXPECT_EQ(error("ListUsers", token), "InvalidParameterException");
}

TEST_F(Users, AreNotFoundInAnotherOrganization) {
  const auto alice = user("alice");
  organization("two");
  EXPECT_EQ(error("DescribeUser", "'UserId': '" + alice + "'"), "EntityNotFoundException");
  EXPECT_EQ(error("DescribeUser", "'UserId': 'alice'"), "EntityNotFoundException");
  ok("DeleteUser", "'UserId': '" + alice + "'");
}

TEST_F(Users, AreNotTakenForGroups) {
  const auto all = group("all");
  EXPECT_EQ(error("DescribeUser", "'UserId': '" + all + "'"), "EntityNotFoundException");
  EXPECT_EQ(call("DescribeUser", "'UserId': 'nobody'").message(),
            "Entity nobody not found in organization " + organization_id_);
}

TEST_F(Users, AreDeletedByIdOrNameButNotByAddress) {
  user("alice", "alice@acme.awsapps.com");
  EXPECT_EQ(error("DeleteUser", "'UserId': 'alice@acme.awsapps.com'"), "InvalidParameterException");
  EXPECT_EQ(describe("alice")["State"], "ENABLED");
  EXPECT_EQ(error("DeleteUser", "'UserId': 'alice'"), "EntityStateException");
}

TEST_F(Users, StayVisibleForThirtyDaysWhenDeleted) {
  const auto alice = user("alice", "alice@acme.awsapps.com");
  deregister(alice);
  ok("DeleteUser", "'UserId': 'alice'");
  EXPECT_EQ(describe(alice)["State"], "DELETED");
  EXPECT_FALSE(describe(alice).has("Email"));
  EXPECT_EQ(error("DescribeUser", "'UserId': 'alice'"), "EntityNotFoundException");
  user("alice", "alice@acme.awsapps.com");  // name and address are free at once
  ok("DeleteUser", "'UserId': '" + alice + "'");
  advance(kDay * 30 - std::chrono::milliseconds(1));
  EXPECT_EQ(describe(alice)["State"], "DELETED");
  advance(std::chrono::milliseconds(1));
  EXPECT_EQ(error("DescribeUser", "'UserId': '" + alice + "'"), "EntityNotFoundException");
  EXPECT_EQ(ok("ListUsers").list("Users", "State"), (std::vector<std::string>{"ENABLED"}));
}

TEST_F(Users, LeaveEverythingWhenDeleted) {
  const auto alice = user("alice", "alice@acme.awsapps.com");
  const auto all = group("all", "all@acme.awsapps.com");
  const auto room = resource("room", "room@acme.awsapps.com");
  ok("AssociateMemberToGroup", "'GroupId': '" + all + "', 'MemberId': '" + alice + "'");
  ok("AssociateDelegateToResource", "'ResourceId': '" + room + "', 'EntityId': '" + alice + "'");
  deregister(alice);
  EXPECT_EQ(ok("ListGroupMembers", "'GroupId': 'all'").list("Members", "State"),
            (std::vector<std::string>{"DISABLED"}));
  ok("DeleteUser", "'UserId': 'alice'");
  EXPECT_TRUE(ok("ListGroupMembers", "'GroupId': 'all'").list("Members").empty());
  EXPECT_TRUE(ok("ListResourceDelegates", "'ResourceId': 'room'").list("Delegates").empty());
}

}  // namespace
}  // namespace workmail::test

#include "tests/api/api_test.h"

namespace workmail::test {
namespace {

class Groups : public ApiTest {
 protected:
  Groups() { organization(); }

  auto enabled_group(const std::string& name) -> std::string { return group(name, name + "@acme.awsapps.com"); }
  auto enabled_user(const std::string& name) -> std::string { return user(name, name + "@acme.awsapps.com"); }
  static auto pair(const std::string& group, const std::string& member) -> std::string {
    return "'GroupId': '" + group + "', 'MemberId': '" + member + "'";
  }
  void join(const std::string& group, const std::string& member) { ok("AssociateMemberToGroup", pair(group, member)); }
  auto members(const std::string& group) -> std::vector<std::string> {
    return ok("ListGroupMembers", "'GroupId': '" + group + "'").list("Members", "Name");
  }
};

TEST_F(Groups, AreDescribed) {
  const auto id = ok("CreateGroup", "'Name': 'All people', 'HiddenFromGlobalAddressList': true")["GroupId"];
  const auto created = ok("DescribeGroup", "'GroupId': '" + id + "'");
  EXPECT_EQ(created["GroupId"], id);
  EXPECT_EQ(created["Name"], "All people");
  EXPECT_EQ(created["State"], "DISABLED");
  EXPECT_EQ(created["HiddenFromGlobalAddressList"], "true");
  EXPECT_FALSE(created.has("Email") || created.has("EnabledDate") || created.has("DisabledDate"));
  register_entity(id, "all@acme.awsapps.com");
  const auto enabled = ok("DescribeGroup", "'GroupId': 'all@acme.awsapps.com'");
  EXPECT_EQ(enabled["State"], "ENABLED");
  EXPECT_EQ(enabled["Email"], "all@acme.awsapps.com");
  EXPECT_EQ(enabled["EnabledDate"], "1767225600.0");
}

TEST_F(Groups, HaveUniqueNamesThatAreNotReserved) {
  group("Écoles");
  EXPECT_EQ(error("CreateGroup", "'Name': 'écoles'"), "NameAvailabilityException");
  for (const char* name : {"Administrators", "Domain Admins", "domain computers", "domain controllers", "domain guests",
                           "domain users", "enterprise admins", "group policy creator owners", "schema admins",
                           "dnsadmins", "dnsupdateproxy", "cert publishers"}) {
    EXPECT_EQ(error("CreateGroup", "'Name': '" + std::string(name) + "'"), "ReservedNameException") << name;
  }
}

TEST_F(Groups, AreShownUnlessHidden) {
  group("all");
  EXPECT_EQ(ok("DescribeGroup", "'GroupId': 'all'")["HiddenFromGlobalAddressList"], "false");
}

TEST_F(Groups, CanOnlyBeHiddenOrShown) {
  const auto all = group("all");
  ok("UpdateGroup", "'GroupId': 'all', 'HiddenFromGlobalAddressList': true");
  EXPECT_EQ(ok("DescribeGroup", "'GroupId': 'all'")["HiddenFromGlobalAddressList"], "true");
  ok("UpdateGroup", "'GroupId': 'all'");
  EXPECT_EQ(ok("DescribeGroup", "'GroupId': 'all'")["HiddenFromGlobalAddressList"], "true");
  register_entity(all, "all@acme.awsapps.com");
  ok("UpdateGroup", "'GroupId': 'all', 'HiddenFromGlobalAddressList': false");
  EXPECT_EQ(ok("DescribeGroup", "'GroupId': 'all'")["HiddenFromGlobalAddressList"], "false");
  EXPECT_EQ(ok("DescribeGroup", "'GroupId': 'all'")["State"], "ENABLED");
}

TEST_F(Groups, AreListedWithTheirGhosts) {
  enabled_group("b");
  group("a");
  ok("DeleteGroup", "'GroupId': 'a'");
  user("carol");
  const auto listed = ok("ListGroups");
  EXPECT_EQ(listed.list("Groups", "Name"), (std::vector<std::string>{"b", "a"}));
  EXPECT_EQ(listed.list("Groups", "State"), (std::vector<std::string>{"ENABLED", "DELETED"}));
  EXPECT_EQ(listed.list("Groups", "Email"), (std::vector<std::string>{"b@acme.awsapps.com", ""}));
}

TEST_F(Groups, AreListedAsTheyAre) {
  const auto all = enabled_group("all");
  const auto staff = enabled_group("staff");
  join("all", "staff");
  const std::string dates = R"("State":"DISABLED","EnabledDate":1767225600.0,"DisabledDate":1767312000.0}])";
  advance(kDay);
  deregister(staff);
  EXPECT_EQ(ok("ListGroups", "'Filters': {'NamePrefix': 'staff'}")["Groups"],
            R"([{"Id":")" + staff + R"(","Name":"staff",)" + dates);
  EXPECT_EQ(ok("ListGroupMembers", "'GroupId': 'all'")["Members"],
            R"([{"Id":")" + staff + R"(","Name":"staff","Type":"GROUP",)" + dates);
  EXPECT_EQ(ok("DescribeGroup", "'GroupId': 'staff'")["DisabledDate"], "1767312000.0");
}

TEST_F(Groups, AreFilteredByOneThing) {
  enabled_group("staff");
  group("STAFFING");
  group("other");
  const auto names = [&](const std::string& filter) {
    return ok("ListGroups", "'Filters': {" + filter + "}").list("Groups", "Name");
  };
  EXPECT_EQ(names("'NamePrefix': 'Staff'"), (std::vector<std::string>{"staff", "STAFFING"}));
  EXPECT_EQ(names("'PrimaryEmailPrefix': 'st'"), (std::vector<std::string>{"staff"}));
  EXPECT_EQ(names("'State': 'ENABLED'"), (std::vector<std::string>{"staff"}));
  EXPECT_EQ(error("ListGroups", "'Filters': {'NamePrefix': 'a', 'PrimaryEmailPrefix': 'b'}"),
            "InvalidParameterException");
}

TEST_F(Groups, HaveUsersAndGroupsAsMembers) {
  enabled_group("all");
  const auto alice = enabled_user("alice");
  const auto staff = enabled_group("staff");
  join("all", alice);
  join("all@acme.awsapps.com", "staff");
  join("all", "alice");  // again: no effect
  const auto listed = ok("ListGroupMembers", "'GroupId': 'all'");
  EXPECT_EQ(listed.list("Members", "Id"), (std::vector<std::string>{alice, staff}));
  EXPECT_EQ(listed.list("Members", "Type"), (std::vector<std::string>{"USER", "GROUP"}));
  EXPECT_EQ(listed.list("Members", "State"), (std::vector<std::string>{"ENABLED", "ENABLED"}));
  EXPECT_EQ(listed.list("Members", "EnabledDate").front(), "1767225600.0");
  resource("room", "room@acme.awsapps.com");
  EXPECT_EQ(error("AssociateMemberToGroup", pair("all", "room")), "EntityNotFoundException");
  EXPECT_EQ(error("AssociateMemberToGroup", pair("nothing", "alice")), "EntityNotFoundException");
}

TEST_F(Groups, AreNeverInsideThemselves) {
  for (const char* name : {"a", "b", "c"}) enabled_group(name);
  EXPECT_EQ(error("AssociateMemberToGroup", pair("a", "a")), "InvalidParameterException");
  join("a", "b");
  join("b", "c");
  EXPECT_EQ(error("AssociateMemberToGroup", pair("c", "a")), "InvalidParameterException");
  EXPECT_EQ(error("AssociateMemberToGroup", pair("b", "a")), "InvalidParameterException");
  join("a", "c");  // a member on two ways, but no cycle
  EXPECT_EQ(members("a"), (std::vector<std::string>{"b", "c"}));
}

TEST_F(Groups, LetMembersGo) {
  enabled_group("all");
  enabled_user("alice");
  join("all", "alice");
  ok("DisassociateMemberFromGroup", pair("all", "alice"));
  EXPECT_TRUE(members("all").empty());
  EXPECT_EQ(error("DisassociateMemberFromGroup", pair("all", "alice")), "EntityNotFoundException");
  EXPECT_EQ(error("DisassociateMemberFromGroup", pair("all", "nobody")), "EntityNotFoundException");
}

TEST_F(Groups, KeepTheirMembersWhenDeregistered) {
  const auto all = enabled_group("all");
  const auto alice = enabled_user("alice");
  join("all", "alice");
  deregister(all);
  deregister(alice);
  EXPECT_EQ(members("all"), (std::vector<std::string>{"alice"}));
  register_entity(all, "all@acme.awsapps.com");
  EXPECT_EQ(members("all"), (std::vector<std::string>{"alice"}));
}

TEST_F(Groups, DropTheirMembersWhenDeleted) {
  const auto all = enabled_group("all");
  enabled_group("outer");
  enabled_user("alice");
  join("all", "alice");
  join("outer", "all");
  EXPECT_EQ(error("DeleteGroup", "'GroupId': 'all'"), "EntityStateException");
  deregister(all);
  ok("DeleteGroup", "'GroupId': 'all'");
  EXPECT_EQ(ok("DescribeGroup", "'GroupId': '" + all + "'")["State"], "DELETED");
  EXPECT_TRUE(members("outer").empty());
  EXPECT_TRUE(ok("ListGroupsForEntity", "'EntityId': 'alice'").list("Groups").empty());
  EXPECT_EQ(error("ListGroupMembers", "'GroupId': '" + all + "'"), "EntityStateException");
  ok("DeleteGroup", "'GroupId': '" + all + "'");
}

TEST_F(Groups, AreListedForAnEntity) {
  enabled_user("alice");
  const auto staff = enabled_group("staff");
  enabled_group("Stadium");
  enabled_group("all");
  // In the order of the groups' creation, not of joining.
  for (const char* name : {"all", "Stadium", "staff"}) join(name, "alice");
  join("all", "staff");
  const auto names = [&](const std::string& members) {
    return ok("ListGroupsForEntity", members).list("Groups", "GroupName");
  };
  EXPECT_EQ(names("'EntityId': 'alice'"), (std::vector<std::string>{"staff", "Stadium", "all"}));
  EXPECT_EQ(names("'EntityId': 'alice', 'Filters': {'GroupNamePrefix': 'STA'}"),
            (std::vector<std::string>{"staff", "Stadium"}));
  EXPECT_EQ(names("'EntityId': 'alice', 'Filters': {}"), (std::vector<std::string>{"staff", "Stadium", "all"}));
  EXPECT_EQ(names("'EntityId': '" + staff + "'"), (std::vector<std::string>{"all"}));
  EXPECT_EQ(ok("ListGroupsForEntity", "'EntityId': 'alice'").list("Groups", "GroupId").front(), staff);
  const auto first = ok("ListGroupsForEntity", "'EntityId': 'alice', 'MaxResults': 2");
  EXPECT_EQ(names("'EntityId': 'alice', 'NextToken': '" + first["NextToken"] + "'"), (std::vector<std::string>{"all"}));
  EXPECT_EQ(error("ListGroupsForEntity", "'EntityId': 'staff', 'NextToken': '" + first["NextToken"] + "'"),
            "InvalidParameterException");
}

TEST_F(Groups, ListTheirMembersInPages) {
  enabled_group("all");
  for (const char* name : {"c", "a", "b"}) {
    enabled_user(name);
    join("all", name);
  }
  const auto first = ok("ListGroupMembers", "'GroupId': 'all', 'MaxResults': 2");
  EXPECT_EQ(first.list("Members", "Name"), (std::vector<std::string>{"c", "a"}));
  // A member is removed and one is added between two pages: no row is lost.
  ok("DisassociateMemberFromGroup", pair("all", "b"));
  join("all", "b");
  const auto second = ok("ListGroupMembers", "'GroupId': 'all', 'NextToken': '" + first["NextToken"] + "'");
  EXPECT_EQ(second.list("Members", "Name"), (std::vector<std::string>{"b"}));
}

}  // namespace
}  // namespace workmail::test

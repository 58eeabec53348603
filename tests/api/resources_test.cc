#include "tests/api/api_test.h"

namespace workmail::test {
namespace {

class Resources : public ApiTest {
 protected:
  Resources() { organization(); }

  auto describe(const std::string& identifier) -> Answer {
    return ok("DescribeResource", "'ResourceId': '" + identifier + "'");
  }
  static auto pair(const std::string& resource, const std::string& delegate) -> std::string {
    return "'ResourceId': '" + resource + "', 'EntityId': '" + delegate + "'";
  }
};

constexpr const char* kAsksSomeone = "'BookingOptions': {'AutoAcceptRequests': false}";

TEST_F(Resources, AreDescribed) {
  const auto id = ok("CreateResource",
                     "'Name': 'room-1', 'Type': 'EQUIPMENT', 'Description': 'A beamer',"
                     " 'HiddenFromGlobalAddressList': true")["ResourceId"];
  EXPECT_EQ(id.size(), 34U);
  EXPECT_EQ(id.substr(0, 2), "r-");
  const auto created = describe(id);
  EXPECT_EQ(created["ResourceId"], id);
  EXPECT_EQ(created["Name"], "room-1");
  EXPECT_EQ(created["Type"], "EQUIPMENT");
  EXPECT_EQ(created["Description"], "A beamer");
  EXPECT_EQ(created["State"], "DISABLED");
  EXPECT_EQ(created["HiddenFromGlobalAddressList"], "true");
  EXPECT_EQ(
      created["BookingOptions"],
      R"({"AutoAcceptRequests":true,"AutoDeclineRecurringRequests":false,"AutoDeclineConflictingRequests":true})");
  EXPECT_FALSE(created.has("Email") || created.has("EnabledDate") || created.has("DisabledDate"));
  register_entity(id, "room@acme.awsapps.com");
  EXPECT_EQ(describe("room@acme.awsapps.com")["Email"], "room@acme.awsapps.com");
  EXPECT_EQ(describe("ROOM-1")["State"], "ENABLED");
}

TEST_F(Resources, AreShownUnlessHidden) {
  EXPECT_EQ(describe(resource("room"))["HiddenFromGlobalAddressList"], "false");
}

TEST_F(Resources, HaveUniqueNames) {
  resource("room");
  EXPECT_EQ(error("CreateResource", "'Name': 'ROOM', 'Type': 'ROOM'"), "NameAvailabilityException");
  resource("other");
  EXPECT_EQ(error("UpdateResource", "'ResourceId': 'other', 'Name': 'Room'"), "NameAvailabilityException");
  ok("UpdateResource", "'ResourceId': 'room', 'Name': 'ROOM'");
  EXPECT_EQ(describe("room")["Name"], "ROOM");
}

TEST_F(Resources, AreUpdatedInWhatIsGiven) {
  const auto id = ok("CreateResource", "'Name': 'room', 'Type': 'ROOM', 'Description': 'first'")["ResourceId"];
  ok("UpdateResource",
     "'ResourceId': 'room', 'Name': 'hall', 'Type': 'EQUIPMENT', 'HiddenFromGlobalAddressList': true");
  EXPECT_EQ(describe(id)["Name"], "hall");
  EXPECT_EQ(describe(id)["Type"], "EQUIPMENT");
  EXPECT_EQ(describe(id)["HiddenFromGlobalAddressList"], "true");
  EXPECT_EQ(describe(id)["Description"], "first");
  EXPECT_EQ(
      describe(id)["BookingOptions"],
      R"({"AutoAcceptRequests":true,"AutoDeclineRecurringRequests":false,"AutoDeclineConflictingRequests":true})");
  ok("UpdateResource", "'ResourceId': 'hall', 'Description': ''");
  EXPECT_FALSE(describe(id).has("Description"));
  ok("UpdateResource", "'ResourceId': 'hall', 'BookingOptions': {'AutoAcceptRequests': true}");
  EXPECT_EQ(
      describe(id)["BookingOptions"],
      R"({"AutoAcceptRequests":true,"AutoDeclineRecurringRequests":false,"AutoDeclineConflictingRequests":false})");
}

TEST_F(Resources, ReplaceTheirBookingOptionsAsAWhole) {
  resource("room", "room@acme.awsapps.com");
  user("alice", "alice@acme.awsapps.com");
  ok("AssociateDelegateToResource", pair("room", "alice"));
  const auto options = [&](const std::string& members) {
    ok("UpdateResource",
       "'ResourceId': 'room', 'BookingOptions': {'AutoAcceptRequests': true, 'AutoDeclineRecurringRequests': true,"
       " 'AutoDeclineConflictingRequests': true}");
    ok("UpdateResource", "'ResourceId': 'room', 'BookingOptions': {" + members + "}");
    return describe("room")["BookingOptions"];
  };
  const auto shown = [](const std::string& accept, const std::string& recurring, const std::string& conflicting) {
    return R"({"AutoAcceptRequests":)" + accept + R"(,"AutoDeclineRecurringRequests":)" + recurring +
           R"(,"AutoDeclineConflictingRequests":)" + conflicting + "}";
  };
  EXPECT_EQ(options("'AutoAcceptRequests': true"), shown("true", "false", "false"));
  EXPECT_EQ(options("'AutoDeclineRecurringRequests': true"), shown("false", "true", "false"));
  EXPECT_EQ(options("'AutoDeclineConflictingRequests': true"), shown("false", "false", "true"));
  EXPECT_EQ(options(""), shown("false", "false", "false"));
}

TEST_F(Resources, NeedADelegateOrAutomaticAnswers) {
  resource("room", "room@acme.awsapps.com");
  user("alice", "alice@acme.awsapps.com");
  const auto members = std::string("'ResourceId': 'room', ") + kAsksSomeone;
  EXPECT_EQ(error("UpdateResource", members + ", 'Name': 'half'"), "InvalidConfigurationException");
  EXPECT_EQ(describe("room")["Name"], "room");
  ok("AssociateDelegateToResource", pair("room", "alice"));
  ok("UpdateResource", members);
  EXPECT_EQ(describe("room")["BookingOptions"].substr(0, 27), R"({"AutoAcceptRequests":false)");
  // AWS declares no error for this, so the last delegate may be removed.
  ok("DisassociateDelegateFromResource", pair("room", "alice"));
  EXPECT_EQ(describe("room")["BookingOptions"].substr(0, 27), R"({"AutoAcceptRequests":false)");
}

TEST_F(Resources, StayAsTheyAreWhenTheLastDelegateIsDeleted) {
  resource("room", "room@acme.awsapps.com");
  resource("other", "other@acme.awsapps.com");
  const auto alice = user("alice", "alice@acme.awsapps.com");
  user("bob", "bob@acme.awsapps.com");
  ok("AssociateDelegateToResource", pair("room", "alice"));
  ok("AssociateDelegateToResource", pair("other", "bob"));
  for (const char* name : {"room", "other"}) {
    ok("UpdateResource", "'ResourceId': '" + std::string(name) + "', " + kAsksSomeone);
  }
  deregister(alice);
  ok("DeleteUser", "'UserId': '" + alice + "'");
  EXPECT_TRUE(ok("ListResourceDelegates", "'ResourceId': 'room'").list("Delegates").empty());
  EXPECT_EQ(describe("room")["BookingOptions"].substr(0, 27), R"({"AutoAcceptRequests":false)");
  EXPECT_EQ(ok("ListResourceDelegates", "'ResourceId': 'other'").list("Delegates").size(), 1U);
}

TEST_F(Resources, HaveUsersAndGroupsAsDelegates) {
  resource("room", "room@acme.awsapps.com");
  const auto alice = user("alice", "alice@acme.awsapps.com");
  const auto all = group("all", "all@acme.awsapps.com");
  resource("other", "other@acme.awsapps.com");
  ok("AssociateDelegateToResource", pair("room", "alice"));
  ok("AssociateDelegateToResource", pair("room", all));
  ok("AssociateDelegateToResource", pair("room@acme.awsapps.com", "alice@acme.awsapps.com"));
  const auto listed = ok("ListResourceDelegates", "'ResourceId': 'room'");
  EXPECT_EQ(listed.list("Delegates", "Id"), (std::vector<std::string>{alice, all}));
  EXPECT_EQ(listed.list("Delegates", "Type"), (std::vector<std::string>{"USER", "GROUP"}));
  EXPECT_EQ(error("AssociateDelegateToResource", pair("room", "other")), "EntityNotFoundException");
  EXPECT_EQ(error("AssociateDelegateToResource", pair("nothing", "alice")), "EntityNotFoundException");
  ok("DisassociateDelegateFromResource", pair("room", "alice"));
  EXPECT_EQ(error("DisassociateDelegateFromResource", pair("room", "alice")), "EntityNotFoundException");
  EXPECT_EQ(ok("ListResourceDelegates", "'ResourceId': 'room'").list("Delegates", "Id"),
            (std::vector<std::string>{all}));
}

TEST_F(Resources, ListTheirDelegatesInPages) {
  resource("room", "room@acme.awsapps.com");
  std::vector<std::string> ids;
  for (const char* name : {"c", "a", "b"}) {
    ids.push_back(user(name, std::string(name) + "@acme.awsapps.com"));
    ok("AssociateDelegateToResource", pair("room", name));
  }
  const auto first = ok("ListResourceDelegates", "'ResourceId': 'room', 'MaxResults': 2");
  const auto second = ok("ListResourceDelegates", "'ResourceId': 'room', 'NextToken': '" + first["NextToken"] + "'");
  EXPECT_EQ(first.list("Delegates", "Id"), (std::vector<std::string>{ids[0], ids[1]}));
  EXPECT_EQ(second.list("Delegates", "Id"), (std::vector<std::string>{ids[2]}));
  EXPECT_FALSE(second.has("NextToken"));
}

TEST_F(Resources, AreListedAndFiltered) {
  resource("room-1", "one@acme.awsapps.com");
  ok("CreateResource", "'Name': 'ROOM-2', 'Type': 'EQUIPMENT', 'Description': 'd'");
  ok("DeleteResource", "'ResourceId': '" + resource("old") + "'");
  const auto listed = ok("ListResources");
  EXPECT_EQ(listed.list("Resources", "Name"), (std::vector<std::string>{"room-1", "ROOM-2", "old"}));
  EXPECT_EQ(listed.list("Resources", "Type"), (std::vector<std::string>{"ROOM", "EQUIPMENT", "ROOM"}));
  EXPECT_EQ(listed.list("Resources", "State"), (std::vector<std::string>{"ENABLED", "DISABLED", "DELETED"}));
  EXPECT_EQ(listed.list("Resources", "Description"), (std::vector<std::string>{"", "d", ""}));
  const auto names = [&](const std::string& filter) {
    return ok("ListResources", "'Filters': {" + filter + "}").list("Resources", "Name");
  };
  EXPECT_EQ(names("'NamePrefix': 'room'"), (std::vector<std::string>{"room-1", "ROOM-2"}));
  EXPECT_EQ(names("'PrimaryEmailPrefix': 'ONE'"), (std::vector<std::string>{"room-1"}));
  EXPECT_EQ(names("'State': 'DELETED'"), (std::vector<std::string>{"old"}));
  EXPECT_EQ(error("ListResources", "'Filters': {'NamePrefix': 'a', 'State': 'ENABLED'}"), "InvalidParameterException");
}

TEST_F(Resources, AreListedAsTheyAre) {
  const auto room = resource("room", "room@acme.awsapps.com");
  EXPECT_EQ(describe(room)["EnabledDate"], "1767225600.0");
  ok("UpdateResource", "'ResourceId': 'room', 'Description': 'd'");
  EXPECT_EQ(ok("ListResources")["Resources"],
            R"([{"Id":")" + room +
                R"(","Email":"room@acme.awsapps.com","Name":"room","Type":"ROOM","State":"ENABLED",)"
                R"("EnabledDate":1767225600.0,"Description":"d"}])");
  advance(kDay);
  deregister(room);
  EXPECT_EQ(describe(room)["DisabledDate"], "1767312000.0");
  EXPECT_EQ(ok("ListResources").list("Resources", "DisabledDate"), std::vector<std::string>{"1767312000.0"});
}

TEST_F(Resources, AreDeletedWhenDisabled) {
  const auto room = resource("room", "room@acme.awsapps.com");
  user("alice", "alice@acme.awsapps.com");
  ok("AssociateDelegateToResource", pair("room", "alice"));
  EXPECT_EQ(error("DeleteResource", "'ResourceId': 'room'"), "EntityStateException");
  deregister(room);
  ok("DeleteResource", "'ResourceId': '" + room + "'");
  EXPECT_EQ(describe(room)["State"], "DELETED");
  EXPECT_EQ(error("ListResourceDelegates", "'ResourceId': '" + room + "'"), "EntityStateException");
  ok("DeleteResource", "'ResourceId': 'never-there'");
}

}  // namespace
}  // namespace workmail::test

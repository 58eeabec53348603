// Users, groups and resources share their names, and a deletion accepts only its own kind.
#include "tests/api/api_test.h"

namespace workmail::test {
namespace {

using Words = std::vector<std::string>;

struct Kind {
  const char* list;    // the operation and the member of its answer
  const char* remove;  // the operation
  const char* member;  // with the identifier of the entity
};

constexpr std::array<Kind, 3> kKinds{{{"Users", "DeleteUser", "UserId"},
                                      {"Groups", "DeleteGroup", "GroupId"},
                                      {"Resources", "DeleteResource", "ResourceId"}}};

class Names : public ApiTest {
 protected:
  Names() { organization(); }

  auto make(std::size_t kind, const std::string& name, const std::string& email = "") -> std::string {
    return kind == 0 ? user(name, email) : kind == 1 ? group(name, email) : resource(name, email);
  }
  auto creating(std::size_t kind, const std::string& name) -> Answer {
    const std::string named = "'Name': '" + name + "'";
    if (kind == 0) return call("CreateUser", named + ", 'DisplayName': ''");
    return kind == 1 ? call("CreateGroup", named) : call("CreateResource", named + ", 'Type': 'ROOM'");
  }
  auto remove(std::size_t kind, const std::string& identifier) -> Answer {
    return call(kKinds[kind].remove, "'" + std::string(kKinds[kind].member) + "': '" + identifier + "'");
  }
  auto states(std::size_t kind) -> Words {
    return ok("List" + std::string(kKinds[kind].list)).list(kKinds[kind].list, "State");
  }
};

TEST_F(Names, AreUniqueAmongUsersGroupsAndResources) {
  const auto first = organization_id_;
  organization("two");
  for (std::size_t kind = 0; kind < kKinds.size(); ++kind) {
    organization_id_ = first;
    const auto name = "name-" + std::to_string(kind);
    const auto id = make(kind, name);
    for (std::size_t other = 0; other < kKinds.size(); ++other) {
      EXPECT_EQ(creating(other, "NAME-" + std::to_string(kind)).error(), "NameAvailabilityException");
    }
    // The name of a DELETED entity is free, and other organizations have their own names.
    EXPECT_EQ(remove(kind, id).status(), 200);
    EXPECT_EQ(creating((kind + 1) % 3, name).status(), 200);
    organization_id_ = ok("ListOrganizations").list("OrganizationSummaries", "OrganizationId").back();
    EXPECT_EQ(creating(kind, name).status(), 200);
  }
}

TEST_F(Names, AreUniqueWhenAResourceIsRenamed) {
  user("alice");
  group("all");
  const auto room = resource("room");
  for (const char* name : {"Alice", "ALL", "administrator"}) {
    EXPECT_EQ(error("UpdateResource", "'ResourceId': 'room', 'Name': '" + std::string(name) + "'"),
              "NameAvailabilityException");
  }
  ok("UpdateResource", "'ResourceId': 'room', 'Name': 'Room'");
  ok("DeleteUser", "'UserId': 'alice'");
  ok("UpdateResource", "'ResourceId': 'room', 'Name': 'alice'");
  EXPECT_EQ(ok("DescribeResource", "'ResourceId': '" + room + "'")["Name"], "alice");
}

// Databases of older versions.
TEST_F(Names, MayClashInADatabaseThatHasThemSo) {
  const auto alice = user("alice");
  const auto room = resource("room");
  store_->entities.set_name(number(room), "alice");
  EXPECT_EQ(ok("DescribeUser", "'UserId': 'alice'")["UserId"], alice);
  EXPECT_EQ(ok("DescribeResource", "'ResourceId': 'alice'")["ResourceId"], room);
  EXPECT_EQ(error("UpdateResource", "'ResourceId': 'alice', 'Name': 'ALICE'"), "NameAvailabilityException");
  ok("UpdateResource", "'ResourceId': 'alice', 'Name': 'room'");
  ok("DeleteResource", "'ResourceId': 'room'");
  EXPECT_EQ(states(0), (Words{"DISABLED"}));
}

TEST_F(Names, AreNeededToDelete) {
  for (std::size_t kind = 0; kind < kKinds.size(); ++kind) {
    const auto name = "e" + std::to_string(kind);
    const auto id = make(kind, name, name + "@acme.awsapps.com");
    ok("CreateAlias", "'EntityId': '" + id + "', 'Alias': '" + name + "-alias@acme.awsapps.com'");
    for (const auto& address : {name + "@acme.awsapps.com", name + "-ALIAS@acme.awsapps.com"}) {
      const auto refused = remove(kind, address);
      EXPECT_EQ(refused.error(), "InvalidParameterException");
      EXPECT_NE(refused.message().find(address), std::string::npos) << refused.message();
      EXPECT_NE(refused.message().find(id), std::string::npos) << refused.message();
    }
    for (const std::size_t other : {(kind + 1) % 3, (kind + 2) % 3}) {
      for (const auto& identifier : {id, name, name + "@acme.awsapps.com"}) {
        const auto refused = remove(other, identifier);
        EXPECT_EQ(refused.error(), "InvalidParameterException");
        EXPECT_NE(refused.message().find(identifier), std::string::npos) << refused.message();
      }
    }
    EXPECT_EQ(states(kind), (Words{"ENABLED"}));
    deregister(id);
    EXPECT_EQ(remove((kind + 1) % 3, id).error(), "InvalidParameterException");
    EXPECT_EQ(states(kind), (Words{"DISABLED"}));
    for (const auto& unknown : {std::string("nobody"), std::string("nobody@acme.awsapps.com"), std::string(36, 'f'),
                                name + "@acme.awsapps.com"})
      EXPECT_EQ(remove(kind, unknown).text(), "{}");
    EXPECT_EQ(remove(kind, id).text(), "{}");
    EXPECT_EQ(states(kind), (Words{"DELETED"}));
    EXPECT_EQ(remove(kind, id).text(), "{}");
    for (const std::size_t other : {(kind + 1) % 3, (kind + 2) % 3})
      EXPECT_EQ(remove(other, id).error(), "InvalidParameterException");
    EXPECT_EQ(states(kind), (Words{"DELETED"}));
  }
}

TEST_F(Names, AreOfTheOrganizationThatIsDeletedFrom) {
  const auto alice = user("alice", "alice@acme.awsapps.com");
  organization("two");
  const auto room = resource("room");
  for (const auto& identifier : {alice, std::string("alice"), std::string("alice@acme.awsapps.com")})
    EXPECT_EQ(remove(1, identifier).text(), "{}");
  EXPECT_EQ(state("DescribeResource", "ResourceId", room), "DISABLED");
}

}  // namespace
}  // namespace workmail::test

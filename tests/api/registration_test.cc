#include "tests/api/api_test.h"

namespace workmail::test {
namespace {

using std::chrono::milliseconds;

class Registration : public ApiTest {
 protected:
  Registration() { organization(); }

  auto describe(const std::string& id) -> Answer { return ok("DescribeUser", "'UserId': '" + id + "'"); }
  static auto pair(const std::string& entity, const std::string& address) -> std::string {
    return "'EntityId': '" + entity + "', 'Email': '" + address + "'";
  }
  static auto alias(const std::string& entity, const std::string& address) -> std::string {
    return "'EntityId': '" + entity + "', 'Alias': '" + address + "'";
  }
  auto aliases(const std::string& id) -> std::vector<std::string> {
    return ok("ListAliases", "'EntityId': '" + id + "'").list("Aliases");
  }
};

TEST_F(Registration, EnablesWithAddressAndMailbox) {
  const auto alice = user("alice");
  advance(milliseconds(1500));
  ok("RegisterToWorkMail", pair("alice", "Alice@acme.awsapps.com"));
  const auto described = describe(alice);
  EXPECT_EQ(described["State"], "ENABLED");
  EXPECT_EQ(described["Email"], "Alice@acme.awsapps.com");
  EXPECT_EQ(described["EnabledDate"], "1767225601.5");
  EXPECT_EQ(described["MailboxProvisionedDate"], "1767225601.5");
  EXPECT_FALSE(described.has("DisabledDate") || described.has("MailboxDeprovisionedDate"));
}

TEST_F(Registration, IsRepeatedWithTheSameAddressOnly) {
  const auto alice = user("alice", "alice@acme.awsapps.com");
  advance(kDay);
  ok("RegisterToWorkMail", pair(alice, "ALICE@acme.awsapps.com"));
  EXPECT_EQ(describe(alice)["Email"], "alice@acme.awsapps.com");
  EXPECT_EQ(describe(alice)["EnabledDate"], "1767225600.0");
  EXPECT_EQ(error("RegisterToWorkMail", pair(alice, "other@acme.awsapps.com")), "EntityAlreadyRegisteredException");
}

TEST_F(Registration, TakesIdOrNameButNoAddress) {
  const auto alice = user("alice", "al@acme.awsapps.com");
  EXPECT_EQ(error("RegisterToWorkMail", pair("al@acme.awsapps.com", "al@acme.awsapps.com")), "EntityNotFoundException");
  ok("DeregisterFromWorkMail", "'EntityId': 'al@acme.awsapps.com'");
  EXPECT_EQ(describe(alice)["State"], "DISABLED");
}

TEST_F(Registration, NeedsAFreeAddressInAVerifiedDomainOfTheOrganization) {
  user("alice", "alice@acme.awsapps.com");
  user("bob");
  EXPECT_EQ(error("RegisterToWorkMail", pair("bob", "bob@elsewhere.example")), "MailDomainNotFoundException");
  EXPECT_EQ(error("RegisterToWorkMail", pair("bob", "ALICE@acme.awsapps.com")), "EmailAddressInUseException");
  EXPECT_EQ(error("RegisterToWorkMail", pair("nobody", "bob@acme.awsapps.com")), "EntityNotFoundException");
  organization("two");
  user("alice", "alice@two.awsapps.com");
  user("bob");
  EXPECT_EQ(error("RegisterToWorkMail", pair("bob", "bob@acme.awsapps.com")), "MailDomainNotFoundException");
}

TEST_F(Registration, ChecksEntityThenDomainThenAddress) {
  const auto alice = user("alice", "alice@acme.awsapps.com");
  deregister(alice);
  ok("DeleteUser", "'UserId': 'alice'");
  EXPECT_EQ(error("RegisterToWorkMail", pair(alice, "x@elsewhere.example")), "EntityStateException");
}

TEST_F(Registration, EndsWithoutAddressButKeepsTheMailboxThirtyDays) {
  const auto alice = user("alice", "alice@acme.awsapps.com");
  ok("CreateAlias", alias(alice, "al@acme.awsapps.com"));
  store_->mailboxes.set_used(number(alice), 12.5);
  advance(kDay);
  deregister(alice);
  const auto disabled = describe(alice);
  EXPECT_EQ(disabled["State"], "DISABLED");
  EXPECT_FALSE(disabled.has("Email"));
  EXPECT_EQ(disabled["EnabledDate"], "1767225600.0");
  EXPECT_EQ(disabled["DisabledDate"], "1767312000.0");
  EXPECT_EQ(disabled["MailboxProvisionedDate"], "1767225600.0");
  EXPECT_EQ(disabled["MailboxDeprovisionedDate"], "1767312000.0");
  EXPECT_EQ(error("DescribeEntity", "'Email': 'al@acme.awsapps.com'"), "EntityNotFoundException");
  user("bob", "al@acme.awsapps.com");  // the addresses are free again

  advance(kDay * 30 - milliseconds(1));
  register_entity(alice, "alice@acme.awsapps.com");
  const auto again = describe(alice);
  EXPECT_EQ(again["MailboxProvisionedDate"], "1767225600.0");
  EXPECT_FALSE(again.has("MailboxDeprovisionedDate") || again.has("DisabledDate"));
  EXPECT_EQ(store_->mailboxes.find(number(alice))->used_megabytes, 12.5);
  EXPECT_EQ(aliases(alice), (std::vector<std::string>{"alice@acme.awsapps.com"}));
  advance(kDay * 60);
  EXPECT_EQ(describe(alice)["MailboxProvisionedDate"], "1767225600.0");
}

TEST_F(Registration, MakesANewMailboxAfterThirtyDays) {
  const auto alice = user("alice", "alice@acme.awsapps.com");
  store_->mailboxes.set_used(number(alice), 12.5);
  deregister(alice);
  advance(kDay * 30);
  // The dates of its creation and removal are kept after the mailbox.
  EXPECT_EQ(error("GetMailboxDetails", "'UserId': 'alice'"), "EntityNotFoundException");
  EXPECT_EQ(describe(alice)["MailboxProvisionedDate"], "1767225600.0");
  EXPECT_EQ(describe(alice)["MailboxDeprovisionedDate"], "1767225600.0");
  EXPECT_EQ(describe(alice)["DisabledDate"], "1767225600.0");
  register_entity(alice, "alice@acme.awsapps.com");
  EXPECT_EQ(describe(alice)["MailboxProvisionedDate"], "1769817600.0");
  EXPECT_FALSE(describe(alice).has("MailboxDeprovisionedDate"));
  EXPECT_EQ(store_->mailboxes.find(number(alice))->used_megabytes, 0.0);
}

TEST_F(Registration, CountsTheThirtyDaysFromTheLastDeregistration) {
  const auto alice = user("alice", "alice@acme.awsapps.com");
  deregister(alice);
  advance(kDay * 20);
  register_entity(alice, "alice@acme.awsapps.com");
  deregister(alice);
  advance(kDay * 20);
  ok("GetMailboxDetails", "'UserId': 'alice'");
  advance(kDay * 10);
  EXPECT_EQ(error("GetMailboxDetails", "'UserId': 'alice'"), "EntityNotFoundException");
}

TEST_F(Registration, GoesOnCountingWhenTheUserIsDeleted) {
  const auto alice = user("alice", "alice@acme.awsapps.com");
  deregister(alice);
  advance(kDay * 20);
  ok("DeleteUser", "'UserId': 'alice'");
  EXPECT_TRUE(describe(alice).has("MailboxProvisionedDate"));
  advance(kDay * 10);
  EXPECT_EQ(describe(alice)["State"], "DELETED");
  EXPECT_EQ(error("GetMailboxDetails", "'UserId': '" + alice + "'"), "EntityNotFoundException");
  EXPECT_EQ(describe(alice)["MailboxDeprovisionedDate"], "1767225600.0");
  advance(kDay * 20);
  EXPECT_EQ(error("DescribeUser", "'UserId': '" + alice + "'"), "EntityNotFoundException");
}

TEST_F(Registration, AppliesEverythingDueInOneJump) {
  const auto alice = user("alice", "alice@acme.awsapps.com");
  deregister(alice);
  ok("DeleteUser", "'UserId': 'alice'");
  advance(kDay * 365);
  const auto happened = service_->catch_up();
  ASSERT_EQ(happened.size(), 2U);
  EXPECT_EQ(happened[0].what, "the mailbox of alice is deleted");
  EXPECT_EQ(happened[0].entity_id, alice);
  EXPECT_EQ(happened[0].organization_id, organization_id_);
  EXPECT_EQ(happened[0].at, kStart + kDay * 30);
  EXPECT_EQ(happened[1].what, "the deleted alice disappears");
}

TEST_F(Registration, MakesNoMailboxForAGroup) {
  const auto all = group("all", "all@acme.awsapps.com");
  EXPECT_FALSE(store_->mailboxes.find(number(all)).has_value());
  deregister(all);
  EXPECT_EQ(ok("DescribeGroup", "'GroupId': 'all'")["DisabledDate"], "1767225600.0");
  const auto room = resource("room", "room@acme.awsapps.com");
  EXPECT_TRUE(store_->mailboxes.find(number(room)).has_value());
}

// Older versions let users and groups have the same name, and such databases still open.
TEST_F(Registration, FindsNamesOfUsersBeforeThoseOfGroups) {
  const auto all_user = user("all");
  const auto other = group("other");
  store_->entities.set_name(number(other), "all");
  register_entity("all", "all@acme.awsapps.com");
  EXPECT_EQ(describe(all_user)["State"], "ENABLED");
}

TEST_F(Registration, ListsThePrimaryAddressFirst) {
  const auto alice = user("alice", "z@acme.awsapps.com");
  ok("CreateAlias", alias(alice, "b@acme.awsapps.com"));
  ok("CreateAlias", alias(alice, "a@acme.awsapps.com"));
  EXPECT_EQ(aliases(alice),
            (std::vector<std::string>{"z@acme.awsapps.com", "b@acme.awsapps.com", "a@acme.awsapps.com"}));
  EXPECT_EQ(error("ListAliases", "'EntityId': 'alice-by-name'"), "EntityNotFoundException");
  std::vector<std::string> paged;
  std::string token;
  do {
    const auto page = ok("ListAliases", "'EntityId': '" + alice + "', 'MaxResults': 1" +
                                            (token.empty() ? "" : ", 'NextToken': '" + token + "'"));
    ASSERT_EQ(page.list("Aliases").size(), 1U);
    paged.push_back(page.list("Aliases").front());
    token = page["NextToken"];
  } while (!token.empty());
  EXPECT_EQ(paged, aliases(alice));
}

TEST_F(Registration, ReportsWhichStateItNeeds) {
  const auto message = [&](const char* operation, const std::string& members, const std::string& id) {
    const auto refused = call(operation, members);
    EXPECT_EQ(refused.error(), "EntityStateException");
    return refused.message().substr(("Entity " + id + " is in state ").size());
  };
  const auto alice = user("alice", "alice@acme.awsapps.com");
  EXPECT_EQ(message("DeleteUser", "'UserId': '" + alice + "'", alice), "ENABLED, expected DISABLED");
  deregister(alice);
  EXPECT_EQ(message("CreateAlias", alias(alice, "al@acme.awsapps.com"), alice), "DISABLED, expected ENABLED");
  const auto all = group("all");
  ok("DeleteGroup", "'GroupId': '" + all + "'");
  EXPECT_EQ(message("UpdateGroup", "'GroupId': '" + all + "', 'HiddenFromGlobalAddressList': true", all),
            "DELETED, expected ENABLED or DISABLED");
}

TEST_F(Registration, GivesAnAliasToOneEntityOnly) {
  const auto alice = user("alice", "alice@acme.awsapps.com");
  const auto bob = user("bob", "bob@acme.awsapps.com");
  ok("CreateAlias", alias(alice, "al@acme.awsapps.com"));
  ok("CreateAlias", alias(alice, "AL@acme.awsapps.com"));  // its own alias: no effect
  ok("CreateAlias", alias(alice, "alice@acme.awsapps.com"));
  EXPECT_EQ(aliases(alice), (std::vector<std::string>{"alice@acme.awsapps.com", "al@acme.awsapps.com"}));
  EXPECT_EQ(error("CreateAlias", alias(bob, "al@acme.awsapps.com")), "EmailAddressInUseException");
  EXPECT_EQ(error("CreateAlias", alias(bob, "alice@acme.awsapps.com")), "EmailAddressInUseException");
  EXPECT_EQ(error("CreateAlias", alias(bob, "b@elsewhere.example")), "MailDomainNotFoundException");
  EXPECT_EQ(ok("DescribeUser", "'UserId': 'al@acme.awsapps.com'")["UserId"], alice);
}

TEST_F(Registration, LimitsAliasesToAHundred) {
  const auto alice = user("alice", "alice@acme.awsapps.com");
  for (int i = 0; i < 100; ++i) ok("CreateAlias", alias(alice, "a" + std::to_string(i) + "@acme.awsapps.com"));
  EXPECT_EQ(error("CreateAlias", alias(alice, "one-more@acme.awsapps.com")), "LimitExceededException");
  // The old primary address becomes an alias, and is accepted.
  ok("UpdatePrimaryEmailAddress", pair(alice, "new@acme.awsapps.com"));
  EXPECT_EQ(ok("ListAliases", "'EntityId': '" + alice + "'").list("Aliases").size(), 100U);
  ok("DeleteAlias", alias(alice, "a0@acme.awsapps.com"));
  ok("DeleteAlias", alias(alice, "a1@acme.awsapps.com"));
  ok("CreateAlias", alias(alice, "one-more@acme.awsapps.com"));
}

TEST_F(Registration, DeletesAliasesButNotThePrimaryAddress) {
  const auto alice = user("alice", "alice@acme.awsapps.com");
  const auto bob = user("bob", "bob@acme.awsapps.com");
  ok("CreateAlias", alias(alice, "al@acme.awsapps.com"));
  EXPECT_EQ(error("DeleteAlias", alias(alice, "ALICE@acme.awsapps.com")), "InvalidParameterException");
  ok("DeleteAlias", alias(bob, "al@acme.awsapps.com"));  // not bob's alias: no effect
  EXPECT_EQ(aliases(alice).size(), 2U);
  ok("DeleteAlias", alias(alice, "AL@acme.awsapps.com"));
  ok("DeleteAlias", alias(alice, "al@acme.awsapps.com"));
  EXPECT_EQ(aliases(alice).size(), 1U);
  EXPECT_EQ(error("DeleteAlias", alias("00000000-0000-0000-0000-000000000000", "al@acme.awsapps.com")),
            "EntityNotFoundException");
}

TEST_F(Registration, ChangesThePrimaryAddress) {
  const auto alice = user("alice", "alice@acme.awsapps.com");
  user("bob", "bob@acme.awsapps.com");
  ok("UpdatePrimaryEmailAddress", pair("alice", "new@acme.awsapps.com"));
  EXPECT_EQ(describe(alice)["Email"], "new@acme.awsapps.com");
  EXPECT_EQ(aliases(alice), (std::vector<std::string>{"new@acme.awsapps.com", "alice@acme.awsapps.com"}));
  ok("UpdatePrimaryEmailAddress", pair("new@acme.awsapps.com", "alice@acme.awsapps.com"));
  EXPECT_EQ(aliases(alice), (std::vector<std::string>{"alice@acme.awsapps.com", "new@acme.awsapps.com"}));
  ok("UpdatePrimaryEmailAddress", pair("alice", "alice@acme.awsapps.com"));
  EXPECT_EQ(aliases(alice).size(), 2U);
  EXPECT_EQ(error("UpdatePrimaryEmailAddress", pair("alice", "bob@acme.awsapps.com")), "EmailAddressInUseException");
  EXPECT_EQ(error("UpdatePrimaryEmailAddress", pair("alice", "a@elsewhere.example")), "MailDomainNotFoundException");
  EXPECT_EQ(error("UpdatePrimaryEmailAddress", pair("nobody", "a@acme.awsapps.com")), "EntityNotFoundException");
}

TEST_F(Registration, ShowsAnAddressInOneLetterCase) {
  const auto alice = user("alice", "Alice@acme.awsapps.com");
  ok("UpdatePrimaryEmailAddress", pair(alice, "alice@acme.awsapps.com"));
  EXPECT_EQ(describe(alice)["Email"], "Alice@acme.awsapps.com");
  ok("CreateAlias", alias(alice, "AL@acme.awsapps.com"));
  ok("UpdatePrimaryEmailAddress", pair(alice, "al@acme.awsapps.com"));
  EXPECT_EQ(describe(alice)["Email"], "AL@acme.awsapps.com");
  EXPECT_EQ(aliases(alice), (std::vector<std::string>{"AL@acme.awsapps.com", "Alice@acme.awsapps.com"}));
}

TEST_F(Registration, DescribesWhatHoldsAnAddress) {
  const auto alice = user("alice", "alice@acme.awsapps.com");
  ok("CreateAlias", alias(alice, "al@acme.awsapps.com"));
  group("all", "all@acme.awsapps.com");
  resource("room", "room@acme.awsapps.com");
  EXPECT_EQ(ok("DescribeEntity", "'Email': 'AL@acme.awsapps.com'").text(),
            R"({"EntityId":")" + alice + R"(","Name":"alice","Type":"USER"})");
  EXPECT_EQ(ok("DescribeEntity", "'Email': 'all@acme.awsapps.com'")["Type"], "GROUP");
  EXPECT_EQ(ok("DescribeEntity", "'Email': 'room@acme.awsapps.com'")["Type"], "RESOURCE");
  EXPECT_EQ(error("DescribeEntity", "'Email': 'nobody@acme.awsapps.com'"), "EntityNotFoundException");
}

}  // namespace
}  // namespace workmail::test

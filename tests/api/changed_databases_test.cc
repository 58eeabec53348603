// Values that no code path writes, in a database that was too large to be checked when it was opened: a call that reads
// one fails, and the process continues.
#include "tests/api/api_test.h"

namespace workmail::test {
namespace {

class ChangedDatabases : public ApiTest {
 protected:
  ChangedDatabases() {
    restart_among(Neighbors::None);
    organization();
    alice_ = user("alice", "alice@acme.awsapps.com");
    resource("room", "room@acme.awsapps.com");
    ok("CreateImpersonationRole",
       "'Name': 'role', 'Type': 'FULL_ACCESS', 'Rules': [{'ImpersonationRuleId': 'r', 'Effect': 'ALLOW'}]");
  }

  std::string alice_;

  void change(const char* sql) {
    store_->connection.execute("PRAGMA ignore_check_constraints = ON");
    store_->connection.execute(sql);
  }
  void expect_failure(std::string_view operation, std::string_view members = "") {
    EXPECT_EQ(call(operation, members).status(), 500) << operation;
    EXPECT_FALSE(reports_.empty()) << "it is logged";
    reports_.clear();
  }
};

TEST_F(ChangedDatabases, FailAtUnknownWords) {
  change("UPDATE impersonation_role SET type = 'x'");
  change("UPDATE entity SET role = 'x', resource_type = 'x'");
  change("UPDATE domain SET dkim = 'x'");
  change("UPDATE access_control_rule SET effect = 'x'");
  change("UPDATE mobile_device_access_rule SET effect = 'x'");
  expect_failure("ListImpersonationRoles");
  expect_failure("ListUsers");
  expect_failure("ListResources");
  expect_failure("GetMailDomain", "'DomainName': 'acme.awsapps.com'");
  expect_failure("ListAccessControlRules");
  expect_failure("ListMobileDeviceAccessRules");
}

// The next call of any client is executed as if the failed one had not happened.
TEST_F(ChangedDatabases, TakeTheWritesThatFollowAFailure) {
  change("UPDATE entity SET state = 77 WHERE name = 'alice'");
  for (const bool in_groups : {false, true}) {
    if (in_groups) service_->commit_in_groups();
    expect_failure("DeregisterFromWorkMail", "'EntityId': 'alice'");
    const std::string name = in_groups ? "carol" : "bob";
    const auto made = ok("CreateUser", "'Name': '" + name + "', 'DisplayName': ''");
    EXPECT_EQ(made.outcome().group != nullptr, in_groups);
    if (in_groups) {
      EXPECT_TRUE(service_->commit(*made.outcome().group));
    }
    EXPECT_EQ(ok("DescribeUser", "'UserId': '" + name + "'")["State"], "DISABLED");
  }
}

TEST_F(ChangedDatabases, FailAtUnknownStates) {
  for (const auto* sql : {"UPDATE entity SET state = 77", "UPDATE entity SET state = -1",
                          "UPDATE entity SET state = 1, enabled_at = 9000000000000000000",
                          "UPDATE entity SET state = 1, enabled_at = -9000000000000000000"}) {
    change(sql);
    expect_failure("DescribeUser", "'UserId': 'alice'");
    expect_failure("DeregisterFromWorkMail", "'EntityId': 'alice'");
  }
}

TEST_F(ChangedDatabases, FailWithoutAnAddress) {
  change("UPDATE entity SET email = NULL");
  expect_failure("ListAliases", "'EntityId': '" + alice_ + "'");
}

TEST_F(ChangedDatabases, AnswerUtf8WhateverTheyHold) {
  change("UPDATE entity SET display_name = CAST(x'41FF42' AS TEXT) WHERE kind = 0");
  EXPECT_EQ(ok("DescribeUser", "'UserId': 'alice'")["DisplayName"],
            "A\xEF\xBF\xBD"
            "B");
}

TEST_F(ChangedDatabases, AnswerNoInfiniteNumber) {
  change("UPDATE mailbox SET used_megabytes = 9e999");
  expect_failure("GetMailboxDetails", "'UserId': 'alice'");
}

}  // namespace
}  // namespace workmail::test

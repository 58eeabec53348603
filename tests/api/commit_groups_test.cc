// Calls that share a commit, as with a database on disk.
#include "tests/api/api_test.h"

namespace workmail::test {
namespace {

using std::chrono::seconds;

class CommitGroups : public ApiTest {
 protected:
  CommitGroups() {
    restart({.pace = seconds(100)});
    organization();
    advance(seconds(100));
    id_ = user("alice", "alice@acme.awsapps.com");
  }

  std::string id_;

  // The group that the latest call waits for.
  auto group() -> std::shared_ptr<const store::CommitGroup> { return store_->connection.group(); }
  void fail_commits(bool fail) {
    sqlite3_commit_hook(
        store_->connection.handle(), [](void* wanted) { return wanted == nullptr ? 0 : 1; }, fail ? this : nullptr);
  }
};

// Also without groups: events that were scheduled before a failed commit are still scheduled.
TEST_F(CommitGroups, AreNotNeededToKeepScheduledEvents) {
  deregister("alice");
  advance(30 * kDay);
  fail_commits(true);
  EXPECT_EQ(error("CreateUser", "'Name': 'bob', 'DisplayName': ''"), "InternalFailure");
  EXPECT_EQ(reports_.size(), 1U);
  reports_.clear();
  fail_commits(false);
  EXPECT_EQ(error("GetMailboxDetails", "'UserId': 'alice'"), "EntityNotFoundException");
}

// A failed call rolls back its own changes, but not the scheduled events before it.
TEST_F(CommitGroups, KeepEventsThatCameBeforeARefusal) {
  const auto alice = number(id_);
  deregister("alice");
  advance(30 * kDay);
  EXPECT_EQ(error("CreateUser", "'Name': 'ALICE', 'DisplayName': ''"), "NameAvailabilityException");
  EXPECT_FALSE(store_->mailboxes.find(alice).has_value());
}

TEST_F(CommitGroups, HoldAnswersBackUntilTheCommit) {
  EXPECT_FALSE(call("ListUsers").outcome().group) << "commits on its own";
  service_->commit_in_groups();
  const auto first = call("CreateUser", "'Name': 'bob', 'DisplayName': ''");
  const auto second = call("CreateUser", "'Name': 'carol', 'DisplayName': ''");
  ASSERT_TRUE(first.outcome().group);
  EXPECT_EQ(first.outcome().group, second.outcome().group);
  EXPECT_FALSE(first.outcome().group->committed);
  EXPECT_TRUE(service_->commit(*first.outcome().group));
  EXPECT_TRUE(first.outcome().group->committed);
  EXPECT_TRUE(service_->commit(*second.outcome().group)) << "committed already";
}

TEST_F(CommitGroups, HoldBackWhoReadsWhatIsNotCommitted) {
  service_->commit_in_groups();
  EXPECT_FALSE(call("ListUsers").outcome().group) << "nothing waits";
  const auto written = call("CreateUser", "'Name': 'bob', 'DisplayName': ''");
  const auto read = call("ListUsers");
  EXPECT_EQ(read.list("Users", "Name"), (std::vector<std::string>{"alice", "bob"}));
  EXPECT_EQ(read.outcome().group, written.outcome().group);
}

TEST_F(CommitGroups, KeepWhatTheOthersDidWhenOneIsRefused) {
  service_->commit_in_groups();
  ok("CreateUser", "'Name': 'bob', 'DisplayName': ''");
  const auto refused = call("CreateUser", "'Name': 'BOB', 'DisplayName': ''");
  EXPECT_EQ(refused.error(), "NameAvailabilityException");
  EXPECT_EQ(refused.outcome().group, group()) << "it reports what is not committed";
  ok("CreateUser", "'Name': 'carol', 'DisplayName': ''");
  service_->commit();
  EXPECT_EQ(call("ListUsers").list("Users", "Name"), (std::vector<std::string>{"alice", "bob", "carol"}));
}

TEST_F(CommitGroups, AreTakenBackWhenTheCommitFails) {
  service_->commit_in_groups();
  const auto written = call("CreateUser", "'Name': 'bob', 'DisplayName': ''");
  fail_commits(true);
  EXPECT_FALSE(service_->commit(*written.outcome().group));
  EXPECT_EQ(reports_.size(), 1U);
  EXPECT_TRUE(reports_.at(0).starts_with("commit: ")) << reports_.at(0);
  reports_.clear();
  fail_commits(false);
  EXPECT_EQ(call("ListUsers").list("Users", "Name"), std::vector<std::string>{"alice"});
  ok("CreateUser", "'Name': 'bob', 'DisplayName': ''");
}

TEST_F(CommitGroups, KeepScheduledEventsWhenTheyAreTakenBack) {
  const auto job = ok("StartMailboxExportJob",
                      "'EntityId': 'alice', 'ClientToken': 't', 'RoleArn': 'arn:aws:iam::123456789012:role/export',"
                      " 'KmsKeyArn': 'arn:aws:kms:us-east-1:123456789012:key/k', 'S3BucketName': 'bucket',"
                      " 'S3Prefix': 'exports'")["JobId"];
  service_->commit_in_groups();
  ok("CancelMailboxExportJob", "'JobId': '" + job + "', 'ClientToken': 'c'");
  advance(seconds(100));
  const auto read = call("ListUsers");  // finds that nothing is scheduled
  fail_commits(true);
  EXPECT_FALSE(service_->commit(*read.outcome().group));
  reports_.clear();
  fail_commits(false);
  EXPECT_EQ(ok("DescribeMailboxExportJob", "'JobId': '" + job + "'")["State"], "COMPLETED");
}

TEST_F(CommitGroups, AreCommittedBeforeOtherWorkOnTheStore) {
  service_->commit_in_groups();
  const auto written = call("CreateUser", "'Name': 'bob', 'DisplayName': ''");
  service_->run({.account = account_, .region = region_}, [&](api::Context&) {
    EXPECT_TRUE(written.outcome().group->committed);
    EXPECT_FALSE(group());
  });
}

}  // namespace
}  // namespace workmail::test

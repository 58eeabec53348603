// Failed commits, as on a full disk: cached data is discarded, and reads continue.
#include "tests/api/api_test.h"
#include "tests/sqlite_memory.h"

namespace workmail::test {
namespace {

using std::chrono::seconds;

class FailedCommits : public ApiTest {
 protected:
  FailedCommits() {
    restart_among(Neighbors::None);
    restart({.pace = seconds(100)});
    organization();
    advance(seconds(100));
    user("alice", "alice@acme.awsapps.com");
  }

  void fail_commits(bool fail) {
    sqlite3_commit_hook(
        store_->connection.handle(), [](void* wanted) { return wanted == nullptr ? 0 : 1; }, fail ? this : nullptr);
  }
  auto state_of_organization() -> std::string { return ok("DescribeOrganization")["State"]; }
};

TEST_F(FailedCommits, LeaveReadsAsIfLessTimeHadPassed) {
  const auto other = organization("other");
  advance(seconds(100));
  ok("DeleteOrganization", "'DeleteDirectory': false, 'ForceDelete': true");
  advance(seconds(100));
  fail_commits(true);
  EXPECT_EQ(state_of_organization(), "Deleting");
  EXPECT_EQ(state_of_organization(), "Deleting");
  EXPECT_EQ(reports_.size(), 1U) << "not for every read";
  EXPECT_EQ(call("UntagResource", "'ResourceARN': 'arn:aws:workmail:us-east-1:000000000000:organization/" + other +
                                      "', 'TagKeys': ['a']")
                .status(),
            500);
  service_->read({.account = account_, .region = region_},
                 [](api::Context& context) { EXPECT_EQ(context.store.organizations.all().size(), 2U); });
  fail_commits(false);
  EXPECT_EQ(state_of_organization(), "Deleted") << "without a restart";
  reports_.clear();
}

TEST_F(FailedCommits, ForgetWhenTheNextEventIsScheduled) {
  deregister("alice");
  advance(31 * kDay);
  fail_commits(true);
  EXPECT_THROW(service_->catch_up(), store::SqliteError);
  fail_commits(false);
  EXPECT_FALSE(service_->catch_up().empty());
  EXPECT_TRUE(service_->catch_up().empty());
}

TEST_F(FailedCommits, LeaveTheStartToBeCopiedLater) {
  service_->baseline().save_clock();
  service_->baseline().mark();
  clock_.advance(seconds(1));  // so that the copy begins with a write
  fail_commits(true);
  EXPECT_EQ(call("CreateUser", "'Name': 'bob', 'DisplayName': ''").status(), 500);
  fail_commits(false);
  reports_.clear();
  user("carol");
  service_->baseline().reset();
  EXPECT_EQ(ok("ListUsers").list("Users", "Name"), std::vector<std::string>{"alice"});
}

TEST_F(FailedCommits, KeepTheCounterOfIdentifiers) {
  const auto counted = [&] { return store_->setting("counted identifiers"); };
  fail_commits(true);
  EXPECT_EQ(call("CreateUser", "'Name': 'bob', 'DisplayName': ''").status(), 500);
  EXPECT_EQ(call("ListUsers").status(), 200) << "a read that would write the counter";
  fail_commits(false);
  reports_.clear();
  user("carol");
  EXPECT_EQ(counted(), std::to_string(ids_.counted()));
}

TEST_F(FailedCommits, TakeBackTheCounterWithItsGroup) {
  service_->commit_in_groups();
  const auto written = call("CreateUser", "'Name': 'bob', 'DisplayName': ''");
  fail_commits(true);
  EXPECT_FALSE(service_->commit(*written.outcome().group));
  fail_commits(false);
  reports_.clear();
  const auto again = call("CreateGroup", "'Name': 'all'");
  EXPECT_TRUE(service_->commit(*again.outcome().group));
  EXPECT_EQ(store_->setting("counted identifiers"), std::to_string(ids_.counted()));
}

// For each allocation of SQLite that fails first: the call succeeds, or fails without effect.
TEST_F(FailedCommits, ForWantOfMemoryChangeNothing) {
  for (const bool in_groups : {false, true}) {
    if (in_groups) service_->commit_in_groups();
    auto names = ok("ListUsers").list("Users", "Name");
    bool failed = true;
    int refused = 0;
    for (int allowed = 0; failed; ++allowed) {
      const std::string name = (in_groups ? "grouped" : "alone") + std::to_string(allowed);
      advance(seconds(1));
      bool made = false;
      {
        const SqliteMemory memory(allowed);
        const auto answer = call("CreateUser", "'Name': '" + name + "', 'DisplayName': ''");
        made = answer.status() == 200;
        if (!made) {
          EXPECT_EQ(answer.error(), "ServiceUnavailable") << allowed << answer.text();
        }
        const auto& group = answer.outcome().group;
        if (group != nullptr) made = service_->commit(*group) && made;
        failed = memory.failed();
      }
      refused += made ? 0 : 1;
      if (made) names.push_back(name);
      EXPECT_EQ(ok("ListUsers").list("Users", "Name"), names) << allowed;
    }
    EXPECT_GT(refused, 3);
  }
  reports_.clear();
}

// Scheduled events are not lost either.
TEST_F(FailedCommits, ForWantOfMemoryLeaveEventsForLater) {
  deregister("alice");
  advance(31 * kDay);
  bool failed = true;
  for (int allowed = 0; failed; ++allowed) {
    const SqliteMemory memory(allowed);
    try {
      const auto events = service_->catch_up();
      EXPECT_EQ(events.size(), 1U) << allowed;
      break;
    } catch (const std::bad_alloc&) {
      failed = memory.failed();
      EXPECT_TRUE(failed);
    }
  }
  EXPECT_TRUE(service_->catch_up().empty());
}

}  // namespace
}  // namespace workmail::test

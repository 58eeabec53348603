#include "tests/api/api_test.h"

namespace workmail::test {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

class ExportJobs : public ApiTest {
 protected:
  ExportJobs() { organization(); }

  static auto request(const std::string& entity, const std::string& token, const std::string& more = "")
      -> std::string {
    return "'EntityId': '" + entity + "', 'ClientToken': '" + token +
           "', 'RoleArn': 'arn:aws:iam::123456789012:role/export', 'KmsKeyArn':"
           " 'arn:aws:kms:us-east-1:123456789012:key/k', 'S3BucketName': 'bucket', 'S3Prefix': 'exports'" +
           more;
  }
  auto start(const std::string& entity, const std::string& token) -> std::string {
    return ok("StartMailboxExportJob", request(entity, token))["JobId"];
  }
  auto describe(const std::string& job) -> Answer { return ok("DescribeMailboxExportJob", "'JobId': '" + job + "'"); }
  void cancel(const std::string& job) {
    ok("CancelMailboxExportJob", "'JobId': '" + job + "', 'ClientToken': 'c" + job + "'");
  }
  void slow() {
    restart({.pace = seconds(100)});
    organization();
    advance(seconds(100));
  }
};

TEST_F(ExportJobs, AreDoneAtTheNextCallWithoutPace) {
  const auto alice = user("alice", "alice@acme.awsapps.com");
  const auto id = ok("StartMailboxExportJob", request("alice", "t", ", 'Description': 'why'"))["JobId"];
  const auto job = describe(id);
  EXPECT_EQ(job["EntityId"], alice);
  EXPECT_EQ(job["Description"], "why");
  EXPECT_EQ(job["RoleArn"], "arn:aws:iam::123456789012:role/export");
  EXPECT_EQ(job["KmsKeyArn"], "arn:aws:kms:us-east-1:123456789012:key/k");
  EXPECT_EQ(job["S3BucketName"], "bucket");
  EXPECT_EQ(job["S3Prefix"], "exports");
  EXPECT_EQ(job["S3Path"], "exports/" + id + ".zip");
  EXPECT_EQ(job["EstimatedProgress"], "100");
  EXPECT_EQ(job["State"], "COMPLETED");
  EXPECT_EQ(job["StartTime"], "1767225600.0");
  EXPECT_EQ(job["EndTime"], "1767225600.0");
  EXPECT_FALSE(job.has("ErrorInfo") || job.has("JobId"));
}

TEST_F(ExportJobs, GoOnByTheClock) {
  slow();
  user("alice", "alice@acme.awsapps.com");
  const auto id = start("alice", "t");
  EXPECT_EQ(describe(id)["EstimatedProgress"], "0");
  advance(seconds(25));
  EXPECT_EQ(describe(id)["EstimatedProgress"], "25");
  EXPECT_EQ(describe(id)["State"], "RUNNING");
  EXPECT_FALSE(describe(id).has("EndTime"));
  advance(seconds(74) + std::chrono::milliseconds(999));
  EXPECT_EQ(describe(id)["EstimatedProgress"], "99");
  advance(std::chrono::milliseconds(1));
  EXPECT_EQ(describe(id)["State"], "COMPLETED");
  EXPECT_EQ(describe(id)["EndTime"], "1767225800.0");
}

TEST_F(ExportJobs, AreCancelledWhileRunning) {
  slow();
  user("alice", "alice@acme.awsapps.com");
  const auto id = start("alice", "t");
  advance(seconds(10));
  cancel(id);
  EXPECT_EQ(describe(id)["State"], "CANCELLED");
  EXPECT_EQ(describe(id)["EndTime"], "1767225710.0");
  advance(seconds(1000));
  EXPECT_EQ(describe(id)["State"], "CANCELLED");
  cancel(id);
  EXPECT_EQ(error("CancelMailboxExportJob", "'JobId': 'unknown', 'ClientToken': 'x'"), "EntityNotFoundException");
  EXPECT_EQ(error("DescribeMailboxExportJob", "'JobId': 'unknown'"), "EntityNotFoundException");
}

TEST_F(ExportJobs, StayCompletedWhenCancelledTooLate) {
  user("alice", "alice@acme.awsapps.com");
  const auto id = start("alice", "t");
  cancel(id);
  EXPECT_EQ(describe(id)["State"], "COMPLETED");
}

TEST_F(ExportJobs, AreOneForAMailboxInADay) {
  user("alice", "alice@acme.awsapps.com");
  user("bob", "bob@acme.awsapps.com");
  const auto first = start("alice", "t1");
  EXPECT_EQ(error("StartMailboxExportJob", request("alice", "t2")), "LimitExceededException");
  EXPECT_EQ(start("alice", "t1"), first);  // the same token: the same job
  EXPECT_EQ(error("StartMailboxExportJob", request("bob", "t1")), "InvalidParameterException");
  start("bob", "t3");
  advance(hours(24) - seconds(1));
  EXPECT_EQ(error("StartMailboxExportJob", request("alice", "t4")), "LimitExceededException");
  advance(seconds(1));
  EXPECT_NE(start("alice", "t4"), first);
}

TEST_F(ExportJobs, AreTenAtOnce) {
  slow();
  for (int i = 0; i < 11; ++i) user("user" + std::to_string(i), "user" + std::to_string(i) + "@acme.awsapps.com");
  std::string last;
  for (int i = 0; i < 10; ++i) last = start("user" + std::to_string(i), "t" + std::to_string(i));
  EXPECT_EQ(error("StartMailboxExportJob", request("user10", "t10")), "LimitExceededException");
  cancel(last);
  start("user9", "again");  // a job that was cancelled does not count, neither among the ten nor for the day
  EXPECT_EQ(error("StartMailboxExportJob", request("user10", "t10")), "LimitExceededException");
}

TEST_F(ExportJobs, NeedAMailboxAndAKeyOfTheRegion) {
  group("all", "all@acme.awsapps.com");
  user("never");
  resource("room", "room@acme.awsapps.com");
  const auto alice = user("alice", "alice@acme.awsapps.com");
  EXPECT_EQ(error("StartMailboxExportJob", request("all", "t1")), "EntityNotFoundException");
  EXPECT_EQ(error("StartMailboxExportJob", request("never", "t2")), "EntityNotFoundException");
  start("room", "t3");
  deregister(alice);
  start("alice", "t4");
  advance(kDay * 30);
  EXPECT_EQ(error("StartMailboxExportJob", request("alice", "t5")), "EntityNotFoundException");
  auto elsewhere = request("room", "t6");
  elsewhere.replace(elsewhere.find("us-east-1"), 9, "eu-west-1");
  EXPECT_EQ(error("StartMailboxExportJob", elsewhere), "InvalidParameterException");
}

TEST_F(ExportJobs, AreListedNewestFirstForSevenDays) {
  std::vector<std::string> ids;
  for (const char* name : {"a", "b", "c"}) {
    user(name, std::string(name) + "@acme.awsapps.com");
    ids.push_back(start(name, name));
    advance(kDay);
  }
  const auto first = ok("ListMailboxExportJobs", "'MaxResults': 2");
  EXPECT_EQ(first.list("Jobs", "JobId"), (std::vector<std::string>{ids[2], ids[1]}));
  EXPECT_EQ(first.list("Jobs", "EstimatedProgress"), (std::vector<std::string>{"100", "100"}));
  const auto second = ok("ListMailboxExportJobs", "'NextToken': '" + first["NextToken"] + "'");
  EXPECT_EQ(second.list("Jobs", "JobId"), (std::vector<std::string>{ids[0]}));
  EXPECT_FALSE(second.has("NextToken"));
  advance(kDay * 4 - std::chrono::milliseconds(1));
  EXPECT_EQ(ok("ListMailboxExportJobs").list("Jobs").size(), 3U);
  advance(std::chrono::milliseconds(1));
  EXPECT_EQ(ok("ListMailboxExportJobs").list("Jobs", "JobId"), (std::vector<std::string>{ids[2], ids[1]}));
  EXPECT_EQ(error("DescribeMailboxExportJob", "'JobId': '" + ids[0] + "'"), "EntityNotFoundException");
}

TEST_F(ExportJobs, OutliveTheUser) {
  const auto alice = user("alice", "alice@acme.awsapps.com");
  deregister(alice);
  advance(kDay * 25);
  const auto id = start(alice, "t");
  ok("DeleteUser", "'UserId': 'alice'");
  EXPECT_EQ(describe(id)["EntityId"], alice);
}

TEST_F(ExportJobs, PutOneSlashBehindThePrefix) {
  user("alice", "alice@acme.awsapps.com");
  auto members = request("alice", "t");
  members.replace(members.find("'exports'"), 9, "'exports/'");
  const auto id = ok("StartMailboxExportJob", members)["JobId"];
  EXPECT_EQ(describe(id)["S3Path"], "exports/" + id + ".zip");
}

TEST_F(ExportJobs, AreListedAsTheyAre) {
  slow();
  const auto alice = user("alice", "alice@acme.awsapps.com");
  const auto id = ok("StartMailboxExportJob", request("alice", "t", ", 'Description': 'why'"))["JobId"];
  advance(seconds(50));
  EXPECT_EQ(ok("ListMailboxExportJobs")["Jobs"],
            R"([{"JobId":")" + id + R"(","EntityId":")" + alice +
                R"(","Description":"why","S3BucketName":"bucket","S3Path":"exports/)" + id +
                R"(.zip","EstimatedProgress":50,"State":"RUNNING","StartTime":1767225700.0}])");
}

TEST_F(ExportJobs, FitTheirPathIntoAKey) {
  user("alice", "alice@acme.awsapps.com");
  auto members = request("alice", "t");
  members.replace(members.find("'exports'"), 9, "'" + std::string(1023, 'p') + "'");
  const auto id = ok("StartMailboxExportJob", members)["JobId"];
  EXPECT_EQ(describe(id)["S3Path"].size(), 1023U);
  EXPECT_TRUE(describe(id)["S3Path"].ends_with("/" + id + ".zip"));
}

}  // namespace
}  // namespace workmail::test

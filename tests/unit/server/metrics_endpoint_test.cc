// GET /_workmail/metrics: what it counts.
#include "plane_test.h"

namespace workmail::server {
namespace {

class Metrics : public PlaneTest {
 protected:
  explicit Metrics(const api::Settings& settings = {}) : PlaneTest(settings) {}

  // The text after the name of a sample; empty if there is none.
  auto value(const std::string& sample) -> std::string {
    const auto text = expect(200, "GET", "metrics");
    const auto begin = text.find("\n" + sample + " ");
    if (begin == std::string::npos) return {};
    const auto end = begin + sample.size() + 2;
    return text.substr(end, text.find('\n', end) - end);
  }
};

TEST_F(Metrics, CountOrganizationsOfAllAccountsAndStates) {
  organization("acme");
  organization("second", kOtherAccount, "eu-west-1");
  const auto deleted = organization("third");
  call("DeleteOrganization", "{'OrganizationId':'" + deleted + "','DeleteDirectory':true,'ForceDelete':true}");
  expect(200, "POST", "simulate",
         "{'event':'organizationState','state':'Impaired','organizationId':'" + organization("fourth") + "'}");
  EXPECT_EQ(value("workmail_organizations{state=\"Active\"}"), "2");
  EXPECT_EQ(value("workmail_organizations{state=\"Deleted\"}"), "1");
  EXPECT_EQ(value("workmail_organizations{state=\"Impaired\"}"), "1");
}

TEST_F(Metrics, CountEntitiesByKindAndState) {
  const auto acme = organization("acme");
  const std::string ids = "{'OrganizationId':'" + acme + "',";
  user(acme, "alice");
  const auto bob = user(acme, "bob");
  call("DeregisterFromWorkMail", ids + "'EntityId':'" + bob + "'}");
  for (const auto* name : {"x", "y", "z"}) {
    const auto group = text_of(call("CreateGroup", ids + "'Name':'" + name + "'}"), "GroupId");
    if (*name == 'z') call("DeleteGroup", ids + "'GroupId':'" + group + "'}");
  }
  call("CreateResource", ids + "'Name':'room','Type':'ROOM'}");
  const auto count = [&](const std::string& kind, const std::string& state) {
    return value("workmail_entities{kind=\"" + kind + "\",state=\"" + state + "\"}");
  };
  EXPECT_EQ(count("user", "ENABLED"), "1");
  EXPECT_EQ(count("user", "DISABLED"), "1");
  EXPECT_EQ(count("user", "DELETED"), "0");
  EXPECT_EQ(count("group", "DISABLED"), "2");
  EXPECT_EQ(count("group", "ENABLED"), "0");
  EXPECT_EQ(count("group", "DELETED"), "1");
  EXPECT_EQ(count("resource", "DISABLED"), "1");
}

// Counting many rows takes time.
TEST_F(Metrics, CountManyRowsOnlyNowAndThen) {
  organization("acme");
  const auto remember = [&](std::int64_t rows, std::chrono::seconds ago) {
    store::Census census;
    census.organizations = {{.state = store::OrganizationState::Active, .count = rows}};
    plane_.last_census = {.census = census, .at = std::chrono::steady_clock::now() - ago};
  };
  const std::string sample = "workmail_organizations{state=\"Active\"}";
  remember(50'001, std::chrono::seconds(0));
  EXPECT_EQ(value(sample), "50001");
  remember(50'000, std::chrono::seconds(0));
  EXPECT_EQ(value(sample), "1");
  remember(50'001, std::chrono::seconds(10));
  EXPECT_EQ(value(sample), "1");
}

TEST_F(Metrics, ReportTheClock) {
  EXPECT_EQ(value("workmail_clock_frozen"), "0");
  EXPECT_EQ(value("workmail_clock_offset_seconds"), "0");
  clock_.advance(std::chrono::hours(1));
  EXPECT_EQ(value("workmail_clock_offset_seconds"), "3600");
  clock_.freeze(kStart);
  EXPECT_EQ(value("workmail_clock_frozen"), "1");
  EXPECT_TRUE(value("workmail_clock_offset_seconds").starts_with('-')) << value("workmail_clock_offset_seconds");
}

TEST_F(Metrics, ReportTheDataAndTheProcess) {
  EXPECT_EQ(value("workmail_snapshots"), "0");
  EXPECT_EQ(value("workmail_snapshots_bytes"), "0");
  const auto bytes = store::database_bytes(store_.connection);
  EXPECT_EQ(value("workmail_database_bytes"), std::to_string(bytes));
  expect(201, "PUT", "snapshots/one");
  expect(201, "PUT", "snapshots/two");
  EXPECT_EQ(value("workmail_snapshots"), "2");
  EXPECT_EQ(value("workmail_snapshots_bytes"), std::to_string(emulator_.snapshots.bytes()));
  EXPECT_EQ(value("workmail_connections"), "") << "without a server";
  for (const auto* name : {"process_start_time_seconds", "process_cpu_seconds_total", "process_resident_memory_bytes",
                           "process_open_fds"}) {
    EXPECT_GT(std::stod(value(name)), 0) << name;
  }
}

class MetricsOfSlowOrganizations : public Metrics {
 protected:
  MetricsOfSlowOrganizations() : Metrics({.pace = std::chrono::seconds(20)}) {}
};

TEST_F(MetricsOfSlowOrganizations, ApplyScheduledEvents) {
  organization("acme");
  EXPECT_EQ(value("workmail_organizations{state=\"Requested\"}"), "1");
  clock_.advance(std::chrono::seconds(20));
  EXPECT_EQ(value("workmail_organizations{state=\"Active\"}"), "1");
}

}  // namespace
}  // namespace workmail::server

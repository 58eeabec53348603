// The control plane with a database that fails, or whose file was moved.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <chrono>
#include <filesystem>
#include <string>

#include "wire.h"

namespace workmail::server {
namespace {

using std::chrono::seconds;

TEST(Control, IsUnhealthyWhenTheDatabaseIsNoLongerAtItsPlace) {
  const auto folder = std::string(::testing::TempDir()) + "control-moved";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directory(folder);
  const auto path = folder + "/data.sqlite";
  {
    const TestServer server({}, {}, Snapshots(), path);
    EXPECT_EQ(call(server, "CreateOrganization", R"({"Alias":"acme"})").status, 200);
    EXPECT_EQ(ask(server, "GET", "/_workmail/health").status, 200);
    std::filesystem::rename(path, path + ".old");
    expect_error(ask(server, "GET", "/_workmail/health"), 503, "Unavailable", "deleted, moved or replaced");
    EXPECT_EQ(call(server, "CreateOrganization", R"({"Alias":"lost"})").status, 500);
    EXPECT_EQ(call(server, "ListOrganizations", "{}").status, 200);
    std::filesystem::copy_file(path + ".old", path);
    EXPECT_EQ(ask(server, "GET", "/_workmail/health").status, 503) << "replaced";
    std::filesystem::rename(path + ".old", path);
    EXPECT_EQ(ask(server, "GET", "/_workmail/health").status, 200);
    std::filesystem::rename(path + "-wal", path + ".log");
    expect_error(ask(server, "GET", "/_workmail/health"), 503, "Unavailable",
                 "-wal was deleted, moved, replaced or truncated");
    std::filesystem::copy_file(path + ".log", path + "-wal");
    EXPECT_EQ(ask(server, "GET", "/_workmail/health").status, 503) << "replaced";
    EXPECT_EQ(call(server, "CreateOrganization", R"({"Alias":"lost"})").status, 500);
    std::filesystem::rename(path + ".log", path + "-wal");
    EXPECT_EQ(ask(server, "GET", "/_workmail/health").status, 200);
    EXPECT_EQ(call(server, "CreateOrganization", R"({"Alias":"kept"})").status, 200);
  }
  std::filesystem::remove_all(folder);
}

// Otherwise, a failure could leave a part of it.
TEST(Control, MovesTheClockAndAppliesItsEventsInOneCommit) {
  TestServer server({}, {.pace = seconds(100)});
  EXPECT_EQ(call(server, "CreateOrganization", R"({"Alias":"acme"})").status, 200);
  int commits = 0;
  const auto count = [](void* number) {
    ++*static_cast<int*>(number);
    return 1;
  };
  server.run([&] { sqlite3_commit_hook(server.store.connection.handle(), count, &commits); });
  EXPECT_EQ(ask(server, "POST", "/_workmail/clock/advance", R"({"by":"PT1H"})").status, 500);
  EXPECT_EQ(commits, 1);
  server.run([&] { sqlite3_commit_hook(server.store.connection.handle(), nullptr, nullptr); });
  EXPECT_EQ(member_of(ask(server, "GET", "/_workmail/clock").body, "mode"), "real");
  EXPECT_NE(call(server, "ListOrganizations", "{}").body.find("Requested"), std::string::npos);
}

TEST(Control, SeedsAndSetsTheClockInOneCommit) {
  TestServer server;
  struct Commits {
    int count = 0;
    bool fail = true;
  } commits;
  const auto hook = [](void* state) {
    auto& counted = *static_cast<Commits*>(state);
    ++counted.count;
    return counted.fail ? 1 : 0;
  };
  const auto* seed = R"({"Clock":{"Frozen":"2030-01-01T00:00:00Z"},"Organizations":[{"Alias":"acme"}]})";
  // The first change copies the baseline, in a separate commit.
  server.run([&] { server.service.baseline().ensure(); });
  server.run([&] { sqlite3_commit_hook(server.store.connection.handle(), hook, &commits); });
  EXPECT_EQ(ask(server, "POST", "/_workmail/seed", seed).status, 500);
  EXPECT_EQ(commits.count, 1);
  EXPECT_EQ(member_of(ask(server, "GET", "/_workmail/clock").body, "mode"), "real");
  EXPECT_EQ(call(server, "ListOrganizations", "{}").body.find("acme"), std::string::npos);
  commits = {.count = 0, .fail = false};
  EXPECT_EQ(ask(server, "POST", "/_workmail/seed", seed).status, 200);
  EXPECT_EQ(commits.count, 1);
  server.run([&] { sqlite3_commit_hook(server.store.connection.handle(), nullptr, nullptr); });
  EXPECT_EQ(member_of(ask(server, "GET", "/_workmail/clock").body, "mode"), "frozen");
  EXPECT_NE(call(server, "ListOrganizations", "{}").body.find("acme"), std::string::npos);
}

TEST(Control, SurvivesUnexpectedFailures) {
  TestServer server;
  server.run([&] { server.store.connection.execute("PRAGMA query_only = ON"); });
  const auto answer = ask(server, "PUT", "/_workmail/clock", R"({"now":"2030-01-01T00:00:00Z","frozen":true})");
  expect_error(answer, 500, "InternalFailure", "log");
  // The clock that could not be stored did not change either.
  EXPECT_EQ(member_of(ask(server, "GET", "/_workmail/clock").body, "mode"), "real");
  const auto call_answer = call(server, "CreateOrganization", R"({"Alias":"acme"})");
  EXPECT_EQ(call_answer.status, 500);
  EXPECT_EQ(call_answer.field("x-amzn-errortype"), "InternalFailure");
}

TEST(Control, IsUnhealthyWhenTheDatabaseCannotBeWritten) {
  TestServer server;
  server.run([&] { server.store.connection.execute("PRAGMA query_only = ON"); });
  expect_error(ask(server, "GET", "/_workmail/health"), 503, "Unavailable", "cannot be written");
  server.run([&] { server.store.connection.execute("PRAGMA query_only = OFF"); });
  EXPECT_EQ(ask(server, "GET", "/_workmail/health").status, 200);
}

}  // namespace
}  // namespace workmail::server

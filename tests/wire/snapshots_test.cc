// The control plane's snapshots, over HTTP.
#include "server/emulator/snapshots.h"

#include <gtest/gtest.h>

#include "wire.h"

namespace workmail::server {
namespace {

constexpr const char* kBefore = "/_workmail/snapshots/before";

class SnapshotsOverHttp : public ::testing::Test {
 protected:
  void organization(const std::string& alias) {
    EXPECT_EQ(call(server, "CreateOrganization", R"({"Alias":")" + alias + "\"}").status, 200);
  }
  auto organizations() -> std::string { return call(server, "ListOrganizations", "{}").body; }
  auto has(const std::string& alias) -> bool { return organizations().find("\"" + alias + "\"") != std::string::npos; }

  TestServer server;
};

TEST_F(SnapshotsOverHttp, AreTakenListedRestoredAndDeleted) {
  organization("acme");
  EXPECT_EQ(ask(server, "GET", "/_workmail/snapshots").body, R"({"snapshots":[]})");
  const auto taken = ask(server, "PUT", kBefore);
  EXPECT_EQ(taken.status, 201);
  EXPECT_EQ(member_of(taken.body, "name"), "before");
  EXPECT_EQ(ask(server, "GET", "/_workmail/snapshots").body, R"({"snapshots":[)" + taken.body + "]}");

  organization("later");
  const auto restored = ask(server, "POST", "/_workmail/snapshots/before/restore", "{}");
  EXPECT_EQ(restored.status, 200);
  EXPECT_EQ(restored.body, "{}");
  EXPECT_TRUE(has("acme"));
  EXPECT_FALSE(has("later"));

  EXPECT_EQ(ask(server, "DELETE", kBefore).status, 200);
  EXPECT_EQ(ask(server, "GET", "/_workmail/snapshots").body, R"({"snapshots":[]})");
}

TEST_F(SnapshotsOverHttp, ReplaceTheOneOfTheSameName) {
  EXPECT_EQ(ask(server, "PUT", kBefore).status, 201);
  organization("acme");
  EXPECT_EQ(ask(server, "PUT", kBefore).status, 200);
  EXPECT_EQ(ask(server, "POST", "/_workmail/reset", R"({"to":"empty"})").status, 200);
  EXPECT_EQ(ask(server, "POST", "/_workmail/snapshots/before/restore").status, 200);
  EXPECT_TRUE(has("acme"));
}

TEST_F(SnapshotsOverHttp, GoToAnotherServer) {
  organization("acme");
  ask(server, "PUT", kBefore);
  const auto file = ask(server, "GET", kBefore);
  EXPECT_EQ(file.status, 200);
  EXPECT_EQ(file.field("content-type"), "application/vnd.sqlite3");
  EXPECT_EQ(file.field("content-disposition"), "attachment; filename=\"before.sqlite3\"");
  EXPECT_TRUE(file.body.starts_with("SQLite format 3"));

  TestServer other;
  EXPECT_EQ(ask(other, "PUT", "/_workmail/snapshots/from.elsewhere", file.body).status, 201);
  EXPECT_EQ(ask(other, "POST", "/_workmail/snapshots/from.elsewhere/restore").status, 200);
  EXPECT_EQ(call(other, "ListOrganizations", "{}").body, organizations());
}

TEST_F(SnapshotsOverHttp, AreTakenOfAFileInWriteAheadLogMode) {
  const auto path = std::string(::testing::TempDir()) + "snapshots-wal.sqlite";
  std::remove(path.c_str());
  {
    store::Store on_disk(path);
    on_disk.copy_from(server.store.connection);
    on_disk.set_setting("clock", "frozen 1767225600000");
    const store::Snapshot snapshot(on_disk.connection);
    EXPECT_EQ(ask(server, "PUT", kBefore, snapshot.bytes()).status, 201);
    EXPECT_EQ(ask(server, "POST", "/_workmail/snapshots/before/restore").status, 200);
    snapshot.restore(on_disk);
    EXPECT_EQ(on_disk.setting("clock"), "frozen 1767225600000");
  }
  EXPECT_NE(ask(server, "GET", "/_workmail/clock").body.find(R"("mode":"frozen")"), std::string::npos);
  std::remove(path.c_str());
}

TEST_F(SnapshotsOverHttp, AreRefusedWhenTheyAreNoDatabaseOfThisProgram) {
  const auto garbage = ask(server, "PUT", kBefore, "{}");
  EXPECT_EQ(garbage.status, 400);
  EXPECT_NE(garbage.body.find("This is not a SQLite file."), std::string::npos) << garbage.body;

  store::Connection foreign(":memory:");
  foreign.execute("CREATE TABLE song (name TEXT)");
  const auto other = ask(server, "PUT", kBefore, store::Snapshot(foreign).bytes());
  EXPECT_EQ(other.status, 409);
  EXPECT_EQ(member_of(other.body, "code"), "Conflict");
  EXPECT_EQ(ask(server, "GET", "/_workmail/snapshots").body, R"({"snapshots":[]})");
}

TEST_F(SnapshotsOverHttp, LeaveThatOfTheNameWhenANewOneIsRefused) {
  organization("acme");
  ask(server, "PUT", kBefore);
  EXPECT_EQ(ask(server, "PUT", kBefore, "garbage").status, 400);
  ask(server, "POST", "/_workmail/reset", R"({"to":"empty"})");
  ask(server, "POST", "/_workmail/snapshots/before/restore");
  EXPECT_TRUE(has("acme"));
}

TEST_F(SnapshotsOverHttp, AreNotFoundWhenTheyAreNotThere) {
  EXPECT_EQ(ask(server, "GET", kBefore).status, 404);
  EXPECT_EQ(ask(server, "DELETE", kBefore).status, 404);
  EXPECT_EQ(ask(server, "POST", "/_workmail/snapshots/before/restore").status, 404);
  EXPECT_EQ(ask(server, "GET", "/_workmail/snapshots/before/other").status, 404);
  EXPECT_EQ(ask(server, "GET", "/_workmail/snapshots/").status, 404);
}

TEST_F(SnapshotsOverHttp, HaveSimpleNames) {
  for (const auto* name : {"a%20b", ".hidden", "caf\xC3\xA9", "a:b"}) {
    EXPECT_EQ(ask(server, "PUT", std::string("/_workmail/snapshots/") + name).status, 400) << name;
  }
  EXPECT_EQ(ask(server, "PUT", "/_workmail/snapshots/" + std::string(65, 'a')).status, 400);
}

TEST_F(SnapshotsOverHttp, TakeTheirOwnMethods) {
  EXPECT_EQ(ask(server, "POST", kBefore).field("allow"), "PUT, GET, HEAD, DELETE");
  EXPECT_EQ(ask(server, "POST", "/_workmail/snapshots").field("allow"), "GET, HEAD");
  EXPECT_EQ(ask(server, "GET", "/_workmail/snapshots/before/restore").field("allow"), "POST");
  EXPECT_EQ(ask(server, "POST", "/_workmail/snapshots/before/restore", R"({"to":"x"})").status, 400);
}

TEST_F(SnapshotsOverHttp, AreLimitedInNumber) {
  for (std::size_t i = 0; i < Snapshots::kMaxCount; ++i) {
    ASSERT_EQ(ask(server, "PUT", "/_workmail/snapshots/n" + std::to_string(i)).status, 201);
  }
  const auto refused = ask(server, "PUT", "/_workmail/snapshots/one-more");
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(member_of(refused.body, "message"),
            "There can be at most 100 snapshots of 1073741824 bytes together; delete one first.");
  EXPECT_EQ(ask(server, "PUT", "/_workmail/snapshots/n7").status, 200);
}

TEST(SizesOfSnapshots, AreLimitedInSum) {
  const std::string empty = store::Snapshot(store::Store("").connection).bytes();
  const TestServer server({}, {}, Snapshots(Snapshots::kMaxCount, 3 * empty.size() - 1));
  EXPECT_EQ(ask(server, "PUT", kBefore).status, 201);
  EXPECT_EQ(ask(server, "PUT", "/_workmail/snapshots/second", empty).status, 201);
  const auto listed = ask(server, "GET", "/_workmail/snapshots").body;

  const auto taken = ask(server, "PUT", "/_workmail/snapshots/third");
  EXPECT_EQ(taken.status, 409);
  EXPECT_EQ(member_of(taken.body, "code"), "Conflict");
  EXPECT_EQ(member_of(taken.body, "message"), "There can be at most 100 snapshots of " +
                                                  std::to_string(3 * empty.size() - 1) +
                                                  " bytes together; delete one first.");
  EXPECT_EQ(ask(server, "PUT", "/_workmail/snapshots/third", empty).status, 409);
  EXPECT_EQ(ask(server, "GET", "/_workmail/snapshots").body, listed);

  EXPECT_EQ(ask(server, "PUT", kBefore).status, 200) << "in the place of the old one";
  EXPECT_EQ(ask(server, "DELETE", kBefore).status, 200);
  EXPECT_EQ(ask(server, "PUT", "/_workmail/snapshots/third", empty).status, 201);
}

TEST(UploadsOfSnapshots, HaveALimitOfTheirOwn) {
  const TestServer server({.body = 1000, .upload = 1'000'000});
  store::Snapshot snapshot(server.store.connection);
  ASSERT_GT(snapshot.bytes().size(), 1000U);
  ASSERT_LT(snapshot.bytes().size(), 1'000'000U);
  EXPECT_EQ(ask(server, "PUT", kBefore, snapshot.bytes()).status, 201);
  const auto answer = ask(server, "PUT", kBefore, std::string(1'000'001, 'x'));
  EXPECT_EQ(answer.status, 413);
  EXPECT_NE(answer.body.find("larger than 1000000 bytes"), std::string::npos) << answer.body;
  EXPECT_EQ(ask(server, "POST", "/_workmail/snapshots/before/restore", std::string(1001, ' ')).status, 413);
  EXPECT_EQ(call(server, "ListOrganizations", std::string(1001, ' ')).status, 413);
}

}  // namespace
}  // namespace workmail::server

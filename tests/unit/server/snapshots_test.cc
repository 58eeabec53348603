// Named snapshots.
#include "server/emulator/snapshots.h"

#include <gtest/gtest.h>

#include "store/store.h"

namespace workmail::server {
namespace {

constexpr Time kStart{Duration(1767225600000)};

auto empty_snapshot() -> store::Snapshot {
  const store::Store store("");
  return store::Snapshot(store.connection);
}

TEST(Snapshots, AcceptOnlySafeNames) {
  for (const auto* name : {"a", "before-tests", "2026_01.01", "restore"}) EXPECT_TRUE(Snapshots::is_name(name));
  for (const auto* name : {"", ".", "..", ".x", "a b", "a/b", "%41", "caf\xC3\xA9"}) {
    EXPECT_FALSE(Snapshots::is_name(name)) << name;
  }
  EXPECT_TRUE(Snapshots::is_name(std::string(64, 'a')));
  EXPECT_FALSE(Snapshots::is_name(std::string(65, 'a')));
}

TEST(Snapshots, AreKeptByName) {
  Snapshots snapshots;
  EXPECT_TRUE(snapshots.keep("b", kStart, empty_snapshot()));
  EXPECT_TRUE(snapshots.keep("a", kStart, empty_snapshot()));
  EXPECT_EQ(snapshots.all().begin()->first, "a");
  EXPECT_EQ(snapshots.bytes(),
            snapshots.find("a")->snapshot.bytes().size() + snapshots.find("b")->snapshot.bytes().size());
  EXPECT_TRUE(snapshots.remove("b"));
  EXPECT_FALSE(snapshots.remove("b"));
  EXPECT_EQ(snapshots.find("b"), nullptr);
}

TEST(Snapshots, KeepsAHundredAtMost) {
  Snapshots snapshots;
  const store::Snapshot snapshot = empty_snapshot();
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(snapshots.keep("s" + std::to_string(i), kStart, snapshot));
  EXPECT_FALSE(snapshots.keep("one-more", kStart, snapshot));
  EXPECT_TRUE(snapshots.keep("s0", kStart, snapshot));
}

TEST(Snapshots, KeepsNoMoreThanTheLimitsTake) {
  const store::Snapshot snapshot = empty_snapshot();
  const std::size_t size = snapshot.bytes().size();
  Snapshots few(2);
  EXPECT_TRUE(few.keep("a", kStart, snapshot));
  EXPECT_TRUE(few.keep("b", kStart, snapshot));
  EXPECT_FALSE(few.keep("c", kStart, snapshot));
  EXPECT_TRUE(few.keep("b", kStart + std::chrono::hours(24), snapshot));
  EXPECT_EQ(few.find("b")->at, kStart + std::chrono::hours(24));

  Snapshots small(10, 2 * size);
  EXPECT_TRUE(small.keep("a", kStart, snapshot));
  EXPECT_TRUE(small.keep("b", kStart, snapshot));
  EXPECT_FALSE(small.keep("c", kStart, snapshot));
  EXPECT_TRUE(small.keep("a", kStart, snapshot));
  EXPECT_EQ(small.bytes(), 2 * size);
}

}  // namespace
}  // namespace workmail::server

#include "server/emulator/memory_budget.h"

#include <gtest/gtest.h>

#include <optional>

namespace workmail::server {
namespace {

class Budget : public ::testing::Test {
 protected:
  void journal_takes(std::size_t bytes) {
    JournalEntry entry;
    entry.request.assign(bytes - sizeof entry, 'x');
    journal.add(std::move(entry));
  }

  Snapshots snapshots;
  Faults faults{repeatable_chance};
  Journal journal{10};
  MemoryBudget budget{10'000, snapshots, faults, journal};
};

TEST_F(Budget, CountsAllShares) {
  MemoryShare one(budget);
  std::optional<MemoryShare> other(budget);
  EXPECT_TRUE(one.resize(4000));
  EXPECT_TRUE(other->resize(6000));
  EXPECT_FALSE(one.resize(4001));
  EXPECT_EQ(one.bytes(), 4000U);
  EXPECT_EQ(budget.used(), 10'000U);
  EXPECT_TRUE(budget.has_room(0));
  EXPECT_FALSE(budget.has_room(1));
  other.reset();
  EXPECT_EQ(budget.used(), 4000U);
  EXPECT_TRUE(one.resize(10'000));
  one.shrink(20'000);
  EXPECT_EQ(one.bytes(), 10'000U);
  one.shrink(1);
  EXPECT_EQ(budget.used(), 1U);
}

TEST_F(Budget, CountsWhatIsKept) {
  journal_takes(3000);
  EXPECT_EQ(budget.kept(), 3000U);
  MemoryShare share(budget);
  EXPECT_FALSE(share.resize(7001));
  EXPECT_TRUE(share.resize(7000));
  journal.clear();
  EXPECT_EQ(budget.used(), 7000U);
}

TEST_F(Budget, LeavesAFourthForRequests) {
  EXPECT_TRUE(budget.has_room_to_keep(7500));
  EXPECT_FALSE(budget.has_room_to_keep(7501));
  journal_takes(7500);
  EXPECT_FALSE(budget.has_room_to_keep(1));
  EXPECT_TRUE(budget.has_room(2500));
  EXPECT_FALSE(budget.has_room(2501));
}

TEST_F(Budget, GivesNoRoomWhenMoreIsKeptThanItHas) {
  journal_takes(20'000);
  EXPECT_FALSE(budget.has_room(0));
  MemoryShare share(budget);
  EXPECT_TRUE(share.resize(0));
  EXPECT_FALSE(share.resize(1));
}

TEST_F(Budget, IsTightWhenMoreThanHalfOfItIsUsed) {
  MemoryShare share(budget);
  EXPECT_TRUE(share.resize(5000));
  EXPECT_FALSE(budget.is_tight());
  EXPECT_TRUE(share.resize(5001));
  EXPECT_TRUE(budget.is_tight());
}

}  // namespace
}  // namespace workmail::server

#include "api/call/clock.h"

#include <gtest/gtest.h>

#include <string>

#include "api/wire/time_text.h"

namespace workmail::api {

namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr Time kStart{Duration(1767225600000)};

class Clocks : public ::testing::Test {
 protected:
  Clocks() { real = kStart; }

  static auto real_time() -> Time { return real; }

  inline static Time real;
  Clock clock{&real_time};
};

TEST_F(Clocks, FollowRealTimeAtFirst) {
  EXPECT_EQ(clock.mode(), Clock::Mode::Real);
  real += seconds(5);
  EXPECT_EQ(clock.now(), kStart + seconds(5));
}

TEST_F(Clocks, StandStillWhenFrozen) {
  clock.freeze(kStart + hours(1));
  real += seconds(5);
  EXPECT_EQ(clock.mode(), Clock::Mode::Frozen);
  EXPECT_EQ(clock.now(), kStart + hours(1));
  clock.advance(hours(2));
  EXPECT_EQ(clock.mode(), Clock::Mode::Frozen);
  EXPECT_EQ(clock.now(), kStart + hours(3));
}

TEST_F(Clocks, RunFromAnyMoment) {
  clock.run_from(kStart + hours(24));
  EXPECT_EQ(clock.mode(), Clock::Mode::Offset);
  real += seconds(5);
  EXPECT_EQ(clock.now(), kStart + hours(24) + seconds(5));
}

TEST_F(Clocks, GoOnAheadOfRealTimeWhenAdvanced) {
  clock.advance(hours(1));
  EXPECT_EQ(clock.mode(), Clock::Mode::Offset);
  real += seconds(5);
  clock.advance(hours(1));
  EXPECT_EQ(clock.now(), kStart + hours(2) + seconds(5));
}

TEST_F(Clocks, FollowRealTimeAgain) {
  clock.freeze(kStart + hours(1));
  clock.follow_real_time();
  EXPECT_EQ(clock.now(), kStart);
  EXPECT_EQ(clock.mode(), Clock::Mode::Real);
}

TEST_F(Clocks, RunOnWhenTheyThaw) {
  clock.freeze(kStart + hours(1));
  real += hours(5);
  clock.run_from(clock.now());
  EXPECT_EQ(clock.now(), kStart + hours(1));
  real += seconds(1);
  EXPECT_EQ(clock.now(), kStart + hours(1) + seconds(1));
}

TEST_F(Clocks, AreTheSameAfterSavingAndLoading) {
  Clock other(&real_time);
  const auto expect_same = [&] {
    other.load(clock.save());
    EXPECT_EQ(other.mode(), clock.mode()) << clock.save();
    EXPECT_EQ(other.now(), clock.now()) << clock.save();
    EXPECT_EQ(other.save(), clock.save());
  };
  expect_same();
  clock.advance(hours(1));
  expect_same();
  clock.run_from(kStart - hours(1));
  expect_same();
  clock.freeze(kStart + Duration(7));
  expect_same();
  clock.follow_real_time();
  expect_same();
}

TEST_F(Clocks, EndWhereIdentifiersEnd) {
  clock.run_from(kLatestTime - hours(1));
  real = kStart + hours(2);
  EXPECT_EQ(clock.now(), kLatestTime);
  EXPECT_EQ(clock.mode(), Clock::Mode::Offset);
  real = kStart + hours(1) - Duration(1);
  EXPECT_EQ(clock.now(), kLatestTime - Duration(1));
  clock.advance(hours(24 * 365'250));
  EXPECT_EQ(clock.now(), kLatestTime);
  clock.freeze(kLatestTime - Duration(1));
  clock.advance(Duration(1));
  EXPECT_EQ(clock.now(), kLatestTime);
  clock.advance(Duration::max());
  EXPECT_EQ(clock.now(), kLatestTime);
}

TEST_F(Clocks, StayAsTheyAreWhenATextIsUnreadable) {
  clock.freeze(kStart + hours(1));
  for (const std::string text :
       {"", "frozen", "frozen ", "frozen x", "later 1", "1", " 1", "offset 9223372036854775807", "frozen -1",
        "frozen 253402300800000", "offset -253402300799999", "offset 253402300799999"}) {
    clock.load(text);
    EXPECT_EQ(clock.mode(), Clock::Mode::Frozen) << text;
    EXPECT_EQ(clock.now(), kStart + hours(1)) << text;
  }
}

}  // namespace

}  // namespace workmail::api

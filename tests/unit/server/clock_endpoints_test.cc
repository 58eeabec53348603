// The endpoints of the clock: setting it, listing scheduled events, and reporting applied events.
#include "api/wire/time_text.h"
#include "plane_test.h"

namespace workmail::server {
namespace {

class ClockEndpoints : public PlaneTest {
 protected:
  // Creating an organization takes twenty seconds and has two events.
  ClockEndpoints() : PlaneTest({.pace = std::chrono::seconds(20)}) { clock_.freeze(kStart); }

  auto mode() -> std::string { return text_of(expect(200, "GET", "clock"), "mode"); }
};

TEST_F(ClockEndpoints, ReportOnlyEventsThatTheChangeApplied) {
  organization("acme");
  clock_.freeze(kStart + std::chrono::seconds(10));
  const auto set = expect(200, "PUT", "clock", "{'now':'2026-01-01T00:00:20Z','frozen':true}");
  EXPECT_EQ(set.find("becomes Creating"), std::string::npos) << set;
  EXPECT_NE(set.find("becomes Active"), std::string::npos) << set;
  organization("other");
  clock_.freeze(kStart + std::chrono::seconds(30));
  const auto advanced = expect(200, "POST", "clock/advance", "{'by':10}");
  EXPECT_EQ(advanced.find("becomes Creating"), std::string::npos) << advanced;
  EXPECT_NE(advanced.find("becomes Active"), std::string::npos) << advanced;
}

TEST_F(ClockEndpoints, ApplyScheduledEventsWhenTheyAreRead) {
  organization("acme");
  clock_.freeze(kStart + std::chrono::seconds(10));
  EXPECT_NE(expect(200, "GET", "clock").find(R"("next":{"at":"2026-01-01T00:00:20.000Z")"), std::string::npos);
  clock_.freeze(kStart + std::chrono::seconds(20));
  EXPECT_EQ(expect(200, "GET", "clock"), R"({"now":"2026-01-01T00:00:20.000Z","mode":"frozen"})");
}

TEST_F(ClockEndpoints, ListScheduledEventsToALimit) {
  organization("acme");
  organization("other");
  const auto upcoming = [&](const std::string& limit) {
    const auto answer = expect(200, "GET", "clock?upcoming=" + limit);
    EXPECT_NE(answer.find("\"upcoming\":["), std::string::npos) << answer;
    return count_of(answer.substr(answer.find("\"upcoming\":")), "\"at\"");
  };
  EXPECT_EQ(upcoming("0"), 0);
  EXPECT_EQ(upcoming("1"), 1);
  // Events that are scheduled now: one for each organization, without the one that follows it.
  EXPECT_EQ(upcoming("1000"), 2);
  expect_error(400, "upcoming: must be at most 1000", "GET", "clock?upcoming=1001");
}

TEST_F(ClockEndpoints, ThawAndFreezeWhereTheClockIs) {
  clock_.freeze(kStart + kDay);
  EXPECT_EQ(expect(200, "PUT", "clock", "{'frozen':false}"),
            R"({"now":"2026-01-02T00:00:00.000Z","mode":"offset","happened":[]})");
  EXPECT_EQ(expect(200, "PUT", "clock", "{'frozen':true}"),
            R"({"now":"2026-01-02T00:00:00.000Z","mode":"frozen","happened":[]})");
  EXPECT_EQ(expect(200, "PUT", "clock", "{'now':'2026-01-03T00:00:00Z','frozen':false}"),
            R"({"now":"2026-01-03T00:00:00.000Z","mode":"offset","happened":[]})");
  EXPECT_EQ(expect(200, "PUT", "clock", "{'now':'2026-01-04T00:00:00Z'}"),
            R"({"now":"2026-01-04T00:00:00.000Z","mode":"offset","happened":[]})");
  EXPECT_EQ(expect(200, "PUT", "clock", "{'mode':'real'}"),
            R"({"now":"2026-01-01T00:00:00.000Z","mode":"real","happened":[]})");
  for (const auto* body : {"{'mode':'real','now':'2026-01-03T00:00:00Z'}", "{'mode':'real','frozen':false}"}) {
    expect_error(400, "mode: excludes now and frozen", "PUT", "clock", body);
  }
  expect_error(400, "now: is missing", "PUT", "clock", "{}");
}

TEST_F(ClockEndpoints, GoNotBehindTheDataButToIt) {
  organization("acme");
  clock_.freeze(kStart + kDay);
  expect_error(409, "2026-01-01T00:00:20.000Z", "PUT", "clock", "{'now':'2026-01-01T00:00:19.999Z','frozen':true}");
  EXPECT_EQ(clock_.now(), kStart + kDay);
  expect(200, "PUT", "clock", "{'now':'2026-01-01T00:00:20Z','frozen':true}");
  EXPECT_EQ(clock_.now(), kStart + std::chrono::seconds(20));
  EXPECT_EQ(store_.setting("clock"), clock_.save());
}

TEST_F(ClockEndpoints, AdvanceToTheLastMomentThatThereIs) {
  clock_.freeze(api::kLatestTime - Duration(2));
  expect(200, "POST", "clock/advance", "{'by':0.002}");
  EXPECT_EQ(clock_.now(), api::kLatestTime);
  expect(200, "POST", "clock/advance", "{'by':0}");
  expect_error(422, "The clock cannot go beyond 9999-12-31T23:59:59.999Z", "POST", "clock/advance", "{'by':0.001}");
  EXPECT_EQ(clock_.now(), api::kLatestTime);
}

TEST_F(ClockEndpoints, AdvanceToTheNextEventOnly) {
  organization("acme");
  const auto advanced = expect(200, "POST", "clock/advance", "{'to':'next'}");
  EXPECT_EQ(clock_.now(), kStart + std::chrono::seconds(10));
  EXPECT_EQ(count_of(advanced.substr(advanced.find("\"happened\":")), "\"at\""), 1) << advanced;
  clock_.freeze(kStart + std::chrono::seconds(20));
  expect_error(422, "No event is scheduled.", "POST", "clock/advance", "{'to':'next'}");
  for (const auto* body : {"{}", "{'by':1,'to':'next'}"}) {
    expect_error(400, "by: exactly one of by and to is required", "POST", "clock/advance", body);
  }
}

// The clock advances by a second at each reading.
class MovingClockEndpoints : public ClockEndpoints {
 protected:
  MovingClockEndpoints() {
    organization("acme");
    ticks_ = kStart;
    clock_ = api::Clock(+[] { return ticks_ += std::chrono::seconds(1); });
  }

  inline static Time ticks_;
};

TEST_F(MovingClockEndpoints, ReturnTheTimeThatTheyRead) {
  for (int i = 0; i < 25; ++i) {
    const auto answer = expect(200, "GET", "clock");
    const auto now = api::parse_time(text_of(answer, "now"));
    const bool due = now >= kStart + std::chrono::seconds(20);
    EXPECT_EQ(answer.find("\"next\"") == std::string::npos, due) << answer;
    // The next event is later than the returned time.
    if (!due) {
      EXPECT_GT(api::parse_time(text_of(answer, "at")), now) << answer;
    }
  }
}

}  // namespace
}  // namespace workmail::server

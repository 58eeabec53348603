#include "api/wire/time_text.h"

#include <gtest/gtest.h>

namespace workmail::api {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(ParseDuration, ReadsEveryForm) {
  const std::pair<const char*, Duration> cases[] = {
      {"0s", Duration(0)},      {"0", Duration(0)},
      {"20s", seconds(20)},     {"500ms", Duration(500)},
      {"5m", minutes(5)},       {"2h", hours(2)},
      {"30d", days(30)},        {"0.5s", Duration(500)},
      {"1.5", Duration(1500)},  {"90", seconds(90)},
      {"PT20S", seconds(20)},   {"PT0.5S", Duration(500)},
      {"P30D", days(30)},       {"P2W", days(14)},
      {"P1DT12H", hours(36)},   {"PT1H30M5S", hours(1) + minutes(30) + seconds(5)},
      {"PT0S", Duration(0)},    {"P365250D", days(365'250)},
      {"0.0004s", Duration(0)}, {"PT1M", minutes(1)},
  };
  for (const auto& [text, duration] : cases) EXPECT_EQ(parse_duration(text), duration) << text;
}

TEST(ParseDuration, RefusesTheRest) {
  const char* cases[] = {"",      " ",    "s",   "-5s",  "+5s",    "5 s",      "5S",   "5x",
                         "1e3",   "0x10", "inf", "nan",  "1.2.3",  ".5s",      "P",    "PT",
                         "P1DT",  "P1M",  "P1Y", "PT1",  "PT1S1H", "PT1H1H",   "P-1D", "pt1s",
                         "1h30m", "5s\n", "P1H", "PT1D", "P1W ",   "P365251D", "9e99", "99999999999d"};
  for (const auto* text : cases) EXPECT_EQ(parse_duration(text), std::nullopt) << text;
}

TEST(DurationOfSeconds, KeepsTheSameLimits) {
  EXPECT_EQ(duration_of_seconds(0.25), Duration(250));
  EXPECT_EQ(duration_of_seconds(-1), std::nullopt);
  EXPECT_EQ(duration_of_seconds(1e300), std::nullopt);
}

TEST(ParseTime, ReadsRfc3339) {
  const std::pair<const char*, const char*> cases[] = {
      {"2026-05-01T12:00:00Z", "2026-05-01T12:00:00.000Z"},
      {"2026-05-01t12:00:00.1z", "2026-05-01T12:00:00.100Z"},
      {"2026-05-01T12:00:00.123999Z", "2026-05-01T12:00:00.123Z"},
      {"2026-05-01T12:00:00+02:00", "2026-05-01T10:00:00.000Z"},
      {"2026-05-01T12:00:00-05:30", "2026-05-01T17:30:00.000Z"},
      {"2024-02-29T23:59:59Z", "2024-02-29T23:59:59.000Z"},
      {"1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"},
      {"9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"},
  };
  for (const auto& [text, formatted] : cases) {
    const auto time = parse_time(text);
    ASSERT_TRUE(time) << text;
    EXPECT_EQ(format_time(*time), formatted);
  }
}

TEST(ParseTime, RefusesTheRest) {
  const char* cases[] = {"",
                         "2026-05-01",
                         "2026-05-01T12:00:00",
                         "2026-05-01 12:00:00Z",
                         "2026-02-29T12:00:00Z",
                         "2026-13-01T12:00:00Z",
                         "2026-05-01T24:00:00Z",
                         "2026-05-01T12:60:00Z",
                         "2026-05-01T12:00:60Z",
                         "2026-05-01T12:00Z",
                         "2026-05-01T12:00:00.Z",
                         "2026-05-01T12:00:00Zx",
                         "2026-05-01T12:00:00+0200",
                         "2026-05-01T12:00:00+24:00",
                         "1969-12-31T23:59:59Z",
                         "1970-01-01T00:00:00+01:00",
                         "9999-12-31T23:59:59-00:01",
                         "26-05-01T12:00:00Z",
                         "1777636800"};
  for (const auto* text : cases) EXPECT_EQ(parse_time(text), std::nullopt) << text;
}

TEST(FormatTime, EndsWithTheYear9999) {
  EXPECT_EQ(format_time(kLatestTime), "9999-12-31T23:59:59.999Z");
  EXPECT_EQ(format_time(Time(Duration(300'000'000'000'000))), "9999-12-31T23:59:59.999Z");
}

TEST(HttpDate, IsTheFixedForm) {
  EXPECT_EQ(http_date(parse_time("1994-11-06T08:49:37Z").value()), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(http_date(parse_time("2026-05-01T00:00:00.999Z").value()), "Fri, 01 May 2026 00:00:00 GMT");
}

}  // namespace
}  // namespace workmail::api

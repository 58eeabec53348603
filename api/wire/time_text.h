// Times and durations as text, in documents, options and HTTP. Does not know the emulated clock.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/time.h"

namespace workmail::api {

// RFC 3339, "2026-05-01T12:00:00Z", with any fraction and offset; fractions are truncated to milliseconds. Nothing for
// any other text, and for years outside 1970 to 9999, which identifiers cannot represent.
auto parse_time(std::string_view text) -> std::optional<Time>;

// The latest time that parse_time() accepts.
inline constexpr Time kLatestTime = std::chrono::sys_days(std::chrono::year(10'000) / 1 / 1) - Duration(1);
static_assert(kLatestTime < kLastStored);

// Adds a duration, up to kLatestTime.
constexpr auto later(Time time, Duration by) -> Time {
  return by > kLatestTime - time ? kLatestTime : time + by;
}

// "2026-05-01T12:00:00.000Z".
auto format_time(Time time) -> std::string;

// "500ms", "20s", "5m", "2h", "30d", ISO 8601 in units of fixed length ("PT0.5S", "P30D", "P2W", "P1DT12H"), or plain
// seconds ("20", "0.5"). Nothing for any other text, for negative durations, and for more than a thousand years.
auto parse_duration(std::string_view text) -> std::optional<Duration>;

// A number of seconds, with the same limits.
auto duration_of_seconds(double seconds) -> std::optional<Duration>;

// The format of the HTTP header Date: "Fri, 01 May 2026 12:00:00 GMT".
auto http_date(Time time) -> std::string;

}  // namespace workmail::api

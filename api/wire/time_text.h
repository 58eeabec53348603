// Times and durations as documents, options and HTTP write them. Knows nothing of the emulated clock.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/time.h"

namespace workmail::api {

// RFC 3339, "2026-05-01T12:00:00Z" with any fraction and offset; a fraction beyond milliseconds is cut. Nothing for
// any other text and for years outside 1970 to 9999, which identifiers could not carry.
auto parse_time(std::string_view text) -> std::optional<Time>;

// The latest moment that parse_time() reads.
inline constexpr Time kLatestTime = std::chrono::sys_days(std::chrono::year(10'000) / 1 / 1) - Duration(1);
static_assert(kLatestTime < kLastStored);

// So much later, but never later than that.
constexpr auto later(Time time, Duration by) -> Time {
  return by > kLatestTime - time ? kLatestTime : time + by;
}

// "2026-05-01T12:00:00.000Z".
auto format_time(Time time) -> std::string;

// "500ms", "20s", "5m", "2h", "30d", ISO 8601 in units of fixed length ("PT0.5S", "P30D", "P2W", "P1DT12H"), or plain
// seconds ("20", "0.5"). Nothing for any other text, for negative ones and for more than a thousand years.
auto parse_duration(std::string_view text) -> std::optional<Duration>;

// A number of seconds, under the same limits.
auto duration_of_seconds(double seconds) -> std::optional<Duration>;

// The form of HTTP's header Date: "Fri, 01 May 2026 12:00:00 GMT".
auto http_date(Time time) -> std::string;

}  // namespace workmail::api

// The type of all points in time: milliseconds of the emulated clock since 1970, as in the database. api/call/clock.h
// reads the clock.
#pragma once

#include <chrono>
#include <cstdint>

namespace workmail {

using Duration = std::chrono::milliseconds;
using Time = std::chrono::sys_time<Duration>;

// The years 1 to 11476, the bounds in the schema: arithmetic with stored times does not overflow.
inline constexpr Time kFirstStored{Duration(-62'135'596'800'000)};
inline constexpr Time kLastStored{Duration(300'000'000'000'000)};

}  // namespace workmail

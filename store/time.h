// The one type for a moment: milliseconds of the emulated clock since 1970, as the database keeps them.
// This header only names it; api/call/clock.h says what time it is.
#pragma once

#include <chrono>
#include <cstdint>

namespace workmail {

using Duration = std::chrono::milliseconds;
using Time = std::chrono::sys_time<Duration>;

}  // namespace workmail

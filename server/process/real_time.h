// The real time. Only server/ reads it: api/ and store/ get it as a parameter, so that a test can set it.
#pragma once

#include "store/time.h"

namespace workmail::server {

inline auto real_time() -> Time {
  return std::chrono::floor<Duration>(std::chrono::system_clock::now());
}

}  // namespace workmail::server

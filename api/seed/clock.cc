#include <chrono>

#include "api/clock.h"
#include "api/seed/seed.h"

namespace workmail::api {

namespace {

using Seconds = std::chrono::duration<double>;

}  // namespace

void set_clock(Clock& clock, const SeedDocument& document) {
  if (!document.clock) return;
  if (document.clock->frozen) {
    clock.freeze(*document.clock->frozen);
  } else if (document.clock->ahead_in_seconds) {
    clock.run_ahead(std::chrono::round<Duration>(Seconds(*document.clock->ahead_in_seconds)));
  }
}

void tell_clock(const Clock& clock, SeedDocument& document) {
  if (clock.mode() == Clock::Mode::Frozen) {
    document.clock = SeedClock{.frozen = clock.now()};
  } else if (clock.mode() == Clock::Mode::Offset) {
    document.clock = SeedClock{.ahead_in_seconds = Seconds(clock.ahead()).count()};
  }
}

}  // namespace workmail::api

#include <chrono>

#include "api/call/clock.h"
#include "api/call/errors.h"
#include "api/seed/apply.h"
#include "api/seed/seed.h"
#include "api/wire/time_text.h"

namespace workmail::api {

namespace {

using Seconds = std::chrono::duration<double>;

// Rejects a clock outside the years that identifiers can represent.
void run_ahead(Clock& clock, Seconds ahead) {
  clock.follow_real_time();
  const Seconds reached = clock.now().time_since_epoch() + ahead;
  if (reached < Seconds(0) || reached > Seconds(kLatestTime.time_since_epoch())) {
    throw errors::invalid_parameter("The clock goes from 1970 to 9999");
  }
  clock.run_ahead(std::chrono::round<Duration>(ahead));
}

}  // namespace

void set_clock(Clock& clock, const SeedDocument& document) {
  if (!document.clock) return;
  if (document.clock->frozen) {
    clock.freeze(*document.clock->frozen);
  } else if (document.clock->ahead_in_seconds) {
    const Seconds ahead(*document.clock->ahead_in_seconds);
    refusing(Path() / "Clock" / "AheadInSeconds", [&] { run_ahead(clock, ahead); });
  }
}

void check_no_clock(const SeedDocument& document, const std::string& reason) {
  refusing(Path() / "Clock", [&] {
    if (document.clock) throw errors::invalid_parameter(reason);
  });
}

void describe_clock(const Clock& clock, SeedDocument& document) {
  if (clock.mode() == Clock::Mode::Frozen) {
    document.clock = SeedClock{.frozen = clock.now()};
  } else if (clock.mode() == Clock::Mode::Offset) {
    document.clock = SeedClock{.ahead_in_seconds = Seconds(clock.ahead()).count()};
  }
}

}  // namespace workmail::api

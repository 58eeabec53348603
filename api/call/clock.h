// The emulated clock: real time, shifted real time, or frozen. Nothing else in api/ or store/ reads the time, and a
// call reads it once. The caller checks whether a change is allowed (not before stored times).
#pragma once

#include <string>
#include <string_view>

#include "store/time.h"

namespace workmail::api {

class Clock {
 public:
  enum class Mode { Real, Offset, Frozen };

  // `real` returns the real time.
  explicit Clock(Time (*real)()) : real_(real) {}

  // Always in the years that identifiers can represent: at their end, the clock stops.
  [[nodiscard]] auto now() const -> Time;
  [[nodiscard]] auto mode() const -> Mode { return mode_; }
  // The offset to real time, unless the clock is frozen.
  [[nodiscard]] auto ahead() const -> Duration { return offset_; }

  void follow_real_time();
  void run_from(Time now);  // continues at the speed of real time
  void run_ahead(Duration ahead);
  void freeze(Time now);
  // Keeps the mode, but a clock that followed real time becomes shifted.
  void advance(Duration by);

  // Converts to a text for the database, and back. An invalid text leaves the clock unchanged.
  [[nodiscard]] auto save() const -> std::string;
  void load(std::string_view saved);

 private:
  [[nodiscard]] auto unbounded() const -> Time;

  Time (*real_)();
  Mode mode_ = Mode::Real;
  Duration offset_{0};
  Time frozen_{};
};

}  // namespace workmail::api

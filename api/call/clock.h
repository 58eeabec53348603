// The emulated clock: real time, real time shifted, or standing still. Nothing else in api/ or store/ asks the time;
// a call reads it once. Whether a change is allowed (not behind times already stored) is for the caller to check.
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

  // Never outside of the years that identifiers can carry: at their end the clock stands still.
  [[nodiscard]] auto now() const -> Time;
  [[nodiscard]] auto mode() const -> Mode { return mode_; }
  // Of real time, unless the clock stands still.
  [[nodiscard]] auto ahead() const -> Duration { return offset_; }

  void follow_real_time();
  void run_from(Time now);  // goes on at the pace of real time
  void run_ahead(Duration ahead);
  void freeze(Time now);
  // Keeps the mode; a clock that followed real time is ahead of it from now on.
  void advance(Duration by);

  // As a text for the database, and back; an unreadable text leaves the clock as it is.
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

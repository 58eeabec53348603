#include "api/call/clock.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "api/wire/time_text.h"

namespace workmail::api {

auto Clock::now() const -> Time {
  return std::clamp(unbounded(), Time(), kLatestTime);
}

auto Clock::unbounded() const -> Time {
  return mode_ == Mode::Frozen ? frozen_ : real_() + offset_;
}

void Clock::follow_real_time() {
  mode_ = Mode::Real;
  offset_ = Duration(0);
}

void Clock::run_from(Time now) {
  run_ahead(now - real_());
}

void Clock::run_ahead(Duration ahead) {
  mode_ = Mode::Offset;
  offset_ = ahead;
}

void Clock::freeze(Time now) {
  mode_ = Mode::Frozen;
  frozen_ = now;
}

void Clock::advance(Duration by) {
  if (mode_ == Mode::Frozen)
    freeze(later(frozen_, by));
  else
    run_ahead(later(Time(offset_), by).time_since_epoch());
}

auto Clock::save() const -> std::string {
  if (mode_ == Mode::Real) return "real 0";
  if (mode_ == Mode::Offset) return "offset " + std::to_string(offset_.count());
  return "frozen " + std::to_string(frozen_.time_since_epoch().count());
}

void Clock::load(std::string_view saved) {
  const auto space = saved.find(' ');
  if (space == std::string_view::npos) return;
  const auto mode = saved.substr(0, space);
  const auto digits = saved.substr(space + 1);
  std::int64_t number = 0;
  if (std::from_chars(digits.data(), digits.data() + digits.size(), number).ec != std::errc()) return;
  constexpr std::int64_t kMaxMilliseconds = kLatestTime.time_since_epoch().count();
  if (number > kMaxMilliseconds || number < -kMaxMilliseconds) return;
  Clock loaded = *this;
  if (mode == "real") loaded.follow_real_time();
  if (mode == "frozen") loaded.freeze(Time(Duration(number)));
  if (mode == "offset") loaded.run_ahead(Duration(number));
  const Time now = loaded.unbounded();
  if (now >= Time() && now <= kLatestTime) *this = loaded;
}

}  // namespace workmail::api

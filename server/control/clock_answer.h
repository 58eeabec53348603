// The emulated clock as the control plane shows it, with what falls due next.
#pragma once

#include <optional>
#include <vector>

#include "api/service.h"
#include "api/wire/codec.h"

namespace workmail::server::control {

struct ClockAnswer {
  Time now;
  api::Clock::Mode mode;
  std::optional<api::Happening> next;
  // What falls due, the earliest first; absent unless somebody asks.
  std::optional<std::vector<api::Happening>> upcoming = {};
  // What happened while the clock was moved; absent for a clock that was only read.
  std::optional<std::vector<api::Happening>> happened;
};

// How the clock stands, after what was due has happened.
auto clock_answer(api::Service& service) -> ClockAnswer;

void encode(api::Encoder& json, const ClockAnswer& clock);

}  // namespace workmail::server::control

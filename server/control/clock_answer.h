// How the emulated clock stands, as the control plane shows it.
#pragma once

#include "api/service.h"
#include "generated/workmail/control_shapes.h"

namespace workmail::server::control {

// To be called after the scheduled events were applied.
auto clock_answer(api::Service& service) -> ClockAnswer;

}  // namespace workmail::server::control

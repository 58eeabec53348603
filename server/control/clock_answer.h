// The state of the emulated clock in responses of the control plane.
#pragma once

#include "api/service.h"
#include "generated/workmail/control_shapes.h"

namespace workmail::server::control {

// Call this after the scheduled events were applied.
auto clock_answer(api::Service& service) -> ClockAnswer;

}  // namespace workmail::server::control

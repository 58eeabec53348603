#include "generated/workmail/control_shapes.h"
#include "server/control/answer.h"
#include "server/control/errors.h"
#include "server/control/input.h"
#include "server/control/plane.h"

namespace workmail::server::control {

namespace {

// Resets what exists besides the data, for one account or for all.
void forget(Plane& plane, const std::optional<std::string>& account) {
  if (account) {
    plane.emulator.faults.remove_account(*account);
    plane.emulator.journal.remove_account(*account);
  } else {
    plane.emulator.faults.clear();
    plane.emulator.journal.clear();
  }
}

}  // namespace

void reset(Plane& plane, const Request& request, Reply& reply) {
  const auto input = read_input<ResetInput>(request.body);
  // The baseline is one copy of all data, so a single account can only be emptied.
  if (input.account && input.to == ResetTarget::Start) {
    throw NotApplicable("A single account can only be reset to empty.");
  }
  if (input.account)
    plane.emulator.service.baseline().reset_account(*input.account);
  else if (input.to == ResetTarget::Empty)
    plane.emulator.service.baseline().reset_to_empty();
  else
    plane.emulator.service.baseline().reset();
  forget(plane, input.account);
  write_answer(reply, Empty());
}

}  // namespace workmail::server::control

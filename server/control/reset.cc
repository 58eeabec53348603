#include "server/control/json_request.h"
#include "server/control/plane.h"
#include "server/control/refusal.h"
#include "server/identity/identity.h"

namespace workmail::server::control {

namespace {

// What was there besides the data, of one account or of all.
void forget(Plane& plane, std::optional<std::string_view> account) {
  if (account) {
    plane.faults.remove_account(*account);
    plane.journal.remove_account(*account);
  } else {
    plane.faults.clear();
    plane.journal.clear();
  }
}

}  // namespace

void reset(Plane& plane, const Request& request, Reply& reply) {
  JsonRequest input(request.body);
  const auto to = input.one_of("to", {"start", "empty"});
  const auto account = input.text("account");
  if (account && !is_account(*account)) input.violation("account", "must be twelve digits");
  input.finish();

  // What the start held is kept as a whole, so one account can only be emptied.
  if (account && to == "start") throw NotApplicable("One account can be reset to empty, not to the start.");
  if (account)
    plane.service.reset_account(*account);
  else if (to == "empty")
    plane.service.reset_to_empty();
  else
    plane.service.reset_to_start();
  forget(plane, account);
  reply.write("{}");
}

}  // namespace workmail::server::control

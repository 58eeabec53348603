#include "server/emulator/cloudtrail.h"

#include "server/control/errors.h"
#include "server/control/plane.h"

namespace workmail::server::control {

void cloudtrail(Plane& plane, const Request& /*request*/, Reply& reply) {
  if (!plane.emulator.journal.enabled())
    throw NotApplicable("CloudTrail records need the journal, which --journal 0 turns off.");
  reply.write("{\"Records\":[");
  std::string& out = reply.body();
  bool first = true;
  for (const auto& entry : plane.emulator.journal.entries()) {
    if (!has_record(entry)) continue;
    if (!first) out += ',';
    first = false;
    write_record(entry, out);
  }
  out += "]}";
}

}  // namespace workmail::server::control

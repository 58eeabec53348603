#include <algorithm>
#include <string>

#include "server/control/answer.h"
#include "server/control/clock_answer.h"
#include "server/control/errors.h"
#include "server/control/plane.h"
#include "server/process/real_time.h"
#include "server/process/version.h"

namespace workmail::server::control {

namespace {

// To prove that the database is writable, a value that changes each time must be written.
void write_something(Plane& plane) {
  auto& store = plane.emulator.service.store();
  try {
    store::Transaction transaction(store.connection);
    store.set_setting("health", std::to_string(real_time().time_since_epoch().count()));
    transaction.commit();
  } catch (const store::SqliteError& error) {
    const auto file = plane.emulator.options.find("--data");
    throw Unavailable("The database " + (file == plane.emulator.options.end() ? "" : file->second + " ") +
                      "cannot be written: " + error.what());
  }
}

}  // namespace

void health(Plane& plane, const Request& request, Reply& reply) {
  write_something(plane);
  const auto uptime = std::chrono::steady_clock::now() - plane.emulator.started;
  HealthAnswer answer{.status = HealthStatus::Ok,
                      .version = std::string(kVersion),
                      .operations = std::count_if(api::operations().begin(), api::operations().end(),
                                                  [](const auto& operation) { return !operation.rest; }),
                      .storage = api::from_string<Storage>(plane.emulator.storage).value(),
                      .clock = clock_answer(plane.emulator.service),
                      .uptime_seconds = std::chrono::floor<std::chrono::seconds>(uptime).count()};
  // Under a Host that anybody may own, the response has only what a probe needs.
  const bool foreign = plane.browsers != nullptr && !plane.browsers->refusal_of_name(request).empty();
  if (!foreign) answer.options = StringMap{plane.emulator.options};
  write_answer(reply, answer);
}

}  // namespace workmail::server::control

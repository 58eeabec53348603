#include <string>

#include "server/control/clock_answer.h"
#include "server/control/plane.h"
#include "server/control/refusal.h"
#include "server/process/real_time.h"
#include "server/process/version.h"

namespace workmail::server::control {

namespace {

// The only proof that the database can be written is to write something that changes each time.
void write_something(Plane& plane) {
  auto& store = plane.service.store();
  try {
    store::Transaction transaction(store.connection);
    store.set_setting("health", std::to_string(real_time().time_since_epoch().count()));
    transaction.commit();
  } catch (const store::SqliteError& error) {
    const auto file = plane.options.find("--data");
    throw Unavailable("The database " + (file == plane.options.end() ? "" : file->second + " ") +
                      "cannot be written: " + error.what());
  }
}

// What the console tells people about this server.
struct OptionsInForce {
  const std::map<std::string, std::string>& options;
};

void encode(api::Encoder& json, const OptionsInForce& in_force) {
  json.begin_object();
  for (const auto& [flag, value] : in_force.options) json.member("\"" + flag + "\":", value);
  json.end_object();
}

}  // namespace

void health(Plane& plane, const Request& request, Reply& reply) {
  write_something(plane);
  const auto uptime = std::chrono::steady_clock::now() - plane.started;
  api::Encoder json(reply.body());
  json.begin_object();
  json.member("\"status\":", std::string_view("ok"));
  json.member("\"version\":", kVersion);
  json.member("\"operations\":", static_cast<std::int64_t>(api::operations().size()));
  json.member("\"storage\":", plane.storage);
  json.member("\"clock\":", clock_answer(plane.service));
  json.member("\"uptimeSeconds\":", std::int64_t{std::chrono::floor<std::chrono::seconds>(uptime).count()});
  // Under a name that may be anybody's, only what a probe needs.
  const bool foreign = plane.browsers != nullptr && !plane.browsers->refusal_of_name(request).empty();
  if (!foreign) json.member("\"options\":", OptionsInForce{plane.options});
  json.end_object();
}

}  // namespace workmail::server::control

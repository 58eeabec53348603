#include "server/emulator/snapshots.h"

#include <string>
#include <vector>

#include "generated/workmail/control_shapes.h"
#include "server/control/answer.h"
#include "server/control/errors.h"
#include "server/control/input.h"
#include "server/control/plane.h"
#include "server/process/log.h"
#include "server/process/real_time.h"

namespace workmail::server::control {

namespace {

constexpr std::string_view kSqlite = "application/vnd.sqlite3";

auto snapshot_answer(const std::string& name, const Snapshots::Kept& kept) -> SnapshotAnswer {
  return {.name = name, .at = kept.at, .bytes = static_cast<std::int64_t>(kept.snapshot.bytes().size())};
}

auto snapshot_name(const Request& request) -> std::string_view {
  const auto name = path_segment(request, 1);
  if (Snapshots::is_name(name)) return name;
  throw BadRequest("The name of a snapshot is up to 64 letters, digits, dots, dashes and underscores, not " +
                   printable(name) + ".");
}

auto require_snapshot(const Plane& plane, std::string_view name) -> const Snapshots::Kept& {
  const auto* kept = plane.emulator.snapshots.find(name);
  if (kept == nullptr) throw NotFound("There is no snapshot " + std::string(name) + ".");
  return *kept;
}

auto uploaded(std::string& body) -> store::Snapshot {
  try {
    return store::Snapshot::from_file(std::move(body));
  } catch (const store::DamagedFile& error) {
    throw BadRequest(std::string(error.what()) + " Without a body, the request takes a snapshot of the current state.");
  } catch (const store::ForeignFile& error) {
    throw Conflict(error.what());
  }
}

}  // namespace

void list_snapshots(Plane& plane, const Request& /*request*/, Reply& reply) {
  SnapshotsAnswer answer;
  for (const auto& [name, kept] : plane.emulator.snapshots.all())
    answer.snapshots.push_back(snapshot_answer(name, kept));
  write_answer(reply, answer);
}

void put_snapshot(Plane& plane, const Request& request, Reply& reply) {
  const auto name = snapshot_name(request);
  const bool replaces = plane.emulator.snapshots.find(name) != nullptr;
  auto snapshot = request.body.empty() ? plane.emulator.service.baseline().snapshot() : uploaded(request.body);
  if (request.memory != nullptr) request.memory->shrink(0);  // the body is now the snapshot, or was rejected
  if (!plane.emulator.memory.has_room_to_keep(snapshot.bytes().size())) throw no_memory("another snapshot");
  if (!plane.emulator.snapshots.keep(name, real_time(), std::move(snapshot))) {
    throw Conflict("There can be at most " + std::to_string(plane.emulator.snapshots.max_count()) + " snapshots of " +
                   std::to_string(plane.emulator.snapshots.max_bytes()) + " bytes together; delete one first.");
  }
  const auto kept = plane.emulator.snapshots.all().find(name);
  reply.status = replaces ? 200 : 201;
  write_answer(reply, snapshot_answer(kept->first, kept->second));
}

void download_snapshot(Plane& plane, const Request& request, Reply& reply) {
  const auto name = snapshot_name(request);
  const auto& kept = require_snapshot(plane, name);
  reply.content_type = kSqlite;
  reply.add_field("Content-Disposition", "attachment; filename=\"" + std::string(name) + ".sqlite3\"");
  reply.write(kept.snapshot.bytes());
}

void delete_snapshot(Plane& plane, const Request& request, Reply& reply) {
  const auto name = snapshot_name(request);
  require_snapshot(plane, name);
  plane.emulator.snapshots.remove(name);
  write_answer(reply, Empty());
}

void restore_snapshot(Plane& plane, const Request& request, Reply& reply) {
  const auto name = snapshot_name(request);
  read_input<Empty>(request.body);
  plane.emulator.service.baseline().restore(require_snapshot(plane, name).snapshot);
  write_answer(reply, Empty());
}

}  // namespace workmail::server::control

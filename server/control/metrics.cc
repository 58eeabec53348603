#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <utility>

#include "server/control/plane.h"
#include "server/emulator/prometheus_text.h"
#include "server/http/connections.h"
#include "server/process/real_time.h"
#include "server/process/version.h"

namespace workmail::server::control {

namespace {

using std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

// Counting a million rows takes a tenth of a second and blocks all clients, so the last count is reused for a while.
constexpr std::int64_t kCountedEachTime = 50'000;
constexpr auto kToldAgain = std::chrono::seconds(10);

auto census(Plane& plane) -> const store::Census& {
  auto& last = plane.last_census;
  const auto now = steady_clock::now();
  if (!last || last->census.rows() <= kCountedEachTime || now - last->at >= kToldAgain) {
    last = {.census = store::take_census(plane.emulator.service.store().connection), .at = now};
  }
  return last->census;
}

constexpr std::array<std::pair<store::EntityKind, std::string_view>, 3> kKinds{
    {{store::EntityKind::User, "user"},
     {store::EntityKind::Group, "group"},
     {store::EntityKind::Resource, "resource"}}};
constexpr std::array<std::pair<store::EntityState, std::string_view>, 3> kStates{
    {{store::EntityState::Enabled, "ENABLED"},
     {store::EntityState::Disabled, "DISABLED"},
     {store::EntityState::Deleted, "DELETED"}}};

void write_census(PrometheusText& text, const store::Census& census) {
  text.family("workmail_organizations", "gauge", "Organizations of all accounts by state.");
  for (const auto& [state, count] : census.organizations)
    text.sample(std::uint64_t(count), {{"state", store::word(state)}});
  text.family("workmail_entities", "gauge", "Users, groups and resources of all organizations by state.");
  for (const auto& [kind, kind_name] : kKinds) {
    for (const auto& [state, state_name] : kStates) {
      text.sample(std::uint64_t(census.entities_of(kind, state)), {{"kind", kind_name}, {"state", state_name}});
    }
  }
}

void write_data(PrometheusText& text, Plane& plane) {
  auto& store = plane.emulator.service.store();
  text.single("workmail_database_bytes", "gauge", "Size of the database.",
              std::uint64_t(store::database_bytes(store.connection)));
  text.single("workmail_snapshots", "gauge", "Snapshots that are kept in memory.",
              std::uint64_t{plane.emulator.snapshots.all().size()});
  text.single("workmail_snapshots_bytes", "gauge", "Size of all snapshots together.",
              std::uint64_t{plane.emulator.snapshots.bytes()});
}

void write_clock(PrometheusText& text, const api::Clock& clock) {
  const bool frozen = clock.mode() == api::Clock::Mode::Frozen;
  text.single("workmail_clock_offset_seconds", "gauge", "By how much the emulated clock is ahead of real time.",
              Seconds(frozen ? clock.now() - real_time() : clock.ahead()).count());
  text.single("workmail_clock_frozen", "gauge", "Whether the emulated clock stands still.", std::uint64_t(frozen));
}

auto seconds_of(const timeval& time) -> double {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

// The second number of statm is the number of resident pages.
auto resident_bytes() -> std::uint64_t {
  std::uint64_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages >> pages;
  return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

auto open_descriptors() -> std::uint64_t {
  std::error_code ignored;
  const std::filesystem::directory_iterator descriptors("/proc/self/fd", ignored);
  return static_cast<std::uint64_t>(std::distance(begin(descriptors), end(descriptors)));
}

// With the names that Prometheus's own libraries use.
void write_process(PrometheusText& text, const Plane& plane) {
  const auto since = std::chrono::floor<Duration>(steady_clock::now() - plane.emulator.started);
  text.single("process_start_time_seconds", "gauge", "Start of the process, in seconds since 1970.",
              Seconds((real_time() - since).time_since_epoch()).count());
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  text.single("process_cpu_seconds_total", "counter", "Processor time that the process has used.",
              seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime));
  text.single("process_resident_memory_bytes", "gauge", "Memory of the process that is not swapped out.",
              resident_bytes());
  text.single("process_open_fds", "gauge", "Open file descriptors.", open_descriptors());
}

}  // namespace

void metrics(Plane& plane, const Request& /*request*/, Reply& reply) {
  plane.emulator.service.catch_up_to_read(plane.emulator.service.clock().now());
  reply.content_type = PrometheusText::kContentType;
  PrometheusText text(reply.body());
  text.family("workmail_build_info", "gauge", "Version of workmail-local.");
  text.sample(std::uint64_t{1}, {{"version", kVersion}});
  plane.emulator.request_metrics.write(text);
  if (plane.connections != nullptr) {
    text.single("workmail_connections", "gauge", "Open connections.", std::uint64_t{plane.connections->size()});
  }
  write_census(text, census(plane));
  write_data(text, plane);
  write_clock(text, plane.emulator.service.clock());
  write_process(text, plane);
}

}  // namespace workmail::server::control

#include "server/program.h"

#include <sys/resource.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <stdexcept>

#include "api/operation.h"
#include "api/service.h"
#include "api/time_text.h"
#include "server/cloudtrail.h"
#include "server/control/plane.h"
#include "server/credentials.h"
#include "server/exec.h"
#include "server/health_check.h"
#include "server/listener.h"
#include "server/options.h"
#include "server/real_time.h"
#include "server/router.h"
#include "server/seeding.h"
#include "server/server.h"
#include "server/version.h"

namespace workmail::server {

namespace {

constexpr int kUnhealthy = 1;
constexpr int kUnusable = 2;

// Something of the surroundings that the program cannot work with, as a sentence.
class UnusableFile : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

void print_operations() {
  for (const auto& operation : api::operations()) std::cout << operation.name << '\n';
}

// Renamed into its place, so that who waits for the file never reads half of it.
void write_port_file(const std::string& path, std::uint16_t port) {
  const std::string draft = path + ".new";
  std::ofstream(draft) << port << '\n';
  if (std::rename(draft.c_str(), path.c_str()) != 0)
    throw UnusableFile("The port file " + path + " cannot be written.");
}

// One left over from an earlier run would name a port on which nobody is ready.
void remove_port_file(const std::string& path) {
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
}

auto read_port_file(const std::string& path) -> std::uint16_t {
  std::uint16_t port = 0;
  std::ifstream(path) >> port;
  return port;
}

auto health_check(const CommandLine& line) -> int {
  const auto address = [&line] {
    ListenAddress known = line.options.listen;
    if (known.port == 0) known.port = read_port_file(line.options.port_file);
    return known;
  };
  const std::string reason = check_health(address, line.options.control_token, line.wait);
  if (reason.empty()) return EXIT_SUCCESS;
  std::cerr << "workmail-local: " << url_host(address()) << ":" << address().port << " is not healthy: " << reason
            << '\n';
  return kUnhealthy;
}

// As many connections as the system lets one program have, less what it needs itself.
auto connections_allowed(std::size_t wanted) -> std::size_t {
  constexpr rlim_t kOwnDescriptors = 64;
  rlimit descriptors{};
  getrlimit(RLIMIT_NOFILE, &descriptors);
  descriptors.rlim_cur = descriptors.rlim_max;
  setrlimit(RLIMIT_NOFILE, &descriptors);
  getrlimit(RLIMIT_NOFILE, &descriptors);
  if (descriptors.rlim_cur <= 2 * kOwnDescriptors) return kOwnDescriptors;
  return std::min<std::size_t>(wanted, descriptors.rlim_cur - kOwnDescriptors);
}

void announce_clock(const Options& options, const api::Clock& clock, bool kept) {
  if (clock.mode() == api::Clock::Mode::Real && !options.clock) return;
  std::cout << "Clock:    " << api::format_time(clock.now());
  if (clock.mode() == api::Clock::Mode::Frozen) std::cout << ", frozen";
  if (kept) std::cout << ", as the database has it";
  if (kept && options.clock) std::cout << " (--clock is for a new database)";
  std::cout << '\n';
}

auto url_of(const Options& options, std::uint16_t port) -> std::string {
  return "http://" + url_host(options.listen) + ":" + std::to_string(port);
}

auto limits_of(const Options& options) -> Limits {
  Limits limits;
  limits.connections = connections_allowed(limits.connections);
  limits.body = options.max_body;
  return limits;
}

// The same numbers each time belong to the same bytes each time.
auto chance_of(const Options& options) -> api::Faults {
  return api::Faults(options.ids == api::Ids::Mode::Sequential ? api::repeatable_chance : api::true_chance);
}

auto signatures_of(const std::vector<Credential>& credentials) -> std::optional<Signatures> {
  if (credentials.empty()) return std::nullopt;
  return Signatures(credentials);
}

// Everything from the database to the open port, which is open when this is constructed; served by server->run().
class Instance {
 public:
  explicit Instance(const Options& options)
      : log(options.log, options.log_level),
        credentials(options.verify_signatures ? read_credentials(options.credentials) : std::vector<Credential>()),
        store(options.data),
        clock_kept(store.setting("clock").has_value()),
        ids(options.ids),
        service(store, clock, ids, options.settings, [this](const std::string& failure) { log.error(failure); }),
        plane{.service = service,
              .storage = options.data.empty() ? "memory" : "file",
              .started = std::chrono::steady_clock::now(),
              .journal = api::Journal(options.journal, options.memory_limit / MemoryBudget::kMostOfTheJournal),
              .faults = chance_of(options),
              .options = options.given,
              .token = options.control_token,
              .memory_limit = options.memory_limit},
        router(plane, Browsers(options.cors_origins), log, signatures_of(credentials)) {
    if (options.clock && !clock_kept) clock.freeze(*options.clock);
    if (!options.cloudtrail.empty()) {
      cloudtrail.emplace(options.cloudtrail, log);
      plane.journal.listen([this](const api::JournalEntry& entry) { cloudtrail->append(entry); });
    }
    seed(options);
    service.mark_start();
    if (!options.data.empty()) service.commit_in_groups();
    if (!options.port_file.empty()) remove_port_file(options.port_file);
    server.emplace(options.listen, limits_of(options), router);
    plane.connections = &server->connections();
  }

  Log log;
  const std::vector<Credential> credentials;  // empty: signatures are not verified
  store::Store store;
  const bool clock_kept;
  api::Clock clock{real_time};
  api::Ids ids;
  api::Service service;
  control::Plane plane;
  Router router;
  std::optional<CloudTrailFile> cloudtrail;
  std::string seeded;  // what was done about the seed, for people
  std::optional<Server> server;

 private:
  // Only what is empty is seeded, so that a restart changes nothing.
  void seed(const Options& options) {
    if (options.seeds.empty()) return;
    const auto files = seed_files(options.seeds);
    const bool empty = store.empty();
    if (empty) apply_files(service, files);
    for (const auto& file : files) seeded.append(seeded.empty() ? "" : ", ").append(file);
    if (!empty) seeded += ": not applied, because the database is not empty";
  }
};

void announce(const Options& options, const Instance& instance) {
  const std::string url = url_of(options, instance.server->port());
  std::cout << "workmail-local " << kVersion << '\n'
            << "Endpoint: " << url << "\n\n"
            << "    export AWS_ENDPOINT_URL_WORKMAIL=" << url << "\n\n"
            << "Console:  " << url << "/_workmail/\n"
            << "Storage:  " << (options.data.empty() ? "in memory" : options.data) << '\n';
  if (!instance.seeded.empty()) std::cout << "Seed:     " << instance.seeded << '\n';
  announce_clock(options, instance.clock, instance.clock_kept);
  std::cout << "Ready." << std::endl;
}

void serve(const Options& options) {
  Instance instance(options);
  instance.server->stop_on_signals();
  if (!options.port_file.empty()) write_port_file(options.port_file, instance.server->port());
  announce(options, instance);
  instance.server->run();
}

auto execute(const CommandLine& line) -> int {
  const Options& options = line.options;
  Instance instance(options);
  const std::uint16_t port = instance.server->port();
  if (!options.port_file.empty()) write_port_file(options.port_file, port);
  const std::string url = url_of(options, port);
  instance.log.info("Endpoint: " + url);
  std::optional<Credential> credential;
  if (!instance.credentials.empty()) credential = instance.credentials.front();
  ChildProgram program(*instance.server, line.program, variables_for(environment(), url, options.settings, credential));
  instance.server->run();
  return program.exit_status();
}

auto run_command(const std::vector<std::string>& arguments) -> int {
  const CommandLine line = parse_command_line(arguments, environment());
  switch (line.command) {
    case Command::Run:
      serve(line.options);
      break;
    case Command::Exec:
      return execute(line);
    case Command::HealthCheck:
      return health_check(line);
    case Command::Operations:
      print_operations();
      break;
    case Command::Print:
      std::cout << line.text;
      break;
  }
  return EXIT_SUCCESS;
}

}  // namespace

auto run_program(const std::vector<std::string>& arguments) -> int {
  // A reader of the output who went away is no reason to end, nor is a file that must not grow: the write fails, and is
  // answered like one on a full disk.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  try {
    return run_command(arguments);
  } catch (const CannotExecute& error) {
    std::cerr << "workmail-local: " << error.what() << '\n';
    return error.exit_status();
  } catch (const std::exception& error) {
    std::cerr << "workmail-local: " << error.what() << '\n';
    return kUnusable;
  }
}

}  // namespace workmail::server

#include "server/program.h"

#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "api/call/operation.h"
#include "api/service.h"
#include "api/wire/time_text.h"
#include "server/control/plane.h"
#include "server/emulator/cloudtrail.h"
#include "server/emulator/seeding.h"
#include "server/exec.h"
#include "server/health_check.h"
#include "server/http/listener.h"
#include "server/identity/credentials.h"
#include "server/options.h"
#include "server/process/output.h"
#include "server/process/real_time.h"
#include "server/process/version.h"
#include "server/router.h"
#include "server/server.h"

namespace workmail::server {

namespace {

constexpr int kUnhealthy = 1;
constexpr int kUnusable = 2;

// How long the program waits at its end for a reader that does not read standard output.
constexpr auto kPatience = std::chrono::seconds(1);

// A file that the program cannot use, as a one-line message.
class UnusableFile : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

void print_operations() {
  for (const auto& operation : api::operations()) std::cout << operation.name << '\n';
}

// A file from an earlier run would contain a port on which no server is ready.
void remove_port_file(const std::string& path) {
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
}

auto read_port_file(const std::string& path) -> std::uint16_t {
  std::uint16_t port = 0;
  std::ifstream(path) >> port;
  return port;
}

// The file of --port-file, which exists while the server is ready. No file for an empty path.
class PortFile {
 public:
  // Throws UnusableFile.
  PortFile(const std::string& path, std::uint16_t port) : path_(path), port_(port) {
    if (!path_.empty()) write();
  }
  ~PortFile() {
    // The file may now belong to another server.
    if (!path_.empty() && read_port_file(path_) == port_) remove_port_file(path_);
  }
  PortFile(const PortFile&) = delete;
  auto operator=(const PortFile&) -> PortFile& = delete;

 private:
  // The file is renamed into place, so that a program that waits for it never reads a part of it.
  void write() const {
    const std::string draft = path_ + ".new";
    std::ofstream file(draft);
    file << port_ << '\n';
    file.close();
    if (file && std::rename(draft.c_str(), path_.c_str()) == 0) return;
    remove_port_file(draft);
    throw UnusableFile("The port file " + path_ + " cannot be written.");
  }

  const std::string path_;
  const std::uint16_t port_;
};

auto health_check(const CommandLine& line) -> int {
  const auto address = [&line] {
    ListenAddress known = line.options.listen;
    if (known.port == 0) known.port = read_port_file(line.options.port_file);
    return known;
  };
  const std::string reason = check_health(address, line.options.control_token, line.wait);
  if (reason.empty()) return EXIT_SUCCESS;
  const ListenAddress asked = address();
  if (asked.port == 0) {
    std::cerr << "workmail-local: no server is ready: it has not written " << line.options.port_file << ".\n";
  } else {
    std::cerr << "workmail-local: " << url_host(asked) << ":" << asked.port << " is not healthy: " << reason << '\n';
  }
  return kUnhealthy;
}

// The maximum number of open files of a process, minus those that the program itself needs.
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

void announce_clock(const Options& options, const api::Clock& clock, bool kept, std::ostream& out) {
  if (clock.mode() == api::Clock::Mode::Real && !options.settings.clock) return;
  out << "Clock:    " << api::format_time(clock.now());
  if (clock.mode() == api::Clock::Mode::Frozen) out << ", frozen";
  if (kept) out << ", from the database";
  if (kept && options.settings.clock) out << " (--clock applies only to a new database)";
  out << '\n';
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

// With sequential ids, random numbers are the same in each run too, so that identical runs give identical responses.
auto chance_of(const Options& options) -> Faults {
  return Faults(options.ids == api::Ids::Mode::Sequential ? repeatable_chance : true_chance);
}

auto signatures_of(const std::vector<Credential>& credentials) -> std::optional<Signatures> {
  if (credentials.empty()) return std::nullopt;
  return Signatures(credentials);
}

// Everything from the database to the port, which is open after construction; server->run() serves clients.
class Instance {
 public:
  explicit Instance(const Options& options)
      : log(options.log, options.log_level),
        credentials(options.verify_signatures ? read_credentials(options.credentials) : std::vector<Credential>()),
        store(options.data),
        clock_kept(store.setting("clock").has_value()),
        ids(options.ids),
        service(store, clock, ids, options.settings, [this](const std::string& failure) { log.error(failure); }),
        emulator{.service = service,
                 .storage = options.data.empty() ? "memory" : "file",
                 .started = std::chrono::steady_clock::now(),
                 .journal = Journal(options.journal, options.memory_limit / MemoryBudget::kJournalDivisor),
                 .faults = chance_of(options),
                 .options = options.given,
                 .memory_limit = options.memory_limit},
        mail(service, with_credential(options.mail_flow, environment()),
             [this](const std::string& failure) { log.error(failure); }),
        plane{.emulator = emulator, .token = options.control_token, .mail = &mail},
        router(plane, Browsers(options.cors_origins, options.allowed_hosts), log, signatures_of(credentials)) {
    for (const auto& name : options.ignored_variables) {
      log.debug("The environment variable " + name + " is not an option and is ignored.");
    }
    if (options.settings.clock && !clock_kept) clock.freeze(*options.settings.clock);
    if (!options.cloudtrail.empty()) {
      cloudtrail.emplace(options.cloudtrail, log);
      emulator.journal.listen([this](const JournalEntry& entry) { cloudtrail->append(entry); });
    }
    seed(options);
    service.baseline().mark();
    if (!options.data.empty()) service.commit_in_groups();
    if (!options.port_file.empty()) remove_port_file(options.port_file);
    server.emplace(options.listen, limits_of(options), router, log);
    plane.connections = &server->connections();
    server->keep_running([this] { return mail.keep_running(); });
    server->write_meanwhile([this] {
      const bool written = log.flush();
      return (!cloudtrail || cloudtrail->flush()) && written;
    });
  }

  Log log;
  const std::vector<Credential> credentials;  // empty if signatures are not verified
  store::Store store;
  const bool clock_kept;
  api::Clock clock{real_time};
  api::Ids ids;
  api::Service service;
  Emulator emulator;
  MailFlow mail;
  control::Plane plane;
  Router router;
  std::optional<CloudTrailFile> cloudtrail;
  std::string seeded;  // what was seeded, for the announcement
  std::optional<Server> server;

 private:
  // Only an empty database is seeded, so that a restart changes nothing.
  void seed(const Options& options) {
    if (options.seeds.empty()) return;
    const auto files = seed_files(options.seeds);
    const bool empty = store.empty();
    if (empty) apply_files(service, files);
    for (const auto& file : files) seeded.append(seeded.empty() ? "" : ", ").append(file);
    if (!empty) seeded += ": not applied, because the database is not empty";
  }
};

auto announcement(const Options& options, const Instance& instance) -> std::string {
  const std::string url = url_of(options, instance.server->port());
  std::ostringstream text;
  text << "workmail-local " << kVersion << '\n'
       << "Endpoint: " << url << "\n\n"
       << "    export AWS_ENDPOINT_URL_WORKMAIL=" << url << '\n'
       << "    export AWS_ENDPOINT_URL_WORKMAILMESSAGEFLOW=" << url << "\n\n"
       << "Console:  " << url << "/_workmail/\n"
       << "Storage:  " << (options.data.empty() ? "in memory" : options.data) << '\n';
  if (!instance.seeded.empty()) text << "Seed:     " << instance.seeded << '\n';
  announce_clock(options, instance.clock, instance.clock_kept, text);
  text << "Ready.\n";
  return std::move(text).str();
}

void serve(const Options& options) {
  Instance instance(options);
  instance.server->stop_on_signals();
  const PortFile port_file(options.port_file, instance.server->port());
  // Does not wait for a reader of the output, so that the server serves its clients.
  Output output(STDOUT_FILENO);
  output.write(announcement(options, instance));
  instance.server->write_meanwhile([&output] { return output.flush(); });
  instance.server->run();
  output.flush_at_end(kPatience);
}

auto execute(const CommandLine& line) -> int {
  const Options& options = line.options;
  Instance instance(options);
  const std::uint16_t port = instance.server->port();
  const PortFile port_file(options.port_file, port);
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
  // The program continues if the reader of its output has closed it, or a file exceeds its size limit: such a write
  // fails and is handled like a full disk.
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

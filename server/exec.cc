#include "server/exec.h"

#include <spawn.h>
#include <sys/signalfd.h>
#include <sys/wait.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <cerrno>
#include <csignal>
#include <system_error>

namespace workmail::server {

namespace {

constexpr int kNotExecutable = 126;
constexpr int kNotFound = 127;
constexpr int kSignalled = 128;

// Other variables that determine credentials and endpoint in SDKs. They are removed, because SDKs would otherwise not
// call this server.
constexpr std::array<const char*, 8> kMisleading{"AWS_PROFILE",
                                                 "AWS_DEFAULT_PROFILE",
                                                 "AWS_SESSION_TOKEN",
                                                 "AWS_SECURITY_TOKEN",
                                                 "AWS_CREDENTIAL_EXPIRATION",
                                                 "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
                                                 "AWS_USE_DUALSTACK_ENDPOINT",
                                                 "AWS_USE_FIPS_ENDPOINT"};

auto set_of(std::initializer_list<int> numbers) -> sigset_t {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int number : numbers) sigaddset(&signals, number);
  return signals;
}

// From now on, the signals are blocked and read from the descriptor that this returns.
auto open_signals() -> int {
  // If the parent process ignores SIGCHLD, this is inherited, and waitpid() would find no child.
  std::signal(SIGCHLD, SIG_DFL);
  const sigset_t signals = set_of({SIGCHLD, SIGINT, SIGTERM, SIGHUP});
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  const int descriptor = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "signalfd");
  return descriptor;
}

auto pointers_to(std::vector<std::string>& texts) -> std::vector<char*> {
  std::vector<char*> pointers;
  for (auto& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

auto entries_of(const Environment& variables) -> std::vector<std::string> {
  std::vector<std::string> entries;
  for (const auto& [name, value] : variables) entries.push_back(name + "=" + value);
  return entries;
}

// The program gets the default handling of signals, except those that nohup ignores.
class SpawnAttributes {
 public:
  SpawnAttributes() {
    sigset_t every;
    sigfillset(&every);
    if (is_ignored(SIGHUP)) sigdelset(&every, SIGHUP);
    const sigset_t none = set_of({});
    posix_spawnattr_init(&attributes_);
    posix_spawnattr_setsigdefault(&attributes_, &every);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  }
  ~SpawnAttributes() { posix_spawnattr_destroy(&attributes_); }
  SpawnAttributes(const SpawnAttributes&) = delete;
  auto operator=(const SpawnAttributes&) -> SpawnAttributes& = delete;
  [[nodiscard]] auto get() const -> const posix_spawnattr_t* { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

auto spawn(std::vector<std::string> command, const Environment& variables) -> pid_t {
  auto entries = entries_of(variables);
  const SpawnAttributes attributes;
  pid_t process = 0;
  const int error = posix_spawnp(&process, command.front().c_str(), nullptr, attributes.get(),
                                 pointers_to(command).data(), pointers_to(entries).data());
  if (error == 0) return process;
  throw CannotExecute(command.front() + " cannot be run: " + std::generic_category().message(error),
                      error == ENOENT ? kNotFound : kNotExecutable);
}

// The hosts of the list, and this machine, which must be accessed without a proxy.
auto with_this_machine(std::string hosts) -> std::string {
  if (hosts == "*") return hosts;
  for (const std::string host : {"localhost", "127.0.0.1", "::1"}) {
    const std::string listed = "," + hosts + ",";
    if (listed.find("," + host + ",") == std::string::npos) hosts += (hosts.empty() ? "" : ",") + host;
  }
  return hosts;
}

// Programs read one or the other, so a value of one is set for both.
void pass_by_proxies(Environment& variables) {
  constexpr std::array<const char*, 2> kNames{"no_proxy", "NO_PROXY"};
  const std::array<std::string, 2> own{variables[kNames[0]], variables[kNames[1]]};
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    variables[kNames[i]] = with_this_machine(own[i].empty() ? own[1 - i] : own[i]);
  }
}

}  // namespace

auto variables_for(Environment own, const std::string& url, const api::Settings& settings,
                   const std::optional<Credential>& credential) -> Environment {
  for (const auto* name : kMisleading) own.erase(name);
  own["AWS_ENDPOINT_URL_WORKMAIL"] = url;
  own["AWS_ENDPOINT_URL_WORKMAILMESSAGEFLOW"] = url;
  own["WORKMAIL_URL"] = url;
  // A key id of twelve digits is used as the account.
  own["AWS_ACCESS_KEY_ID"] = credential ? credential->access_key_id : settings.account;
  own["AWS_SECRET_ACCESS_KEY"] = credential ? credential->secret_access_key : "workmail-local";
  if (credential && !credential->session_token.empty()) own["AWS_SESSION_TOKEN"] = credential->session_token;
  own["AWS_REGION"] = settings.region;
  own["AWS_DEFAULT_REGION"] = settings.region;
  pass_by_proxies(own);
  return own;
}

ChildProgram::ChildProgram(Server& server, const std::vector<std::string>& command, const Environment& variables)
    : server_(server), signals_(server.io().get_executor(), open_signals()), process_(spawn(command, variables)) {
  server.keep_running([this] { return watch_signals(); });
}

auto ChildProgram::watch_signals() -> Task<void> {
  for (;;) {
    signalfd_siginfo signal{};
    const auto [error, size] = co_await signals_.async_read_some(asio::buffer(&signal, sizeof signal), kAwait);
    if (error) co_return;
    const auto number = static_cast<int>(signal.ssi_signo);
    // A terminal also sends its signals to the program; other processes send them only to this process.
    const bool from_terminal = signal.ssi_code == SI_KERNEL;
    if (number == SIGCHLD)
      look_for_end();
    else if (ended_)
      server_.io().stop();
    else if (!from_terminal)
      pass_on(number);
  }
}

void ChildProgram::pass_on(int signal) const {
  ::kill(process_, signal);
}

void ChildProgram::look_for_end() {
  int status = 0;
  if (ended_ || ::waitpid(process_, &status, WNOHANG) != process_) return;
  ended_ = true;
  exit_status_ = WIFEXITED(status) ? WEXITSTATUS(status) : kSignalled + WTERMSIG(status);
  server_.stop();
}

}  // namespace workmail::server

// The command line: what to do, and the options, each of which is a flag and an environment variable.
// The table in options.cc is the one place that names them.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "api/call/ids.h"
#include "api/call/settings.h"
#include "server/emulator/journal.h"
#include "server/emulator/memory_budget.h"
#include "server/http/listen_address.h"
#include "server/mail/mail_flow_settings.h"
#include "server/process/log.h"
#include "store/time.h"

namespace workmail::server {

struct Options {
  ListenAddress listen;
  std::string port_file;  // empty: none
  std::string data;       // empty: in memory
  api::Settings settings;
  api::Ids::Mode ids = api::Ids::Mode::Random;
  std::vector<std::string> seeds;         // files and folders
  std::size_t journal = kDefaultJournal;  // requests that are kept
  std::string cloudtrail;                 // empty: none
  bool verify_signatures = false;
  std::string credentials;    // the file with the keys for that
  std::string control_token;  // empty: none is required
  std::vector<std::string> cors_origins;
  std::vector<std::string> allowed_hosts;
  MailFlowSettings mail_flow;  // without the key of the profile
  std::size_t max_body = 1'048'576;
  std::size_t memory_limit = MemoryBudget::kDefault;
  // The options that were given, by flag or variable, with their values; secrets read "********".
  std::map<std::string, std::string> given;
  std::vector<std::string> ignored_variables;  // that begin with WORKMAIL_ and are no options
  LogFormat log = LogFormat::Text;
  LogLevel log_level = LogLevel::Info;
};

enum class Command {
  Run,
  Exec,
  HealthCheck,
  Operations,
  Print,  // a text that was asked for: help or version
};

struct CommandLine {
  Command command = Command::Run;
  Options options;
  std::vector<std::string> program;  // what exec runs, with its arguments
  Duration wait{0};                  // how long the health check waits for the server to become ready
  std::string text;
};

// An error in the command line, as a one-line message.
class BadUsage : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

using Environment = std::map<std::string, std::string>;

// The variables of this process.
auto environment() -> Environment;

// `arguments` without the program's name. A flag beats a variable; an empty variable counts as unset.
// Throws BadUsage, also for a variable that looks like a misspelled option.
auto parse_command_line(const std::vector<std::string>& arguments, const Environment& environment) -> CommandLine;

}  // namespace workmail::server

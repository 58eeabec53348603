// The command line: the command, and the options, each of which is a flag and an environment variable. Only the table
// in options.cc lists them.
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
  std::string port_file;  // empty for none
  std::string data;       // empty for memory
  api::Settings settings;
  api::Ids::Mode ids = api::Ids::Mode::Random;
  std::vector<std::string> seeds;         // files and folders
  std::size_t journal = kDefaultJournal;  // the number of requests that are kept
  std::string cloudtrail;                 // empty for none
  bool verify_signatures = false;
  std::string credentials;    // the file with the keys for verification
  std::string control_token;  // empty if none is required
  std::vector<std::string> cors_origins;
  std::vector<std::string> allowed_hosts;
  MailFlowSettings mail_flow;  // the key of the profile is not yet read
  std::size_t max_body = 1'048'576;
  std::size_t memory_limit = MemoryBudget::kDefault;
  // The options that were given, by flag or variable, with their values; secrets read "********".
  std::map<std::string, std::string> given;
  std::vector<std::string> ignored_variables;  // variables that begin with WORKMAIL_ but are not options
  LogFormat log = LogFormat::Text;
  LogLevel log_level = LogLevel::Info;
};

enum class Command {
  Run,
  Exec,
  HealthCheck,
  Operations,
  Print,  // a requested text: help or version
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

// The environment variables of this process.
auto environment() -> Environment;

// `arguments` without the program's name. A flag overrides a variable; an empty variable counts as unset. Throws
// BadUsage, also for a variable that looks like a misspelled option.
auto parse_command_line(const std::vector<std::string>& arguments, const Environment& environment) -> CommandLine;

}  // namespace workmail::server

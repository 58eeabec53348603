// The command `exec`: runs another program beside the server, with environment variables for the server's address.
// Signals to this process are passed on to the program; when it ends, the server stops.
#pragma once

#include <sys/types.h>

#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "api/call/settings.h"
#include "server/identity/credentials.h"
#include "server/options.h"
#include "server/process/asio.h"
#include "server/server.h"

namespace workmail::server {

// The program cannot be run; what() is a one-line message.
class CannotExecute : public std::runtime_error {
 public:
  CannotExecute(const std::string& message, int exit_status) : std::runtime_error(message), exit_status_(exit_status) {}
  // As in shells: 127 for a program that does not exist, 126 for one that cannot be run.
  [[nodiscard]] auto exit_status() const -> int { return exit_status_; }

 private:
  int exit_status_;
};

// The variables for the program: those of this process, changed so that AWS's SDKs and tools call the server at `url`,
// independently of other configuration. They sign with `credential`; without one, with any secret.
auto variables_for(Environment own, const std::string& url, const api::Settings& settings,
                   const std::optional<Credential>& credential = {}) -> Environment;

class ChildProgram {
 public:
  // Starts the program. `server` is stopped when the program has ended. Throws CannotExecute.
  ChildProgram(Server& server, const std::vector<std::string>& command, const Environment& variables);

  // Known when the server has stopped. As in shells: 128 plus the signal's number if a signal ended the program.
  [[nodiscard]] auto exit_status() const -> int { return exit_status_; }

 private:
  auto watch_signals() -> Task<void>;
  void pass_on(int signal) const;
  void look_for_end();

  Server& server_;
  asio::posix::basic_stream_descriptor<Executor> signals_;
  pid_t process_ = 0;
  bool ended_ = false;
  int exit_status_ = 0;
};

}  // namespace workmail::server

// The command `exec`: another program, run beside the server with the variables by which it finds the server. Signals
// that are sent to this process are passed on to it; when it ends, the server stops.
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
  // As shells have it: 127 for a program that does not exist, 126 for one that cannot be run.
  [[nodiscard]] auto exit_status() const -> int { return exit_status_; }

 private:
  int exit_status_;
};

// The variables for the program: those of this process, changed so that AWS's SDKs and tools call the server at `url`,
// whatever else they are configured for. They sign with `credential`; without one, any secret does.
auto variables_for(Environment own, const std::string& url, const api::Settings& settings,
                   const std::optional<Credential>& credential = {}) -> Environment;

class ChildProgram {
 public:
  // Starts it. `server` is stopped when the program has ended. Throws CannotExecute.
  ChildProgram(Server& server, const std::vector<std::string>& command, const Environment& variables);

  // Known when the server has stopped. As shells have it: 128 and the signal's number when a signal ended the program.
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

// The log on standard error: one line per request, and warnings and errors; at level Debug also the inputs of calls,
// without secrets. Texts from clients are escaped, so that they can neither end a line nor break the JSON. Writing
// never waits for a reader: lines for which there is no room are dropped, and their number is logged later.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace workmail::server {

enum class LogFormat { Text, Json, Off };
enum class LogLevel { Debug, Info, Warning, Error };

// One request, logged when its response is complete. Contains views into texts of the caller.
struct RequestLine {
  std::string_view operation = "-";  // of the API, or "GET /_workmail/health"
  int status = 0;
  std::string_view error = {};  // the code, empty for a success
  double milliseconds = 0;
  std::string_view account = {};
  std::string_view region = {};
  int attempt = 0;  // the number of the client's attempt: 2 for the first retry; 0 if it is not sent
  std::string_view request_id = {};
  std::string_view message = {};  // of the error
  std::string_view input = {};    // JSON without secrets; empty if it must not be shown
};

class Log {
 public:
  Log(LogFormat format, LogLevel level);
  ~Log();
  Log(const Log&) = delete;
  auto operator=(const Log&) -> Log& = delete;

  // Whether lines of this level are written, for texts that are expensive to create.
  [[nodiscard]] auto writes(LogLevel level) const -> bool;
  // Level Info by default; less important requests use LogLevel::Debug.
  void request(const RequestLine& line, LogLevel level = LogLevel::Info);
  void debug(std::string_view message) { message_line(LogLevel::Debug, message); }
  void info(std::string_view message) { message_line(LogLevel::Info, message); }
  void warning(std::string_view message) { message_line(LogLevel::Warning, message); }
  void error(std::string_view message) { message_line(LogLevel::Error, message); }

  // Writes pending lines, as far as there is room. Returns whether none is left.
  auto flush() -> bool;

 private:
  struct Sink;  // keeps the library's headers out of every other file

  void message_line(LogLevel level, std::string_view message);

  std::unique_ptr<Sink> sink_;  // null if nothing is written
  std::string line_;            // reused, to save allocations
};

// The text, with \xNN for everything except printable ASCII and for quotes and backslashes; a long text is truncated.
auto printable(std::string_view text) -> std::string;

}  // namespace workmail::server

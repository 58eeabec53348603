// The log on standard error: one line per request, and warnings and errors; at level Debug also the inputs of calls,
// without secrets. Texts that come from clients are written so that they can neither end a line nor break the JSON.
// Writing never waits for a reader: lines that find no room are dropped, and later their number is logged.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace workmail::server {

enum class LogFormat { Text, Json, Off };
enum class LogLevel { Debug, Info, Warning, Error };

// One request, logged when its answer is made. Refers to texts of the caller.
struct RequestLine {
  std::string_view operation = "-";  // of the API, or "GET /_workmail/health"
  int status = 0;
  std::string_view error = {};  // the code, empty for a success
  double milliseconds = 0;
  std::string_view account = {};
  std::string_view region = {};
  int attempt = 0;  // of a client that retries: 2 for the second; 0 when it is not sent
  std::string_view request_id = {};
  std::string_view message = {};  // of the error
  std::string_view input = {};    // JSON without secrets; empty when it is not to be shown
};

class Log {
 public:
  Log(LogFormat format, LogLevel level);
  ~Log();
  Log(const Log&) = delete;
  auto operator=(const Log&) -> Log& = delete;

  // Whether lines of this level are written, for texts that are costly to make.
  [[nodiscard]] auto writes(LogLevel level) const -> bool;
  // At level Info; requests that matter less pass LogLevel::Debug.
  void request(const RequestLine& line, LogLevel level = LogLevel::Info);
  void debug(std::string_view message) { message_line(LogLevel::Debug, message); }
  void info(std::string_view message) { message_line(LogLevel::Info, message); }
  void warning(std::string_view message) { message_line(LogLevel::Warning, message); }
  void error(std::string_view message) { message_line(LogLevel::Error, message); }

  // Writes what waits for its reader, as far as there is room. Returns whether nothing is left.
  auto flush() -> bool;

 private:
  struct Sink;  // keeps the library's headers out of every other file

  void message_line(LogLevel level, std::string_view message);

  std::unique_ptr<Sink> sink_;  // null when nothing is written
  std::string line_;            // kept for its memory
};

// The text with everything but printable ASCII, and what would end a quoted text, as \xNN; a long one is cut.
auto printable(std::string_view text) -> std::string;

}  // namespace workmail::server

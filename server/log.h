// The log on standard error: one line per request, and what people must know. Never a body. Texts that come from
// clients are written so that they can neither end a line nor break the JSON.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace workmail::server {

enum class LogFormat { Text, Json, Off };
enum class LogLevel { Debug, Info, Warning, Error };

// One request, told after its answer is made.
struct RequestLine {
  std::string_view operation = "-";  // of the API, or "GET /_workmail/health"
  int status = 0;
  std::string_view error;  // the code, empty for a success
  double milliseconds = 0;
  std::string_view account;
  std::string_view attempt;  // of a client that tries again: 2 for the second
};

class Log {
 public:
  Log(LogFormat format, LogLevel level);
  ~Log();
  Log(const Log&) = delete;
  auto operator=(const Log&) -> Log& = delete;

  // At level Info; requests that matter less pass LogLevel::Debug.
  void request(const RequestLine& line, LogLevel level = LogLevel::Info);
  void info(std::string_view message) { message_line(LogLevel::Info, message); }
  void warning(std::string_view message) { message_line(LogLevel::Warning, message); }
  void error(std::string_view message) { message_line(LogLevel::Error, message); }

 private:
  struct Sink;  // keeps the library's headers out of every other file

  [[nodiscard]] auto writes(LogLevel level) const -> bool;
  void message_line(LogLevel level, std::string_view message);

  LogFormat format_;
  std::unique_ptr<Sink> sink_;
  std::string line_;  // kept for its memory
};

// The text with everything but printable ASCII, and what would end a quoted text, as \xNN; a long one is cut.
auto printable(std::string_view text) -> std::string;

}  // namespace workmail::server

#include "server/log.h"

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <array>
#include <charconv>

namespace workmail::server {

namespace {

// Longer texts are cut: a client decides how long the name of its operation is.
constexpr std::size_t kLongestText = 500;

constexpr const char* kTextPattern = "%Y-%m-%dT%H:%M:%S.%eZ %-7l %v";
constexpr const char* kJsonPattern = R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})";

auto library_level(LogLevel level) -> spdlog::level::level_enum {
  switch (level) {
    case LogLevel::Debug:
      return spdlog::level::debug;
    case LogLevel::Info:
      return spdlog::level::info;
    case LogLevel::Warning:
      return spdlog::level::warn;
    case LogLevel::Error:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

// Writes `name=value` or `"name":"value"`, with what stands between two of them.
class Line {
 public:
  Line(std::string& text, bool json) : text_(text), json_(json) { text_.clear(); }

  void add(std::string_view name, std::string_view value) {
    begin(name);
    const std::string shown = printable(value);
    const bool quotes = json_ || shown.empty() || shown.find(' ') != std::string::npos;
    if (quotes) text_ += '"';
    // A backslash of the escapes is itself escaped in JSON.
    for (const char c : shown) {
      if (json_ && c == '\\') text_ += '\\';
      text_ += c;
    }
    if (quotes) text_ += '"';
  }

  void add_number(std::string_view name, std::string_view digits) {
    begin(name);
    text_ += digits;
  }

 private:
  void begin(std::string_view name) {
    if (!text_.empty()) text_ += json_ ? ',' : ' ';
    if (json_) text_ += '"';
    text_ += name;
    text_ += json_ ? "\":" : "=";
  }

  std::string& text_;
  bool json_;
};

auto three_decimals(double number, std::array<char, 32>& digits) -> std::string_view {
  const auto result = std::to_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::fixed, 3);
  return {digits.data(), static_cast<std::size_t>(result.ptr - digits.data())};
}

}  // namespace

auto printable(std::string_view text) -> std::string {
  static constexpr std::string_view kHex = "0123456789abcdef";
  std::string shown;
  for (const char c : text.substr(0, kLongestText)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7F && c != '"' && c != '\\') {
      shown += c;
    } else {
      shown += "\\x";
      shown += kHex[byte >> 4U];
      shown += kHex[byte & 0xFU];
    }
  }
  if (text.size() > kLongestText) shown += "...";
  return shown;
}

struct Log::Sink {
  spdlog::logger logger{"workmail-local", std::make_shared<spdlog::sinks::stderr_sink_st>()};
};

Log::Log(LogFormat format, LogLevel level) : format_(format) {
  if (format == LogFormat::Off) return;
  sink_ = std::make_unique<Sink>();
  sink_->logger.set_level(library_level(level));
  sink_->logger.set_formatter(std::make_unique<spdlog::pattern_formatter>(
      format == LogFormat::Json ? kJsonPattern : kTextPattern, spdlog::pattern_time_type::utc));
}

Log::~Log() = default;

auto Log::writes(LogLevel level) const -> bool {
  return sink_ != nullptr && sink_->logger.should_log(library_level(level));
}

void Log::request(const RequestLine& request, LogLevel level) {
  if (!writes(level)) return;
  Line line(line_, format_ == LogFormat::Json);
  std::array<char, 32> digits{};
  line.add("operation", request.operation);
  line.add_number("status", std::to_string(request.status));
  if (!request.error.empty()) line.add("error", request.error);
  line.add_number("milliseconds", three_decimals(request.milliseconds, digits));
  if (!request.account.empty()) line.add("account", request.account);
  if (!request.attempt.empty()) line.add("attempt", request.attempt);
  sink_->logger.log(library_level(level), spdlog::string_view_t(line_.data(), line_.size()));
}

void Log::message_line(LogLevel level, std::string_view message) {
  if (!writes(level)) return;
  Line(line_, format_ == LogFormat::Json).add("message", message);
  sink_->logger.log(library_level(level), spdlog::string_view_t(line_.data(), line_.size()));
}

}  // namespace workmail::server

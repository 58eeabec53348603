#include "server/process/log.h"

#include <spdlog/pattern_formatter.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "server/process/output.h"

namespace workmail::server {

namespace {

// Longer texts are truncated, because clients determine the length of texts such as the name of an operation.
constexpr std::size_t kMaxText = 500;

// How long the program waits at its end for a reader that does not read the last lines.
constexpr auto kPatience = std::chrono::seconds(1);

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

// Writes `name=value` or `"name":"value"`, with the separator between two of them.
class Line {
 public:
  Line(std::string& text, bool json) : text_(text), json_(json) { text_.clear(); }

  void add(std::string_view name, std::string_view value) {
    begin(name);
    const std::string shown = printable(value);
    const bool quotes = json_ || shown.empty() || shown.find(' ') != std::string::npos;
    if (quotes) text_ += '"';
    // In JSON, the backslashes of these escapes are escaped too.
    for (const char c : shown) {
      if (json_ && c == '\\') text_ += '\\';
      text_ += c;
    }
    if (quotes) text_ += '"';
  }

  // A number, or other JSON in ASCII.
  void add_json(std::string_view name, std::string_view json) {
    begin(name);
    text_ += json;
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

auto code_unit(std::uint32_t unit) -> std::string {
  static constexpr std::string_view kHex = "0123456789abcdef";
  std::string text = "\\u";
  for (const unsigned shift : {12U, 8U, 4U, 0U}) text += kHex[(unit >> shift) & 0xFU];
  return text;
}

// The same JSON, without control characters that terminals interpret. The JSON is UTF-8.
auto in_ascii(std::string_view json) -> std::string {
  std::string text;
  for (std::size_t i = 0; i < json.size();) {
    const auto byte = static_cast<unsigned char>(json[i]);
    if (byte < 0x7F) {
      text += json[i++];
      continue;
    }
    const std::size_t more = byte < 0x80 ? 0 : byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
    std::uint32_t point = more == 0 ? byte : byte & (0x3FU >> more);
    for (std::size_t end = std::min(json.size() - 1, i + more); i < end;) {
      point = (point << 6U) | (static_cast<unsigned char>(json[++i]) & 0x3FU);
    }
    ++i;
    constexpr std::uint32_t kSupplementary = 0x10000;
    if (point >= kSupplementary) {
      text += code_unit(0xD800U + ((point - kSupplementary) >> 10U));
      text += code_unit(0xDC00U + ((point - kSupplementary) & 0x3FFU));
    } else {
      text += code_unit(point);
    }
  }
  return text;
}

}  // namespace

auto printable(std::string_view text) -> std::string {
  static constexpr std::string_view kHex = "0123456789abcdef";
  std::string shown;
  for (const char c : text.substr(0, kMaxText)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7F && c != '"' && c != '\\') {
      shown += c;
    } else {
      shown += "\\x";
      shown += kHex[byte >> 4U];
      shown += kHex[byte & 0xFU];
    }
  }
  if (text.size() > kMaxText) shown += "...";
  return shown;
}

struct Log::Sink {
  Sink(LogFormat log_format, LogLevel min_level)
      : format(log_format),
        level(min_level),
        formatter(format == LogFormat::Json ? kJsonPattern : kTextPattern, spdlog::pattern_time_type::utc) {}

  void write(LogLevel line_level, std::string_view text) {
    if (!admit_missing() || !put(line_level, text)) ++dropped;
  }

  // Writes the number of dropped lines as soon as there is room again. Returns whether the next line can be written.
  auto admit_missing() -> bool {
    if (dropped == 0) return true;
    if (!output.flush()) return false;
    std::string text;
    Line(text, format == LogFormat::Json)
        .add("message", std::to_string(dropped) + " lines are missing here: standard error was blocked.");
    if (!put(LogLevel::Warning, text)) return false;
    dropped = 0;
    return true;
  }

  auto put(LogLevel line_level, std::string_view text) -> bool {
    const spdlog::details::log_msg message({}, library_level(line_level),
                                           spdlog::string_view_t(text.data(), text.size()));
    spdlog::memory_buf_t line;
    formatter.format(message, line);
    return output.write({line.data(), line.size()});
  }

  LogFormat format;
  LogLevel level;
  spdlog::pattern_formatter formatter;
  Output output{STDERR_FILENO};
  std::uint64_t dropped = 0;  // the number of lines since the last one that was written
};

Log::Log(LogFormat format, LogLevel level) {
  if (format != LogFormat::Off) sink_ = std::make_unique<Sink>(format, level);
}

Log::~Log() {
  if (sink_ != nullptr && sink_->output.flush_at_end(kPatience) && sink_->admit_missing()) {
    sink_->output.flush_at_end(kPatience);
  }
}

auto Log::writes(LogLevel level) const -> bool {
  return sink_ != nullptr && level >= sink_->level;
}

auto Log::flush() -> bool {
  return sink_ == nullptr || (sink_->output.flush() && sink_->admit_missing());
}

void Log::request(const RequestLine& request, LogLevel level) {
  if (!writes(level)) return;
  Line line(line_, sink_->format == LogFormat::Json);
  std::array<char, 32> digits{};
  line.add("operation", request.operation);
  line.add_json("status", std::to_string(request.status));
  if (!request.error.empty()) line.add("error", request.error);
  line.add_json("milliseconds", three_decimals(request.milliseconds, digits));
  if (!request.account.empty()) line.add("account", request.account);
  if (!request.region.empty()) line.add("region", request.region);
  if (request.attempt > 0) line.add_json("attempt", std::to_string(request.attempt));
  if (!request.request_id.empty()) line.add("requestId", request.request_id);
  if (!request.message.empty()) line.add("message", request.message);
  if (!request.input.empty()) line.add_json("input", in_ascii(request.input));
  sink_->write(level, line_);
}

void Log::message_line(LogLevel level, std::string_view message) {
  if (!writes(level)) return;
  Line(line_, sink_->format == LogFormat::Json).add("message", message);
  sink_->write(level, line_);
}

}  // namespace workmail::server

// Warnings of errors that can occur thousands of times a second: logs one a second, with the number of omitted ones.
#pragma once

#include <cstddef>
#include <exception>
#include <string>
#include <string_view>

#include "server/process/asio.h"
#include "server/process/log.h"

namespace workmail::server {

class RareWarnings {
 public:
  explicit RareWarnings(Log& log) : log_(log) {}

  // Logs `message`, a colon and `why`. Never throws, because the usual error is exhausted memory.
  void warn(std::string_view message, std::string_view why, Steady::time_point now = Steady::now()) noexcept {
    if (now < next_) {
      ++left_out_;
      return;
    }
    try {
      std::string text(message);
      text.append(": ").append(why);
      if (left_out_ > 0) text.append(" (").append(std::to_string(left_out_)).append(" more were not logged)");
      log_.warning(text + ".");
      next_ = now + std::chrono::seconds(1);
      left_out_ = 0;
    } catch (const std::exception&) {
      ++left_out_;
    }
  }

 private:
  Log& log_;
  Steady::time_point next_ = Steady::time_point::min();
  std::size_t left_out_ = 0;
};

}  // namespace workmail::server

// The header Date: always real time, because clients set their signing clock by it. Written once a second.
#pragma once

#include <string>
#include <string_view>

#include "api/wire/time_text.h"
#include "server/process/real_time.h"

namespace workmail::server {

class HttpDate {
 public:
  auto now() -> std::string_view {
    const auto second = std::chrono::floor<std::chrono::seconds>(real_time());
    if (second != second_ || text_.empty()) {
      second_ = second;
      text_ = api::http_date(second);
    }
    return text_;
  }

 private:
  std::chrono::sys_seconds second_;
  std::string text_;
};

}  // namespace workmail::server

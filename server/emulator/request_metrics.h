// Counts requests to the API by operation, status and error, and measures their duration. All unknown operations are
// counted as "unknown", so that clients cannot add series.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "api/call/operation.h"
#include "server/emulator/prometheus_text.h"

namespace workmail::server {

class RequestMetrics {
 public:
  RequestMetrics();

  // `operation` is nullptr for an unknown one; `error` is the code, empty for a success.
  void count(const api::Operation* operation, int status, std::string_view error, double seconds);

  void write(PrometheusText& text) const;

 private:
  // Upper bounds in seconds: a call takes some tens of microseconds, a delay by a fault rule can take seconds.
  static constexpr std::array<double, 11> kBounds{0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025,
                                                  0.01,    0.05,   0.25,    1,      5};

  struct Outcome {
    int status;
    std::string error;
    std::uint64_t requests;
  };
  struct Series {
    std::string_view operation;
    std::vector<Outcome> outcomes;                        // only a few for each operation
    std::array<std::uint64_t, kBounds.size()> buckets{};  // not cumulative
    std::uint64_t requests = 0;
    double seconds = 0;
  };

  auto series_of(const api::Operation* operation) -> Series&;

  std::vector<Series> series_;  // as operations(), then "unknown"
};

}  // namespace workmail::server

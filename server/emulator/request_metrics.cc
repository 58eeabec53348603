#include "server/emulator/request_metrics.h"

#include <algorithm>

namespace workmail::server {

RequestMetrics::RequestMetrics() {
  for (const auto& operation : api::operations()) series_.push_back({.operation = operation.name});
  series_.push_back({.operation = "unknown"});
}

auto RequestMetrics::series_of(const api::Operation* operation) -> Series& {
  if (operation == nullptr) return series_.back();
  return series_[static_cast<std::size_t>(operation - api::operations().data())];
}

void RequestMetrics::count(const api::Operation* operation, int status, std::string_view error, double seconds) {
  Series& series = series_of(operation);
  const auto same = [&](const Outcome& outcome) { return outcome.status == status && outcome.error == error; };
  const auto found = std::find_if(series.outcomes.begin(), series.outcomes.end(), same);
  if (found != series.outcomes.end())
    ++found->requests;
  else
    series.outcomes.push_back({.status = status, .error = std::string(error), .requests = 1});
  const auto bound = std::lower_bound(kBounds.begin(), kBounds.end(), seconds);
  if (bound != kBounds.end()) ++series.buckets[static_cast<std::size_t>(bound - kBounds.begin())];
  ++series.requests;
  series.seconds += seconds;
}

void RequestMetrics::write(PrometheusText& text) const {
  text.family("workmail_requests_total", "counter",
              "Requests to the WorkMail API by operation, HTTP status and error.");
  for (const auto& series : series_) {
    for (const auto& outcome : series.outcomes) {
      text.sample(
          outcome.requests,
          {{"operation", series.operation}, {"status", std::to_string(outcome.status)}, {"error", outcome.error}});
    }
  }
  text.family("workmail_request_duration_seconds", "histogram", "Time that requests to the WorkMail API took.");
  for (const auto& series : series_) {
    if (series.requests == 0) continue;
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < kBounds.size(); ++i) {
      sum += series.buckets[i];
      text.part("_bucket", sum, {{"operation", series.operation}, {"le", PrometheusText::text_of(kBounds[i])}});
    }
    text.part("_bucket", series.requests, {{"operation", series.operation}, {"le", "+Inf"}});
    text.part("_sum", series.seconds, {{"operation", series.operation}});
    text.part("_count", series.requests, {{"operation", series.operation}});
  }
}

}  // namespace workmail::server

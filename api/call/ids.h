// Makes every identifier. Random ones are UUIDs of version 7: they begin with the time, so that they sort by creation
// and go to the end of an index. Sequential ones count, so that the same calls give the same bytes.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include "store/time.h"

namespace workmail::api {

class Ids {
 public:
  enum class Mode { Random, Sequential };

  explicit Ids(Mode mode);

  // 8-4-4-4-12 lower-case hexadecimal digits: users, groups, rules, roles, jobs, tokens.
  auto uuid(Time now) -> std::string;
  // "m-" and 32 hexadecimal digits.
  auto organization(Time now) -> std::string { return "m-" + hexadecimal(now); }
  // "r-" and 32 hexadecimal digits.
  auto resource(Time now) -> std::string { return "r-" + hexadecimal(now); }
  // "d-" and 10 hexadecimal digits, the first two by region as AWS has them.
  auto directory(std::string_view region) -> std::string;
  // An unpredictable word of 64 hexadecimal digits; counted like the others in sequential mode.
  auto secret() -> std::string;
  // A UUID for the header x-amzn-RequestId. Counts for itself, so that reads do not change the identifiers of writes.
  auto request() -> std::string;

  // The last number given out in sequential mode, to be kept with the data.
  [[nodiscard]] auto counted() const -> std::uint64_t { return counted_; }
  void count_from(std::uint64_t counted) { counted_ = counted; }
  [[nodiscard]] auto mode() const -> Mode { return mode_; }
  // As after construction.
  void restart();

 private:
  auto hexadecimal(Time now) -> std::string;

  Mode mode_;
  std::mt19937_64 random_;
  std::uint64_t counted_ = 0;
  std::uint64_t requests_ = 0;
  std::uint64_t last_stamp_ = 0;  // milliseconds and, in the lowest 12 bits, a counter
};

}  // namespace workmail::api

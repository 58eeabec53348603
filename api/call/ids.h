// Creates all identifiers. Random ones are UUIDs of version 7, which begin with the time and so are appended at the end
// of an index. Sequential ones are counted, so that identical runs give identical responses.
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
  // "d-" and 10 hexadecimal digits; the first two depend on the region, as in AWS.
  auto directory(std::string_view region) -> std::string;
  // A random text of 64 hexadecimal digits; counted in sequential mode.
  auto secret() -> std::string;
  // A UUID for the header x-amzn-RequestId. It has its own counter, so that reads do not change the identifiers of
  // writes.
  auto request() -> std::string;

  // The last number that was used in sequential mode, to be stored with the data.
  [[nodiscard]] auto counted() const -> std::uint64_t { return counted_; }
  void count_from(std::uint64_t counted) { counted_ = counted; }
  [[nodiscard]] auto mode() const -> Mode { return mode_; }
  // Resets to the state after construction.
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

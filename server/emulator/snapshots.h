// The named snapshots of clients, kept in memory until they are removed or the program ends. A reset does not remove
// them.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "store/snapshot.h"
#include "store/time.h"

namespace workmail::server {

class Snapshots {
 public:
  static constexpr std::size_t kMaxCount = 100;
  static constexpr std::size_t kMaxBytes = std::size_t{1} << 30U;

  // The default limits are for the program; tests use smaller ones.
  explicit Snapshots(std::size_t max_count = kMaxCount, std::size_t max_bytes = kMaxBytes)
      : max_count_(max_count), max_bytes_(max_bytes) {}

  struct Kept {
    Time at;  // real time
    store::Snapshot snapshot;
  };
  using ByName = std::map<std::string, Kept, std::less<>>;

  // Up to 64 letters, digits, dots, dashes and underscores; not a dot at the beginning, which clients may resolve as a
  // path.
  static auto is_name(std::string_view name) -> bool;

  // Replaces a snapshot with the same name. False, without any change, if there are too many or they are too large.
  [[nodiscard]] auto keep(std::string_view name, Time at, store::Snapshot snapshot) -> bool;
  [[nodiscard]] auto find(std::string_view name) const -> const Kept*;
  // False when there is none.
  auto remove(std::string_view name) -> bool;

  [[nodiscard]] auto all() const -> const ByName& { return by_name_; }
  [[nodiscard]] auto bytes() const -> std::size_t { return bytes_; }
  [[nodiscard]] auto max_count() const -> std::size_t { return max_count_; }
  [[nodiscard]] auto max_bytes() const -> std::size_t { return max_bytes_; }

 private:
  std::size_t max_count_;
  std::size_t max_bytes_;
  std::size_t bytes_ = 0;
  ByName by_name_;
};

}  // namespace workmail::server

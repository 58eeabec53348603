// How much memory clients can make the server use: --memory-limit. What is kept for them counts (snapshots, fault
// rules, the journal), and so does what passes through (requests being read, answers being written, buffers of
// connections). What is made of a request on the way, by one call at a time, does not.
#pragma once

#include <cstddef>
#include <string_view>

#include "server/emulator/faults.h"
#include "server/emulator/journal.h"
#include "server/emulator/snapshots.h"

namespace workmail::server {

// What is answered to a request for which there is no room.
inline constexpr std::string_view kNoMemory =
    "There is no memory left for this request: --memory-limit. Try again later.";

class MemoryBudget {
 public:
  static constexpr std::size_t kDefault = std::size_t{1} << 30U;
  // Of the limit, so that what is kept cannot silence the server.
  static constexpr std::size_t kReservedDivisor = 4;  // a fourth
  static constexpr std::size_t kJournalDivisor = 4;

  MemoryBudget(std::size_t limit, const Snapshots& snapshots, const Faults& faults, const Journal& journal)
      : limit_(limit), snapshots_(snapshots), faults_(faults), journal_(journal) {}
  MemoryBudget(const MemoryBudget&) = delete;
  auto operator=(const MemoryBudget&) -> MemoryBudget& = delete;

  [[nodiscard]] auto limit() const -> std::size_t { return limit_; }
  [[nodiscard]] auto kept() const -> std::size_t { return snapshots_.bytes() + faults_.bytes() + journal_.bytes(); }
  [[nodiscard]] auto used() const -> std::size_t { return passing_ + kept(); }

  // Whether so much more may pass, or be kept.
  [[nodiscard]] auto has_room(std::size_t bytes) const -> bool { return fits(bytes, limit_); }
  [[nodiscard]] auto has_room_to_keep(std::size_t bytes) const -> bool {
    return fits(bytes, limit_ - limit_ / kReservedDivisor);
  }
  // Whether memory that might be used again is better given back.
  [[nodiscard]] auto is_tight() const -> bool { return used() > limit_ / 2; }

 private:
  friend class MemoryShare;

  [[nodiscard]] auto fits(std::size_t bytes, std::size_t limit) const -> bool {
    return used() <= limit && bytes <= limit - used();
  }

  std::size_t limit_;
  const Snapshots& snapshots_;
  const Faults& faults_;
  const Journal& journal_;
  std::size_t passing_ = 0;
};

// What one connection has of the budget, until it ends.
class MemoryShare {
 public:
  explicit MemoryShare(MemoryBudget& budget) : budget_(budget) {}
  ~MemoryShare() { budget_.passing_ -= bytes_; }
  MemoryShare(const MemoryShare&) = delete;
  auto operator=(const MemoryShare&) -> MemoryShare& = delete;

  // From now on so much. False when there is no room for more, which is not counted then.
  [[nodiscard]] auto resize(std::size_t bytes) -> bool {
    if (bytes > bytes_ && !budget_.has_room(bytes - bytes_)) return false;
    budget_.passing_ = budget_.passing_ - bytes_ + bytes;
    bytes_ = bytes;
    return true;
  }
  void shrink(std::size_t bytes) {
    if (bytes < bytes_) static_cast<void>(resize(bytes));
  }
  [[nodiscard]] auto bytes() const -> std::size_t { return bytes_; }
  [[nodiscard]] auto budget() -> MemoryBudget& { return budget_; }

 private:
  MemoryBudget& budget_;
  std::size_t bytes_ = 0;
};

}  // namespace workmail::server

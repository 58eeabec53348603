// Limits the memory that clients can make the server use: --memory-limit. Counts what is stored for them (snapshots,
// fault rules, the journal) and what is in transit (requests being read, responses being written, buffers of
// connections). Does not count the working memory of the single call that runs.
#pragma once

#include <cstddef>
#include <string_view>

#include "server/emulator/faults.h"
#include "server/emulator/journal.h"
#include "server/emulator/snapshots.h"

namespace workmail::server {

// The text of the error for a request for which there is no room.
inline constexpr std::string_view kNoMemory =
    "There is no memory left for this request: --memory-limit. Try again later.";

class MemoryBudget {
 public:
  static constexpr std::size_t kDefault = std::size_t{1} << 30U;
  // A part of the limit is reserved for requests, so that stored data cannot make the server unusable.
  static constexpr std::size_t kReservedDivisor = 4;  // a quarter
  static constexpr std::size_t kJournalDivisor = 4;

  MemoryBudget(std::size_t limit, const Snapshots& snapshots, const Faults& faults, const Journal& journal)
      : limit_(limit), snapshots_(snapshots), faults_(faults), journal_(journal) {}
  MemoryBudget(const MemoryBudget&) = delete;
  auto operator=(const MemoryBudget&) -> MemoryBudget& = delete;

  [[nodiscard]] auto limit() const -> std::size_t { return limit_; }
  [[nodiscard]] auto kept() const -> std::size_t { return snapshots_.bytes() + faults_.bytes() + journal_.bytes(); }
  [[nodiscard]] auto used() const -> std::size_t { return passing_ + kept(); }

  // Whether there is room for so many more bytes in transit, or stored.
  [[nodiscard]] auto has_room(std::size_t bytes) const -> bool { return fits(bytes, limit_); }
  [[nodiscard]] auto has_room_to_keep(std::size_t bytes) const -> bool {
    return fits(bytes, limit_ - limit_ / kReservedDivisor);
  }
  // Whether unused buffers should be freed instead of being kept for reuse.
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

// The part of the budget that one connection uses, until it ends.
class MemoryShare {
 public:
  explicit MemoryShare(MemoryBudget& budget) : budget_(budget) {}
  ~MemoryShare() { budget_.passing_ -= bytes_; }
  MemoryShare(const MemoryShare&) = delete;
  auto operator=(const MemoryShare&) -> MemoryShare& = delete;

  // Changes the size. False if there is no room for a larger one; the size is then unchanged.
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

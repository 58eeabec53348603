#include "server/emulator/snapshots.h"

#include <utility>

namespace workmail::server {

auto Snapshots::is_name(std::string_view name) -> bool {
  constexpr std::size_t kMaxLength = 64;
  constexpr std::string_view kCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
  return !name.empty() && name.size() <= kMaxLength && name.front() != '.' &&
         name.find_first_not_of(kCharacters) == std::string_view::npos;
}

auto Snapshots::keep(std::string_view name, Time at, store::Snapshot snapshot) -> bool {
  const auto* replaced = find(name);
  const std::size_t others = by_name_.size() - (replaced != nullptr ? 1 : 0);
  const std::size_t other_bytes = bytes_ - (replaced != nullptr ? replaced->snapshot.bytes().size() : 0);
  const std::size_t own_bytes = snapshot.bytes().size();
  if (others >= max_count_ || other_bytes + own_bytes > max_bytes_) return false;
  by_name_.insert_or_assign(std::string(name), Kept{.at = at, .snapshot = std::move(snapshot)});
  bytes_ = other_bytes + own_bytes;
  return true;
}

auto Snapshots::find(std::string_view name) const -> const Kept* {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &found->second;
}

auto Snapshots::remove(std::string_view name) -> bool {
  const auto found = by_name_.find(name);
  if (found == by_name_.end()) return false;
  bytes_ -= found->second.snapshot.bytes().size();
  by_name_.erase(found);
  return true;
}

}  // namespace workmail::server

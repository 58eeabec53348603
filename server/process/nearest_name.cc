#include "server/process/nearest_name.h"

#include <algorithm>
#include <vector>

#include "server/process/text.h"

namespace workmail::server {

namespace {

// No name is longer, and comparing a whole body would take too long.
constexpr std::size_t kMaxCompared = 64;

}  // namespace

auto edit_distance(std::string_view one, std::string_view other) -> std::size_t {
  std::vector<std::size_t> before_last;
  std::vector<std::size_t> last(other.size() + 1);
  for (std::size_t j = 0; j <= other.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= one.size(); ++i) {
    std::vector<std::size_t> row(other.size() + 1);
    row[0] = i;
    for (std::size_t j = 1; j <= other.size(); ++j) {
      const std::size_t changed = last[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
      row[j] = std::min({changed, last[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    before_last = std::move(last);
    last = std::move(row);
  }
  return last.back();
}

auto suggestion(std::string_view text, std::span<const std::string_view> names) -> std::string {
  if (text.size() > kMaxCompared) return {};
  const std::string wanted = lower_case(text);
  std::string_view nearest;
  std::size_t fewest = 0;
  for (const auto name : names) {
    const std::size_t distance = edit_distance(wanted, lower_case(name));
    if (distance > name.size() / 4 || (!nearest.empty() && distance >= fewest)) continue;
    nearest = name;
    fewest = distance;
  }
  return nearest.empty() ? std::string() : "; did you mean " + std::string(nearest) + "?";
}

}  // namespace workmail::server

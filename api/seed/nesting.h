// Which groups are inside which, to find a group that is inside itself. One walk over all groups: to ask for each
// member whether the group is inside it already would take the square of the time over a long chain.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace workmail::api {

class Nesting {
 public:
  // A membership that closes a circle.
  struct Circle {
    std::int64_t outer = 0;
    std::size_t index = 0;  // of the member in the list of the outer group
  };

  void add(std::int64_t outer, std::int64_t inner, std::size_t index) { inside_[outer].push_back({inner, index}); }
  [[nodiscard]] auto find_circle() const -> std::optional<Circle>;

 private:
  struct Member {
    std::int64_t group = 0;
    std::size_t index = 0;
  };

  std::map<std::int64_t, std::vector<Member>> inside_;
};

}  // namespace workmail::api

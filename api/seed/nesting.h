// Which groups are inside which, to find a group that is inside itself. One walk over all groups: to ask for each
// member whether the group is inside it already would take the square of the time over a long chain.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <vector>

#include "store/group_members.h"

namespace workmail::api {

class Nesting {
 public:
  // A membership that closes a circle.
  struct Circle {
    store::EntityNumber outer{};
    std::size_t index = 0;  // of the member in the list of the outer group
  };

  void add(store::Membership membership, std::size_t index) {
    inside_[membership.group].push_back({membership.member, index});
  }
  [[nodiscard]] auto find_circle() const -> std::optional<Circle>;

 private:
  struct Member {
    store::EntityNumber group{};
    std::size_t index = 0;
  };

  std::map<store::EntityNumber, std::vector<Member>> inside_;
};

}  // namespace workmail::api

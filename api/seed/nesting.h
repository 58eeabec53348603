// Finds a group that contains itself. Searches all groups once: a check for each new member would take quadratic time
// on a long chain.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <vector>

#include "store/group_members.h"

namespace workmail::api {

class Nesting {
 public:
  // A membership that completes a cycle.
  struct Circle {
    store::EntityNumber outer{};
    std::size_t index = 0;  // the index of the member in the list of the outer group
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

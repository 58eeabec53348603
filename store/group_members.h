// The table of group memberships: users and groups directly inside a group.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "store/entities.h"
#include "store/sqlite.h"

namespace workmail::store {

struct GroupMember {
  std::int64_t number = 0;  // the position in the list
  Entity entity;            // the member, or the group, as the call says
};

class GroupMembers {
 public:
  explicit GroupMembers(Connection& connection);

  // No effect when the member is in the group already.
  void add(std::int64_t group, std::int64_t member);
  // False when there was nothing to remove.
  auto remove(std::int64_t group, std::int64_t member) -> bool;
  // The entity is in no group any more, and a group has no members.
  void remove_all(std::int64_t entity);
  auto members(std::int64_t group, std::int64_t after, std::int64_t limit) -> std::vector<GroupMember>;
  // The groups that the entity is directly in and whose name has the prefix, without regard to case; in the order of
  // the groups.
  auto groups(std::int64_t member, std::string_view name_prefix, std::int64_t after, std::int64_t limit)
      -> std::vector<GroupMember>;
  // Whether `inner` is `outer`, or inside it at any depth.
  auto contains(std::int64_t outer, std::int64_t inner) -> bool;

 private:
  Connection& connection_;
  Statement insert_;
  Statement remove_;
  Statement remove_all_;
  Statement members_;
  Statement groups_;
  Statement contains_;
};

}  // namespace workmail::store

// The table of group memberships: users and groups directly inside a group.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "store/entities.h"
#include "store/numbers.h"
#include "store/sqlite.h"

namespace workmail::store {

// Both are entities: as two parameters, they would swap silently.
struct Membership {
  EntityNumber group;
  EntityNumber member;
};

struct GroupMember {
  GroupMemberNumber number{};  // the position in the list
  Entity entity;
};

class GroupMembers {
 public:
  explicit GroupMembers(Connection& connection);

  // No effect when the member is in the group already.
  void add(Membership membership);
  // False when there was nothing to remove.
  auto remove(Membership membership) -> bool;
  // The entity is in no group any more, and a group has no members.
  void remove_all(EntityNumber entity);
  auto members(EntityNumber group, GroupMemberNumber after, std::int64_t limit) -> std::vector<GroupMember>;
  // The groups that the entity is directly in and whose name has the prefix, without regard to case; in the order of
  // the groups.
  auto groups(EntityNumber member, std::string_view name_prefix, EntityNumber after, std::int64_t limit)
      -> std::vector<Entity>;
  // Whether the member is the group, or inside it at any depth.
  auto contains(Membership membership) -> bool;

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

// The table of group memberships: users and groups that are direct members of a group.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "store/entities.h"
#include "store/numbers.h"
#include "store/sqlite.h"

namespace workmail::store {

// A structure, because two parameters of the same type could be swapped by mistake.
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

  // No effect if the entity is already a member.
  void add(Membership membership);
  // False if the entity was not a member.
  auto remove(Membership membership) -> bool;
  // Removes the entity from all groups and, if it is a group, all its members.
  void remove_all(EntityNumber entity);
  auto members(EntityNumber group, GroupMemberNumber after, std::int64_t limit) -> std::vector<GroupMember>;
  // The groups with this prefix (case-insensitive) of which the entity is a direct member, in the order of their
  // creation.
  auto groups(EntityNumber member, std::string_view name_prefix, EntityNumber after, std::int64_t limit)
      -> std::vector<Entity>;
  // Whether the member is the group itself, or a direct or indirect member of it.
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

#include "store/group_members.h"

#include "store/entity_rows.h"
#include "store/folding.h"
#include "store/sql_text.h"

namespace workmail::store {

namespace {

constexpr auto kMembers =
    sql("SELECT group_member.number, ", kEntityColumns,
        " FROM group_member INDEXED BY group_member_list JOIN entity ON entity.number = group_member.member"
        " WHERE group_member.group_ = ? AND group_member.number > ? ORDER BY group_member.number LIMIT ?");

// The groups of a member are sorted by the creation of the groups, not by when the member joined them.
constexpr auto kGroups =
    sql("SELECT ", kEntityColumns,
        " FROM group_member INDEXED BY group_member_member JOIN entity ON entity.number = group_member.group_"
        " WHERE group_member.member = ? AND entity.name_key >= ? AND entity.name_key < ? AND group_member.group_ > ?"
        " ORDER BY group_member.group_ LIMIT ?");

constexpr const char* kContains =
    "WITH RECURSIVE inside (number) AS (SELECT ?1 UNION SELECT group_member.member FROM group_member"
    " JOIN inside ON group_member.group_ = inside.number) SELECT 1 FROM inside WHERE number = ?2";

auto read(Rows& row) -> GroupMember {
  return {.number = row.next<GroupMemberNumber>(), .entity = read_entity(row)};
}

}  // namespace

GroupMembers::GroupMembers(Connection& connection)
    : connection_(connection),
      insert_(connection, "INSERT INTO group_member (group_, member) VALUES (?, ?) ON CONFLICT DO NOTHING"),
      remove_(connection, "DELETE FROM group_member WHERE group_ = ? AND member = ?"),
      remove_all_(connection, "DELETE FROM group_member WHERE member = ?1 OR group_ = ?1"),
      members_(connection, kMembers),
      groups_(connection, kGroups),
      contains_(connection, kContains) {}

void GroupMembers::add(Membership membership) {
  insert_.run(membership.group, membership.member);
}

auto GroupMembers::remove(Membership membership) -> bool {
  remove_.run(membership.group, membership.member);
  return connection_.changes() > 0;
}

void GroupMembers::remove_all(EntityNumber entity) {
  remove_all_.run(entity);
}

auto GroupMembers::members(EntityNumber group, GroupMemberNumber after, std::int64_t limit)
    -> std::vector<GroupMember> {
  return members_.all(read, group, after, limit);
}

auto GroupMembers::groups(EntityNumber member, std::string_view name_prefix, EntityNumber after, std::int64_t limit)
    -> std::vector<Entity> {
  const auto first = fold(name_prefix);
  return groups_.all(read_entity, member, first, after_prefix(first), after, limit);
}

auto GroupMembers::contains(Membership membership) -> bool {
  return contains_(membership.group, membership.member).step();
}

}  // namespace workmail::store

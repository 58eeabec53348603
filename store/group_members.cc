#include "store/group_members.h"

#include "store/folding.h"

namespace workmail::store {

namespace {

#define ENTITY_COLUMNS \
  "entity.number, entity.organization, kind, id, name, state, email, enabled_at, disabled_at, forgotten_at, hidden"

#define MEMBER_COLUMNS "group_member.number, " ENTITY_COLUMNS

// The groups of a member are in the order in which they were created themselves, whoever joined which first: so the
// order follows from the order of the groups.
#define GROUP_COLUMNS "group_member.group_, " ENTITY_COLUMNS

constexpr const char* kMembers =
    "SELECT " MEMBER_COLUMNS
    " FROM group_member INDEXED BY group_member_list JOIN entity ON entity.number = group_member.member"
    " WHERE group_member.group_ = ? AND group_member.number > ? ORDER BY group_member.number LIMIT ?";

constexpr const char* kGroups =
    "SELECT " GROUP_COLUMNS
    " FROM group_member INDEXED BY group_member_member JOIN entity ON entity.number = group_member.group_"
    " WHERE group_member.member = ? AND entity.name_key >= ? AND entity.name_key < ? AND group_member.group_ > ?"
    " ORDER BY group_member.group_ LIMIT ?";

constexpr const char* kContains =
    "WITH RECURSIVE inside (number) AS (SELECT ?1 UNION SELECT group_member.member FROM group_member"
    " JOIN inside ON group_member.group_ = inside.number) SELECT 1 FROM inside WHERE number = ?2";

auto read(Rows& row) -> GroupMember {
  return {.number = row.next<std::int64_t>(),
          .entity = {.number = row.next<std::int64_t>(),
                     .organization = row.next<std::int64_t>(),
                     .kind = row.next<EntityKind>(),
                     .id = row.next<std::string>(),
                     .name = row.next<std::string>(),
                     .state = row.next<EntityState>(),
                     .email = row.next<std::optional<std::string>>(),
                     .enabled_at = row.next<std::optional<Time>>(),
                     .disabled_at = row.next<std::optional<Time>>(),
                     .forgotten_at = row.next<std::optional<Time>>(),
                     .hidden = row.next<bool>()}};
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

void GroupMembers::add(std::int64_t group, std::int64_t member) {
  insert_.run(group, member);
}

auto GroupMembers::remove(std::int64_t group, std::int64_t member) -> bool {
  remove_.run(group, member);
  return connection_.changes() > 0;
}

void GroupMembers::remove_all(std::int64_t entity) {
  remove_all_.run(entity);
}

auto GroupMembers::members(std::int64_t group, std::int64_t after, std::int64_t limit) -> std::vector<GroupMember> {
  return members_.all(read, group, after, limit);
}

auto GroupMembers::groups(std::int64_t member, std::string_view name_prefix, std::int64_t after, std::int64_t limit)
    -> std::vector<GroupMember> {
  const auto first = fold(name_prefix);
  return groups_.all(read, member, first, after_prefix(first), after, limit);
}

auto GroupMembers::contains(std::int64_t outer, std::int64_t inner) -> bool {
  return contains_(outer, inner).step();
}

}  // namespace workmail::store

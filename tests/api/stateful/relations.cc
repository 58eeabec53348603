#include "tests/api/stateful/call.h"

namespace workmail::test::stateful {

auto Call::is_inside(const std::string& group, const std::string& outer) -> bool {
  return group == outer ||
         any_of(by_id(outer).members, [&](const std::string& member) { return is_inside(group, member); });
}

auto Call::associate_member() -> std::string {
  entity("UG", "MemberId");
  auto& group = enabled("G", "GroupId");
  auto& member = enabled("UG", "MemberId");
  if (contains(group.members, member.id)) return "{}";
  if (is_inside(group.id, member.id)) refuse("InvalidParameter");
  group.members.push_back(member.id);
  return "{}";
}

auto Call::associate_delegate() -> std::string {
  entity("UG", "EntityId");
  auto& resource = enabled("R", "ResourceId");
  auto& delegate = enabled("UG", "EntityId");
  if (!contains(resource.members, delegate.id)) resource.members.push_back(delegate.id);
  return "{}";
}

auto Call::disassociate(const std::string& kind, const char* from, const char* member) -> std::string {
  entity("UG", member);
  auto& e = living(kind, from);
  if (std::erase(e.members, living("UG", member).id) == 0) refuse("EntityNotFound");
  return "{}";
}

auto Call::list_group_members() -> std::string {
  std::vector<std::string> found;
  for (const auto& id : living("G", "GroupId").members) {
    const auto& e = by_id(id);
    found.push_back(summarized(e, Object().text("Id", id).text("Type", word_of_kind(e.kind))).json());
  }
  return list("Members", found);
}

auto Call::list_groups_for_entity() -> std::string {
  const auto& member = living("UG", "EntityId");
  std::vector<std::string> found;
  for (const auto& e : organization->entities) {
    if (e.kind == 'G' && contains(e.members, member.id))
      found.push_back(Object().text("GroupId", e.id).text("GroupName", e.name).json());
  }
  return list("Groups", found);
}

auto Call::list_resource_delegates() -> std::string {
  std::vector<std::string> found;
  for (const auto& id : living("R", "ResourceId").members)
    found.push_back(Object().text("Id", id).text("Type", word_of_kind(by_id(id).kind)).json());
  return list("Delegates", found);
}

auto Call::put_mailbox_permissions() -> std::string {
  entity("UGR", "GranteeId");
  auto& owner = enabled("UGR", "EntityId");
  const auto& grantee = enabled("UGR", "GranteeId");
  std::set<std::string> values;
  for (const auto& value : in["PermissionValues"].GetArray()) values.insert(value.GetString());
  if (owner.id == grantee.id) refuse("InvalidParameter");
  if (owner.kind == 'G' && values.contains("FULL_ACCESS")) refuse("InvalidParameter");
  const auto is_theirs = [&](const auto& permission) { return permission.first == grantee.id; };
  const auto found = std::find_if(owner.permissions.begin(), owner.permissions.end(), is_theirs);
  if (values.empty())
    std::erase_if(owner.permissions, is_theirs);
  else if (found != owner.permissions.end())
    found->second = values;
  else
    owner.permissions.emplace_back(grantee.id, values);
  return "{}";
}

auto Call::delete_mailbox_permissions() -> std::string {
  const auto& grantee = entity("UGR", "GranteeId");
  auto& owner = enabled("UGR", "EntityId");
  std::erase_if(owner.permissions, [&](const auto& permission) { return permission.first == grantee.id; });
  return "{}";
}

auto Call::list_mailbox_permissions() -> std::string {
  std::vector<std::string> found;
  for (const auto& [grantee, values] : not_deleted("UGR", "EntityId").permissions) {
    std::vector<std::string> words;
    for (const auto& value : values) words.push_back(quoted(value));
    found.push_back(Object()
                        .text("GranteeId", grantee)
                        .text("GranteeType", by_id(grantee).kind == 'G' ? "GROUP" : "USER")
                        .raw("PermissionValues", joined(words))
                        .json());
  }
  return list("Permissions", found);
}

auto Call::get_mailbox_details() -> std::string {
  const auto& e = not_deleted("U", "UserId");
  if (!e.mailbox || e.mailbox->gone) refuse("EntityNotFound");
  return Object().raw("MailboxQuota", std::to_string(e.mailbox->quota)).raw("MailboxSize", "0.0").json();
}

auto Call::update_mailbox_quota() -> std::string {
  const int quota = in["MailboxQuota"].GetInt();
  if (quota < 1 || quota > 51200) refuse("InvalidParameter");
  auto& e = enabled("U", "UserId");
  if (!e.mailbox || e.mailbox->deprovisioned) refuse("EntityState");
  e.mailbox->quota = quota;
  return "{}";
}

auto Call::reset_password() -> std::string {
  const auto& e = living("U", "UserId");
  if (e.role == "REMOTE_USER") refuse("UnsupportedOperation");
  return "{}";
}

}  // namespace workmail::test::stateful

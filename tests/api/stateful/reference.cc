#include "tests/api/stateful/reference.h"

#include "tests/api/stateful/call.h"

namespace workmail::test::stateful {

namespace {

using Operation = std::string (*)(Call&);
const std::map<std::string, Operation> kOperations{
    {"CreateOrganization", [](Call& call) { return call.create_organization(); }},
    {"DeleteOrganization", [](Call& call) { return call.delete_organization(); }},
    {"DescribeOrganization", [](Call& call) { return call.describe_organization(); }},
    {"ListOrganizations", [](Call& call) { return call.list_organizations(); }},
    {"RegisterMailDomain", [](Call& call) { return call.register_mail_domain(); }},
    {"DeregisterMailDomain", [](Call& call) { return call.deregister_mail_domain(); }},
    {"UpdateDefaultMailDomain", [](Call& call) { return call.update_default_mail_domain(); }},
    {"GetMailDomain", [](Call& call) { return call.get_mail_domain(); }},
    {"ListMailDomains", [](Call& call) { return call.list_mail_domains(); }},
    {"CreateUser", [](Call& call) { return call.create_user(); }},
    {"CreateGroup", [](Call& call) { return call.create_group(); }},
    {"CreateResource", [](Call& call) { return call.create_resource(); }},
    {"UpdateUser", [](Call& call) { return call.update_user(); }},
    {"UpdateGroup", [](Call& call) { return call.update_group(); }},
    {"UpdateResource", [](Call& call) { return call.update_resource(); }},
    {"DeleteUser", [](Call& call) { return call.delete_entity("U", "UserId"); }},
    {"DeleteGroup", [](Call& call) { return call.delete_entity("G", "GroupId"); }},
    {"DeleteResource", [](Call& call) { return call.delete_entity("R", "ResourceId"); }},
    {"DescribeUser", [](Call& call) { return call.describe_user(); }},
    {"DescribeGroup", [](Call& call) { return call.describe_group(); }},
    {"DescribeResource", [](Call& call) { return call.describe_resource(); }},
    {"ListUsers", [](Call& call) { return call.list_entities('U', "Users"); }},
    {"ListGroups", [](Call& call) { return call.list_entities('G', "Groups"); }},
    {"ListResources", [](Call& call) { return call.list_entities('R', "Resources"); }},
    {"RegisterToWorkMail", [](Call& call) { return call.register_to_work_mail(); }},
    {"DeregisterFromWorkMail", [](Call& call) { return call.deregister_from_work_mail(); }},
    {"CreateAlias", [](Call& call) { return call.create_alias(); }},
    {"DeleteAlias", [](Call& call) { return call.delete_alias(); }},
    {"ListAliases", [](Call& call) { return call.list_aliases(); }},
    {"UpdatePrimaryEmailAddress", [](Call& call) { return call.update_primary_email_address(); }},
    {"DescribeEntity", [](Call& call) { return call.describe_entity(); }},
    {"AssociateMemberToGroup", [](Call& call) { return call.associate_member(); }},
    {"DisassociateMemberFromGroup", [](Call& call) { return call.disassociate("G", "GroupId", "MemberId"); }},
    {"ListGroupMembers", [](Call& call) { return call.list_group_members(); }},
    {"ListGroupsForEntity", [](Call& call) { return call.list_groups_for_entity(); }},
    {"AssociateDelegateToResource", [](Call& call) { return call.associate_delegate(); }},
    {"DisassociateDelegateFromResource", [](Call& call) { return call.disassociate("R", "ResourceId", "EntityId"); }},
    {"ListResourceDelegates", [](Call& call) { return call.list_resource_delegates(); }},
    {"PutMailboxPermissions", [](Call& call) { return call.put_mailbox_permissions(); }},
    {"DeleteMailboxPermissions", [](Call& call) { return call.delete_mailbox_permissions(); }},
    {"ListMailboxPermissions", [](Call& call) { return call.list_mailbox_permissions(); }},
    {"GetMailboxDetails", [](Call& call) { return call.get_mailbox_details(); }},
    {"UpdateMailboxQuota", [](Call& call) { return call.update_mailbox_quota(); }},
    {"ResetPassword", [](Call& call) { return call.reset_password(); }}};

}  // namespace

auto Reference::call(const std::string& account, const std::string& region, const std::string& operation,
                     const rapidjson::Value& in, const std::string& made) -> Reply {
  let_time_pass();
  Call call{*this, account, region, in, made};
  try {
    if (operation != "CreateOrganization" && operation != "ListOrganizations") call.find_organization();
    if (call.organization != nullptr && operation != "DescribeOrganization" && call.organization->state != "Active")
      refuse("OrganizationState");
    return {"", kOperations.at(operation)(call)};
  } catch (const Refusal& refusal) {
    return {refusal.error, ""};
  }
}

// The scheduled events since the last call.
void Reference::let_time_pass() {
  const auto is_over = [&](const std::optional<Moment>& since) { return since && now_ >= *since + kThirtyDays; };
  for (auto& organization : organizations_) {
    if (organization.state == "Deleting") {
      organization.state = "Deleted";
      organization.domains.clear();
      organization.entities.clear();
    }
    std::erase_if(organization.entities, [&](const Entity& e) { return is_over(e.deleted); });
    for (auto& e : organization.entities) {
      if (!e.mailbox || e.mailbox->gone || !is_over(e.mailbox->deprovisioned)) continue;
      e.mailbox->gone = true;
      if (e.state != "ENABLED") e.permissions.clear();
    }
  }
}

void Reference::reset_account(std::string_view account) {
  std::erase_if(organizations_, [&](const Organization& organization) { return organization.account == account; });
}

}  // namespace workmail::test::stateful

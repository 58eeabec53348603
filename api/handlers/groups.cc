// Groups and their members.
#include "api/call/context.h"
#include "api/call/errors.h"
#include "api/call/pages.h"
#include "api/rules/entity_rules.h"
#include "api/rules/entity_state.h"
#include "api/rules/entity_words.h"
#include "api/rules/organization_rules.h"
#include "generated/workmail/operations.h"

namespace workmail::api {

namespace {

// AWS: a member is a user or a group (MemberType); that a resource is not found is assumed (Q-group-resource-member).
constexpr std::initializer_list<store::EntityKind> kMemberKinds = {store::EntityKind::User, store::EntityKind::Group};

}  // namespace

auto CreateGroup::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  check_directory_writable(organization);
  check_new_name(context, organization, input.name);
  const auto id = context.ids.uuid(context.now);
  context.store.entities.add_group({.organization = organization.number,
                                    .id = id,
                                    .name = input.name,
                                    .hidden = input.hidden_from_global_address_list.value_or(false)});
  return {.group_id = id};
}

auto DescribeGroup::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  auto group = context.group(organization, input.group_id);
  require(Use::Describe, organization, group);
  return {.group_id = std::move(group.id),
          .name = std::move(group.name),
          .email = std::move(group.email),
          .state = to_api(group.state),
          .enabled_date = group.enabled_at,
          .disabled_date = group.disabled_at,
          .hidden_from_global_address_list = group.hidden};
}

auto ListGroups::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  const auto filters = input.filters.value_or(ListGroupsFilters());
  const store::EntityFilter filter{.name_prefix = filters.name_prefix,
                                   .email_prefix = filters.primary_email_prefix,
                                   .state = filters.state ? std::optional(to_store(*filters.state)) : std::nullopt,
                                   .with_deleted = context.settings.lists_show_deleted};
  check_one_filter(filter);
  const Page page(context, kName, input);
  auto rows = context.store.entity_lists.list(organization.number, store::EntityKind::Group, filter, page.after(),
                                              page.fetch());
  Output output{.groups = std::vector<Group>(), .next_token = page.next_token(rows)};
  for (auto& row : rows) {
    output.groups->push_back({.id = std::move(row.id),
                              .email = std::move(row.email),
                              .name = std::move(row.name),
                              .state = to_api(row.state),
                              .enabled_date = row.enabled_at,
                              .disabled_date = row.disabled_at});
  }
  return output;
}

auto UpdateGroup::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  check_directory_writable(organization);
  const auto group = context.group(organization, input.group_id);
  require(Use::UpdateGroupOrResource, organization, group);
  if (input.hidden_from_global_address_list) {
    context.store.entities.set_hidden(group.number, *input.hidden_from_global_address_list);
  }
  return {};
}

auto DeleteGroup::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  check_directory_writable(organization);
  delete_entity(context, organization, input.group_id, store::EntityKind::Group);
  return {};
}

auto AssociateMemberToGroup::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  check_directory_writable(organization);
  const auto group = context.group(organization, input.group_id);
  const auto member = context.entity(organization, input.member_id, kMemberKinds, Accepts::IdNameOrAddress);
  require(Use::JoinGroup, organization, group);
  require(Use::JoinGroup, organization, member);
  add_group_member(context, group, member);
  return {};
}

auto DisassociateMemberFromGroup::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  check_directory_writable(organization);
  const auto group = context.group(organization, input.group_id);
  const auto member = context.entity(organization, input.member_id, kMemberKinds, Accepts::IdNameOrAddress);
  require(Use::ReadOrLeaveGroup, organization, group);
  require(Use::ReadOrLeaveGroup, organization, member);
  // AWS: the result for an entity that is not a member is assumed (Q-group-not-a-member).
  if (!context.store.group_members.remove({.group = group.number, .member = member.number})) {
    throw EntityNotFoundException("Entity " + member.id + " is not a member of group " + group.id);
  }
  return {};
}

auto ListGroupMembers::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  const auto group = context.group(organization, input.group_id);
  require(Use::ReadOrLeaveGroup, organization, group);
  const Page page(context, kName, input);
  auto rows = context.store.group_members.members(group.number, page.after(), page.fetch());
  Output output{.members = std::vector<Member>(), .next_token = page.next_token(rows)};
  for (auto& row : rows) {
    output.members->push_back({.id = std::move(row.entity.id),
                               .name = std::move(row.entity.name),
                               .type = member_type(row.entity.kind),
                               .state = to_api(row.entity.state),
                               .enabled_date = row.entity.enabled_at,
                               .disabled_date = row.entity.disabled_at});
  }
  return output;
}

auto ListGroupsForEntity::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  const auto entity = context.entity(organization, input.entity_id, kMemberKinds, Accepts::IdNameOrAddress);
  require(Use::ReadOrLeaveGroup, organization, entity);
  const auto prefix = input.filters ? input.filters->group_name_prefix.value_or("") : "";
  const Page page(context, kName, input);
  auto rows = context.store.group_members.groups(entity.number, prefix, page.after(), page.fetch());
  Output output{.groups = std::vector<GroupIdentifier>(), .next_token = page.next_token(rows)};
  for (auto& row : rows) {
    output.groups->push_back({.group_id = std::move(row.id), .group_name = std::move(row.name)});
  }
  return output;
}

}  // namespace workmail::api

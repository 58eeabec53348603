// The state machine of users, groups and resources as one table: what each operation may do to an entity in each
// situation. A change of a rule is a change of a cell.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "store/entities.h"

namespace workmail::api {

// What an operation meets. A DISABLED entity was either never registered, or deregistered.
enum class Situation { NeverRegistered, Enabled, Deregistered, Deleted };

enum class Verdict {
  Allowed,
  NoChange,  // succeeds without effect
  State,     // EntityStateException
  NotFound,  // EntityNotFoundException
};

// What is done to an entity; several operations share a row where AWS treats them alike.
enum class Use {
  Describe,    // DescribeUser, DescribeGroup, DescribeResource
  Register,    // RegisterToWorkMail: an enabled entity keeps its address or is refused by the handler
  Deregister,  // DeregisterFromWorkMail
  Delete,      // DeleteUser, DeleteGroup, DeleteResource
  UpdateUser,
  UpdateGroupOrResource,
  ResetPassword,
  ChangeAddresses,           // CreateAlias, DeleteAlias, ListAliases, UpdatePrimaryEmailAddress
  JoinGroup,                 // AssociateMemberToGroup: the group and the member
  ReadOrLeaveGroup,          // DisassociateMemberFromGroup, ListGroupMembers, ListGroupsForEntity
  BecomeDelegate,            // AssociateDelegateToResource: the resource and the delegate
  ReadOrLeaveDelegates,      // DisassociateDelegateFromResource, ListResourceDelegates
  ChangePermissions,         // PutMailboxPermissions, DeleteMailboxPermissions: the owner of the mailbox
  ReadPermissions,           // ListMailboxPermissions
  ReadMailbox,               // GetMailboxDetails
  UpdateQuota,               // UpdateMailboxQuota
  ExportMailbox,             // StartMailboxExportJob
  PutDeviceOverride,         // PutMobileDeviceAccessOverride
  ReadDeviceOverrides,       // Get-, List- and DeleteMobileDeviceAccessOverride
  MeetAccessRules,           // PutAccessControlRule, GetAccessControlEffect: a user
  BeImpersonated,            // Create- and UpdateImpersonationRole, GetImpersonationRoleEffect: a target user
  ReadPersonalAccessTokens,  // ListPersonalAccessTokens
  Count
};

// One row per Use; columns in the order of Situation.
inline constexpr std::array<std::array<Verdict, 4>, static_cast<std::size_t>(Use::Count)> kEntityTable = [] {
  using enum Verdict;
  return std::array<std::array<Verdict, 4>, static_cast<std::size_t>(Use::Count)>{{
      // never registered, enabled, deregistered, deleted
      {Allowed, Allowed, Allowed, Allowed},    // Describe
      {Allowed, Allowed, Allowed, State},      // Register
      {State, Allowed, State, State},          // Deregister
      {Allowed, State, Allowed, NoChange},     // Delete
      {State, Allowed, State, State},          // UpdateUser
      {Allowed, Allowed, Allowed, State},      // UpdateGroupOrResource
      {Allowed, Allowed, Allowed, State},      // ResetPassword
      {State, Allowed, State, State},          // ChangeAddresses
      {State, Allowed, State, State},          // JoinGroup
      {Allowed, Allowed, Allowed, State},      // ReadOrLeaveGroup
      {State, Allowed, State, State},          // BecomeDelegate
      {Allowed, Allowed, Allowed, State},      // ReadOrLeaveDelegates
      {State, Allowed, State, State},          // ChangePermissions
      {Allowed, Allowed, Allowed, NotFound},   // ReadPermissions
      {NotFound, Allowed, Allowed, NotFound},  // ReadMailbox
      {State, Allowed, State, State},          // UpdateQuota
      {NotFound, Allowed, Allowed, NotFound},  // ExportMailbox
      {State, Allowed, State, State},          // PutDeviceOverride
      {Allowed, Allowed, Allowed, NotFound},   // ReadDeviceOverrides
      {Allowed, Allowed, Allowed, NotFound},   // MeetAccessRules
      {State, Allowed, State, State},          // BeImpersonated
      {Allowed, Allowed, Allowed, State},      // ReadPersonalAccessTokens
  }};
}();

constexpr auto verdict(Use use, Situation situation) -> Verdict {
  return kEntityTable[static_cast<std::size_t>(use)][static_cast<std::size_t>(situation)];
}

auto situation(const store::Entity& entity) -> Situation;

// As the API names it: ENABLED, DISABLED, DELETED.
auto state_name(store::EntityState state) -> std::string_view;

}  // namespace workmail::api

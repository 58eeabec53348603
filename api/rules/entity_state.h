// The state machine of users, groups and resources as one table: what each operation may do to an entity in each
// situation. To change a rule, change a cell.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "store/entities.h"
#include "store/organizations.h"

namespace workmail::api {

// The situation of an entity. A DISABLED entity was either never registered, or deregistered.
enum class Situation { NeverRegistered, Enabled, Deregistered, Deleted };

enum class Verdict {
  Allowed,
  NoChange,  // succeeds without effect
  State,     // EntityStateException
  NotFound,  // EntityNotFoundException
};

// The uses of an entity. Operations that AWS treats alike share a row.
enum class Use {
  Describe,    // DescribeUser, DescribeGroup, DescribeResource
  Register,    // RegisterToWorkMail: the handler decides about an enabled entity
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

// What is allowed in which situation. The order of the rows is that of Use, which each row names.
// AWS: what is rejected in which situation is documented for few operations; the others are assumed (Q-state-disabled,
// Q-state-deregistered, Q-state-deleted, Q-state-group-or-resource, Q-role-target-state).
struct EntityRow {
  Use use;
  Verdict never_registered;
  Verdict enabled;
  Verdict deregistered;
  Verdict deleted;
};

inline constexpr auto kEntityTable = [] {
  using enum Use;
  using enum Verdict;
  return std::to_array<EntityRow>({
      // never registered, enabled, deregistered, deleted
      {Describe, Allowed, Allowed, Allowed, Allowed},
      {Register, Allowed, Allowed, Allowed, State},
      {Deregister, State, Allowed, State, State},
      {Delete, Allowed, State, Allowed, NoChange},
      {UpdateUser, State, Allowed, State, State},
      {UpdateGroupOrResource, Allowed, Allowed, Allowed, State},
      {ResetPassword, Allowed, Allowed, Allowed, State},
      {ChangeAddresses, State, Allowed, State, State},
      {JoinGroup, State, Allowed, State, State},
      {ReadOrLeaveGroup, Allowed, Allowed, Allowed, State},
      {BecomeDelegate, State, Allowed, State, State},
      {ReadOrLeaveDelegates, Allowed, Allowed, Allowed, State},
      {ChangePermissions, State, Allowed, State, State},
      {ReadPermissions, Allowed, Allowed, Allowed, NotFound},
      {ReadMailbox, NotFound, Allowed, Allowed, NotFound},
      {UpdateQuota, State, Allowed, State, State},
      {ExportMailbox, NotFound, Allowed, Allowed, NotFound},
      {PutDeviceOverride, State, Allowed, State, State},
      {ReadDeviceOverrides, Allowed, Allowed, Allowed, NotFound},
      {MeetAccessRules, Allowed, Allowed, Allowed, NotFound},
      {BeImpersonated, State, Allowed, State, State},
      {ReadPersonalAccessTokens, Allowed, Allowed, Allowed, State},
  });
}();

static_assert(
    [] {
      for (std::size_t i = 0; i < kEntityTable.size(); ++i) {
        if (kEntityTable[i].use != static_cast<Use>(i)) return false;
      }
      return kEntityTable.size() == static_cast<std::size_t>(Use::Count);
    }(),
    "each Use has one row, in the order of Use");

constexpr auto verdict(Use use, Situation situation) -> Verdict {
  const EntityRow& row = kEntityTable[static_cast<std::size_t>(use)];
  switch (situation) {
    case Situation::NeverRegistered:
      return row.never_registered;
    case Situation::Enabled:
      return row.enabled;
    case Situation::Deregistered:
      return row.deregistered;
    case Situation::Deleted:
      return row.deleted;
  }
  return Verdict::State;
}

auto situation(const store::Entity& entity) -> Situation;

// Applies the table: throws its error, or returns false if the call must have no effect.
[[nodiscard]] auto may(Use use, const store::OrganizationHead& organization, const store::Entity& entity) -> bool;
// The same for uses without NoChange in the table.
void require(Use use, const store::OrganizationHead& organization, const store::Entity& entity);

// The name in the API: ENABLED, DISABLED, DELETED.
auto state_name(store::EntityState state) -> std::string_view;

}  // namespace workmail::api

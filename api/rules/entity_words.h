// Converts the store's enumerations of entities to those of the API.
#pragma once

#include <string_view>

#include "generated/workmail/shapes.h"
#include "store/entities.h"

namespace workmail::api {

constexpr auto to_api(store::EntityState state) -> EntityState {
  if (state == store::EntityState::Deleted) return EntityState::Deleted;
  return state == store::EntityState::Enabled ? EntityState::Enabled : EntityState::Disabled;
}

constexpr auto to_store(EntityState state) -> store::EntityState {
  if (state == EntityState::Deleted) return store::EntityState::Deleted;
  return state == EntityState::Enabled ? store::EntityState::Enabled : store::EntityState::Disabled;
}

// For messages.
constexpr auto kind_name(store::EntityKind kind) -> std::string_view {
  if (kind == store::EntityKind::Resource) return "resource";
  return kind == store::EntityKind::Group ? "group" : "user";
}

// Members of groups, delegates and grantees are users or groups; a resource counts as a user.
// AWS: there is no word for resources; that they are shown as users is assumed (Q-permissions-of-resource).
constexpr auto member_type(store::EntityKind kind) -> MemberType {
  return kind == store::EntityKind::Group ? MemberType::Group : MemberType::User;
}

}  // namespace workmail::api

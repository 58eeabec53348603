// Rules that users, groups and resources share: names, filters of lists, deleting.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/call/context.h"

namespace workmail::api {

// Throws ReservedNameException for a name that users and groups of every directory have.
void check_name_not_reserved(std::string_view name);

// Throws NameAvailabilityException when another user, group or resource than `except`, a number, has the name.
void check_name_free(const Context& context, const store::OrganizationHead& organization, std::string_view name,
                     store::EntityNumber except = {});

// A name that something gets: throws what both throw.
void check_new_name(const Context& context, const store::OrganizationHead& organization, std::string_view name);

// Throws NameAvailabilityException for a new name that the entity cannot have.
void check_rename(const Context& context, const store::OrganizationHead& organization, const store::Entity& entity,
                  std::string_view name);

// AWS: one filter per request (API reference); which error refuses two, and that prefixes ignore
// letter case, is assumed (Q-two-filters, Q-filter-case).
void check_one_filter(const store::EntityFilter& filter);

// Throws InvalidParameterException when another user than `except`, a number, has the Identity Center user.
void check_identity_provider_user(const Context& context, const store::OrganizationHead& organization,
                                  const std::optional<std::string>& identity_provider_user_id,
                                  store::EntityNumber except = {});

// Throws InvalidParameterException when the group would be inside itself. No effect on a member.
void add_group_member(Context& context, const store::Entity& group, const store::Entity& member);

// DeleteUser, DeleteGroup, DeleteResource: the entity stays visible as DELETED for a while and is out of everything
// that it was part of. One that does not exist is no error, because the operations declare none for it; what names
// something else is an InvalidParameterException.
void delete_entity(Context& context, const store::OrganizationHead& organization, std::string_view identifier,
                   store::EntityKind kind);

}  // namespace workmail::api

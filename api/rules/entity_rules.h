// Rules that users, groups and resources share: names, filters of lists, deletion.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/call/context.h"

namespace workmail::api {

// Throws ReservedNameException for a name that every directory uses for its own users and groups.
void check_name_not_reserved(std::string_view name);

// Throws NameAvailabilityException if a user, group or resource other than `except` has the name.
void check_name_free(const Context& context, const store::OrganizationHead& organization, std::string_view name,
                     store::EntityNumber except = {});

// Checks a new name with both functions above.
void check_new_name(const Context& context, const store::OrganizationHead& organization, std::string_view name);

// Throws NameAvailabilityException if the entity cannot have the new name.
void check_rename(const Context& context, const store::OrganizationHead& organization, const store::Entity& entity,
                  std::string_view name);

// AWS: one filter per request (API reference); which error refuses two, and that prefixes ignore
// letter case, is assumed (Q-two-filters, Q-filter-case).
void check_one_filter(const store::EntityFilter& filter);

// Throws InvalidParameterException if a user other than `except` has the Identity Center user.
void check_identity_provider_user(const Context& context, const store::OrganizationHead& organization,
                                  const std::optional<std::string>& identity_provider_user_id,
                                  store::EntityNumber except = {});

// Throws InvalidParameterException if the group would contain itself. No effect if it is already a member.
void add_group_member(Context& context, const store::Entity& group, const store::Entity& member);

// DeleteUser, DeleteGroup, DeleteResource: the entity is still listed as DELETED for a while, and is removed from
// groups, delegates and permissions. An entity that does not exist is no error, because the operations declare none for
// it. The identifier of another kind of entity is an InvalidParameterException.
void delete_entity(Context& context, const store::OrganizationHead& organization, std::string_view identifier,
                   store::EntityKind kind);

}  // namespace workmail::api

// Rules that users, groups and resources share: names, filters of lists, deleting.
#pragma once

#include <string_view>

#include "api/context.h"

namespace workmail::api {

// AWS: a mailbox is kept 30 days after its owner is deregistered. That a deleted entity is listed as long is a guess.
inline constexpr Duration kRetention = std::chrono::hours(24 * 30);

// Throws ReservedNameException, NameAvailabilityException.
void check_name_free(const Context& context, const store::OrganizationHead& organization, store::EntityKind kind,
                     std::string_view name);

// AWS: one filter per request (API reference); which error refuses two is a guess.
void check_one_filter(const store::EntityFilter& filter);

// DeleteUser, DeleteGroup, DeleteResource: the entity stays visible as DELETED for a while and is out of everything
// that it was part of. One that does not exist is no error, because the operations declare none for it.
void delete_entity(Context& context, const store::OrganizationHead& organization, std::string_view identifier,
                   store::EntityKind kind);

}  // namespace workmail::api

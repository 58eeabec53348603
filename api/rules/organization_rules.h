// What may become an organization, and what one with interoperability allows: shared by the operations and by seeds.
#pragma once

#include <string>
#include <string_view>

#include "api/call/context.h"

namespace workmail::api {

// Throws NameAvailabilityException when a living organization, in any account and region, has the alias.
// AWS: that the alias of a deleted one is free is assumed (Q-organization-alias-free).
void check_alias_free(const Context& context, std::string_view alias);

// Throws DirectoryInUseException when a living organization has the directory.
void check_directory_free(const Context& context, std::string_view directory_id);

// The id of a directory that WorkMail makes: one that no organization has or left. At random two in some ten thousand
// would meet, because AWS's ids have only 32 bits.
auto new_directory_id(Context& context) -> std::string;

// Throws UnsupportedOperationException while the directory is Exchange's to change.
void check_directory_writable(const store::OrganizationHead& organization);

// Throws LimitExceededException when the account has as many organizations in the region as it may.
void check_room_for_organization(const Context& context, std::string_view account, std::string_view region);

}  // namespace workmail::api

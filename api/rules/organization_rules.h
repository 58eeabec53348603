// Which organizations can be created, and what interoperability forbids. Shared by the operations and seed documents.
#pragma once

#include <string>
#include <string_view>

#include "api/call/context.h"

namespace workmail::api {

// Throws NameAvailabilityException if an organization that is not Deleted, in any account and region, has the alias.
// AWS: that the alias of a deleted organization is free is assumed (Q-organization-alias-free).
void check_alias_free(const Context& context, std::string_view alias);

// Throws DirectoryInUseException if an organization that is not Deleted has the directory.
void check_directory_free(const Context& context, std::string_view directory_id);

// A new directory id that no organization has or had. The check is needed because AWS's ids have only 32 random bits,
// so that some ten thousand organizations are likely to have a collision.
auto new_directory_id(Context& context) -> std::string;

// Throws UnsupportedOperationException while the directory is managed in Exchange.
void check_directory_writable(const store::OrganizationHead& organization);

// Throws LimitExceededException if the account has reached its limit of organizations in the region.
void check_room_for_organization(const Context& context, std::string_view account, std::string_view region);

}  // namespace workmail::api

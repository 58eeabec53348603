// What may become an organization: shared by CreateOrganization and by seeds.
#pragma once

#include <string_view>

#include "api/context.h"

namespace workmail::api {

// Throws NameAvailabilityException when a living organization, in any account and region, has the alias.
void check_alias_free(const Context& context, std::string_view alias);

// Throws DirectoryInUseException when a living organization has the directory.
void check_directory_free(const Context& context, std::string_view directory_id);

// Throws LimitExceededException when the account has as many organizations in the region as it may.
void check_room_for_organization(const Context& context, std::string_view account, std::string_view region);

}  // namespace workmail::api

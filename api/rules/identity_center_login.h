// What happens when a user first logs in through IAM Identity Center: WorkMail notes who that is there. No operation
// of the API does it, because users do; the control plane stands in for them.
#pragma once

#include <string>
#include <string_view>

#include "api/call/context.h"

namespace workmail::api {

// Whether texts may be the identifiers of a user and of an identity store, as the service model writes them.
auto is_identity_provider_user_id(std::string_view text) -> bool;
auto is_identity_store_id(std::string_view text) -> bool;

// Throws InvalidParameterException where such a login cannot be: without an identity provider, as another user, or as
// one that another user is.
void log_in_by_identity_center(Context& context, const store::OrganizationHead& organization, const store::Entity& user,
                               const std::string& identity_provider_user_id, const std::string& identity_store_id);

}  // namespace workmail::api

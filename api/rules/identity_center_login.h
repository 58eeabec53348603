// The first login of a user through IAM Identity Center, after which WorkMail stores the Identity Center user. Users do
// this in the web application, so there is no operation; the control plane does it here.
#pragma once

#include <string>
#include <string_view>

#include "api/call/context.h"

namespace workmail::api {

// Whether the texts are valid identifiers of a user and of an identity store, by the service model.
auto is_identity_provider_user_id(std::string_view text) -> bool;
auto is_identity_store_id(std::string_view text) -> bool;

// Throws InvalidParameterException if the login is impossible: without an identity provider, or if the WorkMail user or
// the Identity Center user already belongs to another.
void log_in_by_identity_center(Context& context, const store::OrganizationHead& organization, const store::Entity& user,
                               const std::string& identity_provider_user_id, const std::string& identity_store_id);

}  // namespace workmail::api

// Setting the identity provider of an organization. Shared by the operation and seed documents.
#pragma once

#include <cstdint>

#include "api/call/context.h"
#include "generated/workmail/shapes.h"

namespace workmail::api {

// Throws InvalidParameterException for an application of another instance. An unknown application is accepted, because
// it may have been deleted.
void put_identity_provider(Context& context, store::OrganizationNumber organization,
                           IdentityProviderAuthenticationMode mode, const IdentityCenterConfiguration& center,
                           const PersonalAccessTokenConfiguration& tokens);

}  // namespace workmail::api

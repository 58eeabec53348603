// How an organization comes to its identity provider: shared by the operation and by seeds.
#pragma once

#include <cstdint>

#include "api/call/context.h"
#include "generated/workmail/shapes.h"

namespace workmail::api {

// Throws InvalidParameterException for an application of another instance. One that is unknown may have been deleted.
void put_identity_provider(Context& context, store::OrganizationNumber organization,
                           IdentityProviderAuthenticationMode mode, const IdentityCenterConfiguration& center,
                           const PersonalAccessTokenConfiguration& tokens);

}  // namespace workmail::api

// Creates personal access tokens. Users do this in the web application, so there is no operation; the control plane
// does it here.
#pragma once

#include <string>
#include <vector>

#include "api/call/context.h"

namespace workmail::api {

// AWS: the console's default (administrator guide, "Personal access tokens").
inline constexpr int kTokenLifetimeInDays = 365;

// The lifetime of a new token, from the organization's identity provider configuration. Throws
// InvalidParameterException if the configuration has disabled tokens.
auto token_lifetime(const Context& context, const store::OrganizationHead& organization) -> Duration;

struct NewPersonalAccessToken {
  std::string id;
  std::string token;  // returned once and not stored
};

// Throws what token_lifetime throws.
auto create_personal_access_token(Context& context, const store::OrganizationHead& organization,
                                  const store::Entity& user, const std::string& name,
                                  const std::vector<std::string>& scopes) -> NewPersonalAccessToken;

}  // namespace workmail::api

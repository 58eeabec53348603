// How users get personal access tokens: in the web application, so not by an operation of the API. The control
// plane stands in for them.
#pragma once

#include <string>
#include <vector>

#include "api/call/context.h"

namespace workmail::api {

// AWS: the console's default (administrator guide, "Personal access tokens").
inline constexpr int kTokenLifetimeInDays = 365;

// The lifetime of a token that is made now, by the organization's identity provider configuration. Throws
// InvalidParameterException when that has turned tokens off.
auto token_lifetime(const Context& context, const store::OrganizationHead& organization) -> Duration;

struct NewPersonalAccessToken {
  std::string id;
  std::string token;  // returned once and not kept
};

// Throws as token_lifetime does.
auto create_personal_access_token(Context& context, const store::OrganizationHead& organization,
                                  const store::Entity& user, const std::string& name,
                                  const std::vector<std::string>& scopes) -> NewPersonalAccessToken;

}  // namespace workmail::api

#include "api/rules/personal_access_token.h"

#include "api/call/errors.h"
#include "api/wire/time_text.h"

namespace workmail::api {

auto token_lifetime(const Context& context, const store::OrganizationHead& organization) -> Duration {
  const auto provider = context.store.identity_providers.find(organization.number);
  if (provider && provider->token_status == store::TokenStatus::Inactive) {
    throw errors::invalid_parameter("Personal access tokens are not active in organization " + organization.id);
  }
  // AWS: that tokens are allowed without a configuration is assumed (Q-tokens-without-provider).
  const int days = provider ? provider->token_lifetime_in_days.value_or(kTokenLifetimeInDays) : kTokenLifetimeInDays;
  return std::chrono::hours(24) * days;
}

auto create_personal_access_token(Context& context, const store::OrganizationHead& organization,
                                  const store::Entity& user, const std::string& name,
                                  const std::vector<std::string>& scopes) -> NewPersonalAccessToken {
  const auto lifetime = token_lifetime(context, organization);
  NewPersonalAccessToken made{.id = context.ids.uuid(context.now), .token = context.ids.secret()};
  context.store.personal_access_tokens.add({.organization = organization.number,
                                            .user = user.number,
                                            .id = made.id,
                                            .name = name,
                                            .scopes = scopes,
                                            .created_at = context.now,
                                            .expires_at = later(context.now, lifetime)});
  return made;
}

}  // namespace workmail::api

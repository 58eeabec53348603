#include "api/rules/identity_provider_rules.h"

#include "api/call/errors.h"
#include "api/rules/personal_access_token.h"
#include "api/wire/stored_word.h"

namespace workmail::api {

namespace {

auto lifetime(const PersonalAccessTokenConfiguration& configuration) -> std::optional<int> {
  if (configuration.lifetime_in_days) return configuration.lifetime_in_days;
  const bool active = configuration.status == PersonalAccessTokenConfigurationStatus::Active;
  return active ? std::optional<int>(kTokenLifetimeInDays) : std::nullopt;
}

}  // namespace

void put_identity_provider(Context& context, store::OrganizationNumber organization,
                           IdentityProviderAuthenticationMode mode, const IdentityCenterConfiguration& center,
                           const PersonalAccessTokenConfiguration& tokens) {
  auto& providers = context.store.identity_providers;
  const auto application = providers.find_application(context.account, context.region, center.application_arn);
  if (application && application->instance_arn != center.instance_arn) {
    throw errors::invalid_parameter("Application " + center.application_arn + " belongs to another instance");
  }
  providers.put(organization, {.authentication_mode = std::string(to_string(mode)),
                               .instance_arn = center.instance_arn,
                               .application_arn = center.application_arn,
                               .token_status = same_word<store::TokenStatus>(tokens.status),
                               .token_lifetime_in_days = lifetime(tokens)});
}

}  // namespace workmail::api

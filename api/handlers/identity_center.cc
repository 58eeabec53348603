// IAM Identity Center: applications of an account, and the identity provider of an organization.
#include "api/call/context.h"
#include "api/call/errors.h"
#include "api/rules/identity_provider_rules.h"
#include "api/wire/stored_word.h"
#include "generated/workmail/operations.h"

namespace workmail::api {

namespace {

// arn:aws:sso:::instance/ssoins-… of an account → arn:aws:sso::account:application/ssoins-…/apl-….
auto new_application_arn(Context& context, std::string_view instance_arn) -> std::string {
  constexpr std::size_t kDigits = 16;
  const auto partition = instance_arn.substr(0, instance_arn.find(":sso:"));
  const auto instance = instance_arn.substr(instance_arn.find('/') + 1);
  return std::string(partition) + ":sso::" + std::string(context.account) + ":application/" + std::string(instance) +
         "/apl-" + context.ids.secret().substr(0, kDigits);
}

}  // namespace

auto CreateIdentityCenterApplication::handle(Context& context, const Input& input) -> Output {
  auto arn = new_application_arn(context, input.instance_arn);
  context.store.identity_providers.add_application({.account = std::string(context.account),
                                                    .region = std::string(context.region),
                                                    .arn = arn,
                                                    .name = input.name,
                                                    .instance_arn = input.instance_arn});
  return {.application_arn = std::move(arn)};
}

auto DeleteIdentityCenterApplication::handle(Context& context, const Input& input) -> Output {
  // AWS: this does not affect the authentication settings of any organization (API reference), so an organization that
  // is configured with the application keeps its ARN; assumed (Q-application-deleted).
  context.store.identity_providers.remove_application(context.account, context.region, input.application_arn);
  return {};
}

auto PutIdentityProviderConfiguration::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  const auto& center = input.identity_center_configuration;
  const auto application =
      context.store.identity_providers.find_application(context.account, context.region, center.application_arn);
  if (!application) throw errors::resource_not_found(center.application_arn);
  put_identity_provider(context, organization.number, input.authentication_mode, center,
                        input.personal_access_token_configuration);
  return {};
}

auto DescribeIdentityProviderConfiguration::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  auto provider = context.store.identity_providers.find(organization.number);
  if (!provider) throw errors::resource_not_found("identity provider configuration of " + organization.id);
  return {.authentication_mode = stored_word<IdentityProviderAuthenticationMode>(provider->authentication_mode),
          .identity_center_configuration =
              IdentityCenterConfiguration{std::move(provider->instance_arn), std::move(provider->application_arn)},
          .personal_access_token_configuration = PersonalAccessTokenConfiguration{
              .status = same_word<PersonalAccessTokenConfigurationStatus>(provider->token_status),
              .lifetime_in_days = provider->token_lifetime_in_days}};
}

auto DeleteIdentityProviderConfiguration::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  context.store.identity_providers.remove(organization.number);
  return {};
}

}  // namespace workmail::api

// Availability configurations: where free and busy times of users outside the organization come from.
#include "api/call/context.h"
#include "api/call/errors.h"
#include "api/call/pages.h"
#include "generated/workmail/operations.h"
#include "store/folding.h"

namespace workmail::api {

namespace {

// AWS: LimitExceededException is declared, the number is assumed (Q-availability-limit).
constexpr int kConfigurationsPerOrganization = 100;

// The provider of a request. The password of an EWS provider has been checked and is discarded.
template <class Input>
auto provider_of(const Input& input) -> store::AvailabilityConfiguration {
  if (input.ews_provider.has_value() == input.lambda_provider.has_value()) {
    throw errors::invalid_parameter("You must provide either EwsProvider or LambdaProvider");
  }
  store::AvailabilityConfiguration provider;
  if (input.ews_provider) {
    provider.ews_endpoint = input.ews_provider->ews_endpoint;
    provider.ews_username = input.ews_provider->ews_username;
  } else {
    provider.lambda_arn = input.lambda_provider->lambda_arn;
  }
  return provider;
}

// https://host:port/path → host.
auto host_of(std::string_view url) -> std::string_view {
  url.remove_prefix(url.find("://") + 3);
  return url.substr(0, url.find_first_of(":/"));
}

// arn:aws:lambda:region:account:function:name:version → name.
auto function_of(std::string_view arn) -> std::string_view {
  for (int colon = 0; colon < 6; ++colon) arn.remove_prefix(arn.find(':') + 1);
  return arn.substr(0, arn.find(':'));
}

// Emulator: no connection is made. Names below .invalid fail, which RFC 2606 reserves for this.
auto failure_of(const store::AvailabilityConfiguration& provider) -> std::optional<std::string> {
  if (provider.ews_endpoint) {
    const bool fails = ("." + store::fold(host_of(*provider.ews_endpoint))).ends_with(".invalid");
    return fails ? std::optional<std::string>("Unable to connect to the EWS endpoint") : std::nullopt;
  }
  const bool fails = function_of(provider.lambda_arn.value_or("")).ends_with("-invalid");
  return fails ? std::optional<std::string>("Unable to invoke the Lambda function") : std::nullopt;
}

// AWS: exactly one of the three (API reference); that a domain beside a provider is refused too is assumed
// (Q-availability-test-both).
auto provider_to_test(const Context& context, const store::OrganizationHead& organization,
                      const TestAvailabilityConfigurationRequest& input) -> store::AvailabilityConfiguration {
  if (!input.domain_name) return provider_of(input);
  if (input.ews_provider || input.lambda_provider) {
    throw errors::invalid_parameter("You must provide one of DomainName, EwsProvider and LambdaProvider");
  }
  auto found = context.store.availability_configurations.find(organization.number, *input.domain_name);
  if (!found) throw errors::resource_not_found(*input.domain_name);
  return *std::move(found);
}

}  // namespace

auto CreateAvailabilityConfiguration::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  auto configuration = provider_of(input);
  auto& configurations = context.store.availability_configurations;
  if (configurations.find(organization.number, input.domain_name)) {
    throw errors::name_not_available(input.domain_name);
  }
  if (configurations.count(organization.number) >= kConfigurationsPerOrganization) {
    throw errors::limit_exceeded(kConfigurationsPerOrganization, "availability configurations");
  }
  configuration.organization = organization.number;
  configuration.domain_name = input.domain_name;
  configuration.created_at = context.now;
  configuration.modified_at = context.now;
  configurations.add(configuration);
  return {};
}

auto UpdateAvailabilityConfiguration::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  auto configuration = provider_of(input);
  const auto found = context.store.availability_configurations.find(organization.number, input.domain_name);
  if (!found) throw errors::resource_not_found(input.domain_name);
  configuration.number = found->number;
  configuration.modified_at = context.now;
  context.store.availability_configurations.set_provider(configuration);
  return {};
}

auto DeleteAvailabilityConfiguration::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  // AWS: no error is declared for a configuration that does not exist.
  context.store.availability_configurations.remove(organization.number, input.domain_name);
  return {};
}

auto ListAvailabilityConfigurations::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  const Page page(context, kName, input);
  auto rows = context.store.availability_configurations.list(organization.number, page.after(), page.fetch());
  Output output{.availability_configurations = std::vector<AvailabilityConfiguration>(),
                .next_token = page.next_token(rows)};
  for (auto& row : rows) {
    AvailabilityConfiguration configuration{
        .domain_name = std::move(row.domain_name), .date_created = row.created_at, .date_modified = row.modified_at};
    if (row.ews_endpoint) {
      configuration.provider_type = AvailabilityProviderType::Ews;
      configuration.ews_provider = {.ews_endpoint = std::move(row.ews_endpoint),
                                    .ews_username = std::move(row.ews_username)};
    } else {
      configuration.provider_type = AvailabilityProviderType::Lambda;
      configuration.lambda_provider = {.lambda_arn = std::move(row.lambda_arn.value())};
    }
    output.availability_configurations->push_back(std::move(configuration));
  }
  return output;
}

auto TestAvailabilityConfiguration::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  auto failure = failure_of(provider_to_test(context, organization, input));
  // AWS: a test that fails is an answer, not an error (API reference).
  const bool passed = !failure;
  return {.test_passed = passed, .failure_reason = std::move(failure)};
}

}  // namespace workmail::api

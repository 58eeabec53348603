#include "store/identity_providers.h"

namespace workmail::store {

namespace {

constexpr const char* kInsertApplication =
    "INSERT INTO identity_center_application (account, region, arn, name, instance_arn) VALUES (?, ?, ?, ?, ?)";

constexpr const char* kFindApplication =
    "SELECT account, region, arn, name, instance_arn FROM identity_center_application"
    " WHERE account = ? AND region = ? AND arn = ?";

constexpr const char* kApplications =
    "SELECT account, region, arn, name, instance_arn FROM identity_center_application ORDER BY number";

constexpr const char* kPut =
    "INSERT INTO identity_provider (organization, authentication_mode, instance_arn, application_arn, token_status,"
    " token_lifetime_in_days) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (organization) DO UPDATE SET authentication_mode = excluded.authentication_mode,"
    " instance_arn = excluded.instance_arn, application_arn = excluded.application_arn,"
    " token_status = excluded.token_status, token_lifetime_in_days = excluded.token_lifetime_in_days";

constexpr const char* kFind =
    "SELECT authentication_mode, instance_arn, application_arn, token_status, token_lifetime_in_days"
    " FROM identity_provider WHERE organization = ?";

auto read_application(Rows& row) -> IdentityCenterApplication {
  return {row.next<std::string>(), row.next<std::string>(), row.next<std::string>(), row.next<std::string>(),
          row.next<std::string>()};
}

}  // namespace

IdentityProviders::IdentityProviders(Connection& connection)
    : insert_application_(connection, kInsertApplication),
      find_application_(connection, kFindApplication),
      applications_(connection, kApplications),
      remove_application_(connection,
                          "DELETE FROM identity_center_application WHERE account = ? AND region = ? AND arn = ?"),
      remove_account_(connection, "DELETE FROM identity_center_application WHERE account = ?"),
      put_(connection, kPut),
      find_(connection, kFind),
      remove_(connection, "DELETE FROM identity_provider WHERE organization = ?") {}

void IdentityProviders::add_application(const IdentityCenterApplication& application) {
  insert_application_.run(application.account, application.region, application.arn, application.name,
                          application.instance_arn);
}

auto IdentityProviders::find_application(std::string_view account, std::string_view region, std::string_view arn)
    -> std::optional<IdentityCenterApplication> {
  return find_application_.first(read_application, account, region, arn);
}

auto IdentityProviders::applications() -> std::vector<IdentityCenterApplication> {
  return applications_.all(read_application);
}

void IdentityProviders::remove_application(std::string_view account, std::string_view region, std::string_view arn) {
  remove_application_.run(account, region, arn);
}

void IdentityProviders::remove_account(std::string_view account) {
  remove_account_.run(account);
}

void IdentityProviders::put(OrganizationNumber organization, const IdentityProviderConfiguration& configuration) {
  put_.run(organization, configuration.authentication_mode, configuration.instance_arn, configuration.application_arn,
           configuration.token_status, configuration.token_lifetime_in_days);
}

auto IdentityProviders::find(OrganizationNumber organization) -> std::optional<IdentityProviderConfiguration> {
  return find_.first(
      [](Rows& row) {
        return IdentityProviderConfiguration{row.next<std::string>(), row.next<std::string>(), row.next<std::string>(),
                                             row.next<TokenStatus>(), row.next<std::optional<int>>()};
      },
      organization);
}

void IdentityProviders::remove(OrganizationNumber organization) {
  remove_.run(organization);
}

}  // namespace workmail::store

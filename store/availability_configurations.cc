#include "store/availability_configurations.h"

#include "store/folding.h"
#include "store/sql_text.h"

namespace workmail::store {

namespace {

constexpr const char* kInsert =
    "INSERT INTO availability_configuration (organization, domain_name, domain_key, ews_endpoint, ews_username,"
    " lambda_arn, created_at, modified_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

constexpr auto kConfigurationColumns =
    sql("number, organization, domain_name, ews_endpoint, ews_username, lambda_arn, created_at, modified_at");

constexpr auto kFind =
    sql("SELECT ", kConfigurationColumns, " FROM availability_configuration WHERE organization = ? AND domain_key = ?");

constexpr auto kList = sql("SELECT ", kConfigurationColumns,
                           " FROM availability_configuration INDEXED BY availability_configuration_list"
                           " WHERE organization = ? AND number > ? ORDER BY number LIMIT ?");

constexpr const char* kSetProvider =
    "UPDATE availability_configuration SET ews_endpoint = ?, ews_username = ?, lambda_arn = ?, modified_at = ?"
    " WHERE number = ?";

auto read(Rows& row) -> AvailabilityConfiguration {
  return {.number = row.next<AvailabilityConfigurationNumber>(),
          .organization = row.next<OrganizationNumber>(),
          .domain_name = row.next<std::string>(),
          .ews_endpoint = row.next<std::optional<std::string>>(),
          .ews_username = row.next<std::optional<std::string>>(),
          .lambda_arn = row.next<std::optional<std::string>>(),
          .created_at = row.next<Time>(),
          .modified_at = row.next<Time>()};
}

}  // namespace

AvailabilityConfigurations::AvailabilityConfigurations(Connection& connection)
    : insert_(connection, kInsert),
      find_(connection, kFind),
      list_(connection, kList),
      count_(connection, "SELECT count(*) FROM availability_configuration WHERE organization = ?"),
      set_provider_(connection, kSetProvider),
      remove_(connection, "DELETE FROM availability_configuration WHERE organization = ? AND domain_key = ?") {}

void AvailabilityConfigurations::add(const AvailabilityConfiguration& configuration) {
  insert_.run(configuration.organization, configuration.domain_name, fold(configuration.domain_name),
              configuration.ews_endpoint, configuration.ews_username, configuration.lambda_arn,
              configuration.created_at, configuration.modified_at);
}

auto AvailabilityConfigurations::find(OrganizationNumber organization, std::string_view domain_name)
    -> std::optional<AvailabilityConfiguration> {
  return find_.first(read, organization, fold(domain_name));
}

auto AvailabilityConfigurations::list(OrganizationNumber organization, AvailabilityConfigurationNumber after,
                                      std::int64_t limit) -> std::vector<AvailabilityConfiguration> {
  return list_.all(read, organization, after, limit);
}

auto AvailabilityConfigurations::count(OrganizationNumber organization) -> std::int64_t {
  return *count_.first([](Rows& row) { return row.next<std::int64_t>(); }, organization);
}

void AvailabilityConfigurations::set_provider(const AvailabilityConfiguration& configuration) {
  set_provider_.run(configuration.ews_endpoint, configuration.ews_username, configuration.lambda_arn,
                    configuration.modified_at, configuration.number);
}

void AvailabilityConfigurations::remove(OrganizationNumber organization, std::string_view domain_name) {
  remove_.run(organization, fold(domain_name));
}

}  // namespace workmail::store

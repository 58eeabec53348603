// The table of availability configurations. It has no place for the password of an EWS provider.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/numbers.h"
#include "store/sqlite.h"

namespace workmail::store {

struct AvailabilityConfiguration {
  AvailabilityConfigurationNumber number{};
  OrganizationNumber organization{};
  std::string domain_name;
  // Exactly one kind of provider is set: EWS (endpoint and user name), or a Lambda function.
  std::optional<std::string> ews_endpoint;
  std::optional<std::string> ews_username;
  std::optional<std::string> lambda_arn;
  Time created_at{};
  Time modified_at{};
};

class AvailabilityConfigurations {
 public:
  explicit AvailabilityConfigurations(Connection& connection);

  void add(const AvailabilityConfiguration& configuration);
  // Domain names are case-insensitive.
  auto find(OrganizationNumber organization, std::string_view domain_name) -> std::optional<AvailabilityConfiguration>;
  auto list(OrganizationNumber organization, AvailabilityConfigurationNumber after, std::int64_t limit)
      -> std::vector<AvailabilityConfiguration>;
  auto count(OrganizationNumber organization) -> std::int64_t;
  // Replaces the provider and modified_at of the configuration with this number.
  void set_provider(const AvailabilityConfiguration& configuration);
  // No effect if the configuration does not exist.
  void remove(OrganizationNumber organization, std::string_view domain_name);

 private:
  Statement insert_;
  Statement find_;
  Statement list_;
  Statement count_;
  Statement set_provider_;
  Statement remove_;
};

}  // namespace workmail::store

// The table of email monitoring configurations, at most one for each organization.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "store/numbers.h"
#include "store/sqlite.h"

namespace workmail::store {

struct EmailMonitoringConfiguration {
  std::string role_arn;
  std::string log_group_arn;
};

class EmailMonitoring {
 public:
  explicit EmailMonitoring(Connection& connection);

  void put(OrganizationNumber organization, const EmailMonitoringConfiguration& configuration);
  auto find(OrganizationNumber organization) -> std::optional<EmailMonitoringConfiguration>;
  void remove(OrganizationNumber organization);

 private:
  Statement put_;
  Statement find_;
  Statement remove_;
};

}  // namespace workmail::store

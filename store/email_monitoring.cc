#include "store/email_monitoring.h"

namespace workmail::store {

EmailMonitoring::EmailMonitoring(Connection& connection)
    : put_(connection,
           "INSERT INTO email_monitoring (organization, role_arn, log_group_arn) VALUES (?, ?, ?)"
           " ON CONFLICT (organization) DO UPDATE SET role_arn = excluded.role_arn,"
           " log_group_arn = excluded.log_group_arn"),
      find_(connection, "SELECT role_arn, log_group_arn FROM email_monitoring WHERE organization = ?"),
      remove_(connection, "DELETE FROM email_monitoring WHERE organization = ?") {}

void EmailMonitoring::put(OrganizationNumber organization, const EmailMonitoringConfiguration& configuration) {
  put_.run(organization, configuration.role_arn, configuration.log_group_arn);
}

auto EmailMonitoring::find(OrganizationNumber organization) -> std::optional<EmailMonitoringConfiguration> {
  return find_.first(
      [](Rows& row) {
        return EmailMonitoringConfiguration{row.next<std::string>(), row.next<std::string>()};
      },
      organization);
}

void EmailMonitoring::remove(OrganizationNumber organization) {
  remove_.run(organization);
}

}  // namespace workmail::store

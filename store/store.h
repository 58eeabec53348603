// The database: one member per family of tables, all over one connection. The api/ layer opens the transactions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/access_control_rules.h"
#include "store/addresses.h"
#include "store/availability_configurations.h"
#include "store/client_tokens.h"
#include "store/directories.h"
#include "store/domains.h"
#include "store/due.h"
#include "store/email_flow_rules.h"
#include "store/email_monitoring.h"
#include "store/entities.h"
#include "store/entity_lists.h"
#include "store/export_jobs.h"
#include "store/group_members.h"
#include "store/identity_providers.h"
#include "store/impersonation_roles.h"
#include "store/mailbox_permissions.h"
#include "store/mailboxes.h"
#include "store/messages.h"
#include "store/mobile_device_overrides.h"
#include "store/mobile_device_rules.h"
#include "store/open_file.h"
#include "store/organizations.h"
#include "store/personal_access_tokens.h"
#include "store/resource_delegates.h"
#include "store/retention_policies.h"
#include "store/sqlite.h"
#include "store/tags.h"
#include "store/transaction.h"

namespace workmail::store {

class Store {
 public:
  // Opens or creates the database; an empty path keeps it in memory. Throws UnusableDatabase.
  explicit Store(const std::string& path);

  // A value that survives a restart, by name.
  auto setting(std::string_view name) -> std::optional<std::string>;
  void set_setting(std::string_view name, std::string_view value);

  // Whether nothing was ever created in the database.
  auto empty() -> bool;
  // The latest stored time in the past; the clock must not be set back before it.
  auto latest() -> std::optional<Time>;
  // Removes everything that belongs to the account.
  void remove_account(std::string_view account);
  // Replaces all contents with those of the other database.
  void copy_from(Connection& other);

  Connection connection;
  Due due{connection};
  Organizations organizations{connection, due};
  Domains domains{connection, due};
  Entities entities{connection, due};
  EntityLists entity_lists{connection};
  Directories directories{connection};
  Addresses addresses{connection};
  Mailboxes mailboxes{connection, due};
  MailboxPermissions mailbox_permissions{connection};
  ExportJobs export_jobs{connection, due};
  GroupMembers group_members{connection};
  ResourceDelegates resource_delegates{connection};
  AccessControlRules access_control_rules{connection};
  ImpersonationRoles impersonation_roles{connection};
  MobileDeviceRules mobile_device_rules{connection};
  MobileDeviceOverrides mobile_device_overrides{connection};
  AvailabilityConfigurations availability_configurations{connection};
  RetentionPolicies retention_policies{connection};
  EmailMonitoring email_monitoring{connection};
  IdentityProviders identity_providers{connection};
  PersonalAccessTokens personal_access_tokens{connection, due};
  EmailFlowRules email_flow_rules{connection};
  Messages messages{connection, due};
  Tags tags{connection};
  ClientTokens client_tokens{connection};

 private:
  Statement empty_{connection,
                   "SELECT 1 FROM organization UNION ALL SELECT 1 FROM identity_center_application LIMIT 1"};
  Statement latest_{connection,
                    "SELECT max(at) FROM (SELECT max(completed_at) AS at FROM organization"
                    " UNION ALL SELECT max(max(coalesce(enabled_at, 0), coalesce(disabled_at, 0))) FROM entity"
                    " UNION ALL SELECT max(max(provisioned_at, coalesce(deprovisioned_at, 0))) FROM mailbox"
                    " UNION ALL SELECT max(max(started_at, coalesce(ended_at, 0))) FROM export_job"
                    " UNION ALL SELECT max(modified_at) FROM access_control_rule"
                    " UNION ALL SELECT max(modified_at) FROM impersonation_role"
                    " UNION ALL SELECT max(modified_at) FROM mobile_device_access_rule"
                    " UNION ALL SELECT max(modified_at) FROM mobile_device_access_override"
                    " UNION ALL SELECT max(modified_at) FROM availability_configuration"
                    " UNION ALL SELECT max(max(created_at, coalesce(last_used_at, 0))) FROM personal_access_token"
                    " UNION ALL SELECT max(received_at) FROM message"
                    " UNION ALL SELECT max(started_at) FROM message_invocation)"};
  Statement setting_{connection, "SELECT value FROM setting WHERE name = ?"};
  Statement set_setting_{connection,
                         "INSERT INTO setting (name, value) VALUES (?, ?)"
                         " ON CONFLICT (name) DO UPDATE SET value = excluded.value"};
};

}  // namespace workmail::store

#include "api/rules/mailbox_rules.h"

#include <string>

#include "api/call/errors.h"
#include "api/rules/registration_rules.h"

namespace workmail::api {

namespace {

// AWS: 1 to 51,200 MB (administrator guide, "Managing user accounts"); the error is assumed (Q-quota-range).
constexpr std::int32_t kMaxQuotaMegabytes = 51200;
static_assert(kMailboxQuotaMegabytes <= kMaxQuotaMegabytes);

}  // namespace

void check_quota(std::int32_t megabytes) {
  if (megabytes <= kMaxQuotaMegabytes) return;
  throw errors::invalid_parameter("MailboxQuota can be at most " + std::to_string(kMaxQuotaMegabytes));
}

// AWS: a group has no mailbox to open (administrator guide, "Managing group permissions"); the errors are assumed
// (Q-permissions-refused).
void check_permission(const store::Entity& owner, const store::Entity& grantee,
                      const store::MailboxPermission& permission) {
  if (owner.kind == store::EntityKind::Group && permission.full_access) {
    throw errors::invalid_parameter("FULL_ACCESS can not be given to a group's mailbox");
  }
  if (owner.number == grantee.number) {
    throw errors::invalid_parameter("Entity " + owner.id + " can not give permissions to itself");
  }
}

auto to_store(const std::vector<PermissionType>& values) -> store::MailboxPermission {
  store::MailboxPermission permission;
  for (const auto value : values) {
    if (value == PermissionType::FullAccess) permission.full_access = true;
    if (value == PermissionType::SendAs) permission.send_as = true;
    if (value == PermissionType::SendOnBehalf) permission.send_on_behalf = true;
  }
  return permission;
}

auto to_api(const store::MailboxPermission& permission) -> std::vector<PermissionType> {
  std::vector<PermissionType> values;
  if (permission.full_access) values.push_back(PermissionType::FullAccess);
  if (permission.send_as) values.push_back(PermissionType::SendAs);
  if (permission.send_on_behalf) values.push_back(PermissionType::SendOnBehalf);
  return values;
}

}  // namespace workmail::api

// Valid quotas and permissions of mailboxes. Shared by the operations and seed documents.
#pragma once

#include <cstdint>
#include <vector>

#include "generated/workmail/shapes.h"
#include "store/entities.h"
#include "store/mailbox_permissions.h"

namespace workmail::api {

// Throws InvalidParameterException for a quota that is too large.
void check_quota(std::int32_t megabytes);

// Throws InvalidParameterException for a permission that the owner cannot grant to the grantee.
void check_permission(const store::Entity& owner, const store::Entity& grantee,
                      const store::MailboxPermission& permission);

auto to_store(const std::vector<PermissionType>& values) -> store::MailboxPermission;
auto to_api(const store::MailboxPermission& permission) -> std::vector<PermissionType>;

}  // namespace workmail::api

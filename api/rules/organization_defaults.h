// The initial rules of every new organization.
#pragma once

#include <cstdint>

#include "api/call/context.h"

namespace workmail::api {

// The access control rule and the mobile device access rule that allow everything. AWS: that there is neither a user
// nor a retention policy is assumed (Q-default-users).
void add_default_rules(Context& context, store::OrganizationNumber organization);

// Each of the two, for a seed document with only one kind of rules.
void add_default_access_control_rule(Context& context, store::OrganizationNumber organization);
void add_default_mobile_device_rule(Context& context, store::OrganizationNumber organization);

}  // namespace workmail::api

#include "api/rules/organization_defaults.h"

namespace workmail::api {

namespace {

constexpr const char* kName = "default";
constexpr const char* kDefaultDescription = "Default WorkMail Rule";

}  // namespace

void add_default_rules(Context& context, store::OrganizationNumber organization) {
  add_default_access_control_rule(context, organization);
  add_default_mobile_device_rule(context, organization);
}

void add_default_access_control_rule(Context& context, store::OrganizationNumber organization) {
  // AWS: with this text, and created at the epoch (the CLI's sample of ListAccessControlRules).
  constexpr Time kNever{};
  context.store.access_control_rules.put({.organization = organization,
                                          .name = kName,
                                          .effect = "ALLOW",
                                          .description = kDefaultDescription,
                                          .created_at = kNever,
                                          .modified_at = kNever});
}

void add_default_mobile_device_rule(Context& context, store::OrganizationNumber organization) {
  // AWS: a rule that allows every device (administrator guide); its name, description and dates are assumed
  // (Q-default-device-rule).
  context.store.mobile_device_rules.add({.organization = organization,
                                         .id = context.ids.uuid(context.now),
                                         .name = kName,
                                         .description = kDefaultDescription,
                                         .effect = "ALLOW",
                                         .created_at = context.now,
                                         .modified_at = context.now});
}

}  // namespace workmail::api

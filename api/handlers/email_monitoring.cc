// Email monitoring, and the handling of inbound mail that fails DMARC.
#include "api/call/context.h"
#include "api/call/errors.h"
#include "api/rules/email_monitoring_role.h"
#include "generated/workmail/operations.h"

namespace workmail::api {

auto PutEmailMonitoringConfiguration::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  // Emulator: roles and log groups are not emulated, so their existence is not checked.
  context.store.email_monitoring.put(organization.number,
                                     {.role_arn = input.role_arn.value_or(service_linked_role(context.account)),
                                      .log_group_arn = input.log_group_arn});
  return {};
}

auto DescribeEmailMonitoringConfiguration::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  auto configuration = context.store.email_monitoring.find(organization.number);
  if (!configuration) throw errors::resource_not_found("email monitoring configuration of " + organization.id);
  return {.role_arn = std::move(configuration->role_arn), .log_group_arn = std::move(configuration->log_group_arn)};
}

auto DeleteEmailMonitoringConfiguration::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  context.store.email_monitoring.remove(organization.number);
  return {};
}

auto PutInboundDmarcSettings::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  context.store.organizations.set_dmarc_enforced(organization.number, input.enforced);
  return {};
}

auto DescribeInboundDmarcSettings::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  return {.enforced = context.store.organizations.find(organization.number).value().dmarc_enforced};
}

}  // namespace workmail::api

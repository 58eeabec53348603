// The retention policy, which handles old mail in the folders of all mailboxes.
#include "api/call/context.h"
#include "api/call/errors.h"
#include "api/rules/retention_policy_rules.h"
#include "generated/workmail/operations.h"

namespace workmail::api {

auto PutRetentionPolicy::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  check_folders(input.folder_configurations);
  const auto stored = context.store.retention_policies.find(organization.number);
  // AWS: an organization has one policy. Which errors a second one gets is assumed, from those that are declared
  // (Q-retention-second).
  if (stored && !input.id) throw errors::limit_exceeded(1, "retention policy");
  if (input.id && (!stored || stored->id != *input.id)) {
    throw errors::invalid_parameter("Retention policy " + *input.id + " does not exist");
  }
  context.store.retention_policies.put(organization.number, {.id = input.id ? *input.id : context.ids.uuid(context.now),
                                                             .name = input.name,
                                                             .description = input.description,
                                                             .folders = to_store(input.folder_configurations)});
  return {};
}

auto GetDefaultRetentionPolicy::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  auto policy = context.store.retention_policies.find(organization.number);
  // AWS: assumed, the only declared error that fits (Q-retention-none).
  if (!policy) throw errors::entity_not_found("default retention policy", organization.id);
  auto folders = to_api(policy->folders);
  return {.id = std::move(policy->id),
          .name = std::move(policy->name),
          .description = std::move(policy->description),
          .folder_configurations = std::move(folders)};
}

auto DeleteRetentionPolicy::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  // AWS: no error is declared for a policy that does not exist.
  context.store.retention_policies.remove(organization.number, input.id);
  return {};
}

}  // namespace workmail::api

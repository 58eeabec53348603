// Resources (rooms and equipment), their booking options and delegates.
#include "api/call/context.h"
#include "api/call/errors.h"
#include "api/call/pages.h"
#include "api/rules/entity_rules.h"
#include "api/rules/entity_state.h"
#include "api/rules/entity_words.h"
#include "api/rules/organization_rules.h"
#include "api/wire/stored_word.h"
#include "generated/workmail/operations.h"

namespace workmail::api {

namespace {

constexpr std::initializer_list<store::EntityKind> kDelegateKinds = {store::EntityKind::User, store::EntityKind::Group};

// AWS: a resource accepts requests automatically, or has a delegate who answers them (API reference).
void check_someone_answers(const Context& context, const store::Entity& resource, bool auto_accept_requests) {
  if (auto_accept_requests || context.store.resource_delegates.any(resource.number)) return;
  throw InvalidConfigurationException("Resource " + resource.id +
                                      " must accept requests automatically or have a delegate");
}

}  // namespace

auto CreateResource::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  check_directory_writable(organization);
  check_new_name(context, organization, input.name);
  const auto id = context.ids.resource(context.now);
  context.store.entities.add_resource({.organization = organization.number,
                                       .id = id,
                                       .name = input.name,
                                       .hidden = input.hidden_from_global_address_list.value_or(false)},
                                      {.type = std::string(to_string(input.type)), .description = input.description});
  return {.resource_id = id};
}

auto DescribeResource::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  auto resource = context.resource(organization, input.resource_id);
  require(Use::Describe, organization, resource);
  auto attributes = context.store.entities.resource(resource.number);
  return {.resource_id = std::move(resource.id),
          .email = std::move(resource.email),
          .name = std::move(resource.name),
          .type = stored_word<ResourceType>(attributes.type),
          .booking_options =
              BookingOptions{.auto_accept_requests = attributes.auto_accept_requests,
                             .auto_decline_recurring_requests = attributes.auto_decline_recurring_requests,
                             .auto_decline_conflicting_requests = attributes.auto_decline_conflicting_requests},
          .state = to_api(resource.state),
          .enabled_date = resource.enabled_at,
          .disabled_date = resource.disabled_at,
          .description = std::move(attributes.description),
          .hidden_from_global_address_list = resource.hidden};
}

auto ListResources::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  const auto filters = input.filters.value_or(ListResourcesFilters());
  const store::EntityFilter filter{.name_prefix = filters.name_prefix,
                                   .email_prefix = filters.primary_email_prefix,
                                   .state = filters.state ? std::optional(to_store(*filters.state)) : std::nullopt,
                                   .with_deleted = context.settings.lists_show_deleted};
  check_one_filter(filter);
  const Page page(context, kName, input);
  auto rows = context.store.entity_lists.list(organization.number, store::EntityKind::Resource, filter, page.after(),
                                              page.fetch());
  Output output{.resources = std::vector<Resource>(), .next_token = page.next_token(rows)};
  for (auto& row : rows) {
    output.resources->push_back({.id = std::move(row.id),
                                 .email = std::move(row.email),
                                 .name = std::move(row.name),
                                 .type = stored_word<ResourceType>(row.resource_type.value_or("")),
                                 .state = to_api(row.state),
                                 .enabled_date = row.enabled_at,
                                 .disabled_date = row.disabled_at,
                                 .description = std::move(row.description)});
  }
  return output;
}

auto UpdateResource::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  check_directory_writable(organization);
  const auto resource = context.resource(organization, input.resource_id);
  require(Use::UpdateGroupOrResource, organization, resource);
  auto attributes = context.store.entities.resource(resource.number);
  if (input.booking_options) {
    // AWS: primitive booleans, so the options replace the old ones as a whole and an absent one is false; assumed
    // (Q-booking-options).
    const auto& options = *input.booking_options;
    attributes.auto_accept_requests = options.auto_accept_requests.value_or(false);
    attributes.auto_decline_recurring_requests = options.auto_decline_recurring_requests.value_or(false);
    attributes.auto_decline_conflicting_requests = options.auto_decline_conflicting_requests.value_or(false);
    check_someone_answers(context, resource, attributes.auto_accept_requests);
  }
  if (input.name) {
    check_rename(context, organization, resource, *input.name);
    context.store.entities.set_name(resource.number, *input.name);
  }
  // AWS: that an empty description clears it is assumed (Q-resource-description).
  if (input.description) attributes.description = input.description->empty() ? std::nullopt : input.description;
  if (input.type) attributes.type = to_string(*input.type);
  if (input.hidden_from_global_address_list) {
    context.store.entities.set_hidden(resource.number, *input.hidden_from_global_address_list);
  }
  context.store.entities.set_resource(resource.number, attributes);
  return {};
}

auto DeleteResource::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  check_directory_writable(organization);
  delete_entity(context, organization, input.resource_id, store::EntityKind::Resource);
  return {};
}

auto AssociateDelegateToResource::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  check_directory_writable(organization);
  const auto resource = context.resource(organization, input.resource_id);
  const auto delegate = context.entity(organization, input.entity_id, kDelegateKinds, Accepts::IdNameOrAddress);
  require(Use::BecomeDelegate, organization, resource);
  require(Use::BecomeDelegate, organization, delegate);
  context.store.resource_delegates.add({.resource = resource.number, .delegate = delegate.number});
  return {};
}

auto DisassociateDelegateFromResource::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  check_directory_writable(organization);
  const auto resource = context.resource(organization, input.resource_id);
  const auto delegate = context.entity(organization, input.entity_id, kDelegateKinds, Accepts::IdNameOrAddress);
  require(Use::ReadOrLeaveDelegates, organization, resource);
  require(Use::ReadOrLeaveDelegates, organization, delegate);
  // AWS: InvalidConfigurationException is not declared, so the last delegate may be removed even if requests are not
  // accepted automatically. This also holds for a delegate that is deleted. The result for an entity that is not a
  // delegate is assumed (Q-not-a-delegate).
  if (!context.store.resource_delegates.remove({.resource = resource.number, .delegate = delegate.number})) {
    throw EntityNotFoundException("Entity " + delegate.id + " is not a delegate of resource " + resource.id);
  }
  return {};
}

auto ListResourceDelegates::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  const auto resource = context.resource(organization, input.resource_id);
  require(Use::ReadOrLeaveDelegates, organization, resource);
  const Page page(context, kName, input);
  auto rows = context.store.resource_delegates.list(resource.number, page.after(), page.fetch());
  Output output{.delegates = std::vector<Delegate>(), .next_token = page.next_token(rows)};
  for (auto& row : rows) output.delegates->push_back({.id = std::move(row.id), .type = member_type(row.kind)});
  return output;
}

}  // namespace workmail::api

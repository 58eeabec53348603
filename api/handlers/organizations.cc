// Organizations and their state. Tags: tags.cc; domains: domains.cc.

#include "api/call/context.h"
#include "api/call/errors.h"
#include "api/call/pages.h"
#include "api/rules/domain_rules.h"
#include "api/rules/organization_defaults.h"
#include "api/rules/organization_rules.h"
#include "api/rules/organization_state.h"
#include "generated/workmail/operations.h"
#include "store/folding.h"

namespace workmail::api {

namespace {

// AWS: the type that DescribeOrganization returns for directories that WorkMail created is assumed (Q-directory-type);
// the sample in the CLI's documentation has VpcDirectory.
constexpr std::string_view kDirectoryType = "VpcDirectory";

auto arn(const store::Organization& organization) -> std::string {
  return "arn:aws:workmail:" + organization.region + ":" + organization.account + ":organization/" + organization.id;
}

// AWS: it wants an AD Connector (API reference); the error is assumed (Q-interoperability).
void check_interoperability(const Context& context, const CreateOrganizationRequest& input) {
  if (!input.enable_interoperability.value_or(false)) return;
  const bool possible = input.directory_id && context.store.organizations.directory_interoperable(
                                                  context.account, context.region, *input.directory_id);
  if (possible) return;
  throw errors::invalid_parameter(
      "EnableInteroperability needs the DirectoryId of an AD Connector, not of a directory that WorkMail has made");
}

// The deleted organization whose directory the new one gets. Directories of AWS Directory Service are not emulated, so
// only directories that deleted organizations have kept can be used.
auto directory_left(const Context& context, const CreateOrganizationRequest& input)
    -> std::optional<store::Organization> {
  if (!input.directory_id) return std::nullopt;
  const auto& id = *input.directory_id;
  auto left = context.store.organizations.find_by_directory(context.account, context.region, id);
  if (!left) throw DirectoryUnavailableException("Directory " + id + " is not available");
  if (left->state != store::OrganizationState::Deleted)
    throw DirectoryInUseException("Directory " + id + " is in use by another organization");
  // AWS: the alias of the organization is that of the directory (API reference); the error is assumed
  // (Q-kept-directory).
  if (store::fold(left->alias) != store::fold(input.alias)) {
    throw errors::invalid_parameter("Alias must be the alias of directory " + id + ", " + left->alias);
  }
  return left;
}

// AWS: a kept directory keeps its users and groups (administrator guide, "Removing an organization"); that it keeps
// nothing else is assumed (Q-kept-directory-contents).
void take_directory(Context& context, const store::Organization& from, store::OrganizationNumber organization) {
  context.store.directories.move({.from = from.number, .to = organization});
  context.store.organizations.set_directory_kept(from.number, false);
}

// AWS: a domain belongs to one organization; MailDomainInUseException is not declared, so the error is assumed
// (Q-domain-of-another).
void check_domains(const Context& context, const CreateOrganizationRequest& input) {
  for (const auto& domain : input.domains.value_or(std::vector<Domain>())) {
    check_domain_name(domain.domain_name);
    const auto name = store::fold(domain.domain_name);
    if (context.store.domains.registered_elsewhere(context.account, context.region, {}, name)) {
      throw errors::invalid_parameter("Domain " + name + " is in use in another organization");
    }
  }
}

// The Identity Center application that the organization was configured with.
// AWS: this does not affect the authentication settings of any organization (API reference), so another organization
// that is configured with it keeps its ARN.
void delete_application(Context& context, store::OrganizationNumber organization) {
  auto& providers = context.store.identity_providers;
  const auto provider = providers.find(organization);
  if (provider) providers.remove_application(context.account, context.region, provider->application_arn);
}

}  // namespace

auto CreateOrganization::handle(Context& context, const Input& input) -> Output {
  const auto left = directory_left(context, input);
  check_interoperability(context, input);
  check_domains(context, input);
  check_alias_free(context, input.alias);
  check_room_for_organization(context, context.account, context.region);
  store::Organization organization{.id = context.ids.organization(context.now),
                                   .account = std::string(context.account),
                                   .region = std::string(context.region),
                                   .alias = input.alias,
                                   .state = store::OrganizationState::Requested,
                                   .directory_id = input.directory_id ? *input.directory_id : new_directory_id(context),
                                   .interoperability = input.enable_interoperability.value_or(false),
                                   .kms_key_arn = input.kms_key_arn,
                                   .default_domain = test_domain_name(input.alias)};
  organization.number = context.store.organizations.add(organization);
  if (left) take_directory(context, *left, organization.number);
  enter_state(context.store, organization, store::OrganizationState::Requested, context.now, context.settings.pace);
  add_test_domain(context, organization.number, input.alias);
  add_default_rules(context, organization.number);
  for (const auto& domain : input.domains.value_or(std::vector<Domain>())) {
    register_domain(context, organization.number, domain.domain_name, domain.hosted_zone_id);
  }
  return {.organization_id = organization.id};
}

auto DeleteOrganization::handle(Context& context, const Input& input) -> Output {
  const auto head = context.organization(input.organization_id);
  // AWS: a deleted organization is refused (observed); that one which failed can be deleted is assumed
  // (Q-delete-failed).
  const bool deletable = head.state == store::OrganizationState::Active ||
                         head.state == store::OrganizationState::Failed ||
                         head.state == store::OrganizationState::Impaired;
  if (!deletable) throw errors::organization_not_active(head.id, store::word(head.state));
  if (!input.force_delete.value_or(false) && context.store.entities.any_enabled(head.number, store::EntityKind::User)) {
    // AWS: only ForceDelete deletes enabled users; which error refuses without it is assumed (Q-delete-with-users).
    throw OrganizationStateException("Organization " + head.id + " has enabled users; ForceDelete deletes them");
  }
  const auto organization = context.store.organizations.find(head.number).value();
  if (input.delete_identity_center_application.value_or(false)) delete_application(context, head.number);
  context.store.organizations.set_directory_kept(head.number, !input.delete_directory);
  enter_state(context.store, organization, store::OrganizationState::Deleting, context.now, context.settings.pace);
  return {.organization_id = head.id, .state = std::string(store::word(store::OrganizationState::Deleting))};
}

auto DescribeOrganization::handle(Context& context, const Input& input) -> Output {
  const auto head = context.organization(input.organization_id);
  auto organization = context.store.organizations.find(head.number).value();
  auto organization_arn = arn(organization);
  return {.organization_id = std::move(organization.id),
          .alias = std::move(organization.alias),
          .state = std::string(store::word(organization.state)),
          .directory_id = std::move(organization.directory_id),
          .directory_type = std::string(kDirectoryType),
          .default_mail_domain = std::move(organization.default_domain),
          .completed_date = organization.completed_at,
          .error_message = std::move(organization.error_message),
          .arn = std::move(organization_arn),
          .interoperability_enabled = organization.interoperability};
}

auto ListOrganizations::handle(Context& context, const Input& input) -> Output {
  const Page page(context, kName, input);
  auto rows = context.store.organizations.list(context.account, context.region, page.after(), page.fetch());
  Output output{.organization_summaries = std::vector<OrganizationSummary>(), .next_token = page.next_token(rows)};
  for (auto& row : rows) {
    output.organization_summaries->push_back({.organization_id = std::move(row.id),
                                              .alias = std::move(row.alias),
                                              .default_mail_domain = std::move(row.default_domain),
                                              .error_message = std::move(row.error_message),
                                              .state = std::string(store::word(row.state))});
  }
  return output;
}

}  // namespace workmail::api

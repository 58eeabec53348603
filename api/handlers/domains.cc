// Mail domains. Which names are allowed: domain_rules.h.
#include "api/call/context.h"
#include "api/call/errors.h"
#include "api/call/pages.h"
#include "api/rules/dns_records.h"
#include "api/rules/domain_rules.h"
#include "api/wire/stored_word.h"
#include "generated/workmail/operations.h"
#include "store/folding.h"

namespace workmail::api {

namespace {

auto domain_of(const Context& context, const store::OrganizationHead& organization, std::string_view name)
    -> store::Domain {
  auto domain = context.store.domains.find(organization.number, store::fold(name));
  if (!domain) throw errors::domain_not_found(name, organization.id);
  return *std::move(domain);
}

auto default_domain(const Context& context, const store::OrganizationHead& organization) -> std::string {
  return context.store.organizations.find(organization.number).value().default_domain;
}

}  // namespace

auto RegisterMailDomain::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  // The organization's own test domain already exists; that of another organization is rejected, like every name below
  // awsapps.com.
  if (context.store.domains.find(organization.number, store::fold(input.domain_name))) return {};
  if (context.store.domains.is_test_domain(store::fold(input.domain_name))) {
    throw errors::domain_in_use(input.domain_name, " as the test domain of another organization");
  }
  check_domain_name(input.domain_name);
  register_domain(context, organization.number, input.domain_name, std::nullopt);
  return {};
}

auto DeregisterMailDomain::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  // AWS: no MailDomainNotFoundException is declared, so a domain that does not exist is no error.
  // That the test domain and the default domain are rejected is assumed (Q-deregister-default-domain).
  const auto domain = context.store.domains.find(organization.number, store::fold(input.domain_name));
  if (!domain) return {};
  if (domain->is_test) throw errors::domain_in_use(domain->name, " as the test domain");
  if (domain->name == default_domain(context, organization)) {
    throw errors::domain_in_use(domain->name, " as the default domain");
  }
  if (context.store.domains.in_use(domain->number)) throw errors::domain_in_use(domain->name, " by an email address");
  context.store.domains.remove(domain->number);
  return {};
}

auto GetMailDomain::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  const auto domain = domain_of(context, organization, input.domain_name);
  // AWS: a test domain needs no records; that the list is empty then is assumed (Q-test-domain-records).
  return {.records = domain.is_test ? std::vector<DnsRecord>() : dns_records(domain.name, context.region),
          .is_test_domain = domain.is_test,
          .is_default = domain.name == default_domain(context, organization),
          .ownership_verification_status = same_word<DnsRecordVerificationStatus>(domain.ownership),
          .dkim_verification_status = same_word<DnsRecordVerificationStatus>(domain.dkim)};
}

auto ListMailDomains::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  const Page page(context, kName, input);
  auto rows = context.store.domains.list(organization.number, page.after(), page.fetch());
  Output output{.mail_domains = std::vector<MailDomainSummary>(), .next_token = page.next_token(rows)};
  const auto default_name = default_domain(context, organization);
  for (auto& row : rows) {
    const bool is_default = row.name == default_name;
    output.mail_domains->push_back({.domain_name = std::move(row.name), .default_domain = is_default});
  }
  return output;
}

auto UpdateDefaultMailDomain::handle(Context& context, const Input& input) -> Output {
  const auto organization = context.active_organization(input.organization_id);
  const auto domain = domain_of(context, organization, input.domain_name);
  if (domain.ownership != store::VerificationStatus::Verified) throw errors::domain_not_verified(domain.name);
  context.store.organizations.set_default_domain(organization.number, domain.name);
  return {};
}

}  // namespace workmail::api

#include "api/rules/domain_rules.h"

#include <algorithm>

#include "api/call/errors.h"
#include "api/wire/time_text.h"
#include "store/folding.h"

namespace workmail::api {

namespace {

// AWS: 1,000 on the quota page, 100 on another; the quota page is the newer one.
constexpr int kDomainsPerOrganization = 1000;

using store::VerificationStatus;

// One label of a domain name: letters, digits and inner hyphens, at most 63 (RFC 1035).
auto is_label(std::string_view label) -> bool {
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         label.find('.') == std::string_view::npos;
}

// AWS: an EmailAddress ends with a dot and two or more letters or hyphens (service model).
auto can_hold_addresses(std::string_view name) -> bool {
  const auto last = name.substr(name.rfind('.') + 1);
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'; };
  return last.size() >= 2 && std::all_of(last.begin(), last.end(), fits);
}

}  // namespace

auto test_domain_name(std::string_view alias) -> std::string {
  return store::fold(alias) + std::string(kTestDomainSuffix);
}

void check_domain_name(std::string_view name) {
  // With the dot in front, this also covers awsapps.com itself.
  const bool test = ("." + store::fold(name)).ends_with(kTestDomainSuffix);
  bool valid = !test && name.find('.') != std::string_view::npos && can_hold_addresses(name);
  std::string_view rest = name;
  while (valid && !rest.empty()) {
    const auto dot = rest.find('.');
    valid = is_label(rest.substr(0, dot)) && dot + 1 != rest.size();
    rest = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
  }
  if (!valid) throw errors::invalid_parameter("Domain " + std::string(name) + " is not a valid domain name");
}

void add_test_domain(Context& context, store::OrganizationNumber organization, std::string_view alias) {
  context.store.domains.add({.organization = organization,
                             .name = test_domain_name(alias),
                             .is_test = true,
                             .ownership = VerificationStatus::Verified,
                             .dkim = VerificationStatus::Verified});
}

void register_domain(Context& context, store::OrganizationNumber organization, std::string_view name,
                     const std::optional<std::string>& hosted_zone_id) {
  auto& domains = context.store.domains;
  const std::string key = store::fold(name);
  // AWS: the console advises adding a domain again to refresh its mail policy; that the API returns no
  // error is assumed (Q-register-domain-again).
  if (domains.find(organization, key)) return;
  if (domains.registered_elsewhere(context.account, context.region, organization, key)) {
    throw errors::domain_in_use(key, " in another organization");
  }
  if (domains.count(organization) >= kDomainsPerOrganization) {
    throw errors::limit_exceeded(kDomainsPerOrganization, "domains");
  }
  // AWS: with a hosted zone of Route 53 the records are made for you; that they count at once is assumed
  // (Q-hosted-zone).
  const bool verified = hosted_zone_id.has_value();
  const bool by_itself = !verified && context.settings.domains_become_verified;
  domains.add(
      {.organization = organization,
       .name = key,
       .hosted_zone_id = hosted_zone_id,
       .ownership = verified ? VerificationStatus::Verified : VerificationStatus::Pending,
       .dkim = verified ? VerificationStatus::Verified : VerificationStatus::Pending,
       .verified_at = by_itself ? std::optional<Time>(later(context.now, context.settings.pace)) : std::nullopt});
}

auto domain_of_address(const Context& context, const store::OrganizationHead& organization, std::string_view address)
    -> store::Domain {
  const std::string name = store::fold(address.substr(address.find('@') + 1));
  auto domain = context.store.domains.find(organization.number, name);
  if (!domain) throw errors::domain_not_found(name, organization.id);
  if (domain->ownership != VerificationStatus::Verified) throw errors::domain_not_verified(name);
  return *std::move(domain);
}

}  // namespace workmail::api

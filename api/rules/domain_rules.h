// What may be a mail domain, and how one comes into an organization: shared by the operations on domains and by
// CreateOrganization.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/call/context.h"

namespace workmail::api {

// AWS: every organization is made with a domain for tests below this one.
inline constexpr std::string_view kTestDomainSuffix = ".awsapps.com";

// <alias>.awsapps.com, in lower case.
auto test_domain_name(std::string_view alias) -> std::string;

// Throws InvalidParameterException for what cannot be a domain.
void check_domain_name(std::string_view name);

void add_test_domain(Context& context, store::OrganizationNumber organization, std::string_view alias);

// Adds the domain; one that the organization has already stays as it is. Throws MailDomainInUse, LimitExceeded.
void register_domain(Context& context, store::OrganizationNumber organization, std::string_view name,
                     const std::optional<std::string>& hosted_zone_id);

// The verified domain of the organization that the address lies in. Throws MailDomainNotFound, MailDomainState.
auto domain_of_address(const Context& context, const store::OrganizationHead& organization, std::string_view address)
    -> store::Domain;

}  // namespace workmail::api

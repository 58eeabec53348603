// Valid mail domains, and adding them to an organization. Shared by the operations on domains and by
// CreateOrganization.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/call/context.h"

namespace workmail::api {

// AWS: every organization is created with a test domain below this one.
inline constexpr std::string_view kTestDomainSuffix = ".awsapps.com";

// <alias>.awsapps.com, in lower case.
auto test_domain_name(std::string_view alias) -> std::string;

// Throws InvalidParameterException for an invalid domain.
void check_domain_name(std::string_view name);

void add_test_domain(Context& context, store::OrganizationNumber organization, std::string_view alias);

// Adds the domain; no effect if the organization already has it. Throws MailDomainInUse, LimitExceeded.
void register_domain(Context& context, store::OrganizationNumber organization, std::string_view name,
                     const std::optional<std::string>& hosted_zone_id);

// The verified domain of the organization that contains the address. Throws MailDomainNotFound, MailDomainState.
auto domain_of_address(const Context& context, const store::OrganizationHead& organization, std::string_view address)
    -> store::Domain;

}  // namespace workmail::api

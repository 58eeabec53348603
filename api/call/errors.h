// The texts of the modelled errors, all in one place.
// AWS: only two are known for certain, "Organization … is not Active, state: …" and the one about complexity
// categories; the others follow their style and are assumed, like every text that no source quotes (Q-error-texts).
#pragma once

#include <string>
#include <string_view>

#include "generated/workmail/errors.h"

namespace workmail::api::errors {

inline auto organization_not_found(std::string_view id) {
  return OrganizationNotFoundException("Organization " + std::string(id) + " not found");
}

// AWS: observed, a deleted organization in us-west-2 (terraform-provider-aws, issue 47893).
inline auto organization_not_active(std::string_view id, std::string_view state) {
  return OrganizationStateException("Organization " + std::string(id) + " is not Active, state: " + std::string(state));
}

inline auto entity_not_found(std::string_view identifier, std::string_view organization_id) {
  return EntityNotFoundException("Entity " + std::string(identifier) + " not found in organization " +
                                 std::string(organization_id));
}

inline auto entity_state(std::string_view id, std::string_view state, std::string_view expected) {
  return EntityStateException("Entity " + std::string(id) + " is in state " + std::string(state) + ", expected " +
                              std::string(expected));
}

inline auto entity_already_registered(std::string_view id) {
  return EntityAlreadyRegisteredException("Entity " + std::string(id) + " is already registered");
}

inline auto address_in_use(std::string_view address) {
  return EmailAddressInUseException("Email address " + std::string(address) + " is already in use");
}

inline auto name_not_available(std::string_view name) {
  return NameAvailabilityException("Name " + std::string(name) + " is not available");
}

inline auto name_reserved(std::string_view name) {
  return ReservedNameException("Name " + std::string(name) + " is reserved");
}

inline auto domain_not_found(std::string_view domain, std::string_view organization_id) {
  return MailDomainNotFoundException("Domain " + std::string(domain) + " not found in organization " +
                                     std::string(organization_id));
}

inline auto domain_not_verified(std::string_view domain) {
  return MailDomainStateException("Domain " + std::string(domain) + " is not verified");
}

// `why` completes "Domain … is in use"; it may be empty.
inline auto domain_in_use(std::string_view domain, std::string_view why = {}) {
  return MailDomainInUseException("Domain " + std::string(domain) + " is in use" + std::string(why));
}

inline auto resource_not_found(std::string_view id) {
  return ResourceNotFoundException("Resource " + std::string(id) + " not found");
}

inline auto limit_exceeded(int limit, std::string_view things) {
  return LimitExceededException("Limit of " + std::to_string(limit) + " " + std::string(things) + " exceeded");
}

inline auto invalid_parameter(std::string message) {
  return InvalidParameterException(std::move(message));
}

}  // namespace workmail::api::errors

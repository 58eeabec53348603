#include "server/emulator/fault_errors.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "api/call/errors.h"
#include "api/call/may_return.h"
#include "api/service.h"
#include "api/wire/json_text.h"

namespace workmail::server {

namespace {

// The subject of a call, for texts that contain it.
struct Subject {
  const api::Operation& operation;
  const api::Caller& caller;
  const api::Json& input;

  // The first of these members that is in the input.
  [[nodiscard]] auto named(std::initializer_list<const char*> members) const -> std::string_view {
    for (const char* member : members) {
      const auto text = api::text_member(input, member);
      if (!text.empty()) return text;
    }
    return "unknown";
  }
  [[nodiscard]] auto organization() const { return named({"OrganizationId"}); }
  [[nodiscard]] auto entity() const {
    return named({"EntityId", "UserId", "GroupId", "ResourceId", "Email", "MemberId"});
  }
  [[nodiscard]] auto name() const { return named({"Name", "Alias", "DomainName"}); }
  [[nodiscard]] auto address() const { return named({"Email", "Alias"}); }
  // The text itself, or the part after the @ of an address.
  [[nodiscard]] auto domain() const {
    const auto text = named({"DomainName", "Email", "Alias"});
    return text.substr(text.find('@') + 1);
  }
  [[nodiscard]] auto resource() const {
    return named({"ResourceARN", "ImpersonationRoleId", "MobileDeviceAccessRuleId", "PersonalAccessTokenId",
                  "DomainName", "Name", "messageId"});
  }
};

// AWS: IAM User Guide; the part from "because" on is assumed (Q-access-denied-text). Emulator: every caller is the
// account's root, as in the CloudTrail records.
auto access_denied(const Subject& subject) -> std::string {
  std::string text = "User: arn:aws:iam::" + std::string(subject.caller.account) + ":root";
  const std::string_view service = subject.operation.rest ? "workmailmessageflow:" : "workmail:";
  text.append(" is not authorized to perform: ")
      .append(service)
      .append(subject.operation.name)
      .append(" on resource: ");
  const auto organization = api::text_member(subject.input, "OrganizationId");
  if (organization.empty())
    text += "*";
  else
    text.append("arn:aws:workmail:")
        .append(subject.caller.region)
        .append(":")
        .append(subject.caller.account)
        .append(":organization/")
        .append(organization);
  return text.append(" because no identity-based policy allows the ")
      .append(service)
      .append(subject.operation.name)
      .append(" action");
}

struct SharedError {
  std::string_view code;
  int status;
  std::string_view message;  // empty if access_denied creates it, or there is none
};

// AWS: the common errors of its services; statuses and texts as observed, or from the API reference.
constexpr std::array<SharedError, 15> kShared{{
    {"AccessDeniedException", 400, ""},
    {"ExpiredTokenException", 400, "The security token included in the request is expired"},
    {"IncompleteSignatureException", 400, "Authorization header requires 'Signature' parameter."},
    {"InternalFailure", 500, "The request processing has failed because of an unknown error, exception or failure."},
    {"InternalServerException", 500, "The request processing has failed because of an internal error."},
    {"InvalidSignatureException", 400,
     "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
     "and signing method. Consult the service documentation for details."},
    {"MissingAuthenticationTokenException", 400, "Missing Authentication Token"},
    {"OptInRequired", 403, "The AWS access key ID needs a subscription for the service."},
    {"RequestExpired", 400, "The request reached the service more than 15 minutes after its date stamp."},
    {"SerializationException", 400, ""},
    {"ServiceUnavailable", 503, "The request has failed due to a temporary failure of the server."},
    {"ThrottlingException", 400, "Rate exceeded"},
    {"UnknownOperationException", 400, "The requested operation is not supported."},
    {"UnrecognizedClientException", 400, "The security token included in the request is invalid."},
    {"ValidationException", 400, "1 validation error detected"},
}};

struct ModelledText {
  std::string_view code;
  std::string (*make)(const Subject& subject);
};

// AWS: the text of the API reference, for errors that this program never throws and that are not in api/call/errors.h.
constexpr std::array<ModelledText, 25> kModelled{{
    {"DirectoryInUseException",
     [](const Subject&) {
       return std::string(
           "The directory is already in use by another WorkMail organization in the same account and Region.");
     }},
    {"DirectoryServiceAuthenticationFailedException",
     [](const Subject&) {
       return std::string("The directory service doesn't recognize the credentials supplied by WorkMail.");
     }},
    {"DirectoryUnavailableException",
     [](const Subject&) {
       return std::string("The directory is unavailable. It might be located in another Region or deleted.");
     }},
    {"EmailAddressInUseException",
     [](const Subject& subject) { return api::errors::address_in_use(subject.address()).message(); }},
    {"EntityAlreadyRegisteredException",
     [](const Subject& subject) { return api::errors::entity_already_registered(subject.entity()).message(); }},
    {"EntityNotFoundException",
     [](const Subject& subject) {
       return api::errors::entity_not_found(subject.entity(), subject.organization()).message();
     }},
    {"EntityStateException",
     [](const Subject& subject) {
       return api::errors::entity_state(subject.entity(), "DISABLED", "ENABLED").message();
     }},
    {"InvalidConfigurationException",
     [](const Subject&) {
       return std::string(
           "The configuration for a resource isn't valid. A resource must either be able to auto-respond to requests "
           "or "
           "have at least one delegate associated that can do so on its behalf.");
     }},
    {"InvalidContentLocation",
     [](const Subject&) { return std::string("WorkMail cannot read the updated content from Amazon S3."); }},
    {"InvalidCustomSesConfigurationException",
     [](const Subject&) {
       return std::string("The SES configuration of the domain has customizations that WorkMail cannot save.");
     }},
    {"InvalidParameterException",
     [](const Subject&) {
       return std::string("One or more of the input parameters don't match the service's restrictions.");
     }},
    {"InvalidPasswordException",
     [](const Subject&) {
       return std::string("Password does not contain characters from at least 3 complexity categories.");
     }},
    {"LimitExceededException",
     [](const Subject&) { return std::string("The request exceeds the limit of the resource."); }},
    {"MailDomainInUseException",
     [](const Subject& subject) { return api::errors::domain_in_use(subject.domain()).message(); }},
    {"MailDomainNotFoundException",
     [](const Subject& subject) {
       return api::errors::domain_not_found(subject.domain(), subject.organization()).message();
     }},
    {"MailDomainStateException",
     [](const Subject& subject) { return api::errors::domain_not_verified(subject.domain()).message(); }},
    {"MessageFrozen",
     [](const Subject& subject) {
       return "Message " + std::string(subject.resource()) + " is redirected and cannot be updated";
     }},
    {"MessageRejected", [](const Subject&) { return std::string("The updated content is not valid MIME."); }},
    {"NameAvailabilityException",
     [](const Subject& subject) { return api::errors::name_not_available(subject.name()).message(); }},
    {"OrganizationNotFoundException",
     [](const Subject& subject) { return api::errors::organization_not_found(subject.organization()).message(); }},
    {"OrganizationStateException",
     [](const Subject& subject) {
       return api::errors::organization_not_active(subject.organization(), "Impaired").message();
     }},
    {"ReservedNameException",
     [](const Subject& subject) { return api::errors::name_reserved(subject.name()).message(); }},
    {"ResourceNotFoundException",
     [](const Subject& subject) { return api::errors::resource_not_found(subject.resource()).message(); }},
    {"TooManyTagsException",
     [](const Subject& subject) {
       return "Resource " + std::string(subject.resource()) + " can have at most 50 tags";
     }},
    {"UnsupportedOperationException",
     [](const Subject&) { return std::string("You can't perform a write operation against a read-only directory."); }},
}};

template <class Table>
auto find(const Table& table, std::string_view code) -> const typename Table::value_type* {
  const auto* found = std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.code == code; });
  return found == table.end() ? nullptr : found;
}

}  // namespace

auto known_errors() -> std::vector<std::string_view> {
  std::vector<std::string_view> codes;
  for (const auto& modelled : kModelled) codes.push_back(modelled.code);
  for (const auto& shared : kShared) codes.push_back(shared.code);
  return codes;
}

auto can_answer(const api::Operation& operation, std::string_view code) -> bool {
  return api::may_return(operation, code) || find(kShared, code) != nullptr;
}

auto error_for(const api::Operation& operation, std::string_view code, const api::Caller& caller,
               const api::Json& input) -> api::Error {
  const Subject subject{.operation = operation, .caller = caller, .input = input};
  if (const auto* modelled = find(kModelled, code)) {
    const auto* declared = operation.find_error(code);
    if (operation.rest && declared != nullptr)
      return api::FrameworkError(modelled->code, modelled->make(subject), declared->status);
    return api::ModelledError(modelled->code, modelled->make(subject));
  }
  const auto& shared = *find(kShared, code);
  std::string message(shared.message);
  if (shared.code == "AccessDeniedException") message = access_denied(subject);
  return api::FrameworkError(shared.code, std::move(message), shared.status);
}

}  // namespace workmail::server

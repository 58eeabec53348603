#include "server/identity/signatures.h"

#include <sodium.h>

#include <algorithm>
#include <ctime>

#include "api/wire/time_text.h"
#include "server/identity/identity.h"
#include "server/identity/sigv4.h"
#include "server/process/log.h"
#include "server/process/text.h"

namespace workmail::server {

namespace {

constexpr auto kMaxSkew = std::chrono::minutes(5);

// AWS: the codes and texts are those of its other services of this protocol.
struct MissingAuthenticationToken : api::FrameworkError {
  MissingAuthenticationToken()
      : FrameworkError("MissingAuthenticationTokenException", "Missing Authentication Token") {}
};
struct IncompleteSignature : api::FrameworkError {
  explicit IncompleteSignature(std::string message)
      : FrameworkError("IncompleteSignatureException", std::move(message)) {}
};
struct InvalidSignature : api::FrameworkError {
  explicit InvalidSignature(std::string message) : FrameworkError("InvalidSignatureException", std::move(message)) {}
};
struct UnrecognizedClient : api::FrameworkError {
  UnrecognizedClient()
      : FrameworkError("UnrecognizedClientException", "The security token included in the request is invalid.") {}
};

auto in_quotes(std::string_view text) -> std::string {
  return "'" + printable(text) + "'";
}

// Compares in constant time, so that it reveals only the length.
auto same(std::string_view one, std::string_view other) -> bool {
  return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

auto parse_basic_format(std::string_view text) -> std::optional<Time> {
  constexpr std::size_t kLength = 16;
  if (text.size() != kLength || text[8] != 'T' || text[15] != 'Z') return std::nullopt;
  const auto part = [&](std::size_t begin, std::size_t size) { return std::string(text.substr(begin, size)); };
  return api::parse_time(part(0, 4) + "-" + part(4, 2) + "-" + part(6, 2) + "T" + part(9, 2) + ":" + part(11, 2) + ":" +
                         part(13, 2) + "Z");
}

auto parse_http_date(const std::string& text) -> std::optional<Time> {
  std::tm parts{};
  const char* end = ::strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  if (end == nullptr || *end != '\0') return std::nullopt;
  return Time(std::chrono::seconds(::timegm(&parts)));
}

// AWS: X-Amz-Date, or else Date, which may also have HTTP's format ("Elements of an AWS API request signature").
auto signing_time(const Request& request) -> Time {
  const auto amz_date = request.field("X-Amz-Date");
  const auto text = amz_date.empty() ? request.field("Date") : amz_date;
  auto time = parse_basic_format(text);
  if (!time && amz_date.empty()) time = parse_http_date(std::string(text));
  if (!time) {
    throw IncompleteSignature("Date must be in ISO-8601 'basic format'. Got " + in_quotes(text) +
                              ". See http://en.wikipedia.org/wiki/ISO_8601");
  }
  return *time;
}

auto parse_authorization(const Request& request) -> sigv4::Authorization {
  const auto header = request.field("Authorization");
  if (header.empty()) throw MissingAuthenticationToken();
  const bool dated = !request.field("X-Amz-Date").empty() || !request.field("Date").empty();
  try {
    return sigv4::parse_authorization(header, dated);
  } catch (const sigv4::MalformedAuthorization& malformed) {
    throw IncompleteSignature(malformed.what());
  }
}

// AWS: reports everything at once; the wording for the region is assumed (Q-signature-region-text). Emulator: every
// region is valid.
void check_scope(const sigv4::CredentialScope& scope, const std::string& time, std::string_view service) {
  std::string errors;
  if (!is_region(scope.region)) {
    errors += "Credential should be scoped to a valid region, not " + in_quotes(scope.region) + ". ";
  }
  if (scope.service != service) {
    errors += "Credential should be scoped to correct service: " + in_quotes(service) + ". ";
  }
  if (scope.terminator != sigv4::kTerminator) {
    errors += "Credential should be scoped with a valid terminator: " + in_quotes(sigv4::kTerminator) + ", not " +
              in_quotes(scope.terminator) + ". ";
  }
  const auto date = time.substr(0, time.find('T'));
  if (scope.date != date) {
    errors += "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: " +
              in_quotes(scope.date) + " != " + in_quotes(date) + ", from " + in_quotes(time) + ".";
  }
  if (!errors.empty()) throw InvalidSignature(errors);
}

auto is_signed(std::string_view name, const std::vector<std::string_view>& signed_headers) -> bool {
  return std::any_of(signed_headers.begin(), signed_headers.end(),
                     [name](std::string_view one) { return equals_ignoring_case(one, name); });
}

[[noreturn]] void refuse_unsigned(std::string_view shown) {
  throw InvalidSignature(std::string(shown) + " must be a 'SignedHeader' in the AWS Authorization.");
}

// AWS: Host and every x-amz-* header have to be signed ("Create a signed AWS API request"); the words for the latter
// are assumed, after those for the former (Q-signature-unsigned-text). What SDKs deliberately leave unsigned has other
// names: User-Agent, X-Amzn-Trace-Id.
void require_signed_headers(const Request& request, const std::vector<std::string_view>& signed_headers) {
  constexpr std::string_view kPrefix = "x-amz-";
  if (!is_signed("host", signed_headers)) refuse_unsigned("'Host' or ':authority'");
  for (const auto& field : request.fields) {
    const std::string_view name(field.name_string().data(), field.name_string().size());
    if (!equals_ignoring_case(name.substr(0, kPrefix.size()), kPrefix)) continue;
    if (!is_signed(name, signed_headers)) refuse_unsigned(in_quotes(name));
  }
}

void check_skew(Time time, Time now) {
  const std::string shown = sigv4::time_text(time);
  if (time < now - kMaxSkew) {
    throw InvalidSignature("Signature expired: " + shown + " is now earlier than " + sigv4::time_text(now - kMaxSkew) +
                           " (" + sigv4::time_text(now) + " - 5 min.)");
  }
  if (time > now + kMaxSkew) {
    throw InvalidSignature("Signature not yet current: " + shown + " is still later than " +
                           sigv4::time_text(now + kMaxSkew) + " (" + sigv4::time_text(now) + " + 5 min.)");
  }
}

// AWS: a hash in the header is not believed, the body's own one counts. That WorkMail accepts unsigned bodies is
// assumed (Q-unsigned-body).
auto payload_hash(const Request& request) -> std::string {
  const bool is_unsigned = request.field("X-Amz-Content-Sha256") == sigv4::kUnsignedPayload;
  return is_unsigned ? std::string(sigv4::kUnsignedPayload) : sigv4::sha256(request.body);
}

auto signature_of(const Request& request, const sigv4::Authorization& authorization, Time time, std::string_view secret)
    -> std::string {
  const std::string hash = payload_hash(request);
  sigv4::SignedRequest parts{
      .method = request.method, .path = request.path, .query = request.query, .headers = {}, .payload_hash = hash};
  for (const auto& field : request.fields) {
    const auto name = field.name_string();
    const auto value = field.value();
    parts.headers.emplace_back(std::string_view(name.data(), name.size()),
                               std::string_view(value.data(), value.size()));
  }
  const auto canonical = sigv4::canonical_request(parts, authorization.signed_headers);
  const auto text = sigv4::string_to_sign(canonical, sigv4::time_text(time), authorization.scope);
  return sigv4::signature(text, authorization.scope, secret);
}

}  // namespace

Signatures::Signatures(const std::vector<Credential>& credentials) {
  for (const auto& credential : credentials) credentials_.emplace(credential.access_key_id, credential);
}

auto Signatures::error_of(const Request& request, Time now, std::string_view service) const
    -> std::optional<api::FrameworkError> {
  try {
    check(request, now, service);
    return std::nullopt;
  } catch (const api::FrameworkError& error) {
    return error;
  }
}

auto Signatures::account_of(std::string_view access_key_id) const -> std::string_view {
  const auto* credential = find(access_key_id);
  return credential == nullptr ? std::string_view() : credential->account;
}

// AWS: the order of the checks is assumed (Q-signature-order).
void Signatures::check(const Request& request, Time now, std::string_view service) const {
  const auto authorization = parse_authorization(request);
  const Time time = signing_time(request);
  require_signed_headers(request, authorization.signed_headers);
  check_scope(authorization.scope, sigv4::time_text(time), service);
  const auto* credential = find(authorization.access_key_id);
  if (credential == nullptr || !same(request.field("X-Amz-Security-Token"), credential->session_token)) {
    throw UnrecognizedClient();
  }
  check_skew(time, now);
  if (!same(signature_of(request, authorization, time, credential->secret_access_key), authorization.signature)) {
    throw InvalidSignature(
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access "
        "Key and signing method. Consult the service documentation for details.");
  }
}

auto Signatures::find(std::string_view access_key_id) const -> const Credential* {
  const auto found = credentials_.find(access_key_id);
  return found == credentials_.end() ? nullptr : &found->second;
}

}  // namespace workmail::server

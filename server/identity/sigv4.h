// AWS Signature Version 4: the parsed Authorization header, the canonical request, the string to sign, the
// signature. Does not know keys, the time or API errors: server/identity/signatures verifies requests, and
// server/identity/signing signs them.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/time.h"

namespace workmail::server::sigv4 {

inline constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";
inline constexpr std::string_view kTerminator = "aws4_request";
inline constexpr std::string_view kUnsignedPayload = "UNSIGNED-PAYLOAD";

// A malformed header; the message is AWS's.
class MalformedAuthorization : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The scope of a signature: 20260501/us-east-1/workmail/aws4_request.
struct CredentialScope {
  std::string_view date;
  std::string_view region;
  std::string_view service;
  std::string_view terminator;
};

// The texts are views into the header.
struct Authorization {
  std::string_view access_key_id;
  CredentialScope scope;
  std::vector<std::string_view> signed_headers;  // in the order of the header
  std::string_view signature;
};

// `dated` is whether the request has a signing time, because AWS reports its absence in the same message. Throws
// MalformedAuthorization, whose message never contains anything that could be a secret.
auto parse_authorization(std::string_view header, bool dated) -> Authorization;

// The signed parts of a request, as received.
struct SignedRequest {
  using Header = std::pair<std::string_view, std::string_view>;  // name and value

  std::string_view method;
  std::string_view path;
  std::string_view query;         // without the question mark
  std::vector<Header> headers;    // all headers, in the order of the request
  std::string_view payload_hash;  // hexadecimal, or kUnsignedPayload
  // AWS: the path for S3, whose keys may have dot segments and empty segments ("Create a signed AWS API request").
  bool path_is_canonical = false;
};

enum class Slashes { Kept, Encoded };

// AWS: everything except letters, digits, '-', '.', '_' and '~' as %XX ("Create a signed AWS API request").
auto uri_encoded(std::string_view text, Slashes slashes) -> std::string;

// As in X-Amz-Date: 20260501T120000Z.
auto time_text(Time time) -> std::string;

// In hexadecimal digits.
auto sha256(std::string_view bytes) -> std::string;

auto canonical_request(const SignedRequest& request, const std::vector<std::string_view>& signed_headers)
    -> std::string;

// `time` as of time_text().
auto string_to_sign(std::string_view canonical_request, std::string_view time, const CredentialScope& scope)
    -> std::string;

// In hexadecimal digits.
auto signature(std::string_view string_to_sign, const CredentialScope& scope, std::string_view secret) -> std::string;

}  // namespace workmail::server::sigv4

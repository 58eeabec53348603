#include <algorithm>

#include "server/identity/identity.h"
#include "server/identity/sigv4.h"
#include "tests/fuzz/targets.h"

namespace workmail::fuzz {

namespace {

namespace sigv4 = server::sigv4;

// Takes the first line off the text.
auto take_line(std::string_view& text) -> std::string_view {
  const auto end = text.find('\n');
  const auto line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

void expect_identity(std::string_view header) {
  const api::Settings settings;
  const auto identity = server::identify(header, settings);
  if (!server::is_account(identity.caller.account))
    throw Finding("no account: " + std::string(identity.caller.account));
  if (!server::is_region(identity.caller.region)) throw Finding("no region: " + std::string(identity.caller.region));
}

// The text of the header's parts is the same header to the parser.
void expect_same_again(const sigv4::Authorization& read) {
  std::string header(sigv4::kAlgorithm);
  header.append(" Credential=").append(read.access_key_id);
  for (const auto part : {read.scope.date, read.scope.region, read.scope.service, read.scope.terminator}) {
    header.append("/").append(part);
  }
  header += ", SignedHeaders=";
  for (std::size_t i = 0; i < read.signed_headers.size(); ++i) {
    header.append(i == 0 ? "" : ";").append(read.signed_headers[i]);
  }
  header.append(", Signature=").append(read.signature);

  const auto again = sigv4::parse_authorization(header, true);
  const bool same = again.access_key_id == read.access_key_id && again.scope.date == read.scope.date &&
                    again.scope.region == read.scope.region && again.scope.service == read.scope.service &&
                    again.scope.terminator == read.scope.terminator && again.signed_headers == read.signed_headers &&
                    again.signature == read.signature;
  if (!same) throw Finding("reads otherwise when it is written again: " + header);
}

auto header_of(std::string_view line) -> sigv4::SignedRequest::Header {
  const auto colon = std::min(line.find(':'), line.size());
  return {line.substr(0, colon), line.substr(std::min(colon + 1, line.size()))};
}

// Method, path, query and headers, a line each.
auto request_of(std::string_view lines) -> sigv4::SignedRequest {
  sigv4::SignedRequest request;
  request.method = take_line(lines);
  request.path = take_line(lines);
  request.query = take_line(lines);
  while (!lines.empty()) request.headers.push_back(header_of(take_line(lines)));
  request.payload_hash = sigv4::kUnsignedPayload;
  return request;
}

void expect_signature(const sigv4::Authorization& read, const sigv4::SignedRequest& request) {
  const auto canonical = sigv4::canonical_request(request, read.signed_headers);
  if (!canonical.starts_with(std::string(request.method) + "\n/")) throw Finding("no path: " + canonical);
  const auto text = sigv4::string_to_sign(canonical, "20260101T000000Z", read.scope);
  const auto signature = sigv4::signature(text, read.scope, "secret");
  const bool digits = signature.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (signature.size() != 64 || !digits) throw Finding("no signature: " + signature);
}

// What is sent in answer to a header that is empty.
void expect_plain(std::string_view message) {
  constexpr std::size_t kLongest = 1000;
  const bool plain = std::all_of(message.begin(), message.end(), [](char c) { return c >= ' ' && c <= '~'; });
  if (message.empty() || message.size() > kLongest || !plain) throw Finding("the message is " + std::string(message));
}

}  // namespace

void authorization(std::string_view input) {
  auto rest = input;
  const auto header = take_line(rest);
  expect_identity(header);
  try {
    const auto read = sigv4::parse_authorization(header, !rest.empty());
    expect_same_again(read);
    expect_signature(read, request_of(rest));
  } catch (const sigv4::MalformedAuthorization& error) {
    expect_plain(error.what());
  }
}

}  // namespace workmail::fuzz

#include "server/mail/object_storage.h"

#include <algorithm>

#include "server/identity/signing.h"
#include "server/mail/http_client.h"
#include "server/process/text.h"

namespace workmail::server {

namespace {

auto http_request_of(const ObjectRequest& request) -> HttpRequest {
  const std::string path = request.endpoint.path_prefix + "/" +
                           sigv4::uri_encoded(request.bucket, sigv4::Slashes::Encoded) + "/" +
                           sigv4::uri_encoded(request.key, sigv4::Slashes::Kept);
  std::string query;
  if (!request.version.empty()) {
    query = "versionId=" + sigv4::uri_encoded(request.version, sigv4::Slashes::Encoded);
  }
  HttpRequest http{.method = "GET", .target = path + (query.empty() ? "" : "?" + query)};
  // AWS: S3 requires the hash, also of an empty body ("Signature Calculations for the Authorization Header").
  const std::string hash = sigv4::sha256({});
  http.headers = {{"X-Amz-Content-Sha256", hash}};
  const sigv4::SignedRequest parts{.method = http.method,
                                   .path = path,
                                   .query = query,
                                   .headers = {{"Host", request.endpoint.authority}, {"X-Amz-Content-Sha256", hash}},
                                   .payload_hash = hash,
                                   .path_is_canonical = true};
  const Signer signer{.credential = request.credential, .region = request.region, .service = "s3", .now = request.now};
  for (auto& header : signing_headers(parts, signer)) http.headers.push_back(std::move(header));
  return http;
}

// The code of S3's error, such as NoSuchKey. Not the message, which may repeat parts of the request.
auto error_code_of(std::string_view body) -> std::string {
  constexpr std::string_view kBegin = "<Code>";
  constexpr std::size_t kMaxCode = 64;
  const auto begin = body.find(kBegin);
  if (begin == std::string_view::npos) return {};
  const auto code = body.substr(begin + kBegin.size(), kMaxCode);
  const auto is_letter = [](char c) { return to_lower(c) >= 'a' && to_lower(c) <= 'z'; };
  const auto end = std::find_if_not(code.begin(), code.end(), is_letter);
  return end != code.end() && *end == '<' ? std::string(code.begin(), end) : std::string();
}

auto name_of(const ObjectRequest& request) -> std::string {
  const std::string version = request.version.empty() ? "" : " (version " + request.version + ")";
  return "s3://" + request.bucket + "/" + request.key + version;
}

auto refusal(const ObjectRequest& request, const HttpAnswer& answer) -> std::string {
  const std::string code = error_code_of(answer.body);
  const std::string status = std::to_string(answer.status) + (code.empty() ? "" : " " + code);
  const std::string outcome = answer.status == 403   ? "denied access to "
                              : answer.status == 404 ? "has no object "
                                                     : "did not return ";
  return request.endpoint.authority + " " + outcome + name_of(request) + ": " + status + ".";
}

}  // namespace

auto fetch_object(ObjectRequest request) -> Task<StoredObject> {
  constexpr int kOk = 200;
  const HttpLimits limits{.deadline = request.deadline, .body = request.max_size};
  HttpAnswer answer = co_await exchange(request.endpoint, http_request_of(request), limits);
  StoredObject object{.failure = std::move(answer.failure)};
  if (answer.status == kOk) {
    object.bytes = std::move(answer.body);
  } else if (answer.status != 0) {
    object.failure = refusal(request, answer);
  }
  co_return object;
}

}  // namespace workmail::server

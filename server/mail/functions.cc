#include "server/mail/functions.h"

#include "api/mail/lambda_arn.h"
#include "server/identity/signing.h"
#include "server/mail/http_client.h"
#include "server/process/text.h"

namespace workmail::server {

namespace {

constexpr std::string_view kInvocations = "/invocations";

// The maximum length of an endpoint's message in a failure.
constexpr std::size_t kMaxShown = 200;

auto path_of(const HttpEndpoint& endpoint, const api::LambdaFunction& function) -> std::string {
  if (endpoint.path_prefix.ends_with(kInvocations)) return endpoint.path_prefix;
  return endpoint.path_prefix + "/2015-03-31/functions/" + sigv4::uri_encoded(function.name, sigv4::Slashes::Encoded) +
         std::string(kInvocations);
}

// LocalStack and moto take the region from the signature; none of the emulators verifies it.
auto http_request_of(InvocationRequest& request, const api::LambdaFunction& function) -> HttpRequest {
  static const Credential kCredential{.access_key_id = "test", .secret_access_key = "test"};
  const std::string path = path_of(request.endpoint, function);
  std::string query;
  if (!function.qualifier.empty()) {
    query = "Qualifier=" + sigv4::uri_encoded(function.qualifier, sigv4::Slashes::Encoded);
  }
  HttpRequest http{.method = "POST", .target = path + (query.empty() ? "" : "?" + query)};
  http.headers = {{"Content-Type", "application/json"},
                  {"X-Amz-Invocation-Type", request.type == InvocationType::Event ? "Event" : "RequestResponse"}};
  const std::string hash = sigv4::sha256(request.event);
  sigv4::SignedRequest parts{.method = http.method, .path = path, .query = query, .payload_hash = hash};
  parts.headers.emplace_back("Host", request.endpoint.authority);
  for (const auto& [name, value] : http.headers) parts.headers.emplace_back(name, value);
  const Signer signer{.credential = kCredential, .region = function.region, .service = "lambda", .now = request.now};
  for (auto& header : signing_headers(parts, signer)) http.headers.push_back(std::move(header));
  http.body = std::move(request.event);
  return http;
}

// The beginning of the endpoint's error message, on one line.
auto excerpt(std::string_view body) -> std::string {
  std::string shown(body.substr(0, kMaxShown));
  for (char& c : shown) {
    if (c < ' ' || c > '~') c = ' ';
  }
  return shown;
}

auto refusal(const HttpEndpoint& endpoint, const HttpAnswer& answer) -> std::string {
  std::string failure = endpoint.authority + " answered with status " + std::to_string(answer.status);
  if (!answer.body.empty()) failure += ": " + excerpt(answer.body);
  return failure.ends_with('.') ? failure : failure + ".";
}

}  // namespace

auto invoke(InvocationRequest request) -> Task<Invocation> {
  const HttpLimits limits{.deadline = request.deadline, .body = request.max_response};
  const auto function = api::read_lambda_arn(request.function_arn);
  if (!function) co_return Invocation{.failure = request.function_arn + " is not the ARN of a Lambda function."};
  HttpRequest http = http_request_of(request, *function);
  const auto begin = Steady::now();
  HttpAnswer answer = co_await exchange(request.endpoint, std::move(http), limits);
  Invocation invocation{.status = answer.status, .failure = std::move(answer.failure)};
  invocation.milliseconds = std::chrono::duration<double, std::milli>(Steady::now() - begin).count();
  invocation.function_error = answer.field("X-Amz-Function-Error");
  const bool refused = answer.status != 0 && (answer.status < 200 || answer.status > 299);
  if (refused) invocation.failure = refusal(request.endpoint, answer);
  invocation.response = std::move(answer.body);
  co_return invocation;
}

}  // namespace workmail::server

#include "server/router.h"

#include <boost/beast/http/status.hpp>
#include <chrono>
#include <exception>

#include "api/codec.h"
#include "server/identity.h"

namespace workmail::server {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view kApiJson = "application/x-amz-json-1.1";
constexpr std::string_view kText = "text/plain; charset=utf-8";
constexpr std::string_view kTargetPrefix = "WorkMailService";
constexpr std::string_view kInternalFailure = "InternalFailure";
constexpr std::string_view kUnknownOperation = "UnknownOperationException";

auto milliseconds_since(Clock::time_point begin) -> double {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

auto same_word(std::string_view text, std::string_view small) -> bool {
  if (text.size() != small.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != small[i]) return false;
  }
  return true;
}

// AWS: parameters behind the type are tolerated. Emulator: so are the JSON of other versions, plain JSON, and none at
// all, which is what people type by hand.
auto is_json(std::string_view content_type) -> bool {
  auto type = content_type.substr(0, content_type.find(';'));
  while (type.ends_with(' ')) type.remove_suffix(1);
  return type.empty() || same_word(type, kApiJson) || same_word(type, "application/x-amz-json-1.0") ||
         same_word(type, "application/json");
}

// The number out of "attempt=2; max=3".
auto attempt_of(std::string_view sdk_request) -> std::string_view {
  constexpr std::string_view kAttempt = "attempt=";
  const auto begin = sdk_request.find(kAttempt);
  if (begin == std::string_view::npos) return {};
  sdk_request.remove_prefix(begin + kAttempt.size());
  return sdk_request.substr(0, sdk_request.find_first_not_of("0123456789"));
}

// The path is below the control plane's root, not merely beginning with the same letters.
auto is_control(std::string_view path) -> bool {
  return path.starts_with(control::kRoot) &&
         (path.size() == control::kRoot.size() || path[control::kRoot.size()] == '/');
}

// The code of an error that HTTP itself has a name for, without spaces: PayloadTooLarge.
auto code_of(int status) -> std::string {
  std::string code;
  for (const char c : boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status))) {
    if (c != ' ') code += c;
  }
  return code;
}

void plain_text(Reply& reply, int status, std::string_view text) {
  reply.status = status;
  reply.content_type = kText;
  reply.write(text);
}

}  // namespace

void Router::answer(const Request& request, Reply& reply) {
  const auto begin = Clock::now();
  RequestLine line;
  const std::string shown = std::string(request.method) + " " + std::string(request.path);
  line.operation = shown;
  try {
    route(request, reply, line);
  } catch (const std::exception& error) {
    log_.error(shown + ": " + error.what());
    reply.clear();
    line.error = kInternalFailure;
    write_error(500, request.path, kInternalFailure, "The emulator failed; its log has the reason.", reply);
  }
  line.status = reply.status;
  line.milliseconds = milliseconds_since(begin);
  const bool asked_often = request.path == "/_workmail/health" && reply.status == 200;
  log_.request(line, asked_often ? LogLevel::Debug : LogLevel::Info);
}

void Router::refuse(int status, std::string_view path, std::string_view message, Reply& reply) {
  const std::string code = code_of(status);
  write_error(status, path, code, message, reply);
  RequestLine line;
  line.status = status;
  line.error = code;
  log_.request(line);
}

void Router::route(const Request& request, Reply& reply, RequestLine& line) {
  if (request.path == "/") {
    root(request, reply, line);
  } else if (is_control(request.path)) {
    line.error = control::answer(plane_, request, reply);
  } else {
    plain_text(reply, 404, "Nothing is here. The WorkMail API is at POST /, the control plane under /_workmail.\n");
  }
}

void Router::root(const Request& request, Reply& reply, RequestLine& line) {
  if (request.method == "POST") {
    api_call(request, reply, line);
  } else if (request.method == "GET" || request.method == "HEAD") {
    const bool browser = request.field("Accept").find("text/html") != std::string_view::npos;
    if (browser) reply.add_field("Location", "/_workmail/");
    plain_text(reply, browser ? 302 : 200, "workmail-local: the Amazon WorkMail API on this machine, at POST /.\n");
  } else {
    reply.add_field("Allow", "GET, HEAD, POST");
    plain_text(reply, 405, "The WorkMail API takes POST.\n");
  }
}

void Router::api_call(const Request& request, Reply& reply, RequestLine& line) {
  const auto target = request.field("X-Amz-Target");
  line.attempt = attempt_of(request.field("amz-sdk-request"));
  reply.add_field("x-amzn-RequestId", service_.ids().request());
  if (target.empty() || !is_json(request.field("Content-Type"))) {
    // AWS: observed on other services of this protocol.
    reply.status = 404;
    reply.write("<UnknownOperationException/>");
    line.error = kUnknownOperation;
    return;
  }
  line.operation = target;
  const auto dot = target.find('.');
  const auto prefix = target.substr(0, dot);
  if (dot == std::string_view::npos || prefix != kTargetPrefix) {
    line.error = kUnknownOperation;
    write_api_error(
        400, line.error,
        "This is an emulator of Amazon WorkMail, and X-Amz-Target names \"" + printable(target) +
            "\". If AWS_ENDPOINT_URL is set, set AWS_ENDPOINT_URL_WORKMAIL instead: it is for WorkMail only.",
        reply);
    return;
  }
  run_operation(target.substr(dot + 1), request, reply, line);
}

void Router::run_operation(std::string_view operation, const Request& request, Reply& reply, RequestLine& line) {
  const auto identity = identify(request.field("Authorization"), service_.settings());
  const api::Caller caller{.account = identity.account, .region = identity.region};
  reply.content_type = kApiJson;
  const auto outcome = service_.call(operation, request.body, caller, reply.body());
  reply.status = outcome.status;
  if (!outcome.error.empty()) reply.add_field("x-amzn-ErrorType", outcome.error);
  line.operation = operation;
  line.error = outcome.error;
  line.account = identity.account;
}

void Router::write_error(int status, std::string_view path, std::string_view code, std::string_view message,
                         Reply& reply) {
  if (path == "/") {
    reply.add_field("x-amzn-RequestId", service_.ids().request());
    write_api_error(status, code, message, reply);
  } else if (is_control(path)) {
    control::write_error(reply, status, code, message);
  } else {
    plain_text(reply, status, std::string(message) + "\n");
  }
}

void Router::write_api_error(int status, std::string_view code, std::string_view message, Reply& reply) {
  reply.status = status;
  reply.content_type = kApiJson;
  reply.add_field("x-amzn-ErrorType", code);
  reply.write({});
  api::Encoder json(reply.body());
  json.begin_object();
  json.member("\"__type\":", code);
  json.member("\"message\":", message);
  json.end_object();
}

}  // namespace workmail::server

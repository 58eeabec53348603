#include "server/router.h"

#include <boost/beast/http/status.hpp>
#include <chrono>
#include <exception>

#include "api/error.h"
#include "server/real_time.h"

namespace workmail::server {

namespace {

constexpr std::string_view kApiJson = "application/x-amz-json-1.1";
constexpr std::string_view kText = "text/plain; charset=utf-8";
constexpr std::string_view kRequestId = "x-amzn-RequestId";
constexpr std::string_view kErrorType = "x-amzn-ErrorType";
constexpr std::string_view kInternalFailure = "InternalFailure";
constexpr std::string_view kConsoleAgent = "workmail-local-console";
constexpr std::string_view kForbidden = "Forbidden";
constexpr std::string_view kUnknownOperation = "UnknownOperationException";

auto milliseconds_since(Steady::time_point begin) -> double {
  return std::chrono::duration<double, std::milli>(Steady::now() - begin).count();
}

auto is_of_console(const Request& request) -> bool {
  return request.field("x-amz-user-agent") == kConsoleAgent;
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

// How the log names a request that is no call.
auto shown(const Request& request) -> std::string {
  return std::string(request.method) + " " + std::string(request.path);
}

void plain_text(Reply& reply, int status, std::string_view text) {
  reply.status = status;
  reply.content_type = kText;
  reply.write(text);
}

}  // namespace

void Router::begin(Exchange& exchange) {
  const Request& request = exchange.request;
  exchange.refusal = browsers_.refusal(request);
  if (!exchange.refusal.empty() || request.path != "/" || request.method != "POST") return;
  Call& call = exchange.call.emplace(read_call(request, plane_.service.settings(), signatures_for(request)));
  // Now, because the call is parsed in place.
  if (plane_.journal.enabled()) {
    call.entry.at = real_time();
    keep_request(call.entry, request.body);
  }
  // The console's own looks are not what people break things for.
  if (call.known != nullptr && !is_of_console(request))
    call.fault = plane_.faults.strike(*call.known, call.caller(), request.body);
}

// Emulator: the console, which has no key, needs only what opens the control plane to it. That shows and changes
// everything already.
auto Router::signatures_for(const Request& request) const -> const Signatures* {
  if (!signatures_) return nullptr;
  if (is_of_console(request) && control::is_token(plane_, request.field("X-Amz-Security-Token"))) return nullptr;
  return &*signatures_;
}

void Router::answer(Exchange& exchange) {
  const Request& request = exchange.request;
  Reply& reply = exchange.reply;
  if (!exchange.refusal.empty()) {
    exchange.error = kForbidden;
    return write_error(403, request.path, kForbidden, exchange.refusal, reply);
  }
  try {
    route(exchange);
  } catch (const std::exception& error) {
    log_.error(shown(request) + ": " + error.what());
    reply.clear();
    exchange.error = kInternalFailure;
    write_error(500, request.path, kInternalFailure, "The emulator failed; its log has the reason.", reply);
  }
  Browsers::permit_reading(request, reply);
}

void Router::commit(Exchange& exchange) {
  if (plane_.service.commit(*exchange.group)) return;
  exchange.lost.reset();
  Reply& reply = exchange.reply;
  reply.clear();
  reply.add_field(kRequestId, exchange.call->entry.request_id);
  exchange.error = kInternalFailure;
  write_api_error(api::InternalFailure(), reply);
  Browsers::permit_reading(exchange.request, reply);
  log_.error("The request " + exchange.call->entry.request_id + " was answered with 500.");
}

void Router::finish(Exchange& exchange) {
  const Request& request = exchange.request;
  const int status = exchange.broken() ? 0 : exchange.reply.status;
  const double milliseconds = milliseconds_since(exchange.arrived);
  RequestLine line{.status = status, .error = exchange.error, .milliseconds = milliseconds};
  if (exchange.call) {
    // Which the log writes out itself, once.
    line.operation = exchange.call->operation.empty() ? exchange.call->target : exchange.call->operation;
    line.account = exchange.call->entry.account;
    line.attempt = exchange.call->attempt;
    log_.request(line);
    plane_.request_metrics.count(exchange.call->known, status, line.error, milliseconds / 1000);
    keep(exchange, status, milliseconds);
  } else {
    const std::string operation = shown(request);
    line.operation = operation;
    const bool asked_often =
        status < 400 && (request.path == "/_workmail/health" || request.path.starts_with("/_workmail/console/"));
    log_.request(line, asked_often ? LogLevel::Debug : LogLevel::Info);
  }
}

// Hands what is known of the call to the journal.
void Router::keep(Exchange& exchange, int status, double milliseconds) {
  if (!plane_.journal.enabled()) return;
  api::JournalEntry& entry = exchange.call->entry;
  entry.clock = exchange.at ? *exchange.at : plane_.service.clock().now();
  entry.status = status;
  entry.error = exchange.error;
  entry.milliseconds = milliseconds;
  if (exchange.call->fault) entry.fault = exchange.call->fault->rule;
  entry.lost = std::move(exchange.lost);
  if (status != 0) keep_response(entry, exchange.reply.content());
  plane_.journal.add(std::move(entry));
}

void Router::refuse(int status, std::string_view path, std::string_view message, Reply& reply) {
  const std::string code = code_of(status);
  write_error(status, path, code, message, reply);
  RequestLine line;
  line.status = status;
  line.error = code;
  log_.request(line);
}

void Router::route(Exchange& exchange) {
  const Request& request = exchange.request;
  Reply& reply = exchange.reply;
  if (Browsers::is_preflight(request)) {
    Browsers::answer_preflight(request, reply);
  } else if (exchange.call) {
    api_call(exchange, *exchange.call);
  } else if (request.path == "/") {
    root(request, reply);
  } else if (is_control(request.path)) {
    plane_.service.commit();
    exchange.error = control::answer(plane_, request, reply);
  } else {
    plain_text(reply, 404, "Nothing is here. The WorkMail API is at POST /, the control plane under /_workmail.\n");
  }
}

void Router::root(const Request& request, Reply& reply) {
  if (request.method == "GET" || request.method == "HEAD") {
    const bool browser = request.field("Accept").find("text/html") != std::string_view::npos;
    if (browser) reply.add_field("Location", "/_workmail/");
    plain_text(reply, browser ? 302 : 200, "workmail-local: the Amazon WorkMail API on this machine, at POST /.\n");
  } else {
    reply.add_field("Allow", "GET, HEAD, POST");
    plain_text(reply, 405, "The WorkMail API takes POST.\n");
  }
}

void Router::api_call(Exchange& exchange, Call& call) {
  call.entry.request_id = plane_.service.ids().request();
  exchange.reply.add_field(kRequestId, call.entry.request_id);
  if (call.operation.empty()) return refuse_target(exchange);

  using Phase = api::FaultRule::Phase;
  const bool struck = call.fault && call.fault->replaces_answer();
  if (!struck || call.fault->phase == Phase::After) run_operation(exchange, call);
  if (struck && call.fault->phase == Phase::After && call.fault->connection) {
    exchange.lost = {.error = std::string(exchange.error), .response = std::string(exchange.reply.content())};
  }
  if (struck) strike(*call.fault, exchange);
  if (exchange.reply.status == 500 && !struck)
    log_.error("The request " + call.entry.request_id + " was answered with 500.");
}

// The target names another service, or the request is none of this protocol.
void Router::refuse_target(Exchange& exchange) {
  const std::string_view target = exchange.call->target;
  exchange.error = kUnknownOperation;
  if (target.empty() || !has_json(exchange.request)) {
    // AWS: observed on other services of this protocol.
    exchange.reply.status = 404;
    exchange.reply.write("<UnknownOperationException/>");
    return;
  }
  write_api_error(400, kUnknownOperation,
                  "This is an emulator of Amazon WorkMail, and X-Amz-Target names \"" + printable(target) +
                      "\". If AWS_ENDPOINT_URL is set, set AWS_ENDPOINT_URL_WORKMAIL instead: it is for WorkMail only.",
                  exchange.reply);
}

void Router::run_operation(Exchange& exchange, Call& call) {
  Reply& reply = exchange.reply;
  if (call.refusal) {
    exchange.error = call.refusal->code();
    return write_api_error(*call.refusal, reply);
  }
  reply.content_type = kApiJson;
  const auto outcome = plane_.service.call(call.known, exchange.request.body, call.caller(), reply.body());
  reply.status = outcome.status;
  if (!outcome.error.empty()) reply.add_field(kErrorType, outcome.error);
  exchange.error = outcome.error;
  exchange.at = outcome.at;
  exchange.group = outcome.group;
  if (call.known == nullptr) warn_once(std::string(call.operation));
  for (const auto& member : outcome.passed_over) warn_once(std::string(call.operation) + "." + member);
}

// It may be misspelled, or newer than the model. Clients choose the names, so only so many are told.
void Router::warn_once(const std::string& unknown) {
  constexpr std::size_t kMostTold = 1000;
  if (told_.size() < kMostTold && told_.insert(unknown).second) {
    log_.warning("The model of this version does not have " + unknown + ".");
  }
}

// Puts the rule's answer in the place of the call's.
void Router::strike(const api::Fault& fault, Exchange& exchange) {
  Reply& reply = exchange.reply;
  reply.clear();
  reply.add_field(kRequestId, exchange.call->entry.request_id);
  if (!fault.error) return;
  exchange.error = fault.error->code();
  write_api_error(*fault.error, reply);
}

void Router::write_error(int status, std::string_view path, std::string_view code, std::string_view message,
                         Reply& reply) {
  if (path == "/") {
    reply.add_field(kRequestId, plane_.service.ids().request());
    write_api_error(status, code, message, reply);
  } else if (is_control(path)) {
    control::write_error(reply, status, code, message);
  } else {
    plain_text(reply, status, std::string(message) + "\n");
  }
}

void Router::write_api_error(int status, std::string_view code, std::string_view message, Reply& reply) {
  write_api_error(api::FrameworkError(code, std::string(message), status), reply);
}

void Router::write_api_error(const api::Error& error, Reply& reply) {
  reply.status = error.status();
  reply.content_type = kApiJson;
  reply.add_field(kErrorType, error.code());
  reply.write({});
  api::write_error(error, reply.body());
}

}  // namespace workmail::server

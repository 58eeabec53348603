#include "server/router.h"

#include <boost/beast/http/status.hpp>
#include <chrono>
#include <exception>
#include <new>

#include "api/wire/error.h"
#include "api/wire/excerpt.h"
#include "api/wire/json_text.h"
#include "server/identity/identity.h"
#include "server/other_services.h"
#include "server/process/real_time.h"

namespace workmail::server {

namespace {

constexpr std::string_view kApiJson = "application/x-amz-json-1.1";
constexpr std::string_view kText = "text/plain; charset=utf-8";
constexpr std::string_view kXml = "text/xml";
constexpr std::string_view kRequestId = "x-amzn-RequestId";
constexpr std::string_view kErrorType = "x-amzn-ErrorType";
constexpr std::string_view kInternalFailure = "InternalFailure";
constexpr std::string_view kConsoleKey = "X-Workmail-Console";
constexpr std::string_view kHealth = "/_workmail/health";
constexpr std::string_view kConsolePage = "/_workmail/";
constexpr std::string_view kServiceUnavailable = "ServiceUnavailable";
constexpr std::string_view kForbidden = "Forbidden";
constexpr std::string_view kResourcePolicy = "Cross-Origin-Resource-Policy";
constexpr std::string_view kSameOrigin = "same-origin";
constexpr std::string_view kUnknownOperation = "UnknownOperationException";

auto milliseconds_since(Steady::time_point begin) -> double {
  return std::chrono::duration<double, std::milli>(Steady::now() - begin).count();
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

// What the answer to a request says of its error, in the form of either plane, of other services or as plain text;
// empty for any other.
auto message_in(const Reply& reply) -> std::string {
  const std::string_view content = reply.content();
  if (reply.content_type == kText) return std::string(content.substr(0, content.find('\n')));
  if (reply.content_type == kXml) return message_of_xml(content);
  rapidjson::Document document;
  if (!api::parse_json(std::string(content), document) || !document.IsObject()) return {};
  const auto error = document.FindMember("error");
  const api::Json& members = error == document.MemberEnd() || !error->value.IsObject() ? document : error->value;
  const auto modelled = api::text_member(members, "Message");
  return std::string(modelled.empty() ? api::text_member(members, "message") : modelled);
}

void plain_text(Reply& reply, int status, std::string_view text) {
  reply.status = status;
  reply.content_type = kText;
  reply.write(text);
}

}  // namespace

auto Router::refuse_head(const Request& request, Reply& reply) -> bool {
  const std::string reason = refusal(request);
  if (!reason.empty()) {
    note_refusal(reason);
    refuse(403, request.path, reason, reply);
    return true;
  }
  if (!is_control(request.path) || Browsers::is_preflight(request)) return false;
  if (!control::refuse_head(plane_, request, reply)) return false;
  reply.add_field(kResourcePolicy, kSameOrigin);
  Browsers::permit_reading(request, reply);
  log_.request({.operation = shown(request),
                .status = reply.status,
                .error = code_of(reply.status),
                .message = message_in(reply)});
  return true;
}

// Emulator: AWS has no control plane, and its API is for programs, which call it under any name.
auto Router::refusal(const Request& request) const -> std::string {
  auto refusal = browsers_.refusal_of_page(request);
  if (!refusal.empty() || !is_control(request.path) || !request.field("Origin").empty()) return refusal;
  // A link to the console may be anywhere: what it opens tells the page with the link nothing.
  const bool link = request.path == kConsolePage && Browsers::is_navigation(request);
  if (!link) refusal = Browsers::refusal_of_load(request);
  // Probes ask for the health by the name that they know.
  if (refusal.empty() && request.path != kHealth) refusal = browsers_.refusal_of_name(request);
  return refusal;
}

void Router::begin(Exchange& exchange) {
  const Request& request = exchange.request;
  exchange.refusal = refusal(request);
  if (!exchange.refusal.empty() || request.path != "/" || request.method != "POST") return;
  const auto key = request.field(kConsoleKey);
  const bool of_console = !key.empty();
  if (of_console && !control::is_console_key(plane_, key)) {
    exchange.refusal = "The console's key is not that of this server, which may have started anew.";
    return;
  }
  // Emulator: the console, which can sign nothing, has its key from the control plane, and that shows and changes
  // everything already.
  const Signatures* signatures = signatures_ && !of_console ? &*signatures_ : nullptr;
  Call& call = exchange.call.emplace(read_call(request, plane_.service.settings(), signatures));
  // Now, because the call is parsed in place.
  if (plane_.journal.enabled()) call.entry.at = real_time();
  if (plane_.journal.enabled() || log_.writes(LogLevel::Debug)) keep_request(call.entry, request.body);
  // The console's own looks are not what people break things for.
  if (call.known != nullptr && !of_console)
    call.fault = plane_.faults.trigger(*call.known, call.caller(), request.body);
}

void Router::answer(Exchange& exchange) {
  const Request& request = exchange.request;
  Reply& reply = exchange.reply;
  if (!exchange.refusal.empty()) {
    exchange.error = kForbidden;
    note_refusal(exchange.refusal);
    reply.add_field(kResourcePolicy, kSameOrigin);
    exchange.request_id = write_error(403, request.path, kForbidden, exchange.refusal, reply);
    return;
  }
  try {
    route(exchange);
  } catch (const std::bad_alloc&) {
    return refuse_for_memory(exchange);
  } catch (const std::exception& error) {
    log_.error(shown(request) + ": " + error.what());
    reply.clear();
    exchange.error = kInternalFailure;
    exchange.request_id =
        write_error(500, request.path, kInternalFailure, "The emulator failed; its log has the reason.", reply);
  }
  // What loads without CORS is nobody's to look at.
  if (!exchange.call) reply.add_field(kResourcePolicy, kSameOrigin);
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

void Router::refuse_for_memory(Exchange& exchange) {
  Reply& reply = exchange.reply;
  reply.release();
  exchange.error = kServiceUnavailable;
  if (exchange.call) {
    reply.add_field(kRequestId, exchange.call->entry.request_id);
    write_api_error(503, kServiceUnavailable, kNoMemory, reply);
  } else {
    exchange.request_id = write_error(503, exchange.request.path, kServiceUnavailable, kNoMemory, reply);
  }
  Browsers::permit_reading(exchange.request, reply);
}

void Router::finish(Exchange& exchange) {
  const Request& request = exchange.request;
  const int status = exchange.broken() || exchange.abandoned ? 0 : exchange.reply.status;
  const double milliseconds = milliseconds_since(exchange.arrived);
  RequestLine line{.status = status, .error = exchange.error, .milliseconds = milliseconds};
  const std::string message = status >= 400 && log_.writes(LogLevel::Info) ? message_in(exchange.reply) : "";
  line.message = message;
  if (exchange.call) {
    const JournalEntry& entry = exchange.call->entry;
    const std::string input = log_.writes(LogLevel::Debug) ? shown_request(entry) : "";
    // Which the log writes out itself, once.
    line.operation = exchange.call->operation.empty() ? exchange.call->target : exchange.call->operation;
    if (line.operation.empty()) line.operation = "POST /";
    line.account = entry.account;
    line.region = entry.region;
    line.attempt = entry.attempt;
    line.request_id = entry.request_id;
    line.input = input;
    log_.request(line);
    plane_.request_metrics.count(exchange.call->known, status, line.error, milliseconds / 1000);
    keep(exchange, status, milliseconds);
  } else {
    const std::string operation = shown(request);
    line.operation = operation;
    line.request_id = exchange.request_id;
    // What has an id is answered as a call is.
    if (!exchange.request_id.empty()) {
      const auto identity = identify(request.field("Authorization"), plane_.service.settings());
      line.account = identity.account;
      line.region = identity.region;
    }
    const bool asked_often =
        status < 400 && (request.path == kHealth || request.path.starts_with("/_workmail/console/"));
    log_.request(line, asked_often ? LogLevel::Debug : LogLevel::Info);
  }
}

// Hands what is known of the call to the journal.
void Router::keep(Exchange& exchange, int status, double milliseconds) {
  if (!plane_.journal.enabled()) return;
  JournalEntry& entry = exchange.call->entry;
  entry.clock = exchange.at ? *exchange.at : plane_.service.clock().now();
  entry.status = status;
  entry.error = exchange.error;
  entry.milliseconds = milliseconds;
  if (exchange.call->fault) entry.fault = exchange.call->fault->rule;
  entry.lost = std::move(exchange.lost);
  // Nobody read the answer of a call that happened.
  if (exchange.abandoned && !exchange.broken() && !entry.lost) {
    entry.lost = {.error = std::string(exchange.error), .response = std::string(exchange.reply.content())};
  }
  if (status != 0) keep_response(entry, exchange.reply.content());
  plane_.journal.add(std::move(entry));
}

void Router::refuse(int status, std::string_view path, std::string_view message, Reply& reply) {
  const std::string code = code_of(status);
  reply.add_field(kResourcePolicy, kSameOrigin);
  const std::string request_id = write_error(status, path, code, message, reply);
  log_.request({.status = status, .error = code, .request_id = request_id, .message = message});
}

void Router::note_tls(std::string_view client) {
  constexpr auto kPause = std::chrono::seconds(1);
  const auto now = Steady::now();
  if (tls_noted_ != Steady::time_point::min() && now < tls_noted_ + kPause) return;
  tls_noted_ = now;
  log_.warning("A client at " + std::string(client) +
               " speaks TLS, and this server does not: its endpoint is to begin with http://, not https://.");
}

void Router::route(Exchange& exchange) {
  const Request& request = exchange.request;
  Reply& reply = exchange.reply;
  if (Browsers::is_preflight(request)) {
    Browsers::answer_preflight(request, reply);
  } else if (exchange.call) {
    api_call(exchange, *exchange.call);
  } else if (is_control(request.path) ? !request.field("X-Amz-Target").empty() : is_of_sdk(request)) {
    refuse_foreign(exchange);
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

  using Phase = FaultRule::Phase;
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
  if (is_of_other_service(exchange.request)) return refuse_foreign(exchange);
  exchange.error = kUnknownOperation;
  Reply& reply = exchange.reply;
  const std::string missing = missing_of_call(exchange.request);
  if (!missing.empty() && has_json(exchange.request)) return write_api_error(404, kUnknownOperation, missing, reply);
  reply.status = 404;
  // AWS: observed on other services of this protocol.
  if (missing.empty()) return reply.write("<UnknownOperationException/>");
  reply.content_type = kXml;
  reply.write(unknown_operation(missing));
}

// In the form that the client reads.
void Router::refuse_foreign(Exchange& exchange) {
  exchange.error = kUnknownOperation;
  Reply& reply = exchange.reply;
  const auto format = error_format_of(exchange.request);
  const std::string hint = hint_for(exchange.request);
  // AWS: a query of an unknown action is answered with 400, as is an unknown target; any other path is not found.
  const bool found = exchange.request.path == "/" && exchange.call;
  const int status = found ? 400 : 404;
  std::string request_id = exchange.call ? exchange.call->entry.request_id : plane_.service.ids().request();
  if (!exchange.call) {
    reply.add_field(kRequestId, request_id);
    exchange.request_id = request_id;
  }
  if (format == ErrorFormat::Json) return write_api_error(status, kUnknownOperation, hint, reply);
  reply.status = status;
  reply.content_type = kXml;
  reply.write(xml_error(format, kUnknownOperation, hint, request_id));
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
  if (call.known == nullptr) warn_once(api::excerpt(call.operation, api::kMaxNameShown));
  for (const auto& member : outcome.passed_over) warn_once(std::string(call.operation) + "." + member);
}

// It may be misspelled, or newer than the model. Clients choose the names, so only so many are told.
void Router::warn_once(const std::string& unknown) {
  constexpr std::size_t kMostTold = 1000;
  if (told_.size() < kMostTold && told_.insert(unknown).second) {
    log_.warning("The model of this version does not have " + unknown + ".");
  }
}

// A page that is refused asks again and again; its sentence is told once. Clients choose what it names.
void Router::note_refusal(const std::string& refusal) {
  constexpr std::size_t kMostTold = 100;
  if (refused_.size() < kMostTold && refused_.insert(refusal).second) log_.warning(refusal);
}

// Puts the rule's answer in the place of the call's.
void Router::strike(const Fault& fault, Exchange& exchange) {
  Reply& reply = exchange.reply;
  reply.clear();
  reply.add_field(kRequestId, exchange.call->entry.request_id);
  if (!fault.error) return;
  exchange.error = fault.error->code();
  write_api_error(*fault.error, reply);
}

auto Router::write_error(int status, std::string_view path, std::string_view code, std::string_view message,
                         Reply& reply) -> std::string {
  if (path == "/") {
    std::string request_id = plane_.service.ids().request();
    reply.add_field(kRequestId, request_id);
    write_api_error(status, code, message, reply);
    return request_id;
  }
  if (is_control(path)) {
    control::write_error(reply, status, code, message);
  } else {
    plain_text(reply, status, std::string(message) + "\n");
  }
  return {};
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

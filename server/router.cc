#include "server/router.h"

#include <boost/beast/http/status.hpp>
#include <exception>
#include <new>
#include <utility>

#include "api/wire/error.h"
#include "api/wire/excerpt.h"
#include "server/control/control_error.h"
#include "server/health_check.h"
#include "server/http/api_error.h"
#include "server/http/apply_fault.h"
#include "server/http/request_id.h"
#include "server/message_flow.h"
#include "server/other_services.h"
#include "server/process/real_time.h"

namespace workmail::server {

namespace {

constexpr std::string_view kInternalFailure = "InternalFailure";
constexpr std::string_view kConsoleKey = "X-Workmail-Console";
constexpr std::string_view kFind = "/_workmail/requests/find";
constexpr std::string_view kConsolePage = "/_workmail/";
constexpr std::string_view kServiceUnavailable = "ServiceUnavailable";
constexpr std::string_view kForbidden = "Forbidden";
constexpr std::string_view kRestJson = "application/json";
constexpr std::string_view kBytes = "application/octet-stream";
// The maximum time for a response that waits for functions, each of which has 15 seconds.
constexpr auto kCompletion = std::chrono::minutes(5);
constexpr std::string_view kResourcePolicy = "Cross-Origin-Resource-Policy";
constexpr std::string_view kSameOrigin = "same-origin";
constexpr std::string_view kUnknownOperation = "UnknownOperationException";

// Whether the response consists of pieces, the first of which it already has.
auto makes_pieces(const Request& request) -> bool {
  return request.path == "/_workmail/state";
}

// The path of the console without the final slash.
auto is_console_without_slash(const Request& request) -> bool {
  return request.path == control::kRoot && (request.method == "GET" || request.method == "HEAD");
}

// Whether the path is below the root of the control plane, and does not just begin with the same letters.
auto is_control(std::string_view path) -> bool {
  return path.starts_with(control::kRoot) &&
         (path.size() == control::kRoot.size() || path[control::kRoot.size()] == '/');
}

// The code of an error of HTTP: its reason phrase without spaces, such as PayloadTooLarge.
auto code_of(int status) -> std::string {
  std::string code;
  for (const char c : boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status))) {
    if (c != ' ') code += c;
  }
  return code;
}

void plain_text(Reply& reply, int status, std::string_view text) {
  reply.status = status;
  reply.content_type = kPlainText;
  reply.write(text);
}

// Whether the request may have changed something: its response must then not be lost for lack of memory.
auto may_have_changed(const Exchange& exchange) -> bool {
  const Request& request = exchange.request;
  if (exchange.call) return exchange.call->known != nullptr && !exchange.call->known->read_only;
  return request.method != "GET" && request.method != "HEAD" && request.path != kFind;
}

}  // namespace

auto Router::handle(const Request& request, Reply& reply, RequestSession& session)
    -> Task<std::optional<FaultRule::Connection>> {
  using Phase = FaultRule::Phase;
  Exchange exchange{.request = request, .reply = reply};
  begin(exchange);
  const Duration before = exchange.delay(Phase::Before);
  if (before > Duration(0)) exchange.abandoned = co_await session.delay(before);
  if (makes_pieces(request)) co_await session.wait_for_turn();
  answer(exchange);
  if (exchange.call && exchange.call->wanted_object) {
    co_await fetch_object(*exchange.call);
    reply.clear();
    answer(exchange);
  }
  if (exchange.call && exchange.call->group != nullptr) {
    co_await session.let_others_arrive();
    commit(exchange);
  }
  if (reply.completion) {
    session.allow(kCompletion);
    co_await complete(exchange);
  }
  if (plane_.mail != nullptr && is_control(request.path) && request.method != "GET") {
    session.allow(kCompletion);
    co_await plane_.mail->run_waiting();
    plane_.mail->notice();
  }
  count_memory(exchange, session);
  const Duration after = exchange.delay(Phase::After);
  if (after > Duration(0)) exchange.abandoned = co_await session.delay(after);
  if (reply.held) {
    co_await session.hold(*reply.held);
    count_memory(exchange, session);
  }
  records_.add(exchange);
  co_return exchange.broken();
}

auto Router::complete(Exchange& exchange) -> Task<void> {
  const auto completion = std::exchange(exchange.reply.completion, nullptr);
  try {
    co_await completion(exchange.reply);
  } catch (const control::ControlError& error) {
    exchange.error = error.code();
    control::write_error(exchange.reply, error.status(), error.code(), error.message());
  } catch (const std::bad_alloc&) {
    refuse_for_memory(exchange);
  } catch (const std::exception& error) {
    fail(exchange, error);
  }
}

auto Router::fetch_object(Call& call) -> Task<void> {
  const auto wanted = *std::exchange(call.wanted_object, std::nullopt);
  if (plane_.mail == nullptr || !plane_.mail->settings().s3_endpoint) {
    call.object_failure = "The content cannot be fetched: no S3 endpoint is set (--s3-endpoint)";
    co_return;
  }
  auto object = co_await plane_.mail->fetch(wanted, call.caller);
  call.object_failure = std::move(object.failure);
  if (call.object_failure.empty()) call.object = std::move(object.bytes);
}

auto Router::refuse_head(const Request& request, Reply& reply) -> bool {
  const std::string reason = refusal(request);
  if (!reason.empty()) {
    log_refusal(reason);
    refuse(403, request.path, reason, reply);
    return true;
  }
  const bool open = is_console_without_slash(request) || Browsers::is_preflight(request);
  if (!is_control(request.path) || open) return false;
  if (!control::refuse_head(plane_, request, reply)) return false;
  reply.add_field(kResourcePolicy, kSameOrigin);
  Browsers::permit_reading(request, reply);
  log_.request({.operation = name_of(request),
                .status = reply.status,
                .error = code_of(reply.status),
                .message = message_in(reply)});
  return true;
}

// Emulator: AWS has no control plane. The API is for programs, which may use any host name.
auto Router::refusal(const Request& request) const -> std::string {
  auto refusal = browsers_.refusal_of_page(request);
  if (!refusal.empty() || !is_control(request.path) || !request.field("Origin").empty()) return refusal;
  // Links to the console are allowed everywhere, because the page with the link cannot read what it opens.
  const bool is_page = request.path == kConsolePage || is_console_without_slash(request);
  const bool link = is_page && Browsers::is_navigation(request);
  if (!link) refusal = Browsers::refusal_of_load(request);
  // Health probes may use any host name.
  if (refusal.empty() && request.path != kHealthPath) refusal = browsers_.refusal_of_name(request);
  return refusal;
}

void Router::begin(Exchange& exchange) {
  const Request& request = exchange.request;
  exchange.refusal = refusal(request);
  const bool of_message = is_message_call(request);
  if (!exchange.refusal.empty() || (!of_message && (request.path != "/" || request.method != "POST"))) return;
  const auto key = request.field(kConsoleKey);
  const bool of_console = !key.empty();
  if (of_console && !control::is_console_key(plane_, key)) {
    exchange.refusal = "The console's key is not valid: the server may have restarted.";
    return;
  }
  // Emulator: the console cannot sign. It has a key from the control plane, which gives full access anyway.
  const Signatures* signatures = signatures_ && !of_console ? &*signatures_ : nullptr;
  Call& call = exchange.call.emplace(read_call(request, emulator_.service.settings(), signatures));
  // Stores the request now, because the call parses it in place.
  if (emulator_.journal.enabled()) call.entry.at = real_time();
  const std::string_view input = of_message ? call.input : request.body;
  if (emulator_.journal.enabled() || log_.writes(LogLevel::Debug)) keep_request(call.entry, input);
  // The console's own calls trigger no fault.
  if (call.known != nullptr && !of_console) call.fault = emulator_.faults.trigger(*call.known, call.caller, input);
}

void Router::answer(Exchange& exchange) {
  const Request& request = exchange.request;
  Reply& reply = exchange.reply;
  if (!exchange.refusal.empty()) {
    exchange.error = kForbidden;
    log_refusal(exchange.refusal);
    reply.add_field(kResourcePolicy, kSameOrigin);
    exchange.request_id = write_error(403, request.path, kForbidden, exchange.refusal, reply);
    return;
  }
  try {
    route(exchange);
  } catch (const std::bad_alloc&) {
    return refuse_for_memory(exchange);
  } catch (const std::exception& error) {
    fail(exchange, error);
  }
  // Pages must not load responses without CORS.
  if (!exchange.call) reply.add_field(kResourcePolicy, kSameOrigin);
  Browsers::permit_reading(request, reply);
}

void Router::fail(Exchange& exchange, const std::exception& error) {
  log_.error(name_of(exchange.request) + ": " + error.what());
  exchange.reply.clear();
  exchange.error = kInternalFailure;
  exchange.request_id = write_error(500, exchange.request.path, kInternalFailure,
                                    "The emulator failed; the reason is in its log.", exchange.reply);
}

void Router::commit(Exchange& exchange) {
  Call& call = *exchange.call;
  if (emulator_.service.commit(*call.group)) return;
  call.entry.lost.reset();
  Reply& reply = exchange.reply;
  reply.clear();
  add_request_id(reply, exchange.request_id);
  exchange.error = kInternalFailure;
  write_api_error(api::InternalFailure(), reply);
  Browsers::permit_reading(exchange.request, reply);
  log_.error("The request " + exchange.request_id + " was answered with 500.");
}

void Router::count_memory(Exchange& exchange, RequestSession& session) {
  if (session.count_answer(exchange.request) || may_have_changed(exchange)) return;
  refuse_for_memory(exchange);
  static_cast<void>(session.count_answer(exchange.request));
}

void Router::refuse_for_memory(Exchange& exchange) {
  Reply& reply = exchange.reply;
  reply.release();
  exchange.error = kServiceUnavailable;
  if (exchange.call) {
    add_request_id(reply, exchange.request_id);
    write_api_error(503, kServiceUnavailable, kNoMemory, reply);
  } else {
    exchange.request_id = write_error(503, exchange.request.path, kServiceUnavailable, kNoMemory, reply);
  }
  Browsers::permit_reading(exchange.request, reply);
}

void Router::refuse(int status, std::string_view path, std::string_view message, Reply& reply) {
  const std::string code = code_of(status);
  reply.add_field(kResourcePolicy, kSameOrigin);
  const std::string request_id = write_error(status, path, code, message, reply);
  log_.request({.status = status, .error = code, .request_id = request_id, .message = message});
}

void Router::warn_of_tls(std::string_view client) {
  constexpr auto kPause = std::chrono::seconds(1);
  const auto now = Steady::now();
  if (tls_logged_ != Steady::time_point::min() && now < tls_logged_ + kPause) return;
  tls_logged_ = now;
  log_.warning("A client at " + std::string(client) +
               " uses TLS, which this server does not support: its endpoint must begin with http://, not https://.");
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
  } else if (is_console_without_slash(request)) {
    reply.add_field("Location", kConsolePage);
    plain_text(reply, 308, "The console is at /_workmail/.\n");
  } else if (is_control(request.path)) {
    emulator_.service.commit();
    exchange.error = control::answer(plane_, request, reply);
  } else {
    plain_text(reply, 404, "Not found. The WorkMail API is at POST /, the control plane under /_workmail.\n");
  }
}

void Router::root(const Request& request, Reply& reply) {
  if (request.method == "GET" || request.method == "HEAD") {
    const bool browser = request.field("Accept").find("text/html") != std::string_view::npos;
    if (browser) reply.add_field("Location", "/_workmail/");
    plain_text(reply, browser ? 302 : 200, "workmail-local: the Amazon WorkMail API on this machine, at POST /.\n");
  } else {
    reply.add_field("Allow", "GET, HEAD, POST");
    plain_text(reply, 405, "The WorkMail API accepts only POST.\n");
  }
}

void Router::api_call(Exchange& exchange, Call& call) {
  exchange.request_id = emulator_.service.ids().request();
  add_request_id(exchange.reply, exchange.request_id);
  if (call.operation.empty()) return refuse_target(exchange);

  using Phase = FaultRule::Phase;
  const bool replaced = call.fault && call.fault->replaces_answer();
  if (!replaced || call.fault->phase == Phase::After) run_operation(exchange, call);
  if (replaced && call.fault->phase == Phase::After && call.fault->connection) {
    call.entry.lost = {.error = std::string(exchange.error), .response = std::string(exchange.reply.content())};
  }
  if (replaced) apply_error(*call.fault, exchange.request_id, exchange.reply);
  if (replaced && call.fault->error) exchange.error = call.fault->error->code();
  if (exchange.reply.status == 500 && !replaced)
    log_.error("The request " + exchange.request_id + " was answered with 500.");
}

// The target is of another service, or the request has another protocol.
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

// In the format that the client reads.
void Router::refuse_foreign(Exchange& exchange) {
  exchange.error = kUnknownOperation;
  Reply& reply = exchange.reply;
  const auto format = error_format_of(exchange.request);
  const std::string hint = hint_for(exchange.request);
  // AWS: a query of an unknown action is answered with 400, as is an unknown target; any other path is not found.
  const bool found = exchange.request.path == "/" && exchange.call;
  const int status = found ? 400 : 404;
  if (!exchange.call) {
    exchange.request_id = emulator_.service.ids().request();
    add_request_id(reply, exchange.request_id);
  }
  if (format == ErrorFormat::Json) return write_api_error(status, kUnknownOperation, hint, reply);
  reply.status = status;
  reply.content_type = kXml;
  reply.write(xml_error(format, kUnknownOperation, hint, exchange.request_id));
}

void Router::run_operation(Exchange& exchange, Call& call) {
  Reply& reply = exchange.reply;
  if (call.error) {
    exchange.error = call.error->code();
    return write_api_error(*call.error, reply);
  }
  reply.content_type = kApiJson;
  const bool rest = call.known != nullptr && call.known->rest;
  // A copy, because the input is parsed in place, and needed again after an object was fetched.
  std::string input = rest ? call.input : std::string();
  const bool fetched = call.object || !call.object_failure.empty();
  const api::FetchedObject object{.bytes = call.object ? std::string_view(*call.object) : std::string_view(),
                                  .failure = call.object_failure};
  auto outcome = emulator_.service.call(call.known, rest ? input : exchange.request.body, call.caller, reply.body(),
                                        fetched ? &object : nullptr);
  call.wanted_object = std::move(outcome.wanted_object);
  if (rest) reply.content_type = call.known->binary && outcome.error.empty() ? kBytes : kRestJson;
  reply.status = outcome.status;
  if (!outcome.error.empty()) reply.add_field(kErrorTypeHeader, outcome.error);
  exchange.error = outcome.error;
  call.at = outcome.at;
  call.group = outcome.group;
  if (call.known == nullptr) warn_once(api::excerpt(call.operation, api::kMaxNameShown));
  for (const auto& member : outcome.unknown_members) warn_once(std::string(call.operation) + "." + member);
}

// The operation may be misspelled, or newer than the model. Clients choose the names, so their number is limited.
void Router::warn_once(const std::string& unknown) {
  constexpr std::size_t kMaxUnknown = 1000;
  if (unknown_.size() < kMaxUnknown && unknown_.insert(unknown).second) {
    log_.warning("The model of this version does not have " + unknown + ".");
  }
}

// A rejected page repeats its request, so each reason is logged once. Clients influence the text, so the number of
// reasons is limited.
void Router::log_refusal(const std::string& refusal) {
  constexpr std::size_t kMaxRefused = 100;
  if (refused_.size() < kMaxRefused && refused_.insert(refusal).second) log_.warning(refusal);
}

auto Router::write_error(int status, std::string_view path, std::string_view code, std::string_view message,
                         Reply& reply) -> std::string {
  if (path == "/") {
    std::string request_id = emulator_.service.ids().request();
    add_request_id(reply, request_id);
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

}  // namespace workmail::server

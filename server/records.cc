#include "server/records.h"

#include <chrono>
#include <utility>

#include "api/wire/json_text.h"
#include "server/health_check.h"
#include "server/identity/identity.h"
#include "server/other_services.h"

namespace workmail::server {

namespace {

auto milliseconds_since(Steady::time_point begin) -> double {
  return std::chrono::duration<double, std::milli>(Steady::now() - begin).count();
}

}  // namespace

auto name_of(const Request& request) -> std::string {
  return std::string(request.method) + " " + std::string(request.path);
}

auto message_in(const Reply& reply) -> std::string {
  const std::string_view content = reply.content();
  if (reply.content_type == kPlainText) return std::string(content.substr(0, content.find('\n')));
  if (reply.content_type == kXml) return message_of_xml(content);
  rapidjson::Document document;
  if (!api::parse_json(std::string(content), document) || !document.IsObject()) return {};
  const auto error = document.FindMember("error");
  const api::Json& members = error == document.MemberEnd() || !error->value.IsObject() ? document : error->value;
  const auto modelled = api::text_member(members, "Message");
  return std::string(modelled.empty() ? api::text_member(members, "message") : modelled);
}

void Records::add(Exchange& exchange) {
  const int status = exchange.broken() || exchange.abandoned ? 0 : exchange.reply.status;
  const double milliseconds = milliseconds_since(exchange.arrived);
  const std::string message = status >= 400 && log_.writes(LogLevel::Info) ? message_in(exchange.reply) : "";
  RequestLine line{.status = status,
                   .error = exchange.error,
                   .milliseconds = milliseconds,
                   .request_id = exchange.request_id,
                   .message = message};
  if (exchange.call)
    add_call(exchange, line);
  else
    add_other(exchange, line);
}

void Records::add_call(Exchange& exchange, RequestLine& line) {
  const Call& call = *exchange.call;
  const std::string input = log_.writes(LogLevel::Debug) ? shown_request(call.entry) : "";
  // Not escaped here, because the log escapes it.
  line.operation = call.operation.empty() ? call.target : call.operation;
  if (line.operation.empty()) line.operation = "POST /";
  line.account = call.caller.account;
  line.region = call.caller.region;
  line.attempt = call.entry.attempt;
  line.input = input;
  log_.request(line);
  emulator_.request_metrics.count(call.known, line.status, line.error, line.milliseconds / 1000);
  add_to_journal(exchange, line.status, line.milliseconds);
}

void Records::add_other(const Exchange& exchange, RequestLine& line) {
  const Request& request = exchange.request;
  const std::string operation = name_of(request);
  line.operation = operation;
  // A response with a request id has the format of a call.
  if (!exchange.request_id.empty()) {
    const auto identity = identify(request.field("Authorization"), emulator_.service.settings());
    line.account = identity.caller.account;
    line.region = identity.caller.region;
  }
  const bool asked_often =
      line.status < 400 && (request.path == kHealthPath || request.path.starts_with("/_workmail/console/"));
  log_.request(line, asked_often ? LogLevel::Debug : LogLevel::Info);
}

void Records::add_to_journal(Exchange& exchange, int status, double milliseconds) {
  if (!emulator_.journal.enabled()) return;
  const Call& call = *exchange.call;
  JournalEntry& entry = exchange.call->entry;
  entry.clock = call.at ? *call.at : emulator_.service.clock().now();
  entry.request_id = std::move(exchange.request_id);
  entry.status = status;
  entry.error = exchange.error;
  entry.milliseconds = milliseconds;
  if (call.fault) entry.fault = call.fault->rule;
  // The call took effect, but the client did not read its response.
  if (exchange.abandoned && !exchange.broken() && !entry.lost) {
    entry.lost = {.error = std::string(exchange.error), .response = std::string(exchange.reply.content())};
  }
  const bool is_text = call.known == nullptr || !call.known->binary || status >= 400;
  if (status != 0 && is_text) keep_response(entry, exchange.reply.content());
  emulator_.journal.add(std::move(entry));
}

}  // namespace workmail::server

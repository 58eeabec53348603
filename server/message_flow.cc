#include "server/message_flow.h"

#include "api/mail/headers.h"
#include "api/wire/codec.h"
#include "api/wire/percent_encoding.h"
#include "server/identity/identity.h"
#include "server/identity/signatures.h"

namespace workmail::server {

namespace {

constexpr std::string_view kMessages = "/messages/";

}  // namespace

auto is_message_call(const Request& request) -> bool {
  const auto path = request.path;
  const bool is_message = path.starts_with(kMessages) && path.size() > kMessages.size() &&
                          path.find('/', kMessages.size()) == std::string_view::npos;
  if (!is_message || message_operation(request).empty()) return false;
  static const api::Settings kAny;
  const auto service = identify(request.field("Authorization"), kAny).service;
  return service.empty() || service == kMessageFlowService || service == kWorkMailService;
}

auto message_operation(const Request& request) -> std::string_view {
  if (request.method == "GET") return "GetRawMessageContent";
  return request.method == "POST" ? "PutRawMessageContent" : "";
}

// The path's id is behind what the body has, so that it counts: AWS ignores a messageId of the body.
auto message_input(const Request& request) -> std::string {
  std::string_view body = api::trimmed(request.body);
  if (body.empty()) body = "{}";
  if (!body.starts_with('{') || !body.ends_with('}')) return request.body;
  body = api::trimmed(body.substr(0, body.size() - 1));
  std::string input(body);
  if (body != "{") input += ",";
  input += "\"messageId\":";
  api::Encoder(input).value(std::string_view(api::percent_decoded(request.path.substr(kMessages.size()))));
  return input + "}";
}

}  // namespace workmail::server

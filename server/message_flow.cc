#include "server/message_flow.h"

#include "api/wire/codec.h"
#include "api/wire/percent_encoding.h"
#include "server/identity/identity.h"
#include "server/identity/signatures.h"

namespace workmail::server {

namespace {

constexpr std::string_view kMessages = "/messages/";
constexpr std::string_view kSpaces = " \t\r\n";

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

auto message_input(const Request& request) -> std::string {
  std::string_view body = request.body;
  body.remove_prefix(std::min(body.find_first_not_of(kSpaces), body.size()));
  if (!body.empty() && body[0] != '{') return request.body;
  body.remove_prefix(body.empty() ? 0 : 1);
  body.remove_prefix(std::min(body.find_first_not_of(kSpaces), body.size()));
  std::string input = "{\"messageId\":";
  api::Encoder(input).value(std::string_view(api::percent_decoded(request.path.substr(kMessages.size()))));
  if (body.empty()) return input + "}";
  if (body[0] != '}') input += ",";
  return input.append(body);
}

}  // namespace workmail::server

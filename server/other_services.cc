#include "server/other_services.h"

#include <algorithm>
#include <array>
#include <utility>

#include "api/call/settings.h"
#include "server/call.h"
#include "server/identity/identity.h"
#include "server/process/log.h"

namespace workmail::server {

namespace {

constexpr std::string_view kForm = "application/x-www-form-urlencoded";
constexpr std::string_view kWorkMail = "workmail";
constexpr std::string_view kPresigned = "X-Amz-Credential=";
constexpr std::string_view kEc2Version = "Version=2016-11-15";
constexpr std::string_view kNamesNone =
    "A call names its operation in a header, such as X-Amz-Target: WorkMailService.ListOrganizations.";

// AWS: those whose protocol is restXml. Of the others that have paths, it is restJson1.
constexpr std::array<std::string_view, 4> kS3Services{"s3", "s3express", "s3-outposts", "s3-object-lambda"};
constexpr std::array<std::string_view, 2> kXmlServices{"route53", "cloudfront"};

template <std::size_t Count>
auto is_one_of(std::string_view service, const std::array<std::string_view, Count>& services) -> bool {
  return std::find(services.begin(), services.end(), service) != services.end();
}

auto has_parameter(std::string_view form, std::string_view parameter) -> bool {
  for (auto found = form.find(parameter); found != std::string_view::npos; found = form.find(parameter, found + 1)) {
    if (found == 0 || form[found - 1] == '&') return true;
  }
  return false;
}

// The service in a signature in the query, "X-Amz-Credential=AKID%2F20260501%2Fus-east-1%2Fs3%2Faws4_request".
auto presigned_service(std::string_view query) -> std::string_view {
  const auto begin = query.find(kPresigned);
  if (begin == std::string_view::npos) return {};
  query.remove_prefix(begin + kPresigned.size());
  query = query.substr(0, query.find('&'));
  std::string_view part;
  constexpr int kServicePart = 4;
  for (int number = 0; number < kServicePart; ++number) {
    const auto slash = query.find_first_of("/%");
    part = query.substr(0, slash);
    if (slash == std::string_view::npos) return {};
    query.remove_prefix(std::min(query.size(), slash + (query[slash] == '/' ? std::size_t{1} : std::size_t{3})));
  }
  return part;
}

// The service that the request is signed for; empty without a signature, or with an invalid one.
auto service_of(const Request& request) -> std::string_view {
  static const api::Settings kAny;
  auto service = identify(request.field("Authorization"), kAny).service;
  if (service.empty()) service = presigned_service(request.query);
  return is_region(service) ? service : std::string_view();  // services have the same characters as regions
}

auto has_form(const Request& request) -> bool {
  return request.field("Content-Type").starts_with(kForm);
}

auto has_action(const Request& request) -> bool {
  return has_parameter(request.query, "Action=") || (has_form(request) && has_parameter(request.body, "Action="));
}

auto is_of_ec2(const Request& request) -> bool {
  return service_of(request) == "ec2" || has_parameter(request.body, kEc2Version) ||
         has_parameter(request.query, kEc2Version);
}

auto is_signed(const Request& request) -> bool {
  const auto authorization = request.field("Authorization");
  // The second is the old signature of S3, before 2014.
  return authorization.starts_with("AWS4-") || authorization.starts_with("AWS ") ||
         request.query.find("X-Amz-Signature=") != std::string_view::npos ||
         request.query.find(kPresigned) != std::string_view::npos;
}

auto escaped(std::string_view text) -> std::string {
  std::string xml;
  for (const char c : text) {
    if (c == '&')
      xml += "&amp;";
    else if (c == '<')
      xml += "&lt;";
    else if (c == '>')
      xml += "&gt;";
    else
      xml += c;
  }
  return xml;
}

auto unescaped(std::string_view xml) -> std::string {
  constexpr std::array<std::pair<std::string_view, char>, 3> kEscapes{{{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}}};
  std::string text;
  while (!xml.empty()) {
    const auto* const found = std::find_if(kEscapes.begin(), kEscapes.end(),
                                           [xml](const auto& escape) { return xml.starts_with(escape.first); });
    text += found == kEscapes.end() ? xml[0] : found->second;
    xml.remove_prefix(found == kEscapes.end() ? 1 : found->first.size());
  }
  return text;
}

auto element(std::string_view name, std::string_view content) -> std::string {
  std::string xml("<");
  return xml.append(name).append(">").append(content).append("</").append(name).append(">");
}

}  // namespace

auto is_of_sdk(const Request& request) -> bool {
  return is_signed(request) || !request.field("X-Amz-Target").empty() ||
         !request.field("amz-sdk-invocation-id").empty() || has_action(request);
}

auto is_of_other_service(const Request& request) -> bool {
  if (!request.field("X-Amz-Target").empty()) return has_json(request);
  const auto service = service_of(request);
  return has_form(request) || (!service.empty() && service != kWorkMail);
}

auto error_format_of(const Request& request) -> ErrorFormat {
  if (!request.field("X-Amz-Target").empty()) return ErrorFormat::Json;
  if (has_action(request)) return is_of_ec2(request) ? ErrorFormat::Ec2 : ErrorFormat::Query;
  const auto service = service_of(request);
  if (is_one_of(service, kS3Services)) return ErrorFormat::S3;
  if (is_one_of(service, kXmlServices)) return ErrorFormat::Query;
  // A request without a signature, or with one in the query, is almost always for S3.
  const bool may_be_s3 = service.empty() && (request.method != "POST" || !has_json(request));
  return may_be_s3 ? ErrorFormat::S3 : ErrorFormat::Json;
}

auto hint_for(const Request& request) -> std::string {
  const auto target = request.field("X-Amz-Target");
  const auto service = service_of(request);
  if (target.empty() && has_form(request) && !has_action(request) && service.empty()) return std::string(kNamesNone);
  if (target.starts_with(kTargetPrefix) || (target.empty() && service == kWorkMail))
    return "The WorkMail API is at POST /, and this request is " + printable(request.method) + " " +
           printable(request.path) + ". The URL of the endpoint ends with its port.";
  std::string reason = "the request is for another service";
  if (!target.empty())
    reason = "X-Amz-Target names \"" + printable(target) + "\"";
  else if (!service.empty())
    reason = "the request is for " + std::string(service);
  return "This is an emulator of Amazon WorkMail, and " + reason +
         ". If AWS_ENDPOINT_URL is set, set AWS_ENDPOINT_URL_WORKMAIL instead: it is for WorkMail only.";
}

auto missing_of_call(const Request& request) -> std::string {
  const auto type = request.field("Content-Type");
  if (!has_json(request)) {
    return "A call has the header Content-Type: application/x-amz-json-1.1, and this request has Content-Type: " +
           printable(type) + ".";
  }
  const bool of_sdk = type.starts_with("application/x-amz-json");
  return of_sdk ? std::string() : std::string(kNamesNone);
}

auto unknown_operation(std::string_view message) -> std::string {
  return element("UnknownOperationException", element("Message", escaped(message)));
}

auto message_of_xml(std::string_view xml) -> std::string {
  constexpr std::string_view kBegin = "<Message>";
  const auto begin = xml.find(kBegin);
  if (begin == std::string_view::npos) return {};
  const auto content = xml.substr(begin + kBegin.size());
  return unescaped(content.substr(0, content.find("</Message>")));
}

auto xml_error(ErrorFormat format, std::string_view code, std::string_view message, std::string_view request_id)
    -> std::string {
  const std::string reason = element("Code", code) + element("Message", escaped(message));
  switch (format) {
    case ErrorFormat::S3:
      return element("Error", reason + element("RequestId", request_id));
    case ErrorFormat::Ec2:
      return element("Response", element("Errors", element("Error", reason)) + element("RequestID", request_id));
    case ErrorFormat::Query:
    case ErrorFormat::Json:
      break;
  }
  return element("ErrorResponse",
                 element("Error", element("Type", "Sender") + reason) + element("RequestId", request_id));
}

}  // namespace workmail::server

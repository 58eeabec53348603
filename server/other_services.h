// Requests for other AWS services, which arrive when AWS_ENDPOINT_URL points all SDK clients at this server, and
// WorkMail calls with a wrong path: errors in the form that their SDK reads, so that it shows the reason to its user.
#pragma once

#include <string>
#include <string_view>

#include "server/http/request.h"

namespace workmail::server {

enum class ErrorFormat {
  Json,
  Query,  // XML of STS, SES, IAM, and of Route 53
  Ec2,
  S3,
};

// Whether an SDK of AWS, or what signs as one, sent the request.
auto is_of_sdk(const Request& request) -> bool;

// Of a request at POST / that names no operation of WorkMail: whether its client reads more than AWS's own answer to
// such a request has.
auto is_of_other_service(const Request& request) -> bool;

auto error_format_of(const Request& request) -> ErrorFormat;

// What was probably meant, as a sentence for the user of the SDK.
auto hint_for(const Request& request) -> std::string;

// Of any other request at POST / that names no operation of WorkMail, what a call would have, as a sentence; empty for
// one whose client can only be an SDK, which reads nothing of it.
auto missing_of_call(const Request& request) -> std::string;

// The body of AWS's answer to such a request, with a reason.
auto unknown_operation(std::string_view message) -> std::string;

// The message in the body of an error in XML; empty when there is none.
auto message_of_xml(std::string_view xml) -> std::string;

// The body of an error in one of the formats of XML.
auto xml_error(ErrorFormat format, std::string_view code, std::string_view message, std::string_view request_id)
    -> std::string;

}  // namespace workmail::server

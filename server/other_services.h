// Errors for requests to other AWS services, which arrive if AWS_ENDPOINT_URL points all SDK clients at this server,
// and for WorkMail calls with a wrong path. They have the format of the service, so that its SDK shows the reason to
// the user.
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

// Whether an AWS SDK, or a client that signs like one, sent the request.
auto is_of_sdk(const Request& request) -> bool;

// For a request at POST / without an operation of WorkMail: whether its client reads more than AWS's own response to
// such a request contains.
auto is_of_other_service(const Request& request) -> bool;

auto error_format_of(const Request& request) -> ErrorFormat;

// A sentence for the user of the SDK about what was probably intended.
auto hint_for(const Request& request) -> std::string;

// For any other request at POST / without an operation of WorkMail: a sentence about what a call needs. Empty if the
// client is certainly an SDK, which would not read it.
auto missing_of_call(const Request& request) -> std::string;

// The body of AWS's response to such a request, with a reason.
auto unknown_operation(std::string_view message) -> std::string;

// The message in the body of an error in XML; empty if there is none.
auto message_of_xml(std::string_view xml) -> std::string;

// The body of an error in one of the XML formats.
auto xml_error(ErrorFormat format, std::string_view code, std::string_view message, std::string_view request_id)
    -> std::string;

}  // namespace workmail::server

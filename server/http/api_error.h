// Writes errors as the WorkMail API returns them: status, x-amzn-ErrorType and a body in JSON.
#pragma once

#include <string_view>

#include "api/wire/error.h"
#include "server/http/reply.h"

namespace workmail::server {

inline constexpr std::string_view kApiJson = "application/x-amz-json-1.1";
inline constexpr std::string_view kErrorTypeHeader = "x-amzn-ErrorType";

// Replaces the body of the reply by the error.
void write_api_error(const api::Error& error, Reply& reply);
void write_api_error(int status, std::string_view code, std::string_view message, Reply& reply);

}  // namespace workmail::server

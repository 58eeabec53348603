// Errors that AWS's model does not declare for the operation that throws them. No client expects one, so it is a
// mistake of the handler: the call is answered with a 500 instead, and the error is reported. Everything else that
// becomes a 500 is no error of AWS's; it is for api/service.cc.
#pragma once

#include <functional>
#include <string>

#include "api/call/operation.h"
#include "api/wire/error.h"

namespace workmail::api {

// What the call is answered with: the error itself, or InternalFailure for one that the operation
// neither declares nor may return all the same (api/call/may_return.h).
auto declared_or_500(const Operation& operation, const ModelledError& error,
                     const std::function<void(const std::string&)>& report) -> const Error&;

}  // namespace workmail::api

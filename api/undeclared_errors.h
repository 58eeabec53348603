// Errors that AWS's model does not declare for the operation that throws them. No client expects such an error, so it
// is a bug of the handler: the client gets a 500 instead, and the error is reported. api/service.cc handles other
// exceptions, which also become a 500.
#pragma once

#include <functional>
#include <string>

#include "api/call/operation.h"
#include "api/wire/error.h"

namespace workmail::api {

// The error that the client gets: the error itself, or InternalFailure if the operation neither declares it nor may
// return it (api/call/may_return.h).
auto declared_or_500(const Operation& operation, const ModelledError& error,
                     const std::function<void(const std::string&)>& report) -> const Error&;

}  // namespace workmail::api

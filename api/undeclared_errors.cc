#include "api/undeclared_errors.h"

#include "api/call/may_return.h"

namespace workmail::api {

auto declared_or_500(const Operation& operation, const ModelledError& error,
                     const std::function<void(const std::string&)>& report) -> const Error& {
  if (may_return(operation, error.code())) return error;
  report(std::string(operation.name) + ": undeclared " + std::string(error.code()) + ": " + error.what());
  static const InternalFailure kFailure;
  return kFailure;
}

}  // namespace workmail::api

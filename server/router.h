// From a request to its answer: the WorkMail API at POST /, the control plane under /_workmail. Synchronous, without
// sockets; every request that was read well ends here, and so does the word for those that were not.
#pragma once

#include <string_view>

#include "api/service.h"
#include "server/control/plane.h"
#include "server/log.h"
#include "server/reply.h"
#include "server/request.h"

namespace workmail::server {

class Router {
 public:
  Router(api::Service& service, control::Plane& plane, Log& log) : service_(service), plane_(plane), log_(log) {}

  // Makes the answer in `reply`, which is clear. Never throws: what nobody foresaw is a logged 500.
  void answer(const Request& request, Reply& reply);

  // Makes the answer to a request that cannot be read to its end: too large, or not HTTP. `path` is empty when even
  // that is not known.
  void refuse(int status, std::string_view path, std::string_view message, Reply& reply);

  // For failures outside of any request.
  [[nodiscard]] auto log() -> Log& { return log_; }

 private:
  void route(const Request& request, Reply& reply, RequestLine& line);
  void root(const Request& request, Reply& reply, RequestLine& line);
  void api_call(const Request& request, Reply& reply, RequestLine& line);
  void run_operation(std::string_view operation, const Request& request, Reply& reply, RequestLine& line);
  // In the form of the plane that the path belongs to.
  void write_error(int status, std::string_view path, std::string_view code, std::string_view message, Reply& reply);
  void write_api_error(int status, std::string_view code, std::string_view message, Reply& reply);

  api::Service& service_;
  control::Plane& plane_;
  Log& log_;
};

}  // namespace workmail::server

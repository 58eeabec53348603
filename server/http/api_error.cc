#include "server/http/api_error.h"

#include <string>

namespace workmail::server {

void write_api_error(const api::Error& error, Reply& reply) {
  reply.status = error.status();
  reply.content_type = kApiJson;
  reply.add_field(kErrorTypeHeader, error.code());
  reply.write({});
  api::write_error(error, reply.body());
}

void write_api_error(int status, std::string_view code, std::string_view message, Reply& reply) {
  write_api_error(api::FrameworkError(code, std::string(message), status), reply);
}

}  // namespace workmail::server

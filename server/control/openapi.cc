#include "server/control/openapi.h"

#include "server/control/plane.h"

namespace workmail::server::control {

void open_api(Plane& /*plane*/, const Request& /*request*/, Reply& reply) {
  reply.write(openapi_text());
}

}  // namespace workmail::server::control

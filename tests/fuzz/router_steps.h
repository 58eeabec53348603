// Handles a request by the router without a session, for targets without sockets. Never waits.
#pragma once

#include <string>

#include "server/router.h"

namespace workmail::server {

class RouterSteps {
 public:
  static void answer(Router& router, Exchange& exchange) {
    router.begin(exchange);
    router.answer(exchange);
    Reply& reply = exchange.reply;
    if (const auto held = std::move(reply.held)) held->answer(reply);
    std::string events;
    if (reply.events) reply.events->take(events);
    router.records_.add(exchange);
  }
};

}  // namespace workmail::server

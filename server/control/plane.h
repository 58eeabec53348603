// The control plane: what is under /_workmail, which AWS does not have. This is its door; a file per topic beside it
// holds the endpoints, and the table in plane.cc names them all.
#pragma once

#include <chrono>
#include <string_view>

#include "api/service.h"
#include "server/reply.h"
#include "server/request.h"

namespace workmail::server::control {

inline constexpr std::string_view kRoot = "/_workmail";

struct Plane {
  api::Service& service;
  std::string_view storage;  // "memory" or "file"
  std::chrono::steady_clock::time_point started;
};

// Answers a request whose path begins with kRoot. Refusals become answers; anything unforeseen passes through. Returns
// the code of the error, empty for a success.
auto answer(Plane& plane, const Request& request, Reply& reply) -> std::string_view;

// Writes an error as the control plane writes them.
void write_error(Reply& reply, int status, std::string_view code, std::string_view message);

// The endpoints, by topic.
void health(Plane& plane, const Request& request, Reply& reply);
void reset(Plane& plane, const Request& request, Reply& reply);
void read_clock(Plane& plane, const Request& request, Reply& reply);
void set_clock(Plane& plane, const Request& request, Reply& reply);
void advance_clock(Plane& plane, const Request& request, Reply& reply);
void simulate(Plane& plane, const Request& request, Reply& reply);

}  // namespace workmail::server::control

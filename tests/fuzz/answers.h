// Shared by targets that call a server: a server with contents, and checks of every response.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "server/exchange.h"
#include "server/http/reply.h"
#include "tests/fuzz/instance.h"

namespace workmail::fuzz {

// An instance with the organization that the corpus calls, and the way back to it.
class Seeded {
 public:
  Seeded();

  // Restores the initial state. A call that changed nothing in the database has changed only the counter of requests.
  auto begin() -> api::Service&;
  // Everything that is stored.
  auto state() -> std::string { return instance_.state(); }

 private:
  void go_back();
  auto changes() -> std::int64_t;

  Instance instance_;
  std::int64_t changes_ = 0;
  std::uint64_t counted_ = 0;
};

// Throws a Finding if the head or the body of the response is invalid, for any request.
void judge(const server::Exchange& exchange);

// The same, if a client cannot parse the response or find its body.
void expect_readable(server::Reply& reply, bool head_only, bool keep_alive);

}  // namespace workmail::fuzz

// What the targets that ask a server have in common: a server with something in it, and what every answer must be.
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

  // As it was at first. A call that changed nothing in the database leaves only the counter of requests behind.
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

// Throws a Finding when the head or the body of the answer is not what it must be, whatever the question was.
void judge(const server::Exchange& exchange);

// The same when a client cannot read what is sent, or not find the body in it.
void expect_readable(server::Reply& reply, bool head_only, bool keep_alive);

}  // namespace workmail::fuzz

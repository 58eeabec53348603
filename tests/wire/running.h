// The built program as a running server on a free port, called over its socket.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "program.h"
#include "wire.h"

namespace workmail::server {

class Running : public Program {
 public:
  using Arguments = std::vector<std::string>;

  explicit Running(Arguments arguments, const Variables& variables = {}, unsigned descriptors = 0,
                   Streams streams = {.output = -1, .errors = -1})
      : Program(with_free_port(std::move(arguments)), variables, descriptors, streams) {
    EXPECT_TRUE(wait_until_ready()) << errors();
  }

  auto call(std::string_view operation, std::string_view body, std::string_view fields = {}) const -> Answer {
    return exchange(call_text(operation, body, fields));
  }
  auto ask(std::string_view method, std::string_view path, std::string_view body = {}) const -> Answer {
    return exchange(request_text(method, path, body));
  }

 private:
  auto exchange(const std::string& request) const -> Answer {
    Client client(port());
    client.send(request);
    return client.receive();
  }
  static auto with_free_port(Arguments arguments) -> Arguments {
    arguments.insert(arguments.end(), {"--listen", "localhost:0"});
    return arguments;
  }
};

}  // namespace workmail::server

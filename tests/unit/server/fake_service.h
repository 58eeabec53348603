// A service on a free port, in the event loop of the test: reads a request, sends the given bytes, and then closes the
// connection or hangs. Also runs a task to its end.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/write.hpp>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/mail/http_endpoint.h"
#include "server/process/asio.h"
#include "server/process/text.h"

namespace workmail::server {

// The time-out for things that should happen at once.
inline constexpr auto kTestPatience = std::chrono::seconds(10);

enum class AfterAnswer { Close, Hang };

struct FakeAnswer {
  std::string bytes;
  AfterAnswer then = AfterAnswer::Close;
  bool reads = true;  // whether it reads the request before it responds
};

class FakeService {
 public:
  FakeService(asio::io_context& io, FakeAnswer answer) : seen_(std::make_shared<Seen>()) {
    Acceptor acceptor(io, {asio::ip::address_v4::loopback(), 0});
    port_ = acceptor.local_endpoint().port();
    asio::co_spawn(io, serve(std::move(acceptor), std::move(answer), seen_), asio::detached);
  }

  [[nodiscard]] auto endpoint(const std::string& path = {}) const -> HttpEndpoint {
    return *parse_http_endpoint("http://127.0.0.1:" + std::to_string(port_) + path).endpoint;
  }
  // The requests that were read, with head and body.
  [[nodiscard]] auto requests() const -> const std::vector<std::string>& { return seen_->requests; }
  // The number of connections that the client has closed.
  [[nodiscard]] auto left() const -> int { return seen_->left; }
  // The value of a header of the last request; empty if it is absent.
  [[nodiscard]] auto field(const std::string& name) const -> std::string {
    if (requests().empty()) return {};
    const auto& request = requests().back();
    const auto begin = lower_case(request).find("\r\n" + lower_case(name) + ": ");
    if (begin == std::string::npos) return {};
    const auto value = begin + name.size() + 4;
    return request.substr(value, request.find("\r\n", value) - value);
  }

 private:
  struct Seen {
    std::vector<std::string> requests;
    int left = 0;
  };

  static auto is_whole(const std::string& text) -> bool {
    const auto end = text.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    const auto length = text.find("Content-Length: ");
    return text.size() >= end + 4 + (length < end ? std::stoul(text.substr(length + 16)) : 0);
  }

  static auto read_request(Socket& socket) -> Task<std::string> {
    std::string text;
    std::string part(65536, '\0');
    while (!is_whole(text)) {
      const auto [error, size] = co_await socket.async_read_some(asio::buffer(part), kAwait);
      if (error) co_return text;
      text.append(part, 0, size);
    }
    co_return text;
  }

  static auto serve(Acceptor acceptor, FakeAnswer answer, std::shared_ptr<Seen> seen) -> Task<void> {
    for (;;) {
      auto [error, socket] = co_await acceptor.async_accept(kAwait);
      if (error) co_return;
      if (answer.reads) seen->requests.push_back(co_await read_request(socket));
      co_await asio::async_write(socket, asio::buffer(answer.bytes), kAwait);
      if (answer.then == AfterAnswer::Close) continue;
      std::string more(65536, '\0');
      for (error_code end; !end;) {
        const auto [ended, size] = co_await socket.async_read_some(asio::buffer(more), kAwait);
        end = ended;
      }
      ++seen->left;
    }
  }

  std::uint16_t port_ = 0;
  std::shared_ptr<Seen> seen_;  // shared with the coroutine, which is destroyed with the loop
};

// Runs the loop until the condition is true.
template <class Condition>
auto run_until(asio::io_context& io, Condition condition) -> bool {
  io.restart();
  const auto end = Steady::now() + kTestPatience;
  while (!condition() && Steady::now() < end) io.run_one_until(end);
  return condition();
}

template <class Result>
auto run_task(asio::io_context& io, Task<Result> task) -> Result {
  std::optional<Result> result;
  asio::co_spawn(io, std::move(task), [&result](const std::exception_ptr& error, Result value) {
    if (error) std::rethrow_exception(error);
    result = std::move(value);
  });
  EXPECT_TRUE(run_until(io, [&result] { return result.has_value(); }));
  return result.value_or(Result{});
}

}  // namespace workmail::server

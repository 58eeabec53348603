#include "server/health_check.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <string_view>
#include <thread>

#include "api/wire/json_text.h"
#include "server/process/asio.h"
#include "server/process/log.h"

namespace workmail::server {

namespace {

namespace http = boost::beast::http;

constexpr auto kPause = std::chrono::milliseconds(50);
// The time-out of an attempt, also without --wait.
constexpr auto kAttempt = std::chrono::seconds(5);

// The address at which a program on this machine can connect to a server that listens there.
auto endpoint_of(const ListenAddress& address) -> Tcp::endpoint {
  if (address.host == "localhost") return {asio::ip::address_v4::loopback(), address.port};
  const auto host = asio::ip::make_address(address.host);
  // The server also accepts IPv4 there, and may have fallen back to IPv4 only.
  if (host.is_unspecified()) return {asio::ip::address_v4::loopback(), address.port};
  return {host, address.port};
}

// The reason in the server's response; pages of other programs are not repeated.
auto reason_in(const http::response<http::string_body>& answer) -> std::string {
  rapidjson::Document document;
  if (api::parse_json(answer.body(), document) && document.IsObject()) {
    const auto error = document.FindMember("error");
    if (error != document.MemberEnd() && error->value.IsObject()) {
      return printable(api::text_member(error->value, "message"));
    }
  }
  return "it answers with status " + std::to_string(answer.result_int()) + ".";
}

// Checks once; sets `reason` to why the server is not healthy, or to an empty text.
auto ask(Tcp::endpoint endpoint, const std::string& token, std::string& reason) -> Task<void> {
  const std::string request = "GET " + std::string(kHealthPath) +
                              " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" +
                              (token.empty() ? "" : "Authorization: Bearer " + token + "\r\n") + "\r\n";
  Socket socket(co_await asio::this_coro::executor);
  const auto [refused] = co_await socket.async_connect(endpoint, kAwait);
  if (refused) {
    reason = refused.message();
    co_return;
  }
  co_await asio::async_write(socket, asio::buffer(request), kAwait);
  boost::beast::flat_buffer buffer;
  http::response<http::string_body> answer;
  const auto [failed, size] = co_await http::async_read(socket, buffer, answer, kAwait);
  reason.clear();
  if (failed)
    reason = failed.message();
  else if (answer.result_int() != 200)
    reason = reason_in(answer);
}

}  // namespace

auto check_health(const std::function<ListenAddress()>& address, const std::string& token, Duration wait)
    -> std::string {
  const auto end = Steady::now() + wait;
  for (;;) {
    std::string reason = "no answer";
    asio::io_context io(1);
    asio::co_spawn(io, ask(endpoint_of(address()), token, reason), asio::detached);
    io.run_for(kAttempt);
    if (reason.empty() || Steady::now() >= end) return reason;
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace workmail::server

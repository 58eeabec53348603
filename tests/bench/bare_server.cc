// The upper limit for the program's speed: a minimal HTTP server for JSON with the same libraries. One thread; memory
// is reused for all requests; the body is parsed in place; the response is always the same and sent by one write. Does
// not know WorkMail.
//
//     bare_server PORT_FILE [BYTES]
//
// listens on a free port of 127.0.0.1, writes it to PORT_FILE, and answers with a body of BYTES (300).
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cstdlib>
#include <fstream>
#include <memory_resource>
#include <string>
#include <utility>
#include <vector>

#include "api/wire/json.h"

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using Executor = asio::io_context::executor_type;
using Tcp = asio::ip::tcp;
using Socket = asio::basic_stream_socket<Tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<Tcp, Executor>;
using Allocator = std::pmr::polymorphic_allocator<char>;
using Parser = http::request_parser<http::string_body, Allocator>;
template <class Result>
using Task = asio::awaitable<Result, Executor>;
constexpr asio::as_tuple_t<asio::use_awaitable_t<Executor>> kAwait{};

constexpr std::size_t kBufferSize = std::size_t{8} * 1024;

class Session {
 public:
  Session(Socket socket, const std::string& answer) : socket_(std::move(socket)), answer_(answer) {
    buffer_.reserve(kBufferSize);
  }

  auto run() -> Task<void> {
    bool more = true;
    while (more) more = co_await serve();
  }

 private:
  auto serve() -> Task<bool> {
    body_.clear();
    fields_memory_.release();
    Parser parser(std::piecewise_construct, std::make_tuple(std::move(body_)),
                  std::make_tuple(Allocator(&fields_memory_)));
    parser.eager(true);
    bool whole = false;
    while (!whole) {
      const auto space = buffer_.prepare(kBufferSize - buffer_.size());
      const auto [error, size] = co_await socket_.async_read_some(space, kAwait);
      if (error) co_return false;
      buffer_.commit(size);
      boost::system::error_code wrong;
      buffer_.consume(parser.put(buffer_.data(), wrong));
      if (wrong && wrong != http::error::need_more) co_return false;
      whole = parser.is_done();
    }
    body_ = std::move(parser.get().body());
    if (!read_json()) co_return false;
    const auto [error, size] = co_await asio::async_write(socket_, asio::buffer(answer_), kAwait);
    co_return !error;
  }

  auto read_json() -> bool {
    allocator_.Clear();
    rapidjson::Document document(&allocator_);
    document.ParseInsitu(body_.data());
    return !document.HasParseError();
  }

  Socket socket_;
  const std::string& answer_;
  boost::beast::flat_buffer buffer_;
  std::array<std::byte, 4096> memory_{};
  std::pmr::monotonic_buffer_resource fields_memory_{memory_.data(), memory_.size()};
  std::string body_;
  std::vector<char> json_memory_ = std::vector<char>(kBufferSize);
  rapidjson::MemoryPoolAllocator<> allocator_{json_memory_.data(), json_memory_.size()};
};

auto serve(Socket socket, const std::string& answer) -> Task<void> {
  Session session(std::move(socket), answer);
  co_await session.run();
}

auto listen(Acceptor& acceptor, const std::string& answer) -> Task<void> {
  for (;;) {
    auto [error, socket] = co_await acceptor.async_accept(kAwait);
    if (error) continue;
    socket.set_option(Tcp::no_delay(true));
    auto task = serve(std::move(socket), answer);
    asio::co_spawn(acceptor.get_executor(), std::move(task), asio::detached);
  }
}

auto answer_of(std::size_t bytes) -> std::string {
  const std::string body = R"({"Name":")" + std::string(bytes - std::min<std::size_t>(bytes, 11), 'x') + R"("})";
  return "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: " +
         std::to_string(body.size()) +
         "\r\nx-amzn-RequestId: 00000000-0000-4000-8000-000000000000\r\n"
         "Date: Fri, 01 May 2026 12:00:00 GMT\r\n\r\n" +
         body;
}

}  // namespace

auto main(int count, char** arguments) -> int {
  if (count < 2) return 2;
  const std::string answer = answer_of(count > 2 ? std::strtoul(arguments[2], nullptr, 10) : 300);
  asio::io_context io(1);
  Acceptor acceptor(io, Tcp::endpoint(asio::ip::make_address("127.0.0.1"), 0));
  const std::string file = arguments[1];
  std::ofstream(file + ".new") << acceptor.local_endpoint().port();
  std::rename((file + ".new").c_str(), file.c_str());
  asio::co_spawn(io, listen(acceptor, answer), asio::detached);
  io.run();
  return 0;
}

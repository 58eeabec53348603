#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "server/http/limits.h"
#include "server/process/log.h"
#include "tests/fuzz/answers.h"
#include "tests/fuzz/router_steps.h"
#include "tests/fuzz/targets.h"

namespace workmail::fuzz {

namespace {

namespace http = boost::beast::http;
namespace asio = boost::asio;

auto view(boost::beast::string_view text) -> std::string_view {
  return {text.data(), text.size()};
}

// One connection to a server, without sockets: what server/http_session does.
class Session {
 public:
  Session(server::Router& router, std::string_view input) : router_(router), input_(input) {}

  void run() {
    while (!input_.empty() && serve_request()) {
    }
  }

 private:
  using Parser = http::request_parser<http::string_body, std::pmr::polymorphic_allocator<char>>;

  // Whether the connection goes on.
  auto serve_request() -> bool {
    reply_.clear();
    Parser parser;
    const int failure = read(parser);
    if (failure == kMore) return false;
    if (failure != 0) {
      const auto path = server::split_target(view(parser.get().target())).path;
      router_.refuse(failure, path, "The request cannot be read.", reply_);
      expect_readable(reply_, parser.get().method() == http::verb::head, false);
      return false;
    }
    return answer(parser);
  }

  // 0 for a whole request, else the status of the refusal.
  auto read(Parser& parser) -> int {
    const server::Limits limits;
    parser.header_limit(static_cast<std::uint32_t>(limits.head));
    parser.body_limit(limits.body);
    parser.eager(true);
    boost::system::error_code error;
    while (!error && !parser.is_done()) {
      const auto taken = parser.put(asio::buffer(input_), error);
      input_.remove_prefix(taken);
      if (!error && !parser.is_done() && (taken == 0 || input_.empty())) return kMore;
    }
    if (!error) return 0;
    if (error == http::error::need_more) return kMore;
    if (error == http::error::header_limit) return 431;
    if (error == http::error::body_limit) return 413;
    return error == http::error::bad_version ? 505 : 400;
  }

  auto answer(Parser& parser) -> bool {
    auto& message = parser.get();
    const auto target = server::split_target(view(message.target()));
    const server::Request request{.method = view(message.method_string()),
                                  .path = target.path,
                                  .query = target.query,
                                  .fields = message.base(),
                                  .body = message.body(),
                                  .source_address = "127.0.0.1"};
    // As the session asks before it reads a body.
    if (!message.body().empty() && router_.refuse_head(request, reply_)) {
      expect_readable(reply_, message.method() == http::verb::head, false);
      return false;
    }
    server::Exchange exchange{.request = request, .reply = reply_};
    server::RouterSteps::answer(router_, exchange);
    judge(exchange);
    expect_readable(reply_, message.method() == http::verb::head, message.keep_alive());
    return message.keep_alive() && !exchange.broken();
  }

  static constexpr int kMore = -1;

  server::Router& router_;
  std::string_view input_;
  server::Reply reply_;
};

}  // namespace

void http(std::string_view input) {
  static Seeded seeded;
  static server::Log log(server::LogFormat::Text, server::LogLevel::Error);
  server::Emulator emulator{.service = seeded.begin(),
                            .storage = "memory",
                            .started = {},
                            .faults = server::Faults(server::repeatable_chance)};
  server::control::Plane plane{.emulator = emulator};
  server::Router router(plane, server::Browsers({}), log);
  Session(router, input).run();
}

}  // namespace workmail::fuzz

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <fstream>
#include <iterator>

#include "api/json.h"
#include "server/limits.h"
#include "server/log.h"
#include "server/router.h"
#include "server/seeding.h"
#include "tests/fuzz/instance.h"
#include "tests/fuzz/targets.h"

namespace workmail::fuzz {

namespace {

namespace http = boost::beast::http;
namespace asio = boost::asio;

constexpr std::array<int, 18> kStatuses{200, 201, 204, 302, 304, 400, 403, 404, 405,
                                        406, 409, 413, 417, 422, 431, 501, 503, 505};

auto view(boost::beast::string_view text) -> std::string_view {
  return {text.data(), text.size()};
}

// An instance with the organization that the corpus calls, and the way back to it.
class Seeded {
 public:
  Seeded() {
    std::ifstream file(WORKMAIL_SOURCE_FOLDER "/tests/fuzz/corpus/seed/everything.json", std::ios::binary);
    const std::string document{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    server::apply_document(instance_.service, document);
    instance_.service.mark_start();
    go_back();
  }

  // As it was at first. A call that changed nothing in the database leaves only the counter of requests behind.
  auto begin() -> api::Service& {
    if (changes() != changes_) go_back();
    instance_.ids.restart();
    instance_.ids.count_from(counted_);
    return instance_.service;
  }

 private:
  void go_back() {
    instance_.service.reset_to_start();
    changes_ = changes();
    counted_ = instance_.ids.counted();
  }
  auto changes() -> std::int64_t { return sqlite3_total_changes64(instance_.store.connection.handle()); }

  Instance instance_;
  std::int64_t changes_ = 0;
  std::uint64_t counted_ = 0;
};

// What the head and the body of an answer must be, whatever the question was.
class Judge {
 public:
  Judge(const server::Exchange& exchange, bool by_rule)
      : exchange_(exchange), reply_(exchange.reply), by_rule_(by_rule) {}

  void judge() const {
    const bool known = std::find(kStatuses.begin(), kStatuses.end(), reply_.status) != kStatuses.end();
    if (!known && !by_rule_) fail("The status is none of ours.");
    if (exchange_.call && !exchange_.call->operation.empty() && exchange_.refusal.empty()) judge_call();
    if (reply_.content_type == "application/json" || reply_.content_type == "application/x-amz-json-1.1") {
      static_cast<void>(json());
    }
    if (reply_.content_type == "application/json" && reply_.status >= 400) judge_control_error();
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw Finding(what + " " + std::string(exchange_.request.method) + " " + std::string(exchange_.request.path) + " " +
                  std::to_string(reply_.status) + " " + std::string(reply_.content()));
  }

 private:
  void judge_call() const {
    if (by_rule_ && !exchange_.call->fault->error) return;
    const auto answer = json();
    if (!answer.IsObject()) fail("The answer is no object.");
    const bool typed = answer.HasMember("__type") && answer["__type"].IsString();
    if (reply_.status != 200 && !typed) fail("The error has no __type.");
  }

  void judge_control_error() const {
    const auto answer = json();
    const bool formed = answer.IsObject() && answer.HasMember("error") && answer["error"].IsObject() &&
                        answer["error"].HasMember("code") && answer["error"].HasMember("message");
    if (!formed) fail("The error has not the form of the control plane.");
  }

  [[nodiscard]] auto json() const -> rapidjson::Document {
    constexpr unsigned kFlags =
        rapidjson::ParseFlag::kParseValidateEncodingFlag | rapidjson::ParseFlag::kParseIterativeFlag;
    rapidjson::Document document;
    document.Parse<kFlags>(reply_.content().data(), reply_.content().size());
    if (document.HasParseError()) fail("The body is no JSON.");
    return document;
  }

  const server::Exchange& exchange_;
  const server::Reply& reply_;
  bool by_rule_;  // of --fault, which decides about the answer
};

// A client must be able to read what is sent, and find the body in it.
void expect_readable(server::Reply& reply, bool head_only, bool keep_alive) {
  const std::string content(reply.content());
  const auto bytes = reply.finish({.keep_alive = keep_alive,
                                   .old_client = false,
                                   .head_only = head_only,
                                   .endless = reply.events != nullptr,
                                   .date = "Thu, 01 Jan 2026 00:00:00 GMT"});
  http::response_parser<http::string_body> parser;
  parser.eager(true);
  parser.skip(head_only);
  parser.body_limit(boost::none);
  boost::system::error_code error;
  const auto read = parser.put(asio::buffer(bytes), error);
  if (reply.events && !error) parser.put_eof(error);
  if (error || !parser.is_done() || read != bytes.size()) throw Finding("The answer is no HTTP: " + std::string(bytes));
  if (!head_only && parser.get().body() != content) throw Finding("The answer has another body: " + std::string(bytes));
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
    server::Exchange exchange{.request = request, .reply = reply_, .refusal = {}, .error = {}, .call = {}};
    router_.begin(exchange);
    router_.answer(exchange);
    if (reply_.held) finish_held();
    std::string events;
    if (reply_.events) reply_.events->take(events);
    router_.finish(exchange);
    Judge(exchange, exchange.call && exchange.call->fault && exchange.call->fault->replaces_answer()).judge();
    expect_readable(reply_, message.method() == http::verb::head, message.keep_alive());
    return message.keep_alive() && !exchange.broken();
  }

  // As though what it waits for had come.
  void finish_held() {
    const auto held = std::move(reply_.held);
    held->answer(reply_);
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
  server::control::Plane plane{
      .service = seeded.begin(), .storage = "memory", .started = {}, .faults = api::Faults(api::repeatable_chance)};
  server::Router router(plane, server::Browsers({}), log);
  Session(router, input).run();
}

}  // namespace workmail::fuzz

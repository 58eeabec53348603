#include "tests/fuzz/answers.h"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <fstream>
#include <iterator>
#include <string>

#include "api/wire/json.h"
#include "server/emulator/seeding.h"
#include "tests/fuzz/targets.h"

namespace workmail::fuzz {

namespace {

namespace http = boost::beast::http;
namespace asio = boost::asio;

constexpr std::array<int, 18> kStatuses{200, 201, 204, 302, 304, 400, 403, 404, 405,
                                        406, 409, 413, 417, 422, 431, 501, 503, 505};

// The rules for head and body of every response.
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

}  // namespace

Seeded::Seeded() {
  std::ifstream file(WORKMAIL_SOURCE_FOLDER "/tests/fuzz/corpus/seed/everything.json", std::ios::binary);
  const std::string document{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  server::apply_document(instance_.service, document);
  instance_.service.baseline().mark();
  go_back();
}

auto Seeded::begin() -> api::Service& {
  if (changes() != changes_) go_back();
  instance_.ids.restart();
  instance_.ids.count_from(counted_);
  return instance_.service;
}

void Seeded::go_back() {
  instance_.service.baseline().reset();
  changes_ = changes();
  counted_ = instance_.ids.counted();
}

auto Seeded::changes() -> std::int64_t {
  return sqlite3_total_changes64(instance_.store.connection.handle());
}

void judge(const server::Exchange& exchange) {
  Judge(exchange, exchange.call && exchange.call->fault && exchange.call->fault->replaces_answer()).judge();
}

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

}  // namespace workmail::fuzz

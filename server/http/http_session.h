// One connection: reads requests, has the router answer them, writes the answers, one after the other. Knows HTTP and
// nothing of what the requests mean.
#pragma once

#include <array>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cstddef>
#include <memory_resource>
#include <string>
#include <string_view>

#include "server/emulator/memory_budget.h"
#include "server/http/connections.h"
#include "server/http/http_date.h"
#include "server/http/limits.h"
#include "server/http/reply.h"
#include "server/http/request.h"
#include "server/process/rare_warnings.h"
#include "server/router.h"

namespace workmail::server {

// What all sessions of a server have in common.
struct SessionSurroundings {
  Router& router;
  Connections& connections;
  const Limits& limits;
  HttpDate& date;
  RareWarnings& failures;
};

class HttpSession {
 public:
  HttpSession(Socket socket, SessionSurroundings surroundings);

  // Until the client or a limit ends the connection.
  auto run() -> Task<void>;
  // Instead: tells the client that there are too many connections already.
  auto refuse() -> Task<void>;

 private:
  using Parser =
      boost::beast::http::request_parser<boost::beast::http::string_body, std::pmr::polymorphic_allocator<char>>;

  // Why a request was not read to its end.
  struct Failure {
    int status = 0;  // 0: it was read; kGone: nobody is there to be told; kAnswered: the reply tells it already
    std::string message;
  };
  static constexpr int kGone = -1;
  static constexpr int kAnswered = -2;

  auto serve_request() -> Task<bool>;
  [[nodiscard]] auto request_of(Parser& parser) -> Request;
  auto make_answer(Parser& parser) -> Task<bool>;
  auto send_answer(Parser& parser, bool well_read) -> Task<bool>;
  auto pause(Duration time) -> Task<bool>;
  auto break_connection(FaultRule::Connection how) -> Task<void>;
  auto read_request(Parser& parser) -> Task<Failure>;
  auto read_head(Parser& parser) -> Task<Failure>;
  auto has_begun(bool& line_taken) -> bool;
  auto read_body(Parser& parser) -> Task<Failure>;
  [[nodiscard]] auto body_limit_of(const Parser& parser) const -> std::size_t;
  [[nodiscard]] auto judge_head(const Parser& parser) -> Failure;
  [[nodiscard]] static auto judge_host(const Parser& parser) -> Failure;
  [[nodiscard]] static auto judge_coding(const Parser& parser) -> Failure;
  auto feed(Parser& parser) -> Failure;
  [[nodiscard]] auto body_too_large() const -> Failure;
  static auto no_memory() -> Failure;
  void give_back_memory();
  [[nodiscard]] auto count_memory(std::size_t body) -> bool;
  void count_answer(Parser& parser, Exchange& exchange);
  auto receive() -> Task<bool>;
  auto send(std::string_view bytes) -> Task<bool>;
  auto linger() -> Task<void>;
  auto discard() -> Task<void>;

  SessionSurroundings surroundings_;
  Connection connection_;
  MemoryShare share_;   // of the memory budget
  std::string client_;  // its address
  boost::beast::flat_buffer buffer_;
  std::array<std::byte, 2048> memory_;  // for the fields of the usual head
  std::pmr::monotonic_buffer_resource fields_memory_{memory_.data(), memory_.size()};
  std::string body_;
  std::size_t body_limit_ = 0;  // of the request that is read
  Reply reply_;
};

}  // namespace workmail::server

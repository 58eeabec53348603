// One connection: reads requests, passes them to the handler and sends the responses, one after the other. Knows HTTP,
// but not the meaning of requests.
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
#include "server/http/request_handler.h"
#include "server/process/rare_warnings.h"

namespace workmail::server {

// What all sessions of a server share.
struct SessionSurroundings {
  RequestHandler& handler;
  Connections& connections;
  const Limits& limits;
  HttpDate& date;
  RareWarnings& failures;
};

class HttpSession final : private RequestSession {
 public:
  HttpSession(Socket socket, SessionSurroundings surroundings);

  // Runs until the client closes the connection, or a limit is reached.
  auto run() -> Task<void>;
  // Used instead: rejects the connection, because there are too many.
  auto refuse() -> Task<void>;

 private:
  using Parser =
      boost::beast::http::request_parser<boost::beast::http::string_body, std::pmr::polymorphic_allocator<char>>;

  // Why a request was not read completely.
  struct Failure {
    int status = 0;  // 0: it was read; kGone: the client disconnected; kAnswered: the reply is complete
    std::string message;
  };
  static constexpr int kGone = -1;
  static constexpr int kAnswered = -2;

  auto delay(Duration time) -> Task<bool> override;
  auto let_others_arrive() -> Task<void> override;
  auto wait_for_turn() -> Task<void> override;
  auto hold(HeldAnswer& held) -> Task<void> override;
  void allow(std::chrono::milliseconds time) override { connection_.allow(time + surroundings_.limits.write); }
  auto count_answer(const Request& request) -> bool override;

  auto serve_request() -> Task<bool>;
  void count_answered(Parser& parser);
  [[nodiscard]] auto request_of(Parser& parser) -> Request;
  auto send_answer(Parser& parser, bool well_read) -> Task<bool>;
  auto read_request(Parser& parser) -> Task<Failure>;
  auto read_head(Parser& parser) -> Task<Failure>;
  auto has_begun(bool& line_taken) -> bool;
  auto read_body(Parser& parser) -> Task<Failure>;
  [[nodiscard]] auto body_limit_of(const Parser& parser) const -> std::size_t;
  [[nodiscard]] auto judge_head(const Parser& parser) -> Failure;
  [[nodiscard]] static auto judge_coding(const Parser& parser) -> Failure;
  auto feed(Parser& parser) -> Failure;
  [[nodiscard]] auto body_too_large() const -> Failure;
  static auto head_too_large() -> Failure;
  static auto no_memory() -> Failure;
  void give_back_memory();
  [[nodiscard]] auto count_memory(std::size_t body) -> bool;
  auto receive() -> Task<bool>;
  auto send(std::string_view bytes) -> Task<bool>;
  auto linger() -> Task<void>;
  auto discard() -> Task<void>;

  SessionSurroundings surroundings_;
  Connection connection_;
  MemoryShare share_;   // of the memory budget
  std::string client_;  // the address of the client
  boost::beast::flat_buffer buffer_;
  std::array<std::byte, 2048> memory_;  // for the fields of a usual head
  std::pmr::monotonic_buffer_resource fields_memory_{memory_.data(), memory_.size()};
  std::string body_;
  std::size_t body_limit_ = 0;  // of the current request
  Reply reply_;
};

}  // namespace workmail::server

#include "server/mail/http_client.h"

#include <algorithm>
#include <array>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <memory>
#include <optional>

#include "server/mail/name_lookup.h"

namespace workmail::server {

namespace http = boost::beast::http;

namespace {

constexpr std::size_t kReceive = std::size_t{64} * 1024;

// RFC 9110, 15: others are invalid. The parser takes them.
constexpr unsigned kMaxStatus = 599;

using Parser = http::response_parser<http::string_body>;

// Closes a socket at its deadline, which ends pending operations on it.
class Deadline {
 public:
  Deadline(Socket& socket, Steady::time_point time) : state_(std::make_shared<State>(socket)) {
    state_->timer.expires_at(time);
    state_->timer.async_wait([state = state_](error_code error) {
      if (error || state->socket == nullptr) return;
      state->passed = true;
      state->socket->close(error);
    });
  }
  ~Deadline() {
    state_->socket = nullptr;
    state_->timer.cancel();
  }
  Deadline(const Deadline&) = delete;
  auto operator=(const Deadline&) -> Deadline& = delete;

  [[nodiscard]] auto passed() const -> bool { return state_->passed; }

 private:
  // Shared with handlers, which the loop may call after this object is destroyed.
  struct State {
    explicit State(Socket& watched) : socket(&watched), timer(watched.get_executor()) {}

    Socket* socket;
    Timer timer;
    bool passed = false;
  };

  std::shared_ptr<State> state_;
};

// A line break in a value would begin another header.
auto has_control_character(std::string_view text) -> bool {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7F; });
}

auto is_sendable(const HttpRequest& request) -> bool {
  return !has_control_character(request.target) && request.target.find(' ') == std::string::npos &&
         std::none_of(request.headers.begin(), request.headers.end(), [](const HttpRequest::Header& header) {
           return has_control_character(header.first) || has_control_character(header.second);
         });
}

auto head_of(const HttpRequest& request, const HttpEndpoint& endpoint) -> std::string {
  std::string head = request.method + " " + request.target + " HTTP/1.1\r\nHost: " + endpoint.authority + "\r\n";
  for (const auto& [name, value] : request.headers) head.append(name).append(": ").append(value).append("\r\n");
  const bool has_body = !request.body.empty() || request.method != "GET";
  if (has_body) head.append("Content-Length: ").append(std::to_string(request.body.size())).append("\r\n");
  return head + "Connection: close\r\n\r\n";
}

class Exchange {
 public:
  Exchange(Executor executor, HttpEndpoint endpoint, HttpLimits limits)
      : endpoint_(std::move(endpoint)),
        limits_(limits),
        end_(Steady::now() + limits.deadline),
        socket_(std::move(executor)),
        deadline_(socket_, end_) {}

  auto run(HttpRequest request) -> Task<HttpAnswer> {
    HttpAnswer answer;
    if (!is_sendable(request)) answer.failure = "The request has a control character in its head.";
    if (answer.failure.empty()) answer.failure = co_await connect();
    if (answer.failure.empty()) answer.failure = co_await send(request);
    if (answer.failure.empty()) answer.failure = co_await receive();
    if (!answer.failure.empty() || !parser_) co_return answer;
    auto message = parser_->release();
    if (message.result_int() > kMaxStatus) {
      answer.failure = endpoint_.authority + " answered with status " + std::to_string(message.result_int()) +
                       ", which is not an HTTP status.";
      co_return answer;
    }
    answer.status = message.result_int();
    answer.body = std::move(message.body());
    answer.fields = std::move(message.base());
    co_return answer;
  }

 private:
  auto connect() -> Task<std::string> {
    const auto addresses = co_await look_up(endpoint_.host, endpoint_.port, end_);
    if (addresses.timed_out) co_return too_late();
    std::string failure = addresses.failure;
    for (const auto& address : addresses.endpoints) {
      if (deadline_.passed()) break;
      error_code ignored;
      socket_.close(ignored);  // of the previous attempt
      const auto [error] = co_await socket_.async_connect(address, kAwait);
      if (!error) co_return std::string();
      failure = not_connected(error);
    }
    if (deadline_.passed()) co_return too_late();
    co_return failure;
  }

  // A peer that responds without reading the whole request may close the connection, so a failed write is no error if
  // there is a response.
  auto send(const HttpRequest& request) -> Task<std::string> {
    const std::string head = head_of(request, endpoint_);
    const std::array<asio::const_buffer, 2> buffers{asio::buffer(head), asio::buffer(request.body)};
    co_await asio::async_write(socket_, buffers, kAwait);
    co_return deadline_.passed() ? too_late() : std::string();
  }

  auto receive() -> Task<std::string> {
    begin_answer();
    for (;;) {
      const auto [error, size] = co_await socket_.async_read_some(buffer_.prepare(kReceive), kAwait);
      if (deadline_.passed()) co_return too_late();
      buffer_.commit(size);
      auto failure = parse(error);
      if (!failure.empty() || parser_->is_done()) co_return failure;
    }
  }

  void begin_answer() {
    parser_.emplace();
    parser_->eager(true);
    parser_->header_limit(static_cast<std::uint32_t>(limits_.head));
    parser_->body_limit(limits_.body);
  }

  // Parses received data. `received` is the error with which the connection has ended, if any.
  auto parse(error_code received) -> std::string {
    error_code error;
    while (!error && buffer_.size() > 0 && !is_complete()) {
      buffer_.consume(parser_->put(buffer_.data(), error));
    }
    if (error == http::error::need_more) error = {};
    if (error) return malformed(error);
    if (is_complete()) return {};
    if (received == asio::error::eof && parser_->got_some()) parser_->put_eof(error);
    if (!parser_->is_done() && received)
      return endpoint_.authority + " closed the connection before its answer was complete.";
    // Chunk headers and trailers can be endless.
    return buffer_.size() > limits_.head ? head_too_large() : std::string();
  }

  // Whether the response is complete; an informational one (103 Early Hints) is followed by another.
  auto is_complete() -> bool {
    if (parser_->is_done() && parser_->get().result_int() < 200) begin_answer();
    return parser_->is_done();
  }

  [[nodiscard]] auto malformed(error_code error) const -> std::string {
    if (error == http::error::body_limit) {
      return "The answer of " + endpoint_.authority + " is larger than " + std::to_string(limits_.body) + " bytes.";
    }
    if (error == http::error::header_limit) return head_too_large();
    return "The answer of " + endpoint_.authority + " is not HTTP/1.1: " + error.message() + ".";
  }

  [[nodiscard]] auto head_too_large() const -> std::string {
    return "The head of the answer of " + endpoint_.authority + " is larger than " + std::to_string(limits_.head) +
           " bytes.";
  }

  [[nodiscard]] auto not_connected(error_code error) const -> std::string {
    if (error == asio::error::connection_refused) return endpoint_.authority + " refused the connection.";
    return endpoint_.authority + " cannot be reached: " + error.message() + ".";
  }

  [[nodiscard]] auto too_late() const -> std::string {
    return "The request to " + endpoint_.authority + " timed out after " + duration_text(limits_.deadline) + ".";
  }

  HttpEndpoint endpoint_;
  HttpLimits limits_;
  Steady::time_point end_;
  Socket socket_;
  Deadline deadline_;
  boost::beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
};

}  // namespace

auto HttpAnswer::field(std::string_view name) const -> std::string_view {
  const auto value = fields[boost::beast::string_view(name.data(), name.size())];
  return {value.data(), value.size()};
}

auto exchange(HttpEndpoint endpoint, HttpRequest request, HttpLimits limits) -> Task<HttpAnswer> {
  Exchange exchange(co_await asio::this_coro::executor, std::move(endpoint), limits);
  co_return co_await exchange.run(std::move(request));
}

auto duration_text(std::chrono::milliseconds duration) -> std::string {
  const auto count = duration.count();
  return count % 1000 == 0 ? std::to_string(count / 1000) + " s" : std::to_string(count) + " ms";
}

}  // namespace workmail::server

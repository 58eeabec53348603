#include "server/http/http_session.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>
#include <memory>
#include <new>
#include <optional>
#include <utility>

#include "server/http/allowed_hosts.h"
#include "server/http/apply_fault.h"
#include "server/http/live.h"

namespace workmail::server {

namespace http = boost::beast::http;

namespace {

// The size of a usual request, so that one receive reads it. The buffer grows for larger requests, and is most of the
// memory of an idle connection.
constexpr std::size_t kBufferSize = std::size_t{2} * 1024;
constexpr std::size_t kMinReceive = 512;

// After a far larger request, the buffer is freed.
constexpr std::size_t kMemoryKept = std::size_t{64} * 1024;

// The memory of every connection that is not counted, and the memory of a large head: its bytes and its fields.
constexpr std::size_t kUncounted = std::size_t{4} * 1024;
constexpr std::size_t kHeadCopies = 4;

// A request is executed only if there is room for a response of this size. Responses of calls that write are smaller,
// so none of them is lost.
constexpr std::size_t kAnswerRoom = std::size_t{16} * 1024;

constexpr const char* kContinueExpected = "100-continue";
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

auto view(boost::beast::string_view text) -> std::string_view {
  return {text.data(), text.size()};
}

// The name of a duplicate header that identifies the sender of a request, because different checks might read different
// values; empty if there is none.
auto repeated_field(const Fields& fields) -> std::string_view {
  using http::field;
  int origins = 0;
  int sites = 0;
  int authorizations = 0;
  int lengths = 0;
  // A single pass: a search for each name would cost a hundredth of a call.
  for (const auto& entry : fields) {
    origins += entry.name() == field::origin ? 1 : 0;
    sites += entry.name() == field::sec_fetch_site ? 1 : 0;
    authorizations += entry.name() == field::authorization ? 1 : 0;
    if (entry.name() == field::content_length) lengths += entry.value().find(',') == std::string_view::npos ? 1 : 2;
  }
  if (origins > 1) return "Origin";
  if (sites > 1) return "Sec-Fetch-Site";
  if (lengths > 1) return "Content-Length";
  return authorizations > 1 ? "Authorization" : "";
}

// The first byte of a TLS connection. No HTTP request begins with it.
constexpr char kTlsHandshake = 0x16;

}  // namespace

HttpSession::HttpSession(Socket socket, SessionSurroundings surroundings)
    : surroundings_(surroundings),
      connection_(std::move(socket), surroundings.connections),
      share_(surroundings.handler.memory()),
      buffer_(surroundings.limits.head + kBufferSize) {
  buffer_.reserve(kBufferSize);
  error_code gone;
  const auto endpoint = connection_.socket.remote_endpoint(gone);
  if (!gone) client_ = endpoint.address().to_string();
}

auto HttpSession::run() -> Task<void> {
  bool more = true;
  while (more) {
    more = co_await serve_request();
  }
}

auto HttpSession::refuse() -> Task<void> {
  reply_.clear();
  surroundings_.handler.refuse(503, {}, "Too many connections.", reply_);
  const auto answer =
      reply_.finish({.keep_alive = false, .old_client = false, .head_only = false, .date = surroundings_.date.now()});
  co_await send(answer);
  co_await linger();
}

// Returns whether the connection goes on.
auto HttpSession::serve_request() -> Task<bool> {
  give_back_memory();
  Parser parser(std::piecewise_construct, std::make_tuple(std::move(body_)),
                std::make_tuple(std::pmr::polymorphic_allocator<char>(&fields_memory_)));
  const Failure failure = co_await read_request(parser);
  if (failure.status == kGone) co_return false;
  if (failure.status > 0) {
    const auto path = split_target(view(parser.get().target())).path;
    surroundings_.handler.refuse(failure.status, path, failure.message, reply_);
  } else if (failure.status == 0) {
    const Request request = request_of(parser);
    const auto broken = co_await surroundings_.handler.handle(request, reply_, *this);
    count_answered(parser);
    if (broken) {
      co_await break_connection(*broken, connection_);
      co_return false;
    }
  }
  const bool more = co_await send_answer(parser, failure.status == 0);
  body_ = std::move(parser.get().body());
  if (failure.status != 0) co_await linger();
  co_return more;
}

auto HttpSession::delay(Duration time) -> Task<bool> {
  return apply_delay(time, connection_, surroundings_.limits);
}

auto HttpSession::let_others_arrive() -> Task<void> {
  co_await asio::post(connection_.socket.get_executor(), kAwait);
}

auto HttpSession::wait_for_turn() -> Task<void> {
  return server::wait_for_turn(connection_, surroundings_.limits);
}

auto HttpSession::hold(HeldAnswer& held) -> Task<void> {
  return server::hold(held, connection_, surroundings_.limits, reply_);
}

// Rejects a large response for which there is no room until the client has received it.
auto HttpSession::count_answer(const Request& request) -> bool {
  return count_memory(request.body.size()) || reply_.bytes() <= kAnswerRoom;
}

// Between two requests: keeps the memory that a usual request needs, unless memory is scarce.
void HttpSession::give_back_memory() {
  body_.clear();
  fields_memory_.release();
  reply_.clear();
  if (buffer_.size() == 0 && buffer_.capacity() > kBufferSize) {
    buffer_.shrink_to_fit();
    buffer_.reserve(kBufferSize);
  }
  const bool tight = share_.budget().is_tight();
  if (tight || body_.capacity() > kMemoryKept) std::string().swap(body_);
  if (tight || !count_memory(body_.capacity())) {
    std::string().swap(body_);
    reply_.release();
    share_.shrink(0);
  }
}

// Counts the memory of the connection, with `body` bytes for the body. Returns whether there is room for it.
auto HttpSession::count_memory(std::size_t body) -> bool {
  const std::size_t head = buffer_.capacity() > kBufferSize ? kHeadCopies * buffer_.capacity() : 0;
  const std::size_t bytes = body + head + reply_.bytes();
  return share_.resize(bytes > kUncounted ? bytes - kUncounted : 0);
}

// The body of the request is no longer needed once its response exists.
void HttpSession::count_answered(Parser& parser) {
  auto& body = parser.get().body();
  if (body.capacity() > kMemoryKept) std::string().swap(body);
  static_cast<void>(count_memory(body.size()));
}

auto HttpSession::request_of(Parser& parser) -> Request {
  auto& message = parser.get();
  const Target target = split_target(view(message.target()));
  return {.method = view(message.method_string()),
          .path = target.path,
          .query = target.query,
          .fields = message.base(),
          .body = message.body(),
          .source_address = client_,
          .memory = &share_};
}

// Returns whether the connection goes on.
auto HttpSession::send_answer(Parser& parser, bool well_read) -> Task<bool> {
  const auto& message = parser.get();
  const bool head_only = message.method() == http::verb::head;
  const bool old_client = message.version() < 11;
  const bool in_pieces = reply_.pieces != nullptr;
  const bool endless = (reply_.events && !head_only) || (in_pieces && old_client);
  const bool keep_alive = well_read && !endless && message.keep_alive() && !connection_.ending();
  std::string first;
  if (in_pieces) first = reply_.take();
  const auto answer = reply_.finish({.keep_alive = keep_alive,
                                     .old_client = old_client,
                                     .head_only = head_only,
                                     .endless = endless,
                                     .chunked = in_pieces && !old_client,
                                     .date = surroundings_.date.now()});
  bool sent = co_await send(answer);
  if (sent && in_pieces && !head_only) {
    sent = co_await send_pieces(std::move(first), *reply_.pieces, !old_client, connection_, surroundings_.limits);
  }
  if (sent && reply_.events && !head_only)
    co_await send_events(*reply_.events, connection_, surroundings_.limits, share_);
  co_return sent&& keep_alive;
}

auto HttpSession::read_request(Parser& parser) -> Task<Failure> {
  parser.header_limit(static_cast<std::uint32_t>(surroundings_.limits.head));
  parser.body_limit(boost::none);  // judge_head() checks it before the body is read
  Failure failure = co_await read_head(parser);
  body_limit_ = body_limit_of(parser);
  if (failure.status == 0) failure = judge_head(parser);
  if (failure.status != 0 || parser.is_done()) co_return failure;
  // The server does not read the body of a rejected request.
  if (surroundings_.handler.refuse_head(request_of(parser), reply_))
    co_return Failure{.status = kAnswered, .message = {}};
  std::optional<Parser::value_type::header_type> head;
  if (parser.chunked()) head = parser.get().base();
  failure = co_await read_body(parser);
  // The parser adds trailer fields to the head. They are removed, because they must not be used as headers (RFC 9110,
  // 6.5.1).
  if (head) parser.get().base() = *head;
  if (failure.status == 0 && !share_.budget().has_room(kAnswerRoom)) failure = no_memory();
  co_return failure;
}

auto HttpSession::read_head(Parser& parser) -> Task<Failure> {
  bool line_taken = false;
  bool begun = has_begun(line_taken);
  std::size_t size = 0;  // of the head, as far as it was parsed
  connection_.set_idle(!begun);
  connection_.allow(begun ? surroundings_.limits.request : surroundings_.limits.idle);
  for (;;) {
    if (begun && !parser.got_some() && *static_cast<const char*>(buffer_.data().data()) == kTlsHandshake) {
      surroundings_.handler.warn_of_tls(client_);
      co_return Failure{.status = kGone, .message = {}};
    }
    const std::size_t before = buffer_.size();
    const Failure failure = begun ? feed(parser) : Failure{};
    size += before - buffer_.size();
    // The parser's limit does not include the first line.
    if (failure.status == 0 && size > surroundings_.limits.head) co_return head_too_large();
    if (failure.status != 0 || parser.is_header_done()) co_return failure;
    const bool received = co_await receive();
    if (!received) co_return Failure{.status = kGone, .message = {}};
    if (buffer_.capacity() > kBufferSize && !count_memory(0)) co_return no_memory();
    if (begun) continue;
    begun = has_begun(line_taken);
    if (!begun) continue;
    connection_.set_idle(false);
    connection_.allow(surroundings_.limits.request);
  }
}

// Whether a byte of the next request has arrived. An empty line before it does not count, because some clients send one
// after a body (RFC 9112, 2.2).
auto HttpSession::has_begun(bool& line_taken) -> bool {
  constexpr std::string_view kLine = "\r\n";
  const auto bytes = buffer_.data();
  const std::string_view text(static_cast<const char*>(bytes.data()), bytes.size());
  if (!line_taken && kLine.starts_with(text)) {
    line_taken = text == kLine;
    if (line_taken) buffer_.consume(kLine.size());
    return false;
  }
  if (!line_taken && text.starts_with(kLine)) buffer_.consume(kLine.size());
  return buffer_.size() > 0;
}

// A request that uploads a database may be larger than others.
auto HttpSession::body_limit_of(const Parser& parser) const -> std::size_t {
  const auto& message = parser.get();
  const auto& limits = surroundings_.limits;
  const auto path = split_target(view(message.target())).path;
  return surroundings_.handler.takes_upload(view(message.method_string()), path) ? std::max(limits.upload, limits.body)
                                                                                 : limits.body;
}

auto HttpSession::judge_head(const Parser& parser) -> Failure {
  const auto& message = parser.get();
  const auto host_failure = host_error(message, message.version());
  if (!host_failure.empty()) return {400, std::string(host_failure)};
  auto failure = judge_coding(parser);
  const auto repeated = repeated_field(message);
  if (failure.status == 0 && !repeated.empty())
    failure = {400, "The request has more than one " + std::string(repeated) + "."};
  if (failure.status != 0) return failure;
  if (parser.content_length().value_or(0) > body_limit_) return body_too_large();
  if (!share_.budget().has_room(parser.content_length().value_or(0))) return no_memory();
  const auto expect = message[http::field::expect];
  if (!expect.empty() && !boost::beast::iequals(expect, kContinueExpected)) {
    return {417, "The only expectation is 100-continue."};
  }
  return {};
}

// RFC 9112, 6.1: a proxy in front of this server may have determined another end of the body.
auto HttpSession::judge_coding(const Parser& parser) -> Failure {
  const auto& message = parser.get();
  const auto codings = message.count(http::field::transfer_encoding);
  if (codings == 0) return {};
  if (message.version() < 11) return {400, "HTTP/1.0 has no transfer encoding."};
  const bool only_chunked =
      codings == 1 && boost::beast::iequals(message[http::field::transfer_encoding], "chunked") && parser.chunked();
  return only_chunked ? Failure{} : Failure{501, "The only transfer encoding is chunked."};
}

auto HttpSession::read_body(Parser& parser) -> Task<Failure> {
  parser.eager(true);
  parser.body_limit(body_limit_);  // for chunked bodies, whose length is not known in advance
  bool client_waits = parser.get().count(http::field::expect) > 0 && parser.get().version() >= 11;
  for (;;) {
    const Failure failure = feed(parser);
    if (failure.status == 0 && !count_memory(parser.get().body().size())) co_return no_memory();
    if (failure.status != 0 || parser.is_done()) co_return failure;
    if (client_waits) {
      client_waits = false;
      const bool sent = co_await send(kContinue);
      if (!sent) co_return Failure{.status = kGone, .message = {}};
      connection_.allow(surroundings_.limits.request);
    }
    const bool received = co_await receive();
    if (!received) co_return Failure{.status = kGone, .message = {}};
  }
}

// Passes received data to the parser, which consumes a part of it.
auto HttpSession::feed(Parser& parser) -> Failure {
  if (buffer_.size() == 0) return {};
  error_code error;
  try {
    buffer_.consume(parser.put(buffer_.data(), error));
  } catch (const std::bad_alloc&) {
    return no_memory();
  }
  const bool room = buffer_.size() < buffer_.max_size();
  if (!error || (error == http::error::need_more && room)) return {};
  // The buffer has room for a whole head. Chunk headers and trailers can be longer, and are then rejected like a head.
  if (error == http::error::header_limit || error == http::error::need_more) return head_too_large();
  if (error == http::error::body_limit) return body_too_large();
  if (error == http::error::bad_version) return {505, "The only versions are HTTP/1.0 and HTTP/1.1."};
  return {400, "The request is not HTTP/1.1: " + error.message() + "."};
}

auto HttpSession::head_too_large() -> Failure {
  return {431, "The request's head is too large."};
}

auto HttpSession::no_memory() -> Failure {
  return {503, std::string(kNoMemory)};
}

auto HttpSession::body_too_large() const -> Failure {
  const bool option = body_limit_ == surroundings_.limits.body;
  return {413, "The request's body is larger than " + std::string(option ? "--max-body, " : "") +
                   std::to_string(body_limit_) + " bytes."};
}

// Returns whether data was received.
auto HttpSession::receive() -> Task<bool> {
  const std::size_t room = std::max(kMinReceive, buffer_.capacity() - buffer_.size());
  const auto space = buffer_.prepare(std::min(room, buffer_.max_size() - buffer_.size()));
  const auto [error, size] = co_await connection_.socket.async_read_some(space, kAwait);
  buffer_.commit(size);
  co_return !error;
}

auto HttpSession::send(std::string_view bytes) -> Task<bool> {
  connection_.allow(surroundings_.limits.write);
  const auto [error, size] = co_await asio::async_write(connection_.socket, asio::buffer(bytes), kAwait);
  co_return !error;
}

// Closes the sending side and reads on: closing with unread data would reset the connection, and the client might lose
// the response.
auto HttpSession::linger() -> Task<void> {
  connection_.allow(surroundings_.limits.linger);
  error_code ignored;
  connection_.socket.shutdown(Tcp::socket::shutdown_send, ignored);
  co_await discard();
}

// Reads on until the client closes the connection, or a limit is reached.
auto HttpSession::discard() -> Task<void> {
  bool more = true;
  while (more) {
    buffer_.clear();
    more = co_await receive();
  }
}

}  // namespace workmail::server

#include "server/http/http_session.h"

#include <poll.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>
#include <memory>
#include <new>
#include <optional>
#include <utility>

#include "server/http/live.h"

namespace workmail::server {

namespace http = boost::beast::http;
using Phase = FaultRule::Phase;

namespace {

// Room for the head and body of a usual request, so that one receive takes it. It grows with a larger one, and is much
// of what an idle connection costs.
constexpr std::size_t kBufferSize = std::size_t{2} * 1024;
constexpr std::size_t kMinReceive = 512;

// A request that was far larger than usual gives its memory back.
constexpr std::size_t kMemoryKept = std::size_t{64} * 1024;

// What every connection may have without counting, and what a large head takes: its bytes here, and its fields.
constexpr std::size_t kUncounted = std::size_t{4} * 1024;
constexpr std::size_t kHeadCopies = 4;

// There must be room for so much of an answer before a request is carried out: more than the answers of what changes
// something have, so that none of these is lost.
constexpr std::size_t kAnswerRoom = std::size_t{16} * 1024;

constexpr const char* kContinueExpected = "100-continue";
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

auto view(boost::beast::string_view text) -> std::string_view {
  return {text.data(), text.size()};
}

// One of the headers by which it is judged who sends a request, if it has that twice: each who judges could believe
// another one. Empty when there is none.
auto repeated_field(const Fields& fields) -> std::string_view {
  for (const std::string_view name : {"Origin", "Sec-Fetch-Site", "Authorization"}) {
    if (fields.count(boost::beast::string_view(name.data(), name.size())) > 1) return name;
  }
  return {};
}

// The first byte of a client that speaks TLS. No request begins with it.
constexpr char kTlsHandshake = 0x16;

// Whether the client has ended its stream, or the connection is broken, whatever it has sent before. Nothing is read.
auto is_at_end(Socket& socket) -> bool {
  pollfd state{.fd = socket.native_handle(), .events = POLLRDHUP, .revents = 0};
  return ::poll(&state, 1, 0) > 0 && (state.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

}  // namespace

HttpSession::HttpSession(Socket socket, SessionSurroundings surroundings)
    : surroundings_(surroundings),
      connection_(std::move(socket), surroundings.connections),
      share_(surroundings.router.memory()),
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
  surroundings_.router.refuse(503, {}, "Too many connections.", reply_);
  const auto answer =
      reply_.finish({.keep_alive = false, .old_client = false, .head_only = false, .date = surroundings_.date.now()});
  co_await send(answer);
  co_await linger();
}

// Answers whether the connection goes on.
auto HttpSession::serve_request() -> Task<bool> {
  give_back_memory();
  Parser parser(std::piecewise_construct, std::make_tuple(std::move(body_)),
                std::make_tuple(std::pmr::polymorphic_allocator<char>(&fields_memory_)));
  const Failure failure = co_await read_request(parser);
  if (failure.status == kGone) co_return false;
  if (failure.status > 0) {
    const auto path = split_target(view(parser.get().target())).path;
    surroundings_.router.refuse(failure.status, path, failure.message, reply_);
  } else if (failure.status == 0) {
    const bool answered = co_await make_answer(parser);
    if (!answered) co_return false;
  }
  const bool more = co_await send_answer(parser, failure.status == 0);
  body_ = std::move(parser.get().body());
  if (failure.status != 0) co_await linger();
  co_return more;
}

// Between two requests: keeps what a usual one will need again, unless others need it more.
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

// Answers whether there is room for what the connection has, with so much of a body.
auto HttpSession::count_memory(std::size_t body) -> bool {
  const std::size_t head = buffer_.capacity() > kBufferSize ? kHeadCopies * buffer_.capacity() : 0;
  const std::size_t bytes = body + head + reply_.bytes();
  return share_.resize(bytes > kUncounted ? bytes - kUncounted : 0);
}

// A large answer for which there is no room is not kept until the client has taken it.
void HttpSession::count_answer(Parser& parser, Exchange& exchange) {
  if (count_memory(parser.get().body().size()) || reply_.bytes() <= kAnswerRoom) return;
  surroundings_.router.refuse_for_memory(exchange);
  static_cast<void>(count_memory(parser.get().body().size()));
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

// Answers whether there is something to send; if not, the client has been left without an answer.
auto HttpSession::make_answer(Parser& parser) -> Task<bool> {
  const Request request = request_of(parser);
  Exchange exchange{.request = request, .reply = reply_, .refusal = {}, .error = {}, .call = {}};
  Router& router = surroundings_.router;
  router.begin(exchange);
  if (exchange.delay(Phase::Before) > Duration(0)) exchange.abandoned = co_await pause(exchange.delay(Phase::Before));
  if (Router::makes_pieces(request.path)) co_await wait_for_turn(connection_, surroundings_.limits);
  router.answer(exchange);
  if (exchange.group) {
    // Behind the other calls that have arrived by now.
    co_await asio::post(connection_.socket.get_executor(), kAwait);
    router.commit(exchange);
  }
  count_answer(parser, exchange);
  if (exchange.delay(Phase::After) > Duration(0)) exchange.abandoned = co_await pause(exchange.delay(Phase::After));
  if (reply_.held) {
    co_await hold(*reply_.held, connection_, surroundings_.limits, reply_);
    count_answer(parser, exchange);
  }
  router.finish(exchange);
  auto& body = parser.get().body();
  if (body.capacity() > kMemoryKept) std::string().swap(body);
  static_cast<void>(count_memory(body.size()));

  const auto broken = exchange.broken();
  if (broken) co_await break_connection(*broken);
  co_return !broken;
}

// Answers whether the connection goes on.
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

// A fault rule wants it. Ends early when the client goes or the server stops: then the call goes on at once. Answers
// whether the client has gone.
auto HttpSession::pause(Duration time) -> Task<bool> {
  // Shared with the handler below, which the loop may call after this coroutine has gone on.
  struct Watch {
    Timer timer;
    Socket* socket;
    bool more_has_come = false;
  };
  auto& socket = connection_.socket;
  const auto end = Steady::now() + std::chrono::ceil<Steady::duration>(time);
  const auto watch = std::make_shared<Watch>(Watch{.timer = Timer(socket.get_executor()), .socket = &socket});
  connection_.allow(std::chrono::ceil<std::chrono::milliseconds>(time) + surroundings_.limits.write);
  connection_.set_idle(true);
  watch->timer.expires_at(end);
  // Called once: for the end of the stream, or for a next request, which comes behind this one.
  socket.async_wait(Socket::wait_read, [watch](const error_code& error) {
    if (error || watch->socket == nullptr) return;
    watch->more_has_come = true;
    watch->timer.cancel();
  });
  co_await watch->timer.async_wait(kAwait);
  // Behind a next request the end of the stream does not show, so it is looked for now and then.
  while (watch->more_has_come && !is_at_end(socket) && Steady::now() < end) {
    watch->timer.expires_at(std::min(end, Steady::now() + surroundings_.limits.sweep));
    co_await watch->timer.async_wait(kAwait);
  }
  watch->socket = nullptr;
  error_code ignored;
  socket.cancel(ignored);
  connection_.set_idle(false);
  co_return is_at_end(socket) && !connection_.ending();
}

auto HttpSession::break_connection(FaultRule::Connection how) -> Task<void> {
  using How = FaultRule::Connection;
  error_code ignored;
  if (how == How::Hang) {
    // Until the client gives up. What it sends meanwhile is not read as requests.
    connection_.set_idle(true);
    connection_.allow(std::chrono::duration_cast<std::chrono::milliseconds>(kMaxDelay));
    co_await discard();
  }
  // Closed with nothing left to send, and at once, the client sees a reset.
  if (how == How::Reset) connection_.socket.set_option(asio::socket_base::linger(true, 0), ignored);
  connection_.socket.close(ignored);
}

auto HttpSession::read_request(Parser& parser) -> Task<Failure> {
  parser.header_limit(static_cast<std::uint32_t>(surroundings_.limits.head));
  parser.body_limit(boost::none);  // judge_head() does it, before anything of the body is read
  Failure failure = co_await read_head(parser);
  body_limit_ = body_limit_of(parser);
  if (failure.status == 0) failure = judge_head(parser);
  if (failure.status != 0 || parser.is_done()) co_return failure;
  // Nobody who may not be here makes the server take a body.
  if (surroundings_.router.refuse_head(request_of(parser), reply_))
    co_return Failure{.status = kAnswered, .message = {}};
  std::optional<Parser::value_type::header_type> head;
  if (parser.chunked()) head = parser.get().base();
  failure = co_await read_body(parser);
  // The parser takes the fields behind the last chunk for more of the head; nothing that needs a header may believe
  // them (RFC 9110, 6.5.1).
  if (head) parser.get().base() = *head;
  if (failure.status == 0 && !share_.budget().has_room(kAnswerRoom)) failure = no_memory();
  co_return failure;
}

auto HttpSession::read_head(Parser& parser) -> Task<Failure> {
  bool line_taken = false;
  bool begun = has_begun(line_taken);
  connection_.set_idle(!begun);
  connection_.allow(begun ? surroundings_.limits.request : surroundings_.limits.idle);
  for (;;) {
    if (begun && !parser.got_some() && *static_cast<const char*>(buffer_.data().data()) == kTlsHandshake) {
      surroundings_.router.note_tls(client_);
      co_return Failure{.status = kGone, .message = {}};
    }
    const Failure failure = begun ? feed(parser) : Failure{};
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

// Whether something has come of the next request. One empty line before it is none: some clients send that behind a
// body (RFC 9112, 2.2).
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
  line_taken = true;
  return buffer_.size() > 0;
}

// A request that carries a database may be larger than the others.
auto HttpSession::body_limit_of(const Parser& parser) const -> std::size_t {
  const auto& message = parser.get();
  const auto& limits = surroundings_.limits;
  const auto path = split_target(view(message.target())).path;
  return Router::takes_upload(view(message.method_string()), path) ? std::max(limits.upload, limits.body) : limits.body;
}

auto HttpSession::judge_head(const Parser& parser) -> Failure {
  const auto& message = parser.get();
  auto failure = judge_host(parser);
  if (failure.status == 0) failure = judge_coding(parser);
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

// RFC 9112, 3.2. HTTP/1.0 knows requests without a host.
auto HttpSession::judge_host(const Parser& parser) -> Failure {
  const auto& message = parser.get();
  const auto hosts = message.count(http::field::host);
  if (hosts == 0 && message.version() >= 11) return {400, "The request has no Host."};
  if (hosts > 1) return {400, "The request has more than one Host."};
  return {};
}

// RFC 9112, 6.1: whoever stands before this server may have seen another end of the body than it does.
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
  parser.body_limit(body_limit_);  // for chunked ones, whose length shows as they come
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

// Gives what has arrived to the parser, which takes what it can.
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
  // The buffer takes a whole head; what stands around chunks can be longer, and is refused like one.
  if (error == http::error::header_limit || error == http::error::need_more)
    return {431, "The request's head is too large."};
  if (error == http::error::body_limit) return body_too_large();
  if (error == http::error::bad_version) return {505, "The only versions are HTTP/1.0 and HTTP/1.1."};
  return {400, "The request is not HTTP/1.1: " + error.message() + "."};
}

auto HttpSession::no_memory() -> Failure {
  return {503, std::string(Router::kNoMemory)};
}

auto HttpSession::body_too_large() const -> Failure {
  const bool option = body_limit_ == surroundings_.limits.body;
  return {413, "The request's body is larger than " + std::string(option ? "--max-body, " : "") +
                   std::to_string(body_limit_) + " bytes."};
}

// Answers whether something came.
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

// Ends the stream to the client and reads on: closing with something unread would reset the connection, and the
// answer might be lost on its way.
auto HttpSession::linger() -> Task<void> {
  connection_.allow(surroundings_.limits.linger);
  error_code ignored;
  connection_.socket.shutdown(Tcp::socket::shutdown_send, ignored);
  co_await discard();
}

// Reads on until the client or a limit ends the connection.
auto HttpSession::discard() -> Task<void> {
  bool more = true;
  while (more) {
    buffer_.clear();
    more = co_await receive();
  }
}

}  // namespace workmail::server

#include "server/http/listener.h"

#include <fcntl.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <exception>
#include <string>
#include <utility>

namespace workmail::server {

namespace {

// The number of attempts to find a port that is free on both addresses of localhost.
constexpr int kPortAttempts = 20;

// How long to wait when no connection can be accepted because file descriptors are exhausted.
constexpr auto kAcceptPause = std::chrono::milliseconds(100);

auto is_missing_family(const error_code& error) -> bool {
  return error == asio::error::address_family_not_supported ||
         error == boost::system::errc::make_error_condition(boost::system::errc::address_not_available);
}

auto unusable(const Tcp::endpoint& endpoint, const error_code& error) -> UnusableAddress {
  const bool v6 = endpoint.address().is_v6();
  const std::string host = endpoint.address().to_string();
  const std::string shown = (v6 ? "[" + host + "]" : host) + ":" + std::to_string(endpoint.port());
  if (error == asio::error::address_in_use) {
    return UnusableAddress("The address " + shown + " is in use by another program; choose another with --listen.");
  }
  return UnusableAddress("Cannot listen on " + shown + ": " + error.message() + ".");
}

// A listening acceptor, or the error.
auto try_open(asio::io_context& io, const Tcp::endpoint& endpoint, error_code& error) -> Acceptor {
  Acceptor acceptor(io.get_executor());
  acceptor.open(endpoint.protocol(), error);
  // A child process must not inherit the port.
  if (!error) ::fcntl(acceptor.native_handle(), F_SETFD, FD_CLOEXEC);
  if (!error) acceptor.set_option(Tcp::acceptor::reuse_address(true), error);
  // One socket for IPv4 and IPv6 if the address is that of all interfaces.
  if (!error && endpoint.address().is_v6()) {
    acceptor.set_option(asio::ip::v6_only(!endpoint.address().is_unspecified()), error);
  }
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  // Non-blocking, to accept all pending connections; asynchronous accepts still work.
  if (!error) acceptor.non_blocking(true, error);
  return acceptor;
}

}  // namespace

Listener::Listener(asio::io_context& io, const ListenAddress& address, SessionSurroundings surroundings)
    : io_(io), surroundings_(surroundings) {
  if (address.host == "localhost")
    open_localhost(address.port);
  else
    open(address);
  port_ = acceptors_.front().local_endpoint().port();
}

void Listener::open(const ListenAddress& address) {
  Tcp::endpoint endpoint(asio::ip::make_address(address.host), address.port);
  error_code error;
  auto acceptor = try_open(io_, endpoint, error);
  // A machine without IPv6 listens on all interfaces of IPv4.
  if (is_missing_family(error) && endpoint.address() == asio::ip::address_v6::any()) {
    endpoint.address(asio::ip::address_v4::any());
    acceptor = try_open(io_, endpoint, error);
  }
  if (error) throw unusable(endpoint, error);
  acceptors_.push_back(std::move(acceptor));
}

// Opens both addresses on one port. If a free port of the first is in use on the second, tries another port.
void Listener::open_localhost(std::uint16_t port) {
  for (int attempt = 1;; ++attempt) {
    Tcp::endpoint endpoint(asio::ip::address_v4::loopback(), port);
    error_code error;
    auto v4 = try_open(io_, endpoint, error);
    if (error) throw unusable(endpoint, error);

    endpoint = Tcp::endpoint(asio::ip::address_v6::loopback(), v4.local_endpoint().port());
    auto v6 = try_open(io_, endpoint, error);
    const bool again = error == asio::error::address_in_use && port == 0 && attempt < kPortAttempts;
    if (again) continue;
    if (error && !is_missing_family(error)) throw unusable(endpoint, error);
    acceptors_.push_back(std::move(v4));
    if (!error) acceptors_.push_back(std::move(v6));
    return;
  }
}

void Listener::start(LastingTasks& tasks) {
  for (auto& acceptor : acceptors_) tasks.add([this, &acceptor] { return accept(acceptor); });
}

void Listener::stop() {
  for (auto& acceptor : acceptors_) {
    error_code ignored;
    acceptor.close(ignored);
  }
}

auto Listener::accept(Acceptor& acceptor) -> Task<void> {
  Timer pause(io_.get_executor());
  while (acceptor.is_open()) {
    auto [error, socket] = co_await acceptor.async_accept(kAwait);
    if (error == asio::error::operation_aborted || error == asio::error::connection_aborted) continue;
    if (!error) {
      begin_session(std::move(socket));
      accept_waiting(acceptor);
      continue;
    }
    surroundings_.failures.warn("Cannot accept a connection", error.message());
    pause.expires_after(kAcceptPause);
    co_await pause.async_wait(kAwait);
  }
}

// Also accepts the other pending connections, because a turn of the loop may be long. An error occurs again at the next
// asynchronous accept.
void Listener::accept_waiting(Acceptor& acceptor) {
  for (int taken = 1; taken < kAcceptedAtOnce && acceptor.is_open(); ++taken) {
    error_code error;
    Socket socket(io_);
    acceptor.accept(socket, error);
    if (error) return;
    begin_session(std::move(socket));
  }
}

// Without memory for a connection, it is closed, and the next one is accepted without delay.
void Listener::begin_session(Socket socket) {
  error_code ignored;
  const bool refused = *served_ >= surroundings_.limits.connections;
  if (refused && *refused_ >= kRefusedAtOnce) return;
  socket.set_option(Tcp::no_delay(true), ignored);
  try {
    asio::co_spawn(io_, serve(std::move(socket), Presence(refused ? refused_ : served_), refused), asio::detached);
  } catch (const std::exception& error) {
    surroundings_.failures.warn("Cannot accept a connection", error.what());
  }
}

// When one connection fails for lack of memory, the others continue.
auto Listener::serve(Socket socket, Presence presence, bool refused) -> Task<void> {
  const Presence present(std::move(presence));
  try {
    HttpSession session(std::move(socket), surroundings_);
    if (refused)
      co_await session.refuse();
    else
      co_await session.run();
  } catch (const std::exception& error) {
    surroundings_.failures.warn("A connection failed", error.what());
  }
}

}  // namespace workmail::server

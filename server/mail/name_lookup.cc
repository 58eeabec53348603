#include "server/mail/name_lookup.h"

#include <ares.h>
#include <netinet/in.h>

#include <algorithm>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <cstring>
#include <deque>
#include <map>
#include <memory>
#include <utility>

#include "server/process/text.h"

namespace workmail::server {

namespace {

// The time-out of the first query to a name server, which is then repeated. A whole call has five seconds.
constexpr int kPatience = 1000;

// The events that c-ares waits for on one of its sockets.
struct Interest {
  bool readable = false;
  bool writable = false;
};

// Watches a socket that c-ares owns. An event on it ends the wait for the timer.
class Watch {
 public:
  using Descriptor = asio::posix::basic_stream_descriptor<Executor>;

  Watch(const Executor& executor, ares_socket_t socket, Interest interest, const std::shared_ptr<Timer>& timer)
      : descriptor_(executor, socket) {
    const auto wake = [timer](error_code) { timer->cancel(); };
    if (interest.readable) descriptor_.async_wait(Descriptor::wait_read, wake);
    if (interest.writable) descriptor_.async_wait(Descriptor::wait_write, wake);
  }
  ~Watch() { descriptor_.release(); }
  Watch(const Watch&) = delete;
  auto operator=(const Watch&) -> Watch& = delete;

 private:
  Descriptor descriptor_;
};

auto endpoint_of(const ares_addrinfo_node& node) -> Tcp::endpoint {
  Tcp::endpoint endpoint;
  endpoint.resize(node.ai_addrlen);
  std::memcpy(endpoint.data(), node.ai_addr, node.ai_addrlen);
  return endpoint;
}

// One query by c-ares.
class Lookup {
 public:
  explicit Lookup(Executor executor) : executor_(std::move(executor)) {}
  ~Lookup() {
    if (channel_ != nullptr) ares_destroy(channel_);
  }
  Lookup(const Lookup&) = delete;
  auto operator=(const Lookup&) -> Lookup& = delete;

  void begin(const std::string& host, std::uint16_t port, const std::string& name_servers) {
    std::string order = "fb";  // files, then name servers; ignores /etc/nsswitch.conf
    ares_options options{};
    options.lookups = order.data();
    options.timeout = kPatience;
    options.sock_state_cb = &Lookup::on_socket;
    options.sock_state_cb_data = this;
    status_ = ares_init_options(&channel_, &options, ARES_OPT_LOOKUPS | ARES_OPT_TIMEOUTMS | ARES_OPT_SOCK_STATE_CB);
    if (status_ == ARES_SUCCESS && !name_servers.empty()) {
      status_ = ares_set_servers_ports_csv(channel_, name_servers.c_str());
    }
    ended_ = status_ != ARES_SUCCESS;
    if (ended_) return;
    ares_addrinfo_hints hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = ARES_AI_NUMERICSERV;
    ares_getaddrinfo(channel_, host.c_str(), std::to_string(port).c_str(), &hints, &Lookup::on_end, this);
  }

  [[nodiscard]] auto ended() const -> bool { return ended_; }
  [[nodiscard]] auto status() const -> int { return status_; }
  auto take_endpoints() -> std::vector<Tcp::endpoint> { return std::move(endpoints_); }

  // Waits until data has arrived, or c-ares must repeat the query.
  auto wait(Steady::time_point until) -> Task<void> {
    const auto timer = std::make_shared<Timer>(executor_);
    timer->expires_at(std::min(until, next_time()));
    std::deque<Watch> watches;
    for (const auto& [socket, interest] : sockets_) watches.emplace_back(executor_, socket, interest, timer);
    co_await timer->async_wait(kAwait);
  }

  // Reads received data; the sockets are non-blocking.
  void proceed() {
    ares_process_fd(channel_, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
    const auto sockets = sockets_;  // a copy, because they change during the loop
    for (const auto& [socket, interest] : sockets) {
      ares_process_fd(channel_, interest.readable ? socket : ARES_SOCKET_BAD,
                      interest.writable ? socket : ARES_SOCKET_BAD);
    }
  }

 private:
  [[nodiscard]] auto next_time() const -> Steady::time_point {
    timeval time{};
    if (ares_timeout(channel_, nullptr, &time) == nullptr) return Steady::time_point::max();
    return Steady::now() + std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
  }

  static void on_socket(void* self, ares_socket_t socket, int readable, int writable) {
    auto& sockets = static_cast<Lookup*>(self)->sockets_;
    if (readable == 0 && writable == 0) {
      sockets.erase(socket);
    } else {
      sockets[socket] = {.readable = readable != 0, .writable = writable != 0};
    }
  }

  static void on_end(void* self, int status, int /*timeouts*/, ares_addrinfo* result) {
    auto& lookup = *static_cast<Lookup*>(self);
    lookup.ended_ = true;
    lookup.status_ = status;
    if (result == nullptr) return;
    for (const auto* node = result->nodes; node != nullptr; node = node->ai_next) {
      if (node->ai_family != AF_INET && node->ai_family != AF_INET6) continue;
      lookup.endpoints_.push_back(endpoint_of(*node));
    }
    ares_freeaddrinfo(result);
  }

  Executor executor_;
  ares_channel channel_ = nullptr;
  std::map<ares_socket_t, Interest> sockets_;
  std::vector<Tcp::endpoint> endpoints_;
  bool ended_ = false;
  int status_ = ARES_SUCCESS;
};

// The addresses of hosts that need no name server; empty for other names. RFC 6761, 6.3: names below localhost are this
// machine.
auto addresses_at_once(const std::string& host, std::uint16_t port) -> std::vector<Tcp::endpoint> {
  const std::string name = lower_case(host);
  if (name == "localhost" || name.ends_with(".localhost")) {
    return {{asio::ip::address_v4::loopback(), port}, {asio::ip::address_v6::loopback(), port}};
  }
  error_code error;
  const auto address = asio::ip::make_address(host, error);
  if (error) return {};
  return {{address, port}};
}

auto failure_of(const std::string& host, int status) -> std::string {
  const bool unknown = status == ARES_ENOTFOUND || status == ARES_ENODATA || status == ARES_SUCCESS;
  if (unknown) return "The host name " + host + " is unknown.";
  return "The host name " + host + " cannot be resolved: " + ares_strerror(status) + ".";
}

}  // namespace

auto look_up(std::string host, std::uint16_t port, Steady::time_point until, std::string name_servers)
    -> Task<HostAddresses> {
  HostAddresses addresses{.endpoints = addresses_at_once(host, port)};
  if (!addresses.endpoints.empty()) co_return addresses;
  Lookup lookup(co_await asio::this_coro::executor);
  lookup.begin(host, port, name_servers);
  while (!lookup.ended() && Steady::now() < until) {
    co_await lookup.wait(until);
    lookup.proceed();
  }
  addresses.timed_out = !lookup.ended();
  addresses.endpoints = lookup.take_endpoints();
  if (addresses.timed_out) {
    addresses.failure = "The host name " + host + " was not resolved in time.";
  } else if (addresses.endpoints.empty()) {
    addresses.failure = failure_of(host, lookup.status());
  }
  co_return addresses;
}

}  // namespace workmail::server

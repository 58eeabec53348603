// Lookups of host names, with a name server in the loop of the test.
#include "server/mail/name_lookup.h"

#include <unistd.h>

#include <boost/asio/basic_datagram_socket.hpp>
#include <boost/asio/ip/udp.hpp>

#include "fake_service.h"

namespace workmail::server {
namespace {

using std::chrono::milliseconds;
using UdpSocket = asio::basic_datagram_socket<asio::ip::udp, Executor>;

constexpr std::size_t kHead = 12;

// The end of the question after the header (RFC 1035, 4.1.2).
auto question_end(std::string_view query) -> std::size_t {
  return query.find('\0', kHead) + 5;
}

auto type_of(std::string_view query) -> int {
  return query[question_end(query) - 3];
}

// A response with the question and one address, or with an error.
auto reply_of(std::string_view query, std::string_view address, char error) -> std::string {
  const auto end = question_end(query);
  const bool found = !address.empty() && error == 0;
  std::string reply(query.substr(0, 2));
  reply += '\x81';
  reply += static_cast<char>('\x80' + error);
  reply += std::string_view("\0\1\0", 3);
  reply += found ? '\1' : '\0';
  reply += std::string_view("\0\0\0\0", 4);
  reply += query.substr(kHead, end - kHead);
  if (!found) return reply;
  reply += std::string_view("\xC0\x0C\0", 3);
  reply += static_cast<char>(type_of(query));
  reply += std::string_view("\0\1\0\0\0\x3C\0", 7);
  reply += static_cast<char>(address.size());
  return reply.append(address);
}

struct NameServer {
  using Reply = std::function<std::string(std::string_view query)>;

  NameServer(asio::io_context& io, Reply reply) {
    UdpSocket socket(io, {asio::ip::address_v4::loopback(), 0});
    address = "127.0.0.1:" + std::to_string(socket.local_endpoint().port());
    asio::co_spawn(io, serve(std::move(socket), std::move(reply), queries), asio::detached);
  }

  static auto serve(UdpSocket socket, Reply reply, std::shared_ptr<int> queries) -> Task<void> {
    std::string query(512, '\0');
    for (;;) {
      asio::ip::udp::endpoint client;
      const auto [error, size] = co_await socket.async_receive_from(asio::buffer(query), client, kAwait);
      if (error) co_return;
      ++*queries;
      const std::string text = reply(std::string_view(query).substr(0, size));
      if (!text.empty()) co_await socket.async_send_to(asio::buffer(text), client, kAwait);
    }
  }

  std::string address;
  std::shared_ptr<int> queries = std::make_shared<int>(0);
};

class NameLookup : public testing::Test {
 protected:
  auto resolve(const std::string& host, const std::string& name_servers, milliseconds time = kTestPatience)
      -> HostAddresses {
    return run_task(io_, look_up(host, 9000, Steady::now() + time, name_servers));
  }
  static auto texts_of(const HostAddresses& addresses) -> std::vector<std::string> {
    std::vector<std::string> texts;
    for (const auto& endpoint : addresses.endpoints) {
      EXPECT_EQ(endpoint.port(), 9000);
      texts.push_back(endpoint.address().to_string());
    }
    return texts;
  }

  asio::io_context io_{1};
};

TEST_F(NameLookup, AnswersNumericAddressesAndLocalhostAtOnce) {
  const NameServer server(io_, [](std::string_view) { return std::string(); });
  using Texts = std::vector<std::string>;
  EXPECT_EQ(texts_of(resolve("10.0.0.1", server.address)), Texts{"10.0.0.1"});
  EXPECT_EQ(texts_of(resolve("::1", server.address)), Texts{"::1"});
  EXPECT_EQ(texts_of(resolve("LocalHost", server.address)), (Texts{"127.0.0.1", "::1"}));
  EXPECT_EQ(texts_of(resolve("s3.localhost", server.address)), (Texts{"127.0.0.1", "::1"}));
  EXPECT_EQ(*server.queries, 0);
}

TEST_F(NameLookup, AsksTheNameServer) {
  const std::string loopback_v6 = std::string(15, '\0') + '\1';
  const NameServer server(io_, [&](std::string_view query) {
    return reply_of(query, type_of(query) == 1 ? std::string_view("\x7F\0\0\2", 4) : loopback_v6, 0);
  });
  auto addresses = texts_of(resolve("storage.test", server.address));
  std::sort(addresses.begin(), addresses.end());
  EXPECT_EQ(addresses, (std::vector<std::string>{"127.0.0.2", "::1"}));
}

TEST_F(NameLookup, ReportsUnknownNames) {
  const NameServer unknown(io_, [](std::string_view query) { return reply_of(query, {}, 3); });
  EXPECT_EQ(resolve("none.test", unknown.address).failure, "The host name none.test is unknown.");
  const NameServer without_address(io_, [](std::string_view query) { return reply_of(query, {}, 0); });
  EXPECT_EQ(resolve("mail.test", without_address.address).failure, "The host name mail.test is unknown.");
}

TEST_F(NameLookup, ReportsNameServersThatRefuse) {
  const NameServer server(io_, [](std::string_view query) { return reply_of(query, {}, 5); });
  const auto addresses = resolve("storage.test", server.address);
  EXPECT_TRUE(addresses.endpoints.empty());
  EXPECT_TRUE(addresses.failure.starts_with("The host name storage.test cannot be resolved: ")) << addresses.failure;
}

TEST_F(NameLookup, SurvivesAnswersThatAreNone) {
  const NameServer server(io_, [](std::string_view query) { return std::string(query.substr(0, kHead)); });
  EXPECT_TRUE(resolve("storage.test", server.address, milliseconds(5)).endpoints.empty());
}

TEST_F(NameLookup, StopsAtTheDeadline) {
  const NameServer server(io_, [](std::string_view) { return std::string(); });
  const auto addresses = resolve("storage.test", server.address, milliseconds(5));
  EXPECT_TRUE(addresses.timed_out);
  EXPECT_EQ(addresses.failure, "The host name storage.test was not resolved in time.");
  EXPECT_TRUE(addresses.endpoints.empty());
  EXPECT_TRUE(run_until(io_, [&] { return *server.queries > 0; }));
}

// The number of the next file descriptor.
auto next_descriptor() -> int {
  const int next = ::dup(0);
  ::close(next);
  return next;
}

// The sockets belong to c-ares: each is closed, and no other descriptor.
TEST_F(NameLookup, ClosesItsSocketsWhenTheLoopEnds) {
  const NameServer server(io_, [](std::string_view) { return std::string(); });
  const int before = next_descriptor();
  {
    asio::io_context own{1};
    asio::co_spawn(own, look_up("storage.test", 1, Steady::now() + kTestPatience, server.address), asio::detached);
    EXPECT_TRUE(run_until(io_, [&] {
      own.poll();
      return *server.queries > 0;
    }));
    EXPECT_GT(next_descriptor(), before);
  }
  EXPECT_EQ(next_descriptor(), before);
}

}  // namespace
}  // namespace workmail::server

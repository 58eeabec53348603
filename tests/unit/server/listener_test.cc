// Accepting connections, and sharing the loop among them. Counts turns of the loop, without a thread.
#include "server/http/listener.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <functional>
#include <list>
#include <string>

#include "plane_test.h"
#include "server/router.h"

namespace workmail::server {
namespace {

class Listeners : public PlaneTest {
 protected:
  // Runs the loop until it is so, at most so many turns; returns how many these were. `turn` is called in each.
  template <class Condition>
  auto turns_until(
      Condition condition, int most, const std::function<void()>& turn = [] {}) -> int {
    int turns = 0;
    std::function<void()> next = [&] {
      turn();
      if (condition() || turns >= most) return io_.stop();
      ++turns;
      asio::post(io_, next);
    };
    asio::post(io_, next);
    io_.restart();
    io_.run();
    return turns;
  }
  // Client sockets that are connected to a port of this machine.
  auto connect(std::uint16_t port) -> Socket& {
    auto& socket = clients_.emplace_back(clients_io_);
    socket.connect({asio::ip::address_v4::loopback(), port});
    return socket;
  }

  static constexpr int kMany = 40;

  Log log_{LogFormat::Off, LogLevel::Info};
  Router router_{plane_, Browsers({}), log_};
  Limits limits_;
  HttpDate date_;
  RareWarnings failures_{log_};
  Connections connections_;
  asio::io_context clients_io_;
  std::list<Socket> clients_;
  LastingTasks tasks_;
  asio::io_context io_{1};
};

TEST_F(Listeners, TakeAllThatWaitInOneTurn) {
  Listener listener(
      io_, {.host = "127.0.0.1", .port = 0},
      {.handler = router_, .connections = connections_, .limits = limits_, .date = date_, .failures = failures_});
  listener.start(tasks_);
  tasks_.start(io_);
  for (int i = 0; i < kMany; ++i) connect(listener.port());
  const auto all = [&] { return connections_.size() == kMany; };
  constexpr int kMaxTurns = 10;
  EXPECT_LE(turns_until(all, 1000), kMaxTurns);
  EXPECT_EQ(connections_.size(), static_cast<std::size_t>(kMany));
}

// Only some connections beyond the limit get a response at the same time; further ones are closed.
TEST_F(Listeners, RefuseSixtyFourConnectionsAtOnce) {
  constexpr int kAnswered = 64;
  constexpr int kClosed = 10;
  limits_.connections = 1;
  limits_.linger = std::chrono::hours(1);
  Listener listener(
      io_, {.host = "127.0.0.1", .port = 0},
      {.handler = router_, .connections = connections_, .limits = limits_, .date = date_, .failures = failures_});
  listener.start(tasks_);
  tasks_.start(io_);
  for (int i = 0; i < 1 + kAnswered + kClosed; ++i) connect(listener.port()).non_blocking(true);
  int answered = 0;
  int closed = 0;
  const auto count = [&] {
    answered = closed = 0;
    for (auto& client : clients_) {
      char byte = 0;
      error_code error;
      client.receive(asio::buffer(&byte, 1), asio::socket_base::message_peek, error);
      answered += error ? 0 : 1;
      closed += error && error != asio::error::would_block ? 1 : 0;
    }
    return answered + closed == kAnswered + kClosed;
  };
  turns_until(count, 10'000);
  EXPECT_EQ(answered, kAnswered);
  EXPECT_EQ(closed, kClosed);
  EXPECT_EQ(connections_.size(), std::size_t{1 + kAnswered});
  // When these have ended, others get a response.
  for (auto client = std::next(clients_.begin()); client != clients_.end(); ++client) client->close();
  turns_until([&] { return connections_.size() == 1; }, 10'000);
  auto& next = connect(listener.port());
  turns_until([&] { return next.available() > 0; }, 10'000);
  EXPECT_GT(next.available(), 0U);
}

TEST_F(Listeners, AnswerOneStateInATurn) {
  organization("acme");
  Listener listener(
      io_, {.host = "127.0.0.1", .port = 0},
      {.handler = router_, .connections = connections_, .limits = limits_, .date = date_, .failures = failures_});
  listener.start(tasks_);
  tasks_.start(io_);
  for (int i = 0; i < kMany; ++i) {
    asio::write(connect(listener.port()),
                asio::buffer(std::string("GET /_workmail/state HTTP/1.1\r\nHost: localhost\r\n\r\n")));
  }
  const auto answered = [&] {
    return std::count_if(clients_.begin(), clients_.end(), [](const Socket& client) { return client.available() > 0; });
  };
  auto before = answered();
  const auto expect_one = [&] {
    const auto now = answered();
    EXPECT_LE(now - before, 1);
    before = now;
  };
  turns_until([&] { return before == kMany; }, 10'000, expect_one);
  EXPECT_EQ(before, kMany);
}

// With many clients that read, a turn is not longer than with one.
TEST_F(Listeners, LetOnePieceBeMadeInATurn) {
  Acceptor acceptor(io_, Tcp::endpoint(asio::ip::address_v4::loopback(), 0));
  constexpr int kPieces = 5;
  int made = 0;
  int ended = 0;
  std::vector<int> made_by(kMany, 0);
  const auto send = [&](Socket socket, int number) -> Task<void> {
    Connection connection(std::move(socket), connections_);
    PiecedBody body{.next = [&, number](std::string& piece) {
      piece = "piece";
      ++made;
      return ++made_by[static_cast<std::size_t>(number)] < kPieces;
    }};
    const bool sent = co_await send_pieces("first", body, true, connection, limits_);
    EXPECT_TRUE(sent);
    ++ended;
  };
  for (int i = 0; i < kMany; ++i) {
    connect(acceptor.local_endpoint().port());
    asio::co_spawn(io_, send(acceptor.accept(), i), asio::detached);
  }
  int before = 0;
  const auto expect_one = [&] {
    EXPECT_LE(made - before, 1);
    // In turn: no client is far ahead.
    const auto [least, most] = std::minmax_element(made_by.begin(), made_by.end());
    EXPECT_LE(*most - *least, 2);
    before = made;
  };
  turns_until([&] { return ended == kMany; }, 10'000, expect_one);
  EXPECT_EQ(made, kMany * kPieces);
  EXPECT_EQ(ended, kMany);
}

}  // namespace
}  // namespace workmail::server

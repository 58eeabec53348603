// The memory that clients can use: with --memory-limit, and when the system has no more.
#include <gtest/gtest.h>
#include <poll.h>

#include <csignal>
#include <memory>
#include <string>
#include <vector>

#include "running.h"

namespace workmail::server {
namespace {

constexpr std::size_t kLimit = 1'000'000;

auto with_limit(std::size_t limit) -> std::unique_ptr<TestServer> {
  return std::make_unique<TestServer>(Limits{}, api::Settings{}, Snapshots(), std::string(), limit);
}

// Repeats until the server's thread has reached the condition.
template <class Condition>
auto eventually(Condition condition) -> bool {
  for (int i = 0; i < 10'000; ++i) {
    if (condition()) return true;
    ::poll(nullptr, 0, 1);
  }
  return false;
}

// The head of a call with a large body, which waits for 100 Continue.
auto expecting(std::size_t size) -> std::string {
  return "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: WorkMailService.ListOrganizations\r\nContent-Length: " +
         std::to_string(size) + "\r\nExpect: 100-continue\r\n\r\n";
}

auto answer_to(const TestServer& server, const std::string& request) -> Answer {
  Client client(server.port());
  client.send(request);
  return client.receive();
}

TEST(Memory, BoundsABodyBeforeItIsRead) {
  const auto server = with_limit(kLimit);
  EXPECT_EQ(answer_to(*server, expecting(kLimit)).status, 100);
  const auto refused = answer_to(*server, expecting(kLimit + 1));
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.field("x-amzn-errortype"), "ServiceUnavailable");
  EXPECT_NE(refused.body.find("--memory-limit"), std::string::npos);
  EXPECT_EQ(call(*server, "ListOrganizations", "{}").status, 200);
}

TEST(Memory, BoundsTheBodiesOfAllConnectionsTogether) {
  const auto server = with_limit(kLimit);
  const auto half = [&](Client& client) {
    client.send(call_text("ListOrganizations", std::string(700'000, ' ')).substr(0, 600'000));
  };
  auto first = std::make_unique<Client>(server->port());
  half(*first);
  EXPECT_TRUE(eventually([&] { return server->memory_used() > 590'000; }));
  EXPECT_EQ(answer_to(*server, expecting(300'000)).status, 100);
  EXPECT_EQ(answer_to(*server, expecting(420'000)).status, 503);
  first.reset();
  EXPECT_TRUE(eventually([&] { return server->memory_used() == 0; }));
  EXPECT_EQ(answer_to(*server, expecting(420'000)).status, 100);
}

TEST(Memory, BoundsChunkedBodiesAsTheyCome) {
  const auto server = with_limit(100'000);
  Client client(server->port());
  client.send("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n20000\r\n" +
              std::string(0x20000, ' '));
  EXPECT_EQ(client.receive().status, 503);
}

TEST(Memory, BoundsHeadsThatDoNotEnd) {
  const auto server = with_limit(100'000);
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 2; ++i) clients.push_back(std::make_unique<Client>(server->port()));
  clients[0]->send("GET /" + std::string(15'000, 'x'));
  EXPECT_TRUE(eventually([&] { return server->memory_used() > 50'000; }));
  clients[1]->send("GET /" + std::string(15'000, 'x'));
  EXPECT_EQ(clients[1]->receive().status, 503);
  clients.clear();
  EXPECT_TRUE(eventually([&] { return server->memory_used() == 0; }));
}

TEST(Memory, IsGivenBackByConnectionsThatWait) {
  const auto server = with_limit(kLimit);
  Client client(server->port());
  client.send(request_text("GET", "/", "", "Padding: " + std::string(15'000, 'x') + "\r\n"));
  EXPECT_EQ(client.receive().status, 200);
  client.send(request_text("POST", "/_workmail/reset", "{}" + std::string(500'000, ' ')));
  EXPECT_EQ(client.receive().status, 200);
  EXPECT_TRUE(eventually([&] { return server->memory_used() == 0; })) << server->memory_used();
}

TEST(Memory, IsGivenBackEarlierWhenItIsTight) {
  for (const bool tight : {false, true}) {
    const auto server = with_limit(tight ? 90'000 : kLimit);
    Client client(server->port());
    client.send(request_text("POST", "/_workmail/reset", "{}" + std::string(50'000, ' ')));
    EXPECT_EQ(client.receive().status, 200);
    EXPECT_TRUE(eventually([&] { return server->memory_used() < 60'000; }));
    EXPECT_TRUE(eventually([&] { return (server->memory_used() == 0) == tight; })) << server->memory_used();
  }
}

// The size of an empty snapshot.
auto empty_snapshot() -> std::size_t {
  const store::Store empty("");
  return store::Snapshot(empty.connection).bytes().size();
}

TEST(Memory, BoundsAnswers) {
  const auto size = empty_snapshot();
  const auto server = with_limit(size * 2 - 10'000);
  EXPECT_EQ(ask(*server, "PUT", "/_workmail/snapshots/x").status, 201);
  const auto refused = ask(*server, "GET", "/_workmail/snapshots/x");
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.field("content-type"), "application/json");
  EXPECT_NE(refused.body.find("--memory-limit"), std::string::npos) << refused.body;
  EXPECT_EQ(ask(*server, "GET", "/_workmail/snapshots").status, 200);

  const auto larger = with_limit(size * 3);
  EXPECT_EQ(ask(*larger, "PUT", "/_workmail/snapshots/x").status, 201);
  EXPECT_EQ(ask(*larger, "GET", "/_workmail/snapshots/x").body.size(), size);
}

TEST(Memory, BoundsSnapshots) {
  const auto size = empty_snapshot();
  // Stored data may use three quarters.
  const auto server = with_limit((2 * size) / 3 * 4 + 8);
  EXPECT_EQ(ask(*server, "PUT", "/_workmail/snapshots/a").status, 201);
  EXPECT_EQ(ask(*server, "PUT", "/_workmail/snapshots/b").status, 201);
  const auto refused = ask(*server, "PUT", "/_workmail/snapshots/c");
  EXPECT_EQ(refused.status, 503);
  EXPECT_NE(refused.body.find("another snapshot: --memory-limit"), std::string::npos) << refused.body;
  EXPECT_EQ(ask(*server, "DELETE", "/_workmail/snapshots/a").status, 200);
  EXPECT_EQ(ask(*server, "PUT", "/_workmail/snapshots/c").status, 201);

  const auto smaller = with_limit((2 * size) / 3 * 4 - 8);
  EXPECT_EQ(ask(*smaller, "PUT", "/_workmail/snapshots/a").status, 201);
  EXPECT_EQ(ask(*smaller, "PUT", "/_workmail/snapshots/b").status, 503);
}

TEST(Memory, BoundsFaultRules) {
  const auto server = with_limit(kLimit);
  const std::string rule =
      R"({"match":{"operation":"DeleteUser","input":{"Name":")" + std::string(8000, 'x') + R"("}},"delay":1})";
  int added = 0;
  Answer answer;
  for (answer = ask(*server, "POST", "/_workmail/faults", rule); answer.status == 201 && added < 100; ++added) {
    answer = ask(*server, "POST", "/_workmail/faults", rule);
  }
  EXPECT_EQ(answer.status, 503) << added;
  EXPECT_GT(added, 5);
  EXPECT_NE(answer.body.find("another rule: --memory-limit"), std::string::npos) << answer.body;
  EXPECT_LE(server->memory_used(), kLimit / 4 * 3);
  EXPECT_EQ(ask(*server, "DELETE", "/_workmail/faults").status, 200);
  EXPECT_EQ(server->memory_used(), 0U);
  EXPECT_EQ(ask(*server, "POST", "/_workmail/faults", rule).status, 201);
}

TEST(Memory, EndsAStreamForWhichThereIsNone) {
  const auto server = with_limit(200'000);
  for (int i = 0; i < 15; ++i) call(*server, "ListUsers", R"({"x":")" + std::string(7'000, 'x') + R"("})");
  const auto stream_behind = [&](const std::string& id) {
    auto client = std::make_unique<Client>(server->port());
    client->send(request_text("GET", "/_workmail/requests/stream", "", "Last-Event-ID: " + id + "\r\n"));
    EXPECT_NE(client->receive_until("\r\n\r\n"), "");
    return client;
  };
  EXPECT_NE(stream_behind("14")->receive_until("\n\n"), "");
  EXPECT_TRUE(stream_behind("0")->at_end());
}

TEST(Memory, BoundsTheJournalToAFourth) {
  Running program({"--memory-limit", "4194304", "--log", "off"});
  const std::string body = R"({"x":")" + std::string(8'000, 'x') + R"("})";
  for (int i = 0; i < 150; ++i) program.call("ListUsers", body);
  const auto journal = program.ask("GET", "/_workmail/requests").body;
  EXPECT_GT(journal.size(), 900'000U);
  EXPECT_LT(journal.size(), 1'100'000U);
  EXPECT_NE(journal.find("\"lastId\":150}"), std::string::npos);
}

TEST(Memory, MayRunOutInTheSystem) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "The sanitizer wants all of the address space.";
#endif
  Running program({"--log", "text"});
  EXPECT_EQ(program.call("CreateOrganization", R"({"Alias":"acme"})").status, 200);
  program.limit_memory(6'000'000);
  for (int round = 0; round < 3; ++round) {
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < 1500; ++i) {
      clients.push_back(std::make_unique<Client>(program.port()));
      clients.back()->send("POST / HTTP/1.1\r\nPadding: " + std::string(15'000, 'x'));
    }
    // A connection may get a response or be closed, but not be left waiting.
    clients.clear();
    EXPECT_TRUE(eventually([&] { return program.ask("GET", "/_workmail/health").status == 200; })) << program.errors();
    EXPECT_TRUE(
        eventually([&] { return program.call("ListOrganizations", "{}").body.find("acme") != std::string::npos; }));
  }
  EXPECT_TRUE(program.has_said("bad_alloc")) << program.errors();
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0);
}

}  // namespace
}  // namespace workmail::server

// Limits of size and time for one client.
#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "running.h"

namespace workmail::server {
namespace {

using std::chrono::milliseconds;

// Short time-outs, for tests.
auto hasty() -> Limits {
  return {.idle = milliseconds(30), .request = milliseconds(30), .linger = milliseconds(30), .sweep = milliseconds(5)};
}

auto chunked_call(std::string_view body) -> std::string {
  return "POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: WorkMailService.ListOrganizations\r\nTransfer-Encoding: "
         "chunked\r\n\r\n" +
         std::string(body);
}

TEST(Limits, TakeAHeadOfSixteenKibibytesAndNoMore) {
  TestServer server;
  // With the empty line at its end.
  const auto call_with_head = [](std::size_t size) {
    const std::string body = "{}";
    const auto padded = [&](std::size_t padding) {
      return call_text("ListOrganizations", body, "Padding: " + std::string(padding, 'x') + "\r\n");
    };
    return padded(size - (padded(0).size() - body.size()));
  };
  Client exact(server.port());
  exact.send(call_with_head(16'384));
  EXPECT_EQ(exact.receive().status, 200);

  Client over(server.port());
  over.send(call_with_head(16'385));
  EXPECT_EQ(over.receive().status, 431);
  EXPECT_TRUE(over.at_end());
}

TEST(Limits, TakeManyFields) {
  TestServer server;
  std::string fields;
  for (int i = 0; i < 1000; ++i) fields += "f" + std::to_string(i) + ": x\r\n";
  EXPECT_EQ(call(server, "ListOrganizations", "{}", fields).status, 200);
}

TEST(Limits, RefuseAHeadWithoutAnEnd) {
  TestServer server;
  Client client(server.port());
  client.send("GET /" + std::string(20'000, 'x'));
  EXPECT_EQ(client.receive().status, 431);
}

TEST(Limits, RefuseALargeBodyByItsLengthBeforeReadingIt) {
  TestServer server({.body = 100});
  Client client(server.port());
  client.send(
      "POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: WorkMailService.ListOrganizations\r\nContent-Length: 101\r\n"
      "Expect: 100-continue\r\n\r\n");
  const auto answer = client.receive();
  EXPECT_EQ(answer.status, 413);
  EXPECT_EQ(answer.field("content-type"), "application/x-amz-json-1.1");
  EXPECT_EQ(answer.field("connection"), "close");
  EXPECT_NE(answer.field("x-amzn-requestid"), "");
  EXPECT_NE(answer.body.find("--max-body"), std::string::npos);
  EXPECT_TRUE(client.at_end());
}

TEST(Limits, AnswerEvenClientsThatKeepSending) {
  TestServer server({.body = 100});
  Client client(server.port());
  client.send(call_text("ListOrganizations", std::string(3'000'000, ' ')));
  EXPECT_EQ(client.receive().status, 413);
}

TEST(Limits, TakeABodyOfTheExactSize) {
  TestServer server({.body = 100});
  EXPECT_EQ(call(server, "ListOrganizations", "{}" + std::string(98, ' ')).status, 200);
}

TEST(Limits, HoldForChunkedBodies) {
  TestServer server({.body = 100});
  const std::string fifty = "32\r\n{}" + std::string(48, ' ') + "\r\n";
  const std::string spaces = "32\r\n" + std::string(50, ' ') + "\r\n";
  Client exact(server.port());
  exact.send(chunked_call(fifty + spaces + "0\r\n\r\n"));
  EXPECT_EQ(exact.receive().status, 200);
  Client over(server.port());
  over.send(chunked_call(fifty + spaces + "1\r\n \r\n0\r\n\r\n"));
  EXPECT_EQ(over.receive().status, 413);
}

TEST(Limits, HoldForChunkExtensionsAndTrailers) {
  TestServer server;
  Client extension(server.port());
  extension.send(chunked_call("2;" + std::string(60'000, 'x')));
  EXPECT_EQ(extension.receive().status, 431);
  Client trailer(server.port());
  trailer.send(chunked_call("2\r\n{}\r\n0\r\nx: " + std::string(60'000, 'x')));
  EXPECT_EQ(trailer.receive().status, 431);
}

TEST(Limits, AnswerTheControlPlaneInItsOwnForm) {
  TestServer server({.body = 100});
  const auto answer = ask(server, "POST", "/_workmail/reset", std::string(101, ' '));
  EXPECT_EQ(answer.status, 413);
  EXPECT_EQ(answer.field("content-type"), "application/json");
  EXPECT_NE(answer.body.find(R"({"error":{"code":)"), std::string::npos);
}

TEST(Limits, EndConnectionsThatSendNothing) {
  TestServer server(hasty());
  Client client(server.port());
  EXPECT_TRUE(client.at_end());
}

TEST(Limits, EndConnectionsThatSendNothingMore) {
  TestServer server(hasty());
  Client client(server.port());
  client.send(request_text("GET", "/", ""));
  EXPECT_EQ(client.receive().status, 200);
  EXPECT_TRUE(client.at_end());
}

TEST(Limits, EndSlowHeadsAndBodies) {
  Limits limits = hasty();
  limits.idle = std::chrono::minutes(1);
  TestServer server(limits);
  Client head(server.port());
  head.send("POST / HTTP");
  EXPECT_TRUE(head.at_end());
  Client body(server.port());
  const std::string request = call_text("ListOrganizations", "{}");
  body.send(request.substr(0, request.size() - 1));
  EXPECT_TRUE(body.at_end());
}

TEST(Limits, EndConnectionsThatDoNotTakeTheirAnswers) {
  TestServer server({.write = milliseconds(30), .sweep = milliseconds(5)});
  Client client(server.port());
  std::string requests;
  for (int i = 0; i < 1000; ++i) requests += request_text("GET", "/", "");
  // The server stops reading when it cannot write, and then closes the connection.
  int sent = 0;
  while (sent < 10'000 && client.send(requests)) ++sent;
  EXPECT_LT(sent, 10'000);
}

TEST(Limits, LetInOnlySoManyConnections) {
  TestServer server({.connections = 2});
  auto first = std::make_unique<Client>(server.port());
  Client second(server.port());
  for (auto* client : {first.get(), &second}) {
    client->send(request_text("GET", "/", ""));
    EXPECT_EQ(client->receive().status, 200);
  }
  Client third(server.port());
  const auto answer = third.receive();
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.field("connection"), "close");
  EXPECT_TRUE(third.at_end());

  // A place becomes available again when the server has detected the end of the connection.
  first.reset();
  int status = 503;
  for (int i = 0; i < 1000 && status != 200; ++i) {
    Client next(server.port());
    next.send(request_text("GET", "/", ""));
    status = next.receive().status;
  }
  EXPECT_EQ(status, 200);
}

// If the system allows fewer descriptors than the limit of connections, all except 64 are for connections; at least 64
// connections are allowed.
TEST(Limits, LeaveSixtyFourDescriptorsToTheProgram) {
  const std::pair<unsigned, std::size_t> cases[] = {{200, 136}, {129, 65}, {128, 64}, {110, 64}};
  for (const auto& [descriptors, connections] : cases) {
    const Running program({"--log", "off"}, {}, descriptors);
    std::vector<std::unique_ptr<Client>> clients;
    for (std::size_t i = 0; i <= connections; ++i) {
      auto& client = clients.emplace_back(std::make_unique<Client>(program.port()));
      client->send(request_text("GET", "/", ""));
      EXPECT_EQ(client->receive().status, i < connections ? 200 : 503) << descriptors << " " << i;
    }
  }
}

TEST(Limits, CloseConnectionsFarBeyondTheLimit) {
  TestServer server({.connections = 1});
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 200; ++i) clients.push_back(std::make_unique<Client>(server.port()));
  clients.front()->send(request_text("GET", "/", ""));
  EXPECT_EQ(clients.front()->receive().status, 200);
}

}  // namespace
}  // namespace workmail::server

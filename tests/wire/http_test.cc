// HTTP itself: framing of requests, and persistent connections.
#include <gtest/gtest.h>

#include "running.h"
#include "wire.h"

namespace workmail::server {
namespace {

TEST(Http, KeepsTheConnection) {
  TestServer server;
  Client client(server.port());
  for (int i = 0; i < 3; ++i) {
    client.send(call_text("ListOrganizations", "{}"));
    const auto answer = client.receive();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.field("connection"), "");
  }
}

TEST(Http, ListensOnBothAddressesOfLocalhost) {
  TestServer server;
  Client client(server.port(), "::1");
  client.send(call_text("ListOrganizations", "{}"));
  EXPECT_EQ(client.receive().status, 200);
}

TEST(Http, AnswersPipelinedRequestsInOrder) {
  TestServer server;
  Client client(server.port());
  client.send(call_text("ListOrganizations", "{}") + request_text("GET", "/nothing", "") +
              call_text("NoSuchOperation", "{}") + request_text("HEAD", "/_workmail/health", "") +
              request_text("GET", "/", ""));
  EXPECT_EQ(client.receive().status, 200);
  EXPECT_EQ(client.receive().status, 404);
  EXPECT_EQ(client.receive().status, 400);
  EXPECT_EQ(client.receive(true).status, 200);
  EXPECT_EQ(client.receive().status, 200);
}

TEST(Http, ReadsARequestByteByByte) {
  TestServer server;
  Client client(server.port());
  for (const char byte : call_text("ListOrganizations", R"({"MaxResults":5})")) client.send({&byte, 1});
  EXPECT_EQ(client.receive().status, 200);
}

TEST(Http, ReadsChunkedBodies) {
  TestServer server;
  Client client(server.port());
  const std::string head =
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-amz-json-1.1\r\n"
      "X-Amz-Target: WorkMailService.CreateOrganization\r\nTransfer-Encoding: chunked\r\n\r\n";
  client.send(head + "8\r\n{\"Alias\"\r\n");
  client.send("9;name=value\r\n:\"chunked\r\n2\r\n\"}\r\n0\r\nTrailer: x\r\n\r\n");
  EXPECT_EQ(client.receive().status, 200);
  client.send(call_text("ListOrganizations", "{}"));
  EXPECT_NE(client.receive().body.find("\"chunked\""), std::string::npos);
}

TEST(Http, Sends100ContinueToAClientThatAsksForIt) {
  TestServer server;
  Client client(server.port());
  const std::string request = call_text("ListOrganizations", "{}", "Expect: 100-continue\r\n");
  client.send(request.substr(0, request.size() - 2));
  EXPECT_EQ(client.receive().status, 100);
  client.send(request.substr(request.size() - 2));
  EXPECT_EQ(client.receive().status, 200);
}

TEST(Http, SendsNo100ContinueToAClientThatHasSentTheBody) {
  TestServer server;
  Client client(server.port());
  client.send(call_text("ListOrganizations", "{}", "Expect: 100-Continue\r\n"));
  EXPECT_EQ(client.receive().status, 200);
}

TEST(Http, RefusesOtherExpectations) {
  TestServer server;
  Client client(server.port());
  client.send(call_text("ListOrganizations", "{}", "Expect: miracles\r\n"));
  EXPECT_EQ(client.receive().status, 417);
  EXPECT_TRUE(client.at_end());
}

TEST(Http, EndsAConnectionOfHttp10) {
  TestServer server;
  Client client(server.port());
  client.send("GET / HTTP/1.0\r\n\r\n");
  const auto answer = client.receive();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.field("connection"), "close");
  EXPECT_TRUE(client.at_end());
}

TEST(Http, KeepsAConnectionOfHttp10ThatAsksForIt) {
  TestServer server;
  Client client(server.port());
  for (int i = 0; i < 2; ++i) {
    client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    const auto answer = client.receive();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.field("connection"), "keep-alive");
  }
}

TEST(Http, EndsAConnectionThatAsksForIt) {
  TestServer server;
  Client client(server.port());
  client.send(call_text("ListOrganizations", "{}", "Connection: close\r\n"));
  const auto answer = client.receive();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.field("connection"), "close");
  EXPECT_TRUE(client.at_end());
}

TEST(Http, SendsNoBodyToAHead) {
  TestServer server;
  Client client(server.port());
  client.send(request_text("HEAD", "/", "") + request_text("GET", "/", ""));
  const auto head = client.receive(true);
  const auto get = client.receive();
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.field("content-length"), get.field("content-length"));
  EXPECT_EQ(std::to_string(get.body.size()), get.field("content-length"));
}

TEST(Http, TakesTargetsWithAHost) {
  TestServer server;
  EXPECT_EQ(ask(server, "GET", "http://localhost:1/_workmail/health?x=y").status, 200);
  EXPECT_EQ(ask(server, "GET", "http://localhost:1").status, 200);
}

TEST(Http, RefusesWhatIsNotHttp) {
  TestServer server;
  const char* cases[] = {
      "hello\r\n\r\n",
      "GET /\r\n\r\n",
      "GET / HTTP/1.1\r\nno colon\r\n\r\n",
      "GET / HTTP/1.1\r\n bad: x\r\n\r\n",
      "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
      "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
      "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2, 2\r\n\r\n{}",
      "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
      "\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n",
      "\rGET / HTTP/1.1\r\nHost: x\r\n\r\n",
      "\r\n\r\n\r\n\r\n",
      "GET / HTTP/1.1\r\n\r\n",
      "GET http://localhost/ HTTP/1.1\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\nhost: b\r\n\r\n",
      "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost:\r\n\r\n",
      "GET / HTTP/1.0\r\nHost: \r\n\r\n",
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  };
  for (const auto* text : cases) {
    Client client(server.port());
    client.send(text);
    const auto answer = client.receive();
    EXPECT_EQ(answer.status, 400) << text;
    EXPECT_EQ(answer.field("connection"), "close") << text;
    EXPECT_TRUE(client.at_end()) << text;
  }
}

TEST(Http, RefusesOtherVersionsAndEncodings) {
  TestServer server;
  Client version(server.port());
  version.send("GET / HTTP/2.0\r\n\r\n");
  EXPECT_EQ(version.receive().status, 505);
  for (const auto* coding : {"gzip", "gzip, chunked", "chunked, gzip", "chunked, chunked", "identity", "xchunked",
                             "gzip\r\nTransfer-Encoding: chunked"}) {
    Client encoding(server.port());
    encoding.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: " + std::string(coding) + "\r\n\r\n0\r\n\r\n");
    EXPECT_EQ(encoding.receive().status, 501) << coding;
    EXPECT_TRUE(encoding.at_end());
  }
}

TEST(Http, IgnoresTrailers) {
  TestServer server;
  call(server, "CreateOrganization", R"({"Alias":"acme"})");
  Client client(server.port());
  const std::string chunked = "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n";
  client.send("POST / HTTP/1.1\r\nHost: x\r\n" + chunked +
              "X-Amz-Target: WorkMailService.ListOrganizations\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(client.receive().status, 404);
  client.send(
      "POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: WorkMailService.ListOrganizations\r\n" + chunked +
      "X-Amz-Target: WorkMailService.NoSuchOperation\r\nOrigin: https://evil.example\r\n"
      "Authorization: AWS4-HMAC-SHA256 Credential=222222222222/20260501/eu-west-1/workmail/aws4_request\r\n\r\n");
  const auto answer = client.receive();
  EXPECT_EQ(answer.status, 200);
  EXPECT_NE(answer.body.find("acme"), std::string::npos) << answer.body;
}

// Some clients send an empty line after a body.
TEST(Http, SkipsAnEmptyLineBeforeARequest) {
  TestServer server;
  Client client(server.port());
  client.send("\r\n" + call_text("ListOrganizations", "{}") + "\r\n" + call_text("ListOrganizations", "{}") + "\r");
  EXPECT_EQ(client.receive().status, 200);
  EXPECT_EQ(client.receive().status, 200);
  client.send("\n");
  client.send(request_text("GET", "/", ""));
  EXPECT_EQ(client.receive().status, 200);
}

// The first bytes of a ClientHello. An answer in plain text would only confuse the client.
TEST(Http, ClosesAConnectionThatUsesTls) {
  const Running program({});
  const std::string hello("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11);
  for (int i = 0; i < 3; ++i) {
    Client client(program.port());
    client.send(hello);
    EXPECT_TRUE(client.at_end());
  }
  const std::string reason =
      "A client at 127.0.0.1 uses TLS, which this server does not support: its endpoint must begin with "
      "http://, not https://.";
  EXPECT_TRUE(program.has_said(reason));
  EXPECT_EQ(program.ask("GET", "/").status, 200);
  // At most one warning a second.
  const auto log = program.errors();
  const auto end = log.find(reason) + reason.size();
  const auto again = log.find(reason, end);
  EXPECT_TRUE(again == std::string::npos || log.find(reason, again + 1) == std::string::npos) << log;
}

TEST(Http, FinishesTheRequestUnderWayWhenItStops) {
  TestServer server;
  Client idle(server.port());
  idle.send(request_text("GET", "/", ""));
  EXPECT_EQ(idle.receive().status, 200);
  Client busy(server.port());
  const std::string request = call_text("ListOrganizations", "{}");
  busy.send(request_text("GET", "/", "") + request.substr(0, 40));
  EXPECT_EQ(busy.receive().status, 200);  // so the server has read the rest as well

  server.stop();
  EXPECT_TRUE(idle.at_end());
  busy.send(request.substr(40));
  const auto answer = busy.receive();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.field("connection"), "close");
  EXPECT_TRUE(busy.at_end());
  server.wait();
}

TEST(Http, StopsWithoutARequestThatDoesNotEnd) {
  TestServer server({.stop = std::chrono::milliseconds(50)});
  Client client(server.port());
  client.send(request_text("GET", "/", "") + "GET / HT");
  EXPECT_EQ(client.receive().status, 200);
  server.stop();
  server.wait();
}

}  // namespace
}  // namespace workmail::server

// Limits on large or deep requests to the control plane, and checks before a body is read.
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <string>

#include "running.h"
#include "tests/large_texts.h"

namespace workmail::server {
namespace {

constexpr const char* kFaults = "/_workmail/faults";

TEST(Bounds, HoldForTheDepthOfEveryControlRequest) {
  TestServer server;
  ask(server, "PUT", "/_workmail/snapshots/kept");
  const std::pair<const char*, const char*> endpoints[] = {{"POST", "/_workmail/reset"},
                                                           {"PUT", "/_workmail/clock"},
                                                           {"POST", "/_workmail/clock/advance"},
                                                           {"POST", "/_workmail/simulate"},
                                                           {"POST", kFaults},
                                                           {"POST", "/_workmail/requests/find"},
                                                           {"POST", "/_workmail/seed"},
                                                           {"POST", "/_workmail/snapshots/kept/restore"}};
  for (const auto& [method, path] : endpoints) {
    for (const std::size_t depth : {64, 65, 120'000}) {
      const auto answer = ask(server, method, path, R"({"a":)" + nested_lists(depth - 1) + "}");
      EXPECT_EQ(answer.status, 400) << path;
      const bool read = answer.body.find("is n") == std::string::npos;  // not JSON, nested deeper
      EXPECT_EQ(read, depth <= 64) << path << " " << answer.body;
    }
  }
  EXPECT_EQ(ask(server, "GET", "/_workmail/health").status, 200);
}

TEST(Bounds, HoldForTheDepthOfAnInputToMatch) {
  TestServer server;
  for (const std::string path : {kFaults, "/_workmail/requests/find"}) {
    // Three objects are around the lists, and two.
    const bool rule = path == kFaults;
    const auto with = [&](std::size_t depth) {
      const std::string input = R"("input":{"a":)" + nested_lists(depth) + "}";
      return ask(server, "POST", path, rule ? R"({"match":{)" + input + R"(},"delay":1})" : "{" + input + "}");
    };
    const std::size_t most = rule ? 61 : 62;
    EXPECT_EQ(with(most).status, rule ? 201 : 200);
    EXPECT_EQ(with(most + 1).status, 400);
    EXPECT_NE(with(120'000).body.find("nested deeper than 64 levels"), std::string::npos);
  }
  // The deepest JSON that is accepted is compared with the deepest input of a call.
  EXPECT_EQ(call(server, "ListOrganizations", R"({"a":)" + nested_lists(63) + "}").status, 200);
  EXPECT_EQ(ask(server, "GET", "/_workmail/requests").status, 200);
  EXPECT_EQ(ask(server, "GET", "/_workmail/cloudtrail").status, 200);
}

TEST(Bounds, HoldForTheViolationsOfAControlRequest) {
  TestServer server;
  const auto with = [&](std::size_t members) {
    std::string body = "{";
    for (std::size_t i = 0; i < members; ++i) body += (i == 0 ? "\"x" : ",\"x") + std::to_string(i) + "\":1";
    return ask(server, "POST", "/_workmail/reset", body + "}").body;
  };
  EXPECT_NE(with(100).find("x99: unknown member\""), std::string::npos) << with(100);
  EXPECT_NE(with(101).find("x99: unknown member; and 1 more\""), std::string::npos) << with(101);
  EXPECT_LT(with(80'000).size(), 10'000U);
  EXPECT_LT(ask(server, "POST", "/_workmail/reset", "{\"" + std::string(1'000'000, 'x') + "\":1}").body.size(), 1000U);
  const auto query = ask(server, "GET", "/_workmail/requests?" + repeated("x&", 101)).body;
  EXPECT_NE(query.find("; and 1 more\""), std::string::npos) << query;
}

TEST(Bounds, HoldForTheListsOfARule) {
  TestServer server;
  const auto operations = [](std::size_t count) {
    return R"({"match":{"operation":["ListUsers")" + repeated(R"(,"Create*")", count - 1) + R"(]},"delay":1})";
  };
  EXPECT_EQ(ask(server, "POST", kFaults, operations(100)).status, 201);
  EXPECT_NE(ask(server, "POST", kFaults, operations(101)).body.find("of up to 100"), std::string::npos);
  EXPECT_EQ(ask(server, "POST", kFaults, operations(100'000)).status, 400);

  const auto input = [](std::size_t size) {  // of the input's bytes
    return R"({"match":{"operation":"ListUsers","input":{"a":")" + std::string(size - 8, 'x') + R"("}},"delay":1})";
  };
  EXPECT_EQ(ask(server, "POST", kFaults, input(8192)).status, 201);
  EXPECT_NE(ask(server, "POST", kFaults, input(8193)).body.find("match.input: must have at most 8192 bytes"),
            std::string::npos);
}

TEST(Bounds, HoldForASearchOfTheJournal) {
  TestServer server;
  const auto find = [&](const std::string& members) {
    return ask(server, "POST", "/_workmail/requests/find", "{" + members + "}");
  };
  const auto operations = [&](std::size_t count) {
    return find(R"("operation":["ListUsers")" + repeated(R"(,"Create*")", count - 1) + "]");
  };
  EXPECT_EQ(operations(100).status, 200);
  expect_error(operations(101), 400, "BadRequest", "operation: must be a string or a list of strings, of up to 100");
  EXPECT_EQ(operations(100'000).status, 400);
  const auto input = [&](std::size_t size) {  // of the input's bytes
    return find(R"("input":{"a":")" + std::string(size - 8, 'x') + "\"}");
  };
  EXPECT_EQ(input(8192).status, 200);
  expect_error(input(8193), 400, "BadRequest", "input: must have at most 8192 bytes");
}

TEST(Bounds, HoldForTheNumberOfRefusalsInTheLog) {
  Running program({"--log", "json", "--log-level", "warning"});
  constexpr int kLogged = 100;
  for (int i = 0; i <= kLogged; ++i) {
    for (int twice = 0; twice < 2; ++twice) {
      Client client(program.port());
      client.send(call_text("ListUsers", "{}", "Origin: https://evil" + std::to_string(i) + ".example\r\n"));
      EXPECT_EQ(client.receive().status, 403);
    }
  }
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0);
  const auto log = program.errors();
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), kLogged) << "each once";
  for (int i = 0; i <= kLogged; ++i) {
    EXPECT_EQ(log.find("https://evil" + std::to_string(i) + ".example") != std::string::npos, i < kLogged) << i;
  }
}

TEST(Bounds, HoldForTheNamesInWarnings) {
  Running program({"--log", "json"});
  const std::string large(1'000'000, 'x');
  program.call("ListOrganizations", "{\"" + large + "\":1}");
  program.call(large.substr(0, 5000), "{}");
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0);
  const auto log = program.errors();
  EXPECT_NE(log.find("does not have ListOrganizations." + large.substr(0, 100) + "....\""), std::string::npos) << log;
  EXPECT_NE(log.find("does not have " + large.substr(0, 100) + "....\""), std::string::npos) << log;
}

TEST(Bounds, HoldForTheNumberOfWarnings) {
  Running program({"--log", "json", "--log-level", "warning"});
  const auto call_with = [&](int first, int count) {
    std::string body;
    for (int i = 0; i < count; ++i) body += (i == 0 ? "{\"x" : ",\"x") + std::to_string(first + i) + "\":1";
    EXPECT_EQ(program.call("ListOrganizations", body + "}").status, 200);
  };
  for (int i = 0; i < 100; ++i) call_with(10 * i, 10);
  call_with(1000, 1);
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0);
  const auto log = program.errors();
  EXPECT_NE(log.find("ListOrganizations.x999."), std::string::npos);
  EXPECT_EQ(log.find("ListOrganizations.x1000."), std::string::npos);
}

// The head of a request whose body is not sent.
auto head_of(std::string_view method, std::string_view path, std::string_view fields) -> std::string {
  return std::string(method) + " " + std::string(path) + " HTTP/1.1\r\n" + std::string(fields) +
         "Content-Length: 100\r\n\r\n";
}

TEST(HeadsOfRequests, AreJudgedBeforeABodyIsRead) {
  TestServer server;
  constexpr const char* kForeign = "Host: localhost\r\nOrigin: https://evil.example\r\n";
  constexpr const char* kExpecting = "Host: localhost\r\nOrigin: https://evil.example\r\nExpect: 100-continue\r\n";
  for (const auto* fields : {kForeign, kExpecting}) {
    for (const auto* path : {"/", "/_workmail/seed", "/_workmail/snapshots/x", "/nowhere"}) {
      Client client(server.port());
      client.send(head_of("PUT", path, fields));
      const auto answer = client.receive();
      EXPECT_EQ(answer.status, 403) << path;
      EXPECT_EQ(answer.field("connection"), "close");
      EXPECT_EQ(answer.field("access-control-allow-origin"), "");
      EXPECT_TRUE(client.at_end());
    }
  }
}

TEST(HeadsOfRequests, AreJudgedByTheirHostBeforeABodyIsRead) {
  TestServer server;
  for (const auto* fields : {"Host: evil.example\r\n", "Host: localhost\r\nSec-Fetch-Site: cross-site\r\n"}) {
    for (const auto* path : {"/_workmail/seed", "/_workmail/snapshots/x"}) {
      Client client(server.port());
      client.send(head_of("PUT", path, fields));
      EXPECT_EQ(client.receive().status, 403) << fields << path;
      EXPECT_TRUE(client.at_end());
    }
  }
}

TEST(HeadsOfRequests, AreJudgedByTheirTokenBeforeABodyIsRead) {
  Running program({"--control-token", "s3cret", "--log", "json"});
  const auto status_of = [&](std::string_view path, const std::string& fields) {
    Client client(program.port());
    client.send(head_of("PUT", path, "Host: localhost\r\nExpect: 100-continue\r\n" + fields));
    return client.receive();
  };
  for (const auto* path : {"/_workmail/snapshots/x", "/_workmail/nowhere"}) {
    for (const std::string fields : {"", "Authorization: Bearer wrong!\r\n"}) {
      const auto answer = status_of(path, fields + "Origin: http://localhost:3000\r\n");
      EXPECT_EQ(answer.status, 403) << path;
      EXPECT_NE(answer.body.find("--control-token"), std::string::npos) << answer.body;
      EXPECT_EQ(answer.field("content-type"), "application/json");
      EXPECT_EQ(answer.field("access-control-allow-origin"), "http://localhost:3000");
    }
    EXPECT_EQ(status_of(path, "Authorization: Bearer s3cret\r\n").status, 100);
  }
  EXPECT_TRUE(program.has_said(R"("operation":"PUT /_workmail/snapshots/x","status":403,"error":"Forbidden")"))
      << program.errors();
}

}  // namespace
}  // namespace workmail::server

// Fault rules, from the control plane to what the client sees.
#include <gtest/gtest.h>

#include "wire.h"

namespace workmail::server {
namespace {

constexpr const char* kFaults = "/_workmail/faults";

class FaultsOverHttp : public ::testing::Test {
 protected:
  void add(const std::string& rule) {
    const auto answer = ask(server, "POST", kFaults, rule);
    EXPECT_EQ(answer.status, 201) << answer.body;
  }

  auto create(const std::string& alias) -> Answer {
    return call(server, "CreateOrganization", R"({"Alias":")" + alias + "\"}");
  }

  auto organizations() -> std::string { return call(server, "ListOrganizations", "{}").body; }

  TestServer server;
};

TEST_F(FaultsOverHttp, AnswerWithAModelledError) {
  add(R"({"match":{"operation":"CreateOrganization"},"times":1,"answer":{"error":"NameAvailabilityException"}})");
  const auto answer = create("acme");
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.field("x-amzn-errortype"), "NameAvailabilityException");
  EXPECT_EQ(answer.field("content-type"), "application/x-amz-json-1.1");
  EXPECT_EQ(answer.field("x-amzn-requestid").size(), 36U);
  EXPECT_EQ(member_of(answer.body, "__type"), "NameAvailabilityException");
  EXPECT_EQ(organizations(), R"({"OrganizationSummaries":[]})");
  EXPECT_EQ(create("acme").status, 200);
}

TEST_F(FaultsOverHttp, AnswerWithAStatusAndMessageOfTheirOwn) {
  add(R"({"answer":{"error":"ServiceUnavailable","message":"Out for lunch","status":503}})");
  const auto answer = create("acme");
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(member_of(answer.body, "message"), "Out for lunch");
}

TEST_F(FaultsOverHttp, BreakTheConnectionBeforeTheCall) {
  add(R"({"times":1,"answer":{"connection":"close"}})");
  add(R"({"times":1,"answer":{"connection":"reset"}})");
  Client closed(server.port());
  closed.send(call_text("CreateOrganization", R"({"Alias":"acme"})"));
  EXPECT_TRUE(closed.at_end());
  Client reset(server.port());
  reset.send(call_text("CreateOrganization", R"({"Alias":"acme"})"));
  EXPECT_TRUE(reset.is_reset());
  EXPECT_EQ(organizations(), R"({"OrganizationSummaries":[]})");
}

TEST_F(FaultsOverHttp, LoseTheAnswerAfterTheChange) {
  add(R"({"phase":"after","times":1,"answer":{"connection":"close"}})");
  Client closed(server.port());
  closed.send(call_text("CreateOrganization", R"({"Alias":"acme"})"));
  EXPECT_TRUE(closed.at_end());
  EXPECT_NE(organizations().find("acme"), std::string::npos);
  add(R"({"match":{"operation":"Create*"},"phase":"after","answer":{"error":"InternalFailure"}})");
  EXPECT_EQ(create("other").status, 500);
  EXPECT_NE(organizations().find("other"), std::string::npos);
}

TEST_F(FaultsOverHttp, HangUntilTheClientGivesUp) {
  add(R"({"times":1,"answer":{"connection":"hang"}})");
  {
    Client hanging(server.port());
    hanging.send(call_text("CreateOrganization", R"({"Alias":"acme"})"));
    EXPECT_EQ(create("other").status, 200);
  }
  // A hanging connection does not keep the server from stopping.
  add(R"({"times":1,"answer":{"connection":"hang"}})");
  Client hanging(server.port());
  hanging.send(call_text("CreateOrganization", R"({"Alias":"acme"})"));
  EXPECT_EQ(create("third").status, 200);
  server.stop();
  EXPECT_TRUE(hanging.at_end());
  server.wait();
}

TEST_F(FaultsOverHttp, DelayNoOtherCall) {
  add(R"({"match":{"operation":"CreateOrganization"},"delay":"PT1H"})");
  add(R"({"match":{"operation":"ListUsers"},"delay":0.001})");
  Client delayed(server.port());
  delayed.send(call_text("CreateOrganization", R"({"Alias":"acme"})"));
  EXPECT_EQ(organizations(), R"({"OrganizationSummaries":[]})");
  EXPECT_EQ(call(server, "ListUsers", R"({"OrganizationId":"m-00000000000000000000000000000000"})").status, 400);
}

TEST_F(FaultsOverHttp, DelayNoLongerThanTheClientAndTheServerStay) {
  add(R"({"match":{"operation":"CreateOrganization"},"delay":"PT1H"})");
  {
    Client impatient(server.port());
    impatient.send(call_text("CreateOrganization", R"({"Alias":"acme"})"));
    EXPECT_EQ(organizations(), R"({"OrganizationSummaries":[]})");
  }
  // The call of a client that has disconnected is executed, as in AWS.
  const auto left = ask(server, "GET", "/_workmail/requests?operation=CreateOrganization&wait=10").body;
  EXPECT_NE(left.find("\"status\":0,"), std::string::npos) << left;
  EXPECT_EQ(left.find("\"response\":{"), std::string::npos) << left;
  const auto trail = ask(server, "GET", "/_workmail/cloudtrail").body;
  EXPECT_NE(trail.find(R"("responseElements":{"organizationId":)"), std::string::npos) << trail;
  EXPECT_NE(organizations().find("acme"), std::string::npos);
  Client delayed(server.port());
  delayed.send(call_text("CreateOrganization", R"({"Alias":"other"})"));
  EXPECT_NE(organizations().find("acme"), std::string::npos);
  server.stop();
  EXPECT_EQ(delayed.receive().status, 200);
  server.wait();
}

// The end of the stream is not detected at once if other data is pending.
TEST(FaultsOverHttpThatDelay, ReleaseAClientThatHasSentMoreAndLeft) {
  TestServer server({.sweep = std::chrono::milliseconds(5)});
  for (const auto* phase : {"before", "after"}) {
    ask(server, "DELETE", "/_workmail/requests");
    const auto rule = ask(server, "POST", kFaults,
                          R"({"match":{"operation":"ListOrganizations"},"times":1,"delay":"PT1H","phase":")" +
                              std::string(phase) + "\"}");
    EXPECT_EQ(rule.status, 201) << rule.body;
    {
      Client impatient(server.port());
      impatient.send(call_text("ListOrganizations", "{}") + request_text("GET", "/_workmail/clock", ""));
      EXPECT_EQ(ask(server, "GET", "/").status, 200);
    }
    const auto left = ask(server, "GET", "/_workmail/requests?operation=ListOrganizations&wait=10").body;
    EXPECT_NE(left.find("\"status\":0,"), std::string::npos) << left;
  }
}

TEST_F(FaultsOverHttp, MatchTheInput) {
  add(R"({"match":{"operation":["Create*"],"input":{"Alias":"evil"}},"answer":{"error":"ThrottlingException"}})");
  EXPECT_EQ(create("good").status, 200);
  EXPECT_EQ(create("evil").status, 400);
}

TEST_F(FaultsOverHttp, AreListedWithTheirCounts) {
  add(R"({"match":{"operation":"Create*","account":"000000000000"},"skip":1,"times":2,"probability":1,"delay":"PT0.001S",
          "phase":"after","answer":{"error":"ThrottlingException","message":"Slow","status":429}})");
  add(R"({"match":{"input":{"Alias":"acme","List":[1.5,{"Name":null}]}},"answer":{"connection":"hang"}})");
  for (const auto* alias : {"acme", "other", "third", "fourth"}) create(alias);
  EXPECT_EQ(
      ask(server, "GET", kFaults).body,
      R"({"faults":[{"id":"fault-1","match":{"operation":["Create*"],"account":"000000000000"},"skip":1,"times":2,)"
      R"("probability":1.0,"delay":0.001,"phase":"after",)"
      R"("answer":{"error":"ThrottlingException","message":"Slow","status":429},"matched":3,"triggered":2},)"
      R"({"id":"fault-2","match":{"input":{"Alias":"acme","List":[1.5,{"Name":null}]}},"skip":0,"probability":1.0,)"
      R"("phase":"before","answer":{"connection":"hang"},"matched":0,"triggered":0}]})");
}

TEST_F(FaultsOverHttp, AreRemoved) {
  add(R"({"answer":{"error":"ThrottlingException"}})");
  add(R"({"match":{"account":"111111111111"},"answer":{"connection":"reset"}})");
  EXPECT_EQ(ask(server, "DELETE", "/_workmail/faults/fault-1").status, 200);
  EXPECT_EQ(ask(server, "DELETE", "/_workmail/faults/fault-1").status, 404);
  EXPECT_EQ(create("acme").status, 200);
  EXPECT_EQ(ask(server, "POST", "/_workmail/reset", R"({"account":"111111111111"})").status, 200);
  EXPECT_EQ(ask(server, "GET", kFaults).body, R"({"faults":[]})");
  for (const auto* end : {"/_workmail/faults", "/_workmail/reset"}) {
    add(R"({"answer":{"error":"ThrottlingException"}})");
    EXPECT_EQ(ask(server, end == std::string_view(kFaults) ? "DELETE" : "POST", end).status, 200);
    EXPECT_EQ(ask(server, "GET", kFaults).body, R"({"faults":[]})");
  }
}

TEST_F(FaultsOverHttp, AreOnlySoMany) {
  const std::string rule = R"({"match":{"operation":"DeleteUser"},"answer":{"error":"ThrottlingException"}})";
  for (std::size_t i = 0; i < Faults::kMaxRules; ++i) add(rule);
  EXPECT_EQ(ask(server, "POST", kFaults, rule).status, 409);
}

TEST_F(FaultsOverHttp, ReportAllViolations) {
  const auto answer =
      ask(server, "POST", kFaults,
          R"({"match":{"operation":5,"account":"x","input":[],"more":1},"skip":-1,"times":0,"probability":2,
                              "delay":"soon","phase":"during","answer":{"message":"m","connection":"burn"},"what":1})");
  EXPECT_EQ(answer.status, 400);
  for (const auto* part :
       {"match.operation: must be a string or a list", "match.account: must be twelve digits",
        "match.input: must be an object", "match.more: unknown member", "skip: must be a non-negative integer",
        "times: must be", "probability: must be", "delay: must be a duration", "phase: must be one of before, after",
        "answer.error: is required with", "answer.connection: must be one of reset, close, hang",
        "what: unknown member"}) {
    EXPECT_NE(answer.body.find(part), std::string::npos) << part << " in " << answer.body;
  }
  EXPECT_EQ(ask(server, "POST", kFaults, R"({"answer":{"error":"NoSuchException"}})").status, 400);
  EXPECT_EQ(ask(server, "POST", kFaults, R"({"answer":{"error":"MailDomainInUseException"}})").status, 400);
  EXPECT_EQ(ask(server, "GET", kFaults).body, R"({"faults":[]})");
}

TEST_F(FaultsOverHttp, AreNotAskedForSecrets) {
  for (const auto* input : {R"({"Password":"x"})", R"({"user":{"password":"x"}})", R"({"EwsProvider":["x"]})"}) {
    const auto refused = ask(server, "POST", kFaults,
                             R"({"match":{"operation":"CreateUser","input":)" + std::string(input) +
                                 R"(},"answer":{"error":"InternalFailure"}})");
    EXPECT_EQ(refused.status, 400);
    EXPECT_NE(refused.body.find("match.input: must not contain hidden members"), std::string::npos) << refused.body;
  }
  EXPECT_EQ(ask(server, "GET", kFaults).body, R"({"faults":[]})");
}

TEST_F(FaultsOverHttp, AreNeverTriggeredByTheConsole) {
  add(R"({"times":1,"answer":{"error":"ThrottlingException"}})");
  const auto key = member_of(ask(server, "GET", "/_workmail/console/key").body, "key");
  EXPECT_EQ(call(server, "ListOrganizations", "{}", "X-Workmail-Console: " + key + "\r\n").status, 200);
  // Any client can send the name of the header.
  EXPECT_EQ(call(server, "ListOrganizations", "{}", "x-amz-user-agent: workmail-local-console\r\n").status, 400);
}

TEST_F(FaultsOverHttp, AreNeverTriggeredByTheControlPlane) {
  add(R"({"answer":{"connection":"reset"}})");
  EXPECT_EQ(ask(server, "GET", "/_workmail/health").status, 200);
}

}  // namespace
}  // namespace workmail::server

// The journal over HTTP: lists, searches, waiting, the stream, CloudTrail records and metrics.
#include <gtest/gtest.h>

#include <cstdio>

#include "running.h"
#include "wire.h"

namespace workmail::server {
namespace {

constexpr const char* kRequests = "/_workmail/requests";
constexpr const char* kSigned =
    "Authorization: AWS4-HMAC-SHA256 Credential=111122223333/20260501/eu-west-1/workmail/aws4_request, "
    "SignedHeaders=host, Signature=0\r\n";

auto count(const std::string& text, const std::string& part) -> int {
  int times = 0;
  for (auto place = text.find(part); place != std::string::npos; place = text.find(part, place + 1)) ++times;
  return times;
}

class RequestsOverHttp : public ::testing::Test {
 protected:
  auto create(const std::string& alias, const std::string& fields = {}) -> std::string {
    return member_of(call(server, "CreateOrganization", R"({"Alias":")" + alias + "\"}", fields).body,
                     "OrganizationId");
  }
  auto list(const std::string& query) -> std::string { return ask(server, "GET", kRequests + query).body; }

  TestServer server;
};

TEST_F(RequestsOverHttp, ShowCallerOperationAndOutcome) {
  create("acme", std::string(kSigned) +
                     "User-Agent: test/1\r\namz-sdk-invocation-id: one\r\namz-sdk-request: attempt=2; max=3\r\n");
  const auto entries = list("");
  for (const auto* part :
       {R"("id":1,)", R"("operation":"CreateOrganization")", R"("status":200)", R"("account":"111122223333")",
        R"("region":"eu-west-1")", R"("accessKeyId":"111122223333")", R"("sourceAddress":"127.0.0.1")",
        R"("invocation":"one")", R"("attempt":2)", R"("userAgent":"test/1")", R"("request":{"Alias":"acme"})",
        R"("response":{"OrganizationId":"m-)", R"("lastId":1})"}) {
    EXPECT_NE(entries.find(part), std::string::npos) << part << " in " << entries;
  }
}

TEST_F(RequestsOverHttp, ShowHeadersThatAreNoTextAsText) {
  create("acme", "User-Agent: test/\xff\r\namz-sdk-invocation-id: \xc3\r\n");
  call(server, "Sing\xff", "{}");
  const auto entries = list("");
  for (const auto* part : {R"("userAgent":"test/\\xff")", R"("invocation":"\\xc3")", R"("operation":"Sing\\xff")"}) {
    EXPECT_NE(entries.find(part), std::string::npos) << part << " in " << entries;
  }
}

TEST_F(RequestsOverHttp, ShowNoSecret) {
  const auto id = create("acme");
  call(server, "CreateUser",
       R"({"OrganizationId":")" + id + R"(","Name":"al","DisplayName":"A","Password":"TopSecret1!"})");
  const auto entries = list("");
  EXPECT_EQ(entries.find("TopSecret1!"), std::string::npos) << entries;
  EXPECT_NE(entries.find(R"("Password":"********")"), std::string::npos) << entries;
  EXPECT_EQ(ask(server, "GET", "/_workmail/cloudtrail").body.find("TopSecret1!"), std::string::npos);
}

TEST_F(RequestsOverHttp, ShowNoSecretUnderAnotherNameOrType) {
  const auto id = create("acme");
  const std::string begin = R"({"OrganizationId":")" + id + "\",";
  call(server, "CreateUser", begin + R"("Name":"al","DisplayName":"A","password":"TopSecret1!"})");
  call(server, "CreateUser", begin + R"("User":{"Password":"TopSecret1!"},"Token":["TopSecret1!"]})");
  call(server, "UpdateAvailabilityConfiguration", begin + R"("EwsProvider":["TopSecret1!"]})");
  EXPECT_EQ(list("").find("TopSecret1!"), std::string::npos) << list("");
  EXPECT_NE(list("").find(R"("DisplayName":"A")"), std::string::npos) << list("");
  EXPECT_EQ(ask(server, "GET", "/_workmail/cloudtrail").body.find("TopSecret1!"), std::string::npos);
  for (const auto* input : {R"({"password":"TopSecret1!"})", R"({"User":{"Password":"TopSecret1!"}})",
                            R"({"EwsProvider":["TopSecret1!"]})"}) {
    const auto found = ask(server, "POST", "/_workmail/requests/find", R"({"input":)" + std::string(input) + "}");
    EXPECT_EQ(found.status, 200);
    EXPECT_TRUE(found.body.starts_with(R"({"requests":[],)")) << found.body;
  }
}

TEST(RequestsThatHideAll, ShowNothingSensitive) {
  TestServer server({}, {.redact = api::Redact::All});
  call(server, "UpdateUser", R"({"UserId":"alice","City":"Paris","displayName":"A"})");
  const auto entries = ask(server, "GET", kRequests).body;
  EXPECT_NE(entries.find(R"("request":{"UserId":"alice","City":"********","displayName":"********"})"),
            std::string::npos)
      << entries;
  EXPECT_TRUE(ask(server, "POST", "/_workmail/requests/find", R"({"input":{"City":"Paris"}})")
                  .body.starts_with(R"({"requests":[],)"));
  const auto refused =
      ask(server, "POST", "/_workmail/faults",
          R"({"match":{"operation":"UpdateUser","input":{"City":"Paris"}},"answer":{"error":"ThrottlingException"}})");
  EXPECT_EQ(refused.status, 400);
}

TEST_F(RequestsOverHttp, AreChosenByTheQuery) {
  const auto id = create("acme");
  create("acme");
  call(server, "ListUsers", R"({"OrganizationId":")" + id + "\"}", kSigned);
  EXPECT_EQ(count(list("?operation=CreateOrganization"), "\"operation\""), 2);
  EXPECT_EQ(count(list("?operation=Create*&status=400"), "\"operation\""), 1);
  EXPECT_EQ(count(list("?error=NameAvailabilityException"), "\"operation\""), 1);
  EXPECT_EQ(count(list("?account=111122223333"), "ListUsers"), 1);
  EXPECT_EQ(count(list("?organization=" + id), "\"operation\""), 2);
  EXPECT_EQ(count(list("?after=1"), "\"operation\""), 2);
  EXPECT_EQ(count(list("?after=1&limit=1"), "\"operation\""), 1);
  EXPECT_EQ(count(list("?operation=%43reate%4Frganization&status="), "\"operation\""), 2);
  const auto refused = ask(server, "GET", "/_workmail/requests?status=x&organization=y&wait=z&more=1&after=-1");
  EXPECT_EQ(refused.status, 400);
  for (const auto* part : {"status: ", "organization: ", "wait: ", "more: unknown parameter", "after: "}) {
    EXPECT_NE(refused.body.find(part), std::string::npos) << refused.body;
  }
}

TEST_F(RequestsOverHttp, AreFoundByTheirInput) {
  create("acme");
  create("other");
  const auto found = ask(server, "POST", "/_workmail/requests/find",
                         R"({"operation":"CreateOrganization","input":{"Alias":"other"}})");
  EXPECT_EQ(count(found.body, "\"operation\""), 1);
  EXPECT_NE(found.body.find(R"("request":{"Alias":"other"})"), std::string::npos) << found.body;
  EXPECT_EQ(ask(server, "POST", "/_workmail/requests/find", R"({"inputs":{}})").status, 400);
}

TEST_F(RequestsOverHttp, AreWaitedFor) {
  EXPECT_EQ(list("?wait=0.001"), R"({"requests":[],"lastId":0})");
  EXPECT_EQ(ask(server, "GET", "/_workmail/requests?wait=601", "").status, 400);
  Client waiting(server.port());
  waiting.send(request_text("GET", "/_workmail/requests?operation=CreateOrganization&wait=10", ""));
  call(server, "ListOrganizations", "{}");
  create("acme");
  const auto answer = waiting.receive();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(count(answer.body, "\"operation\""), 1) << answer.body;
  // The connection continues.
  waiting.send(request_text("GET", "/_workmail/health", ""));
  EXPECT_EQ(waiting.receive().status, 200);
}

TEST_F(RequestsOverHttp, AreForgottenOnRequest) {
  create("acme");
  EXPECT_EQ(ask(server, "DELETE", kRequests).status, 200);
  EXPECT_EQ(list(""), R"({"requests":[],"lastId":1})");
  create("other", kSigned);
  ask(server, "POST", "/_workmail/reset", R"({"account":"111122223333"})");
  EXPECT_EQ(list(""), R"({"requests":[],"lastId":2})");
}

TEST_F(RequestsOverHttp, AreStreamed) {
  create("first");
  Client reader(server.port());
  reader.send(
      request_text("GET", "/_workmail/requests/stream?operation=CreateOrganization", "", "Last-Event-ID: 0\r\n"));
  const auto head = reader.receive_until("\r\n\r\n");
  EXPECT_NE(head.find("Content-Type: text/event-stream"), std::string::npos) << head;
  EXPECT_EQ(head.find("Content-Length"), std::string::npos) << head;
  EXPECT_TRUE(reader.receive_until("\n\n").starts_with("id: 1\ndata: {\"id\":1,"));
  call(server, "ListOrganizations", "{}");
  create("second");
  EXPECT_TRUE(reader.receive_until("\n\n").starts_with("id: 3\n"));
  // Without the header, a reader gets only new entries.
  Client other(server.port());
  other.send(request_text("GET", "/_workmail/requests/stream", ""));
  other.receive_until("\r\n\r\n");
  create("third");
  EXPECT_TRUE(other.receive_until("\n\n").starts_with("id: 4\n"));
  server.stop();
  EXPECT_EQ(reader.receive_until("\n\n").substr(0, 5), "id: 4");
  EXPECT_TRUE(reader.at_end());
  server.wait();
}

TEST_F(RequestsOverHttp, NameTheFaultThatTheyTriggered) {
  ask(server, "POST", "/_workmail/faults", R"({"times":1,"answer":{"connection":"close"}})");
  create("acme");
  const auto entries = list("");
  EXPECT_NE(entries.find(R"("status":0)"), std::string::npos) << entries;
  EXPECT_NE(entries.find(R"("fault":"fault-1")"), std::string::npos) << entries;
}

TEST_F(RequestsOverHttp, BecomeCloudTrailRecords) {
  const auto id = create("acme", kSigned);
  call(server, "DescribeUser", R"({"OrganizationId":")" + id + R"(","UserId":"nobody"})", kSigned);
  call(server, "NoSuchOperation", "{}");
  const auto records = ask(server, "GET", "/_workmail/cloudtrail").body;
  EXPECT_EQ(count(records, "\"eventVersion\""), 2) << records;
  for (const auto* part :
       {R"({"Records":[{"eventVersion":"1.11","userIdentity":{"type":"Root","principalId":"111122223333",)",
        R"("eventSource":"workmail.amazonaws.com","eventName":"CreateOrganization","awsRegion":"eu-west-1")",
        R"("sourceIPAddress":"127.0.0.1")",
        R"("requestParameters":{"alias":"acme"},"responseElements":{"organizationId":)",
        R"("readOnly":false,"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"111122223333")",
        R"("errorCode":"EntityNotFoundException","errorMessage":"Entity nobody not found)",
        R"("userId":"nobody"},"responseElements":null)", R"("readOnly":true)"}) {
    EXPECT_NE(records.find(part), std::string::npos) << part << " in " << records;
  }
  EXPECT_EQ(records, ask(server, "GET", "/_workmail/cloudtrail").body);
}

TEST_F(RequestsOverHttp, BecomeCloudTrailRecordsWhenTheConnectionBreaksAfterTheCall) {
  const auto broken = [&](const char* phase, const char* connection, const std::string& alias) {
    ask(server, "POST", "/_workmail/faults",
        R"({"times":1,"phase":")" + std::string(phase) + R"(","answer":{"connection":")" + connection + "\"}}");
    Client client(server.port());
    client.send(call_text("CreateOrganization", R"({"Alias":")" + alias + "\"}"));
    EXPECT_TRUE(connection == std::string_view("reset") ? client.is_reset() : client.at_end());
  };
  broken("before", "close", "nothing");
  broken("after", "close", "acme");
  broken("after", "reset", "other");
  broken("after", "close", "acme");
  const auto records = ask(server, "GET", "/_workmail/cloudtrail").body;
  EXPECT_EQ(count(records, "\"eventVersion\""), 3) << records;
  EXPECT_EQ(records.find("nothing"), std::string::npos) << records;
  EXPECT_EQ(count(records, R"("requestParameters":{"alias":"acme"},"responseElements":{"organizationId":"m-)"), 1);
  EXPECT_EQ(count(records, R"("requestParameters":{"alias":"other"},"responseElements":{"organizationId":"m-)"), 1);
  EXPECT_EQ(count(records, R"("errorCode":"NameAvailabilityException")"), 1);
  // The journal has the response that the client got.
  EXPECT_EQ(count(list(""), R"("status":0)"), 4);
  EXPECT_EQ(count(list(""), R"("response")"), 0);
}

TEST_F(RequestsOverHttp, HaveTheTimeThatTheirCallSaw) {
  static Time ticks;
  server.run([&] {
    ticks = Time(Duration(1767225600000));
    server.clock = api::Clock(+[] { return ticks += std::chrono::seconds(1); });
  });
  const auto id = create("acme");
  call(server, "ListUsers", R"({"OrganizationId":")" + id + "\"}");
  call(server, "NoSuchOperation", "{}");
  const auto entries = list("");
  for (const auto* time : {"2026-01-01T00:00:01.000Z", "2026-01-01T00:00:02.000Z", "2026-01-01T00:00:03.000Z"}) {
    EXPECT_EQ(count(entries, R"("clock":")" + std::string(time) + "\""), 1) << entries;
  }
}

TEST_F(RequestsOverHttp, AreCounted) {
  create("acme");
  create("acme");
  call(server, "NoSuchOperation", "{}");
  const auto metrics = ask(server, "GET", "/_workmail/metrics");
  EXPECT_EQ(metrics.field("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  for (const auto* line :
       {"workmail_requests_total{operation=\"CreateOrganization\",status=\"200\",error=\"\"} 1\n",
        "workmail_requests_total{operation=\"CreateOrganization\",status=\"400\",error=\"NameAvailabilityException\"} "
        "1\n",
        "workmail_requests_total{operation=\"unknown\",status=\"400\",error=\"UnknownOperationException\"} 1\n",
        "workmail_request_duration_seconds_count{operation=\"CreateOrganization\"} 2\n",
        "workmail_organizations{state=\"Active\"} 1\n", "workmail_entities{kind=\"user\",state=\"ENABLED\"} 0\n",
        "workmail_clock_frozen 0\n"}) {
    EXPECT_NE(metrics.body.find(line), std::string::npos) << line << " in " << metrics.body;
  }
}

TEST(RequestsOfAProgram, AreNotKeptWhenTheJournalIsOff) {
  Running program({"--journal", "0"});
  program.call("ListOrganizations", "{}");
  EXPECT_EQ(program.ask("GET", kRequests).status, 422);
  EXPECT_EQ(program.ask("GET", "/_workmail/requests/stream").status, 422);
  EXPECT_EQ(program.ask("GET", "/_workmail/cloudtrail").status, 422);
}

TEST(RequestsOfAProgram, MakeRoomForLaterOnes) {
  Running program({"--journal", "2"});
  for (int i = 0; i < 3; ++i) program.call("ListOrganizations", "{}");
  const auto entries = program.ask("GET", kRequests).body;
  EXPECT_TRUE(entries.starts_with(R"({"requests":[{"id":2,)")) << entries;
  EXPECT_EQ(count(entries, "\"operation\""), 2);
}

TEST(RequestsOfAProgram, AreWrittenToACloudTrailFile) {
  const Folder folder;
  const std::string path = folder.file("trail.json");
  Running program({"--cloudtrail", path});
  program.call("CreateOrganization", R"({"Alias":"acme"})");
  EXPECT_EQ(count(read_file(path), "\n"), 1);
  // Like programs that rotate files.
  ASSERT_EQ(std::rename(path.c_str(), (path + ".1").c_str()), 0);
  program.call("ListOrganizations", "{}");
  EXPECT_EQ(count(read_file(path + ".1"), "\n"), 1);
  EXPECT_EQ(count(read_file(path), "\n"), 1);
}

TEST(RequestsOfAProgram, AreAnsweredWhenTheCloudTrailFileIsFull) {
  Running program({"--cloudtrail", "/dev/full"});
  EXPECT_EQ(program.call("ListOrganizations", "{}").status, 200);
  EXPECT_EQ(program.call("ListOrganizations", "{}").status, 200);
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0);
  EXPECT_EQ(count(program.errors(), "CloudTrail file /dev/full cannot be written: No space left"), 1)
      << program.errors();
}

}  // namespace
}  // namespace workmail::server

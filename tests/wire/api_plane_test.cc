// POST /: how calls of the API are distinguished from other requests, and the format of responses.
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "api/wire/time_text.h"
#include "server/process/real_time.h"
#include "server/process/version.h"
#include "wire.h"

namespace workmail::server {
namespace {

const std::regex kUuid("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

auto authorization(const std::string& scope) -> std::string {
  return "Authorization: AWS4-HMAC-SHA256 Credential=" + scope + "/aws4_request, SignedHeaders=host, Signature=00\r\n";
}

TEST(ApiPlane, AnswersASuccess) {
  TestServer server;
  const auto answer = call(server, "ListOrganizations", "{}");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, R"({"OrganizationSummaries":[]})");
  EXPECT_EQ(answer.field("content-type"), "application/x-amz-json-1.1");
  EXPECT_EQ(answer.field("content-length"), std::to_string(answer.body.size()));
  EXPECT_TRUE(std::regex_match(answer.field("x-amzn-requestid"), kUuid));
  EXPECT_EQ(answer.field("x-workmail-local"), kVersion);
  EXPECT_EQ(answer.fields.count("x-amzn-errortype"), 0U);
}

TEST(ApiPlane, AnswersAnError) {
  TestServer server;
  const auto answer =
      call(server, "DescribeOrganization", R"({"OrganizationId":"m-00000000000000000000000000000000"})");
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.field("content-type"), "application/x-amz-json-1.1");
  EXPECT_EQ(answer.field("x-amzn-errortype"), "OrganizationNotFoundException");
  EXPECT_EQ(member_of(answer.body, "__type"), "OrganizationNotFoundException");
  EXPECT_NE(member_of(answer.body, "Message"), "");
  EXPECT_TRUE(std::regex_match(answer.field("x-amzn-requestid"), kUuid));
  EXPECT_EQ(answer.field("x-workmail-local"), kVersion);
}

TEST(ApiPlane, DatesAnswersByRealTime) {
  TestServer server;
  server.run([&] { server.clock.freeze(Time(Duration(0))); });
  const auto before = std::chrono::floor<std::chrono::seconds>(real_time());
  const auto date = call(server, "ListOrganizations", "{}").field("date");
  const auto after = real_time();
  bool matches = false;
  for (auto second = before; second <= after; second += std::chrono::seconds(1))
    matches |= date == api::http_date(second);
  EXPECT_TRUE(matches) << date;
}

TEST(ApiPlane, GivesEveryAnswerAnIdOfItsOwn) {
  TestServer server;
  std::set<std::string> ids;
  for (int i = 0; i < 50; ++i) ids.insert(call(server, "ListOrganizations", "{}").field("x-amzn-requestid"));
  EXPECT_EQ(ids.size(), 50U);
}

TEST(ApiPlane, ReadsAnEmptyBodyAsAnEmptyObject) {
  TestServer server;
  EXPECT_EQ(call(server, "ListOrganizations", "").status, 200);
  EXPECT_EQ(call(server, "ListOrganizations", "not JSON").field("x-amzn-errortype"), "SerializationException");
}

TEST(ApiPlane, CreatesAndDescribes) {
  TestServer server;
  const auto organization = member_of(call(server, "CreateOrganization", R"({"Alias":"acme"})").body, "OrganizationId");
  ASSERT_EQ(organization.size(), 34U);
  const auto described = call(server, "DescribeOrganization", R"({"OrganizationId":")" + organization + "\"}");
  EXPECT_EQ(member_of(described.body, "State"), "Active");
  const auto user = call(server, "CreateUser",
                         R"({"OrganizationId":")" + organization + R"(","Name":"alice","DisplayName":"Alice"})");
  EXPECT_EQ(user.status, 200);
  EXPECT_TRUE(std::regex_match(member_of(user.body, "UserId"), kUuid));
}

TEST(ApiPlane, ToleratesContentTypes) {
  TestServer server;
  const std::string target = "X-Amz-Target: WorkMailService.ListOrganizations\r\n";
  const char* tolerated[] = {"Content-Type: application/x-amz-json-1.1; charset=utf-8\r\n",
                             "Content-Type: APPLICATION/X-AMZ-JSON-1.1 ;x=y\r\n",
                             "Content-Type: application/x-amz-json-1.0\r\n", "Content-Type: application/json\r\n", "",
                             // The content type of curl's -d.
                             "Content-Type: application/x-www-form-urlencoded\r\n"};
  for (const auto* type : tolerated) {
    Client client(server.port());
    client.send(request_text("POST", "/", "{}", target + type));
    EXPECT_EQ(client.receive().status, 200) << type;
  }
  const char* refused[] = {"Content-Type: text/plain\r\n", "Content-Type: multipart/form-data\r\n",
                           "Content-Type: application/x-amz-json-1.10\r\n"};
  for (const auto* type : refused) {
    Client client(server.port());
    client.send(request_text("POST", "/", "{}", target + type));
    const auto answer = client.receive();
    EXPECT_EQ(answer.status, 404) << type;
    EXPECT_EQ(answer.field("content-type"), "text/xml");
    const std::string line = type;
    EXPECT_EQ(answer.body,
              "<UnknownOperationException><Message>A call has the header Content-Type: application/x-amz-json-1.1, and "
              "this request has " +
                  line.substr(0, line.size() - 2) + ".</Message></UnknownOperationException>");
  }
}

TEST(ApiPlane, RefusesRequestsWithoutATarget) {
  TestServer server;
  for (const std::string type : {"", "Content-Type: application/json\r\n"}) {
    Client client(server.port());
    client.send(request_text("POST", "/", "{}", type));
    const auto answer = client.receive();
    EXPECT_EQ(answer.status, 404) << type;
    EXPECT_EQ(answer.field("content-type"), "application/x-amz-json-1.1");
    EXPECT_EQ(member_of(answer.body, "__type"), "UnknownOperationException");
    EXPECT_EQ(member_of(answer.body, "message"),
              "A call names its operation in a header, such as X-Amz-Target: WorkMailService.ListOrganizations.");
    EXPECT_TRUE(std::regex_match(answer.field("x-amzn-requestid"), kUuid));
  }
  Client sdk(server.port());
  sdk.send(request_text("POST", "/", "{}", "Content-Type: application/x-amz-json-1.1\r\n"));
  const auto answer = sdk.receive();
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.body, "<UnknownOperationException/>");
  EXPECT_TRUE(std::regex_match(answer.field("x-amzn-requestid"), kUuid));
}

TEST(ApiPlane, RefusesUnknownOperations) {
  TestServer server;
  for (const auto* name : {"NoSuchOperation", "", "listorganizations", "ListOrganizations.x"}) {
    const auto answer = call(server, name, "{}");
    EXPECT_EQ(answer.status, 400) << name;
    EXPECT_EQ(answer.field("x-amzn-errortype"), "UnknownOperationException") << name;
    EXPECT_EQ(member_of(answer.body, "__type"), "UnknownOperationException") << name;
  }
}

TEST(ApiPlane, NamesTheRightVariableToClientsOfOtherServices) {
  TestServer server;
  for (const auto* target : {"DynamoDB_20120810.ListTables", "WorkMail.ListOrganizations", "ListOrganizations"}) {
    Client client(server.port());
    client.send(
        request_text("POST", "/", "{}",
                     std::string("Content-Type: application/x-amz-json-1.1\r\nX-Amz-Target: ") + target + "\r\n"));
    const auto answer = client.receive();
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.field("x-amzn-errortype"), "UnknownOperationException");
    EXPECT_NE(answer.body.find("AWS_ENDPOINT_URL_WORKMAIL"), std::string::npos);
    EXPECT_NE(answer.body.find(target), std::string::npos);
  }
}

TEST(ApiPlane, ReadsAccountAndRegionFromTheCredential) {
  TestServer server({}, {.account = "999999999999", .region = "eu-west-1"});
  const auto list = [&](const std::string& fields) { return call(server, "ListOrganizations", "{}", fields).body; };
  const auto has_one = [&](const std::string& fields) { return list(fields).find("\"Alias\"") != std::string::npos; };
  call(server, "CreateOrganization", R"({"Alias":"one"})", authorization("111111111111/20260501/us-west-2/workmail"));
  call(server, "CreateOrganization", R"({"Alias":"two"})", authorization("AKIDEXAMPLE/20260501/eu-west-1/workmail"));

  EXPECT_TRUE(has_one(authorization("111111111111/20260501/us-west-2/workmail")));
  EXPECT_FALSE(has_one(authorization("111111111111/20260501/us-east-1/workmail")));
  EXPECT_FALSE(has_one(authorization("222222222222/20260501/us-west-2/workmail")));
  EXPECT_TRUE(has_one(""));  // the account and the region of the settings
  EXPECT_TRUE(has_one("Authorization: nonsense\r\n"));
}

TEST(ApiPlane, ReportsWhyItCannotReadABody) {
  TestServer server;
  const std::string gzip("\x1F\x8B\x08\x00\x00\x00\x00\x00\x00\x03\xAB\xAE\x05\x00\x43\xBF\xA6\xA3\x02\x00\x00\x00",
                         22);
  const auto refused = [&](const std::string& body, const std::string& fields) {
    const auto answer = call(server, "ListOrganizations", body, fields);
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.field("x-amzn-errortype"), "SerializationException");
    return member_of(answer.body, "message");
  };
  EXPECT_EQ(refused(gzip, "Content-Encoding: gzip\r\n"),
            "The body is compressed (gzip), and this service reads plain JSON.");
  EXPECT_EQ(refused(gzip, ""), "The body is compressed (gzip), and this service reads plain JSON.");
  EXPECT_EQ(refused("\x28\xB5\x2F\xFD", "Content-Encoding: zstd\r\n"),
            "The body is compressed (zstd), and this service reads plain JSON.");
  EXPECT_EQ(refused("\xEF\xBB\xBF{}", ""), "The body begins with a byte order mark, which JSON must not have.");
  for (const std::string& utf16 : {std::string("\xFF\xFE{\0}\0", 6), std::string("\xFE\xFF\0{\0}", 6)})
    EXPECT_EQ(refused(utf16, ""), "The body is UTF-16, and JSON is UTF-8 without a byte order mark.");
  EXPECT_EQ(refused("not JSON", "Content-Encoding: identity\r\n"), "");
  EXPECT_EQ(call(server, "ListOrganizations", " {}", "Content-Encoding: identity\r\n").status, 200);
}

TEST(ApiPlane, AnswersTheRootWithoutACall) {
  TestServer server;
  const auto text = ask(server, "GET", "/");
  EXPECT_EQ(text.status, 200);
  EXPECT_EQ(text.field("content-type"), "text/plain; charset=utf-8");
  EXPECT_EQ(text.field("x-workmail-local"), kVersion);

  Client browser(server.port());
  browser.send(request_text("GET", "/", "", "Accept: text/html,application/xhtml+xml\r\n"));
  const auto redirect = browser.receive();
  EXPECT_EQ(redirect.status, 302);
  EXPECT_EQ(redirect.field("location"), "/_workmail/");

  for (const auto* method : {"PUT", "DELETE", "OPTIONS", "PATCH", "BREW"}) {
    const auto refused = ask(server, method, "/");
    EXPECT_EQ(refused.status, 405) << method;
    EXPECT_EQ(refused.field("allow"), "GET, HEAD, POST");
  }
}

TEST(ApiPlane, RejectsOtherPaths) {
  TestServer server;
  for (const auto* path : {"/x", "//", "/_workmailx", "/_workmail/../"}) {
    const auto answer = ask(server, "GET", path);
    EXPECT_EQ(answer.status, 404) << path;
    EXPECT_EQ(answer.field("x-workmail-local"), kVersion);
  }
}

}  // namespace
}  // namespace workmail::server

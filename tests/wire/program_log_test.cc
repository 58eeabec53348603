// The log lines of requests, by the built program.
#include <gtest/gtest.h>

#include <csignal>
#include <sstream>

#include "running.h"

namespace workmail::server {
namespace {

using Arguments = std::vector<std::string>;

TEST(ProgramLog, HasTheMessagesOfErrorsAndNoSecrets) {
  Running program({"--ids", "sequential"});
  const std::string organization =
      member_of(program.call("CreateOrganization", R"({"Alias":"acme"})").body, "OrganizationId");
  const auto user = [&](const std::string& name, const std::string& password) {
    return program.call("CreateUser", R"({"OrganizationId":")" + organization + R"(","Name":")" + name +
                                          R"(","DisplayName":"A","Password":")" + password + "\"}");
  };
  EXPECT_EQ(user("alice", "Secret-123").status, 200);
  EXPECT_EQ(user("alice", "Secret-124").status, 400);
  EXPECT_EQ(user("bob", "secretweak").status, 400);
  EXPECT_EQ(user("bob", "Secret-123" + std::string(300, 'x')).status, 400);
  EXPECT_EQ(user("bob", "Secret-123\",\"Password\":5,\"x\":\"").status, 400);
  program.ask("GET", "/_workmail/requests?status=Secret");
  program.ask("GET", "/nowhere");
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0);
  const std::string log = program.errors();
  EXPECT_EQ(log.find("ecret-12"), std::string::npos) << log;
  EXPECT_EQ(log.find("secretweak"), std::string::npos) << log;
  for (const auto* part : {" region=us-east-1 requestId=00000000-0000-4000-8000-000000000001\n",
                           "message=\"Name alice is not available\"\n",
                           "message=\"Password does not contain characters from at least 3 complexity categories.\"\n",
                           "1 validation error detected: Value at 'password' failed to satisfy constraint",
                           "error=SerializationException ", "message=\"Not found. "}) {
    EXPECT_NE(log.find(part), std::string::npos) << part << log;
  }
  EXPECT_EQ(log.find("input="), std::string::npos) << log;
}

TEST(ProgramLog, HasInputsAtLevelDebugWithoutSecrets) {
  for (const Arguments& more : {Arguments{}, Arguments{"--journal", "0"}}) {
    Arguments arguments{"--log-level", "debug", "--log", "json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    Running program(arguments);
    program.call("CreateUser", R"({ "OrganizationId":"m-1", "Name":"\u00e9", "Password":"Secret-123" })");
    program.call("CreateUser", R"({"Password":"Secret-124)");
    program.ask("GET", "/_workmail/health");
    program.signal(SIGTERM);
    EXPECT_EQ(program.wait(), 0);
    const std::string log = program.errors();
    EXPECT_NE(log.find(R"("input":{"OrganizationId":"m-1","Name":"\u00e9","Password":"********"}})"), std::string::npos)
        << log;
    EXPECT_NE(log.find(R"("operation":"GET /_workmail/health","status":200)"), std::string::npos) << log;
    EXPECT_EQ(log.find("Secret"), std::string::npos) << log;
  }
}

TEST(ProgramLog, HasTheAttemptThatAClientSends) {
  Running program({"--log", "json"});
  const std::pair<const char*, const char*> cases[] = {{"attempt=1; max=3", "1"},
                                                       {"max=3; attempt=12", "12"},
                                                       {"ttl=20260501T120000Z; attempt=007; max=3", "7"},
                                                       {"max=3", ""},
                                                       {"attempt=", ""},
                                                       {"attempt=two", ""},
                                                       {"attempt=-1", ""},
                                                       {"attempt=99999999999999999999", ""}};
  for (const auto& [field, shown] : cases) {
    program.call("ListOrganizations", "{}", "amz-sdk-request: " + std::string(field) + "\r\n");
  }
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0);
  std::istringstream lines(program.errors());
  for (const auto& [field, shown] : cases) {
    std::string line;
    std::getline(lines, line);
    const std::string attempt = *shown == '\0' ? "" : ",\"attempt\":" + std::string(shown);
    EXPECT_NE(line.find("\"region\":\"us-east-1\"" + attempt + ",\"requestId\":\""), std::string::npos)
        << field << line;
  }
}

TEST(ProgramLog, HasNoStatusOfABrokenConnection) {
  Running program({});
  program.ask("POST", "/_workmail/faults", R"({"answer":{"connection":"close"}})");
  Client client(program.port());
  client.send(call_text("ListOrganizations", "{}"));
  EXPECT_TRUE(client.at_end());
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0);
  EXPECT_NE(program.errors().find("operation=ListOrganizations status=0 milliseconds="), std::string::npos)
      << program.errors();
}

// In every format, and from every part that rejects requests.
TEST(ProgramLog, HasTheMessageOfEveryRefusal) {
  Running program({"--control-token", "t0ken"});
  const auto send = [&](const std::string& method, const std::string& path, const std::string& fields) {
    Client client(program.port());
    client.send(request_text(method, path, "Action=x", fields));
    return client.receive();
  };
  const auto signed_for = [](const std::string& service) {
    return "Authorization: AWS4-HMAC-SHA256 Credential=111122223333/20260501/eu-west-1/" + service +
           "/aws4_request\r\n";
  };
  const std::string form = "Content-Type: application/x-www-form-urlencoded\r\n";
  const auto query = send("POST", "/", form + signed_for("sts"));
  const auto bucket = send("PUT", "/bucket", signed_for("s3"));
  const auto prefix = send("POST", "/prefix", "X-Amz-Target: WorkMailService.ListUsers\r\n" + signed_for("workmail"));
  send("GET", "/_workmail/state", "");
  send("GET", "/_workmail/none", "Authorization: Bearer t0ken\r\n");
  send("POST", "/", "Content-Type: text/<&>\r\n");
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0);
  std::istringstream lines(program.errors());
  const auto expect_line = [&](const std::vector<std::string>& parts) {
    std::string line;
    std::getline(lines, line);
    for (const auto& part : parts) EXPECT_NE(line.find(part), std::string::npos) << part << line;
  };
  const std::string other = " message=\"This is an emulator of Amazon WorkMail, and the request is for ";
  for (const auto& [answer, message] : {std::pair{query, other + "sts. "}, std::pair{bucket, other + "s3. "},
                                        std::pair{prefix, std::string(" message=\"The WorkMail API is at POST /, ")}}) {
    EXPECT_NE(answer.field("x-amzn-requestid"), "");
    expect_line({" account=111122223333 region=eu-west-1 requestId=" + answer.field("x-amzn-requestid") + message});
  }
  expect_line({"operation=\"GET /_workmail/state\" status=403", " message=\""});
  expect_line({"operation=\"GET /_workmail/none\" status=404", " message=\""});
  expect_line({"status=404", " message=\"A call has the header Content-Type:", "text/<&>.\""});
}

TEST(ProgramLog, HasTheIdOfARefusedRequest) {
  Running program({"--max-body", "10"});
  const auto id = program.call("ListOrganizations", R"({"MaxResults": 100})").field("x-amzn-requestid");
  Client client(program.port());
  client.send(call_text("ListOrganizations", "{}", "Origin: https://evil.example\r\n"));
  const auto foreign = client.receive();
  EXPECT_EQ(foreign.status, 403);
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0);
  const std::string log = program.errors();
  EXPECT_NE(log.find("error=PayloadTooLarge milliseconds=0.000 requestId=" + id + " message=\"The request's body is"),
            std::string::npos)
      << log;
  const std::string second = foreign.field("x-amzn-requestid");
  EXPECT_NE(second, "");
  EXPECT_NE(log.find(" requestId=" + second + " message="), std::string::npos) << log;
}

}  // namespace
}  // namespace workmail::server

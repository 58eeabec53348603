// --signatures verify: each kind of invalid signature with AWS's error and message; valid ones are accepted.
#include <gtest/gtest.h>

#include <fstream>

#include "api/wire/time_text.h"
#include "running.h"
#include "server/identity/sigv4.h"
#include "server/process/real_time.h"

namespace workmail::server {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::string_view kCalculated =
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
    "and signing method. Consult the service documentation for details.";
constexpr std::string_view kInvalidToken = "The security token included in the request is invalid.";

constexpr const char* kKeys = R"([default]
aws_access_key_id = AKIDEXAMPLE
aws_secret_access_key = wJalrXUtnFEMI
[temporary]
aws_access_key_id = ASIAEXAMPLE
aws_secret_access_key = K7MDENG
aws_session_token = TheToken
[other]
aws_access_key_id = AKIAOTHER
aws_secret_access_key = bPxRfiCY
workmail_account = 123456789012
[digits]
aws_access_key_id = 111122223333
aws_secret_access_key = EXAMPLEKEY
)";

// 20260501T120000Z
auto basic(Time time) -> std::string {
  std::string text = api::format_time(time).substr(0, 19) + "Z";
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

// A call by a client, and the mistake in it.
struct SignedCall {
  std::string operation = "ListOrganizations";
  std::string body = "{}";
  std::string key = "AKIDEXAMPLE";
  std::string secret = "wJalrXUtnFEMI";
  std::string token = {};
  std::string date = basic(real_time());
  std::string date_header = "X-Amz-Date: " + date;
  std::string scope_date = date.substr(0, 8);
  std::string region = "us-east-1";
  std::string service = "workmail";
  std::string terminator = "aws4_request";
  std::string signed_headers =
      token.empty() ? "host;x-amz-date;x-amz-target" : "host;x-amz-date;x-amz-security-token;x-amz-target";
  std::string payload_hash = sigv4::sha256(body);
  std::string more_fields = {};
  std::string sent_body = body;

  // All headers except those of call_text().
  [[nodiscard]] auto fields() const -> std::string {
    return date_header + "\r\n" + (token.empty() ? "" : "X-Amz-Security-Token: " + token + "\r\n") + more_fields;
  }
  [[nodiscard]] auto authorization() const -> std::string {
    const sigv4::CredentialScope scope{
        .date = scope_date, .region = region, .service = service, .terminator = terminator};
    const std::string target = "WorkMailService." + operation;
    const auto colon = date_header.find(": ");
    const std::string date_name = date_header.substr(0, colon);
    const std::string date_value = date_header.substr(colon + 2);
    const sigv4::SignedRequest request{.method = "POST",
                                       .path = "/",
                                       .headers = {{"Host", "localhost"},
                                                   {"X-Amz-Target", target},
                                                   {date_name, date_value},
                                                   {"X-Amz-Security-Token", token},
                                                   {"X-Amz-Content-Sha256", payload_hash},
                                                   {"X-Amz-User-Agent", "aws-sdk-js/3"}},
                                       .payload_hash = payload_hash};
    std::vector<std::string_view> names;
    for (std::string_view rest = signed_headers; !rest.empty();) {
      names.push_back(rest.substr(0, rest.find(';')));
      rest.remove_prefix(std::min(rest.size(), names.back().size() + 1));
    }
    const auto text = sigv4::string_to_sign(sigv4::canonical_request(request, names), date, scope);
    return "Authorization: AWS4-HMAC-SHA256 Credential=" + key + "/" + scope_date + "/" + region + "/" + service + "/" +
           terminator + ", SignedHeaders=" + signed_headers + ", Signature=" + sigv4::signature(text, scope, secret) +
           "\r\n";
  }
};

class SignaturesOverHttp : public ::testing::Test {
 protected:
  auto send(const SignedCall& call) const -> Answer {
    return server.call(call.operation, call.sent_body, call.fields() + call.authorization());
  }
  static void expect_refusal(const Answer& answer, const std::string& error, std::string_view message) {
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.field("x-amzn-errortype"), error);
    EXPECT_EQ(answer.field("content-type"), "application/x-amz-json-1.1");
    EXPECT_EQ(answer.body, R"({"__type":")" + error + R"(","message":")" + std::string(message) + "\"}");
  }

  const Folder folder;
  const std::string keys = [this] {
    std::ofstream(folder.file("keys")) << kKeys;
    return folder.file("keys");
  }();
  const Running server{{"--signatures", "verify", "--credentials", keys}};
};

TEST_F(SignaturesOverHttp, PassWhenCorrect) {
  EXPECT_EQ(send({}).status, 200);
  EXPECT_EQ(send({.region = "eu-west-1"}).status, 200);
  EXPECT_EQ(send({.date = basic(real_time() - minutes(4))}).status, 200);
  EXPECT_EQ(send({.date = basic(real_time() + minutes(4))}).status, 200);
  EXPECT_EQ(send({.signed_headers = "X-Amz-Target;HOST;x-amz-date"}).status, 200);
  const auto second = std::chrono::floor<seconds>(real_time());
  for (const auto& date : {api::http_date(second), basic(second)}) {
    for (const auto* names : {"host;x-amz-target", "date;host;x-amz-target"}) {
      EXPECT_EQ(send({.date = basic(second), .date_header = "Date: " + date, .signed_headers = names}).status, 200);
    }
  }
}

TEST_F(SignaturesOverHttp, PassForUnsignedPayloads) {
  EXPECT_EQ(send({.signed_headers = "host;x-amz-content-sha256;x-amz-date;x-amz-target",
                  .payload_hash = "UNSIGNED-PAYLOAD",
                  .more_fields = "X-Amz-Content-Sha256: UNSIGNED-PAYLOAD\r\n"})
                .status,
            200);
  // Only when the header declares it.
  expect_refusal(send({.payload_hash = "UNSIGNED-PAYLOAD"}), "InvalidSignatureException", kCalculated);
}

TEST_F(SignaturesOverHttp, AreRejectedWhenMissing) {
  expect_refusal(server.call("ListOrganizations", "{}"), "MissingAuthenticationTokenException",
                 "Missing Authentication Token");
}

TEST_F(SignaturesOverHttp, AreRejectedWhenIncomplete) {
  const auto incomplete = [&](const std::string& fields) { return server.call("ListOrganizations", "{}", fields); };
  const auto nothing = incomplete("Authorization: AWS4-HMAC-SHA256\r\n");
  expect_refusal(nothing, "IncompleteSignatureException",
                 "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' "
                 "parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires "
                 "existence of either a 'X-Amz-Date' or a 'Date' header. (Hashed with SHA-256 and encoded with Base64) "
                 "Authorization=YI2YWea8FSxnksZL2ETHbs5elHm9HQufxTLK0W0ffV0=");
  expect_refusal(send({.date = "2026-05-01T12:00:00Z"}), "IncompleteSignatureException",
                 "Date must be in ISO-8601 'basic format'. Got '2026-05-01T12:00:00Z'. See "
                 "http://en.wikipedia.org/wiki/ISO_8601");
  const auto token = incomplete("Authorization: Bearer x\r\n");
  EXPECT_EQ(token.field("x-amzn-errortype"), "IncompleteSignatureException");
}

TEST_F(SignaturesOverHttp, AreRejectedForUnknownKeys) {
  expect_refusal(send({.key = "AKIDUNKNOWN"}), "UnrecognizedClientException", kInvalidToken);
}

TEST_F(SignaturesOverHttp, NeedTheSessionTokenOfTheKey) {
  EXPECT_EQ(send({.key = "ASIAEXAMPLE", .secret = "K7MDENG", .token = "TheToken"}).status, 200);
  for (const auto* token : {"", "TheTokem", "TheToken2"}) {
    expect_refusal(send({.key = "ASIAEXAMPLE", .secret = "K7MDENG", .token = token}), "UnrecognizedClientException",
                   kInvalidToken);
  }
  expect_refusal(send({.token = "TheToken"}), "UnrecognizedClientException", kInvalidToken);
}

TEST_F(SignaturesOverHttp, AreRejectedWhenTheyDoNotMatch) {
  const SignedCall cases[] = {
      {.secret = "wJalrXUtnFEMj"},
      {.sent_body = "{ }"},
      {.signed_headers = "host;x-amz-content-sha256;x-amz-date;x-amz-target",
       .payload_hash = sigv4::sha256("{ }"),
       .more_fields = "X-Amz-Content-Sha256: " + sigv4::sha256("{ }") + "\r\n"},
      {.date = basic(real_time()), .date_header = "X-Amz-Date: " + basic(real_time() - seconds(2))},
      {.signed_headers = "host;x-amz-date;x-amz-target;x-more", .more_fields = "X-More: unsigned\r\n"},
  };
  for (const auto& call : cases) expect_refusal(send(call), "InvalidSignatureException", kCalculated);
}

TEST_F(SignaturesOverHttp, NeedTheHostSigned) {
  expect_refusal(send({.signed_headers = "x-amz-target"}), "InvalidSignatureException",
                 "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
}

// These headers determine the operation and the caller.
TEST_F(SignaturesOverHttp, NeedEveryHeaderOfAwsSigned) {
  const auto refused = [&](const SignedCall& call, const std::string& name) {
    expect_refusal(send(call), "InvalidSignatureException",
                   "'" + name + "' must be a 'SignedHeader' in the AWS Authorization.");
  };
  refused({.signed_headers = "host;x-amz-date"}, "X-Amz-Target");
  refused({.signed_headers = "host;x-amz-target"}, "X-Amz-Date");
  refused({.key = "ASIAEXAMPLE",
           .secret = "K7MDENG",
           .token = "TheToken",
           .signed_headers = "host;x-amz-date;x-amz-target"},
          "X-Amz-Security-Token");
  refused({.more_fields = "x-AMZ-content-sha256: " + sigv4::sha256("{}") + "\r\n"}, "x-AMZ-content-sha256");
  refused({.more_fields = "X-Amz-User-Agent: aws-sdk-js/3\r\n"}, "X-Amz-User-Agent");
  EXPECT_EQ(send({.signed_headers = "host;x-amz-date;x-amz-target;x-amz-user-agent",
                  .more_fields = "X-Amz-User-Agent: aws-sdk-js/3\r\n"})
                .status,
            200);
  // Headers that proxies and SDKs add after signing.
  EXPECT_EQ(send({.more_fields = "amz-sdk-invocation-id: x\r\namz-sdk-request: attempt=1; max=3\r\n"
                                 "X-Amzn-Trace-Id: Root=1-5759e988-bd862e3fe1be46a994272793\r\n"
                                 "User-Agent: aws-sdk\r\nX-Forwarded-For: 127.0.0.1\r\n"})
                .status,
            200);
}

TEST_F(SignaturesOverHttp, NeedTheScopeOfThisService) {
  const auto date = basic(real_time());
  expect_refusal(send({.service = "ses"}), "InvalidSignatureException",
                 "Credential should be scoped to correct service: 'workmail'. ");
  expect_refusal(send({.terminator = "aws5_request"}), "InvalidSignatureException",
                 "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'. ");
  expect_refusal(send({.region = "US"}), "InvalidSignatureException",
                 "Credential should be scoped to a valid region, not 'US'. ");
  expect_refusal(send({.date = date, .scope_date = "20260101"}), "InvalidSignatureException",
                 "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260101' "
                 "!= '" +
                     date.substr(0, 8) + "', from '" + date + "'.");
}

TEST_F(SignaturesOverHttp, ExpireAfterFiveMinutes) {
  const Time before = std::chrono::floor<seconds>(real_time()) - minutes(5) - seconds(1);
  const auto expired = send({.date = basic(before)});
  EXPECT_EQ(expired.field("x-amzn-errortype"), "InvalidSignatureException");
  EXPECT_TRUE(member_of(expired.body, "message").starts_with("Signature expired: " + basic(before) + " is now earlier"))
      << expired.body;
  EXPECT_TRUE(expired.body.ends_with(" - 5 min.)\"}")) << expired.body;
  const Time after = std::chrono::floor<seconds>(real_time()) + minutes(6);
  const auto early = send({.date = basic(after)});
  EXPECT_EQ(early.field("x-amzn-errortype"), "InvalidSignatureException");
  EXPECT_TRUE(member_of(early.body, "message").starts_with("Signature not yet current: " + basic(after) + " is still"))
      << early.body;
  EXPECT_TRUE(early.body.ends_with(" + 5 min.)\"}")) << early.body;
}

TEST_F(SignaturesOverHttp, AreByRealTimeDespiteTheEmulatedClock) {
  server.ask("PUT", "/_workmail/clock", R"({"now":"2030-01-01T00:00:00Z","frozen":true})");
  EXPECT_EQ(send({}).status, 200);
}

TEST_F(SignaturesOverHttp, DecideTheAccount) {
  const auto has_one = [&](const SignedCall& call) { return send(call).body.find("\"Alias\"") != std::string::npos; };
  const SignedCall other{.key = "AKIAOTHER", .secret = "bPxRfiCY"};
  SignedCall create = other;
  create.operation = "CreateOrganization";
  create.body = create.sent_body = R"({"Alias":"acme"})";
  create.payload_hash = sigv4::sha256(create.body);
  EXPECT_EQ(send(create).status, 200);
  EXPECT_TRUE(has_one(other));
  EXPECT_FALSE(has_one({}));
  EXPECT_FALSE(has_one({.key = "111122223333", .secret = "EXAMPLEKEY"}));
  EXPECT_NE(server.ask("GET", "/_workmail/state?account=123456789012").body.find("acme"), std::string::npos);
  send({.key = "111122223333", .secret = "EXAMPLEKEY"});
  EXPECT_NE(server.ask("GET", "/_workmail/requests?account=111122223333").body.find("ListOrg"), std::string::npos);
}

TEST_F(SignaturesOverHttp, AreRecordedWithoutASecretWhenRejected) {
  send({.key = "ASIAEXAMPLE", .secret = "K7MDENG", .token = "TheToken"});
  send({.key = "ASIAEXAMPLE", .secret = "wrong", .token = "TheToken"});
  const auto entries = server.ask("GET", "/_workmail/requests?error=InvalidSignatureException").body;
  EXPECT_EQ(member_of(entries, "operation"), "ListOrganizations") << entries;
  EXPECT_EQ(member_of(entries, "accessKeyId"), "ASIAEXAMPLE");
  EXPECT_NE(server.ask("GET", "/_workmail/metrics").body.find("InvalidSignatureException"), std::string::npos);
  const auto records = server.ask("GET", "/_workmail/cloudtrail").body;
  EXPECT_EQ(records.find("InvalidSignatureException"), std::string::npos) << records;
  EXPECT_NE(records.find("ListOrganizations"), std::string::npos);
  const auto health = server.ask("GET", "/_workmail/health").body;
  EXPECT_NE(health.find(R"("--credentials":")" + keys + R"(")"), std::string::npos) << health;
  std::string shown = health + server.errors() + server.output();
  for (const auto* path : {"requests", "cloudtrail", "state", "metrics"}) {
    shown += server.ask("GET", std::string("/_workmail/") + path).body;
  }
  for (const auto* secret : {"wJalrXUtnFEMI", "K7MDENG", "TheToken", "bPxRfiCY", "EXAMPLEKEY"}) {
    EXPECT_EQ(shown.find(secret), std::string::npos) << secret;
  }
}

TEST_F(SignaturesOverHttp, LetFaultRulesBeTriggered) {
  server.ask("POST", "/_workmail/faults", R"({"times":1,"answer":{"error":"ThrottlingException"}})");
  EXPECT_EQ(send({.secret = "wrong"}).field("x-amzn-errortype"), "ThrottlingException");
  EXPECT_EQ(send({.secret = "wrong"}).field("x-amzn-errortype"), "InvalidSignatureException");
}

TEST_F(SignaturesOverHttp, AreNotVerifiedForUnknownOperations) {
  EXPECT_EQ(server.call("NoSuchOperation", "{}").field("x-amzn-errortype"), "UnknownOperationException");
  Client client(server.port());
  client.send(request_text("POST", "/", "{}", "X-Amz-Target: DynamoDB_20120810.ListTables\r\n"));
  EXPECT_EQ(client.receive().field("x-amzn-errortype"), "UnknownOperationException");
}

// A page cannot sign; the console has a key that no other page can get.
TEST_F(SignaturesOverHttp, AreNotRequiredFromTheConsole) {
  const auto key = member_of(server.ask("GET", "/_workmail/console/key").body, "key");
  ASSERT_EQ(key.size(), 64U);
  const auto with = [&](const std::string& fields) { return server.call("ListOrganizations", "{}", fields); };
  EXPECT_EQ(with("X-Workmail-Console: " + key + "\r\n").status, 200);
  EXPECT_EQ(with("x-amz-user-agent: workmail-local-console\r\n").field("x-amzn-errortype"),
            "MissingAuthenticationTokenException");
  auto other = key;
  other.back() = other.back() == '0' ? '1' : '0';
  for (const auto& wrong : {other, key.substr(1), key + "0", std::string("x")}) {
    const auto answer = with("x-amz-user-agent: workmail-local-console\r\nX-Workmail-Console: " + wrong + "\r\n");
    EXPECT_EQ(answer.status, 403) << wrong;
    EXPECT_NE(member_of(answer.body, "message").find("console's key"), std::string::npos) << answer.body;
  }
  EXPECT_EQ(with("X-Workmail-Console: \r\n").status, 400);
  const Running next({"--signatures", "verify", "--credentials", keys});
  EXPECT_NE(member_of(next.ask("GET", "/_workmail/console/key").body, "key"), key);
  EXPECT_EQ(next.call("ListOrganizations", "{}", "X-Workmail-Console: " + key + "\r\n").status, 403);
  std::string shown = server.errors() + server.output();
  for (const auto* path : {"requests", "cloudtrail", "state", "metrics", "health", "", "console/server.js"}) {
    shown += server.ask("GET", std::string("/_workmail/") + path).body;
  }
  EXPECT_EQ(shown.find(key), std::string::npos);
}

TEST_F(SignaturesOverHttp, AreRequiredFromPagesOtherThanTheConsole) {
  const auto ask = [&](const std::string& host, const std::string& fields) {
    Client client(server.port());
    client.send("GET /_workmail/console/key HTTP/1.1\r\nHost: " + host + "\r\n" + fields + "\r\n");
    return client.receive();
  };
  EXPECT_EQ(ask("localhost:9675", "Sec-Fetch-Site: same-origin\r\n").status, 200);
  EXPECT_EQ(ask("localhost:9675", "").field("cache-control"), "no-store");
  for (const std::string fields :
       {"Sec-Fetch-Site: none\r\n", "Sec-Fetch-Site: same-site\r\n",
        "Origin: http://localhost:3000\r\nSec-Fetch-Site: same-site\r\n", "Origin: http://localhost:9675\r\n"}) {
    const auto answer = ask("localhost:9675", fields);
    EXPECT_EQ(answer.status, 403) << fields;
    EXPECT_EQ(member_of(answer.body, "key"), "");
  }
  EXPECT_EQ(ask("evil.example", "").status, 403);
}

TEST(Signatures, AreNotRequiredFromAConsoleWithTheControlToken) {
  const Folder folder;
  std::ofstream(folder.file("keys")) << kKeys;
  const Running server(
      {"--signatures", "verify", "--credentials", folder.file("keys"), "--control-token", "open-sesame"});
  const auto key = [&](const std::string& fields) {
    Client client(server.port());
    client.send(request_text("GET", "/_workmail/console/key", "", fields));
    return member_of(client.receive().body, "key");
  };
  EXPECT_EQ(key(""), "");
  EXPECT_EQ(key("Authorization: Bearer open-sesamf\r\n"), "");
  const auto own = key("Authorization: Bearer open-sesame\r\n");
  EXPECT_EQ(own.size(), 64U);
  const auto status = [&](const std::string& fields) { return server.call("ListOrganizations", "{}", fields).status; };
  EXPECT_EQ(status("X-Workmail-Console: " + own + "\r\n"), 200);
  EXPECT_EQ(status("x-amz-user-agent: workmail-local-console\r\nX-Amz-Security-Token: open-sesame\r\n"), 400);
  EXPECT_EQ(status("X-Workmail-Console: open-sesame\r\n"), 403);
}

TEST(Signatures, AreMadeWithTheFirstKeyUnderExec) {
  const Folder folder;
  const std::string keys = folder.file("keys");
  std::ofstream(keys) << "[a]\naws_access_key_id = K\naws_secret_access_key = S\naws_session_token = T\n" << kKeys;
  Program program({"exec", "--signatures", "verify", "--credentials", keys, "--", "sh", "-c",
                   "echo $AWS_ACCESS_KEY_ID $AWS_SECRET_ACCESS_KEY $AWS_SESSION_TOKEN"});
  EXPECT_EQ(program.wait(), 0) << program.errors();
  EXPECT_EQ(program.output(), "K S T\n");
}

TEST(Signatures, AreRefusedAtTheStartWithoutKeys) {
  const Folder folder;
  std::ofstream(folder.file("bad")) << "[default]\naws_access_key_id = AKIDEXAMPLE\n";
  Program bad({"--signatures", "verify", "--credentials", folder.file("bad")});
  EXPECT_EQ(bad.wait(), 2);
  EXPECT_EQ(bad.errors(), "workmail-local: The credentials file " + folder.file("bad") +
                              " cannot be used: [default] has no aws_secret_access_key.\n");
  Program missing({"--signatures", "verify", "--credentials", folder.file("missing")});
  EXPECT_EQ(missing.wait(), 2);
  EXPECT_EQ(missing.errors(), "workmail-local: The credentials file " + folder.file("missing") + " cannot be read.\n");
}

}  // namespace
}  // namespace workmail::server

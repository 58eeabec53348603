// Responses to SDKs of other services, and of WorkMail with a wrong URL: in their format, with the probable mistake.
#include <gtest/gtest.h>

#include "wire.h"

namespace workmail::server {
namespace {

constexpr std::string_view kHint =
    "If AWS_ENDPOINT_URL is set, set AWS_ENDPOINT_URL_WORKMAIL instead: it is for WorkMail only.";

class OtherServices : public ::testing::Test {
 protected:
  auto send(const std::string& method, const std::string& path, const std::string& body,
            const std::string& fields) const -> Answer {
    Client client(server.port());
    client.send(request_text(method, path, body, fields));
    return client.receive(method == "HEAD");
  }
  static auto signed_for(const std::string& service) -> std::string {
    return "Authorization: AWS4-HMAC-SHA256 Credential=test/20260501/us-east-1/" + service +
           "/aws4_request, SignedHeaders=host;x-amz-date, Signature=00\r\n";
  }
  auto query(const std::string& body, const std::string& fields) const -> Answer {
    return send("POST", "/", body, "Content-Type: application/x-www-form-urlencoded; charset=utf-8\r\n" + fields);
  }
  static auto message(const std::string& service) -> std::string {
    return "This is an emulator of Amazon WorkMail, and the request is for " + service + ". " + std::string(kHint);
  }

  TestServer server;
};

TEST_F(OtherServices, GetXmlForTheQueryProtocol) {
  for (const std::string service : {"sts", "ses", "iam"}) {
    const auto answer = query("Action=GetCallerIdentity&Version=2011-06-15", signed_for(service));
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.field("content-type"), "text/xml");
    EXPECT_EQ(answer.body, "<ErrorResponse><Error><Type>Sender</Type><Code>UnknownOperationException</Code><Message>" +
                               message(service) + "</Message></Error><RequestId>" + answer.field("x-amzn-requestid") +
                               "</RequestId></ErrorResponse>");
  }
  const auto unsigned_one = query("Version=2011-06-15&Action=AssumeRoleWithWebIdentity", "");
  EXPECT_EQ(unsigned_one.status, 400);
  EXPECT_NE(unsigned_one.body.find(kHint), std::string::npos) << unsigned_one.body;
  EXPECT_EQ(send("POST", "/prefix", "Action=x", "Content-Type: application/x-www-form-urlencoded\r\n").status, 404);
}

TEST_F(OtherServices, GetErrorsInTheFormOfEc2) {
  for (const auto& fields : {signed_for("ec2"), std::string()}) {
    const auto answer = query("Action=DescribeRegions&Version=2016-11-15", fields);
    EXPECT_EQ(answer.status, 400);
    EXPECT_TRUE(answer.body.starts_with("<Response><Errors><Error><Code>UnknownOperationException</Code><Message>"))
        << answer.body;
    EXPECT_TRUE(answer.body.ends_with("</RequestID></Response>")) << answer.body;
  }
}

TEST_F(OtherServices, GetErrorsInTheFormOfS3) {
  for (const std::string path : {"/", "/bucket", "/bucket/key?list-type=2", "/_workmailx"}) {
    for (const std::string method : {"GET", "PUT", "DELETE"}) {
      const auto answer = send(method, path, "", signed_for("s3"));
      EXPECT_EQ(answer.status, 404) << method << path;
      EXPECT_EQ(answer.body, "<Error><Code>UnknownOperationException</Code><Message>" + message("s3") +
                                 "</Message><RequestId>" + answer.field("x-amzn-requestid") + "</RequestId></Error>");
    }
  }
  EXPECT_EQ(send("HEAD", "/bucket", "", signed_for("s3")).status, 404);
  // A bucket of this name is not a message of the Message Flow API.
  EXPECT_NE(send("GET", "/messages/key", "", signed_for("s3")).body.find(message("s3")), std::string::npos);
  EXPECT_NE(send("GET", "/messages/key", "", signed_for("workmailmessageflow")).body.find("Message key not found"),
            std::string::npos);
  EXPECT_EQ(
      send("POST", "/?delete", "<Delete/>", "Content-Type: application/xml\r\n" + signed_for("s3")).body.substr(0, 7),
      "<Error>");
  // Without a signature, and with one in the query.
  for (const std::string path : {"/bucket", "/bucket/key?X-Amz-Signature=00"}) {
    EXPECT_NE(send("GET", path, "", "amz-sdk-invocation-id: x\r\n").body.find("<Error><Code>"), std::string::npos);
  }
  EXPECT_NE(send("GET", "/bucket/key?X-Amz-Signature=00", "", "").body.find(kHint), std::string::npos);
}

TEST_F(OtherServices, AreRecognizedByTheQuery) {
  for (const std::string slash : {"/", "%2F", "%2f"}) {
    for (const std::string path : {"/", "/bucket/key"}) {
      const std::string scope = "test" + slash + "20260501" + slash + "us-east-1" + slash + "s3" + slash;
      const auto answer = send("GET", path + "?X-Amz-Credential=" + scope + "aws4_request&X-Amz-Expires=60", "", "");
      EXPECT_EQ(answer.status, 404);
      EXPECT_EQ(answer.body, "<Error><Code>UnknownOperationException</Code><Message>" + message("s3") +
                                 "</Message><RequestId>" + answer.field("x-amzn-requestid") + "</RequestId></Error>");
    }
  }
  for (const std::string path : {"/?Action=GetCallerIdentity&Version=2011-06-15", "/?Version=1&Action=ListUsers"}) {
    const auto answer = send("GET", path, "", "");
    EXPECT_EQ(answer.status, 404);
    EXPECT_TRUE(answer.body.starts_with("<ErrorResponse><Error>")) << answer.body;
    EXPECT_NE(answer.body.find(kHint), std::string::npos) << answer.body;
  }
  EXPECT_EQ(send("GET", "/?NoAction=x", "", "").status, 200);
}

TEST_F(OtherServices, GetJsonForProtocolsWithPaths) {
  for (const std::string service : {"lambda", "apigateway", "ses"}) {
    const auto answer = send("GET", "/2015-03-31/functions/", "", signed_for(service));
    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(answer.field("x-amzn-errortype"), "UnknownOperationException");
    EXPECT_EQ(member_of(answer.body, "__type"), "UnknownOperationException");
    EXPECT_EQ(member_of(answer.body, "message"), message(service));
    EXPECT_NE(answer.field("x-amzn-requestid"), "");
  }
  EXPECT_EQ(send("GET", "/2013-04-01/hostedzone", "", signed_for("route53")).body.substr(0, 15), "<ErrorResponse>");
  // Text from clients is never markup.
  const auto odd = query("Action=x", signed_for("<b>"));
  EXPECT_EQ(odd.body.find("<b>"), std::string::npos) << odd.body;
  const auto path = send("POST", "/<b>&", "{}", "X-Amz-Target: WorkMailService.ListUsers\r\n");
  EXPECT_EQ(path.field("content-type"), "application/x-amz-json-1.1");
}

TEST_F(OtherServices, AreNotConfusedWithWrongPaths) {
  for (const std::string path : {"/prefix", "/prefix/", "//", "/_workmail/", "/_workmail/clock"}) {
    const auto answer = send("POST", path, "{}",
                             "Content-Type: application/x-amz-json-1.1\r\n"
                             "X-Amz-Target: WorkMailService.ListOrganizations\r\n" +
                                 signed_for("workmail"));
    EXPECT_EQ(answer.status, 404) << path;
    EXPECT_EQ(member_of(answer.body, "__type"), "UnknownOperationException") << answer.body;
    EXPECT_EQ(member_of(answer.body, "message"), "The WorkMail API is at POST /, and this request is POST " + path +
                                                     ". The URL of the endpoint ends with its port.");
  }
  const auto other = send("POST", "//", "{}", "X-Amz-Target: DynamoDB_20120810.ListTables\r\n");
  EXPECT_EQ(other.status, 404);
  EXPECT_NE(other.body.find(kHint), std::string::npos) << other.body;
  EXPECT_NE(send("GET", "/", "", signed_for("workmail")).body.find("POST /, and this request is GET /"),
            std::string::npos);
}

TEST_F(OtherServices, AreNotConfusedWithCallsTypedByHand) {
  const auto nameless = send("POST", "/", "{}", "Content-Type: application/x-www-form-urlencoded\r\n");
  EXPECT_EQ(member_of(nameless.body, "message"),
            "A call names its operation in a header, such as X-Amz-Target: WorkMailService.ListOrganizations.");
  EXPECT_TRUE(ask(server, "GET", "/nothing").body.starts_with("Not found."));
  // AWS's response to a request without a service.
  EXPECT_EQ(send("POST", "/", "{}", "Content-Type: application/x-amz-json-1.1\r\n" + signed_for("workmail")).body,
            "<UnknownOperationException/>");
  // The control plane does not check signatures.
  EXPECT_EQ(send("GET", "/_workmail/clock", "", signed_for("execute-api")).status, 200);
}

}  // namespace
}  // namespace workmail::server

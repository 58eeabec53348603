#include "server/mail/functions.h"

#include "api/wire/time_text.h"
#include "fake_service.h"

namespace workmail::server {
namespace {

using std::chrono::milliseconds;

constexpr const char* kArn = "arn:aws:lambda:eu-west-1:111122223333:function:disclaimer";

class Functions : public testing::Test {
 protected:
  auto call(FakeAnswer answer, const std::string& arn = kArn, const std::string& path = {},
            InvocationType type = InvocationType::RequestResponse, milliseconds deadline = kTestPatience)
      -> Invocation {
    service_.emplace(io_, std::move(answer));
    return run_task(io_, invoke({.endpoint = service_->endpoint(path),
                                 .function_arn = arn,
                                 .type = type,
                                 .event = R"({"messageId":"m"})",
                                 .now = *api::parse_time("2026-05-01T12:00:00Z"),
                                 .deadline = deadline}));
  }
  [[nodiscard]] auto request_line() const -> std::string {
    const auto& request = service_->requests().at(0);
    return request.substr(0, request.find("\r\n"));
  }

  asio::io_context io_{1};
  std::optional<FakeService> service_;
};

auto ok(const std::string& body, const std::string& fields = {}) -> FakeAnswer {
  return {.bytes =
              "HTTP/1.1 200 OK\r\n" + fields + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body};
}

TEST_F(Functions, AreNamedByTheirArn) {
  call(ok("{}"), "arn:aws:lambda:eu-west-1:111122223333:function:team.guard_2:live-1");
  EXPECT_EQ(request_line(), "POST /2015-03-31/functions/team.guard_2/invocations?Qualifier=live-1 HTTP/1.1");
  for (const char* text : {"", "disclaimer", "arn:aws:s3:eu-west-1:111122223333:function:x",
                           "arn:aws:lambda:eu-west-1:111122223333:function:x:a:b"}) {
    EXPECT_EQ(call(ok("{}"), text).failure, text + std::string(" is not the ARN of a Lambda function."));
    EXPECT_EQ(service_->requests().size(), 0U);
  }
}

TEST_F(Functions, AreInvokedAsTheApiOfLambdaHasIt) {
  const auto invocation = call(ok(R"({"actions":[]})"));
  EXPECT_EQ(invocation.status, 200);
  EXPECT_EQ(invocation.failure, "");
  EXPECT_EQ(invocation.function_error, "");
  EXPECT_EQ(invocation.response, R"({"actions":[]})");
  EXPECT_GT(invocation.milliseconds, 0);
  EXPECT_EQ(request_line(), "POST /2015-03-31/functions/disclaimer/invocations HTTP/1.1");
  EXPECT_EQ(service_->field("X-Amz-Invocation-Type"), "RequestResponse");
  EXPECT_EQ(service_->field("Content-Type"), "application/json");
  EXPECT_EQ(service_->field("X-Amz-Date"), "20260501T120000Z");
  EXPECT_TRUE(service_->field("Authorization")
                  .starts_with("AWS4-HMAC-SHA256 Credential=test/20260501/eu-west-1/lambda/aws4_request, "
                               "SignedHeaders=content-type;host;x-amz-date;x-amz-invocation-type, Signature="))
      << service_->field("Authorization");
  EXPECT_TRUE(service_->requests()[0].ends_with("\r\n\r\n{\"messageId\":\"m\"}"));
}

TEST_F(Functions, AreInvokedByQualifierAndBelowAPath) {
  call(ok("{}"), kArn + std::string(":$LATEST"), "/lambda");
  EXPECT_EQ(request_line(), "POST /lambda/2015-03-31/functions/disclaimer/invocations?Qualifier=%24LATEST HTTP/1.1");
}

TEST_F(Functions, AreAllTheOneWhoseUrlIsGiven) {
  call(ok("{}"), kArn, "/2015-03-31/functions/function/invocations");
  EXPECT_EQ(request_line(), "POST /2015-03-31/functions/function/invocations HTTP/1.1");
}

TEST_F(Functions, AreInvokedAsynchronously) {
  const auto invocation =
      call({.bytes = "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"}, kArn, {}, InvocationType::Event);
  EXPECT_EQ(invocation.status, 202);
  EXPECT_EQ(invocation.failure, "");
  EXPECT_EQ(service_->field("X-Amz-Invocation-Type"), "Event");
}

TEST_F(Functions, ReportTheirErrors) {
  const auto invocation = call(ok(R"({"errorMessage":"x"})", "x-amz-function-error: Unhandled\r\n"));
  EXPECT_EQ(invocation.status, 200);
  EXPECT_EQ(invocation.function_error, "Unhandled");
  EXPECT_EQ(invocation.response, R"({"errorMessage":"x"})");
  EXPECT_EQ(invocation.failure, "");
}

TEST_F(Functions, FailWhenTheEndpointRefuses) {
  const auto missing = call({.bytes = "HTTP/1.1 404 Not Found\r\n\r\n{\"Message\":\"Function\nnot found\"}"});
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(missing.failure,
            service_->endpoint().authority + R"( answered with status 404: {"Message":"Function not found"}.)");
  const auto crashed = call({.bytes = "HTTP/1.1 500 Error\r\n\r\n"});
  EXPECT_EQ(crashed.status, 500);
  EXPECT_EQ(crashed.failure, service_->endpoint().authority + " answered with status 500.");
}

TEST_F(Functions, FailWithoutAWholeAnswer) {
  const auto hanging = call({.then = AfterAnswer::Hang}, kArn, {}, InvocationType::RequestResponse, milliseconds(5));
  EXPECT_EQ(hanging.status, 0);
  EXPECT_TRUE(hanging.failure.ends_with(" timed out after 5 ms.")) << hanging.failure;
  EXPECT_GE(hanging.milliseconds, 5);
  EXPECT_EQ(call(ok(std::string(262'144, ' '))).response.size(), 262'144U);
  const auto large = call(ok(std::string(300'000, ' ')));
  EXPECT_EQ(large.status, 0);
  EXPECT_EQ(large.response, "");
  EXPECT_TRUE(large.failure.ends_with(" is larger than 262144 bytes.")) << large.failure;
}

}  // namespace
}  // namespace workmail::server

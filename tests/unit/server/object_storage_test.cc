#include "server/mail/object_storage.h"

#include "api/wire/time_text.h"
#include "fake_service.h"

namespace workmail::server {
namespace {

using std::chrono::milliseconds;

class ObjectStorage : public testing::Test {
 protected:
  auto fetch(FakeAnswer answer, ObjectRequest request = {.bucket = "mail", .key = "a/b-1"}) -> StoredObject {
    service_.emplace(io_, std::move(answer));
    request.endpoint = service_->endpoint(path_);
    request.credential = {.access_key_id = "AKID", .secret_access_key = "top-secret", .session_token = token_};
    request.region = "eu-west-1";
    request.now = *api::parse_time("2026-05-01T12:00:00Z");
    return run_task(io_, fetch_object(std::move(request)));
  }
  [[nodiscard]] auto request_line() const -> std::string {
    const auto& request = service_->requests().at(0);
    return request.substr(0, request.find("\r\n"));
  }
  auto failure_of(const std::string& status, const std::string& body) -> std::string {
    const auto object = fetch({.bytes = "HTTP/1.1 " + status + "\r\n\r\n" + body});
    EXPECT_EQ(object.bytes, "");
    EXPECT_EQ(object.failure.find("top-secret"), std::string::npos);
    const std::string address = service_->endpoint().authority;
    return object.failure.starts_with(address) ? "S3" + object.failure.substr(address.size()) : object.failure;
  }

  std::string path_;
  std::string token_;
  asio::io_context io_{1};
  std::optional<FakeService> service_;
};

const FakeAnswer kObject{.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\na\r\n\xFF"};

TEST_F(ObjectStorage, FetchesBytes) {
  const auto object = fetch(kObject);
  EXPECT_EQ(object.failure, "");
  EXPECT_EQ(object.bytes, "a\r\n\xFF");
  EXPECT_EQ(request_line(), "GET /mail/a/b-1 HTTP/1.1");
  EXPECT_EQ(service_->field("X-Amz-Content-Sha256"),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_TRUE(service_->field("Authorization")
                  .starts_with("AWS4-HMAC-SHA256 Credential=AKID/20260501/eu-west-1/s3/aws4_request, "
                               "SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature="))
      << service_->field("Authorization");
}

TEST_F(ObjectStorage, EncodesOnce) {
  path_ = "/storage";
  token_ = "a/token==";
  fetch(kObject, {.bucket = "mail", .key = "a b/../\xC3\xA4+%", .version = "v/1=="});
  EXPECT_EQ(request_line(), "GET /storage/mail/a%20b/../%C3%A4%2B%25?versionId=v%2F1%3D%3D HTTP/1.1");
  EXPECT_EQ(service_->field("X-Amz-Security-Token"), "a/token==");
  EXPECT_NE(service_->field("Authorization").find(";x-amz-date;x-amz-security-token,"), std::string::npos);
}

TEST_F(ObjectStorage, ReportsWhyThereIsNoObject) {
  EXPECT_EQ(failure_of("403 Forbidden", "<Error><Code>AccessDenied</Code><Message>top-secret</Message></Error>"),
            "S3 denied access to s3://mail/a/b-1: 403 AccessDenied.");
  EXPECT_EQ(failure_of("404 Not Found", "<Error><Code>NoSuchBucket</Code></Error>"),
            "S3 has no object s3://mail/a/b-1: 404 NoSuchBucket.");
  EXPECT_EQ(failure_of("404 Not Found", ""), "S3 has no object s3://mail/a/b-1: 404.");
  EXPECT_EQ(failure_of("301 Moved", "<Code>top-secret</Code>"), "S3 did not return s3://mail/a/b-1: 301.");
  EXPECT_EQ(failure_of("206 Partial Content", "a"), "S3 did not return s3://mail/a/b-1: 206.");
  EXPECT_EQ(failure_of("500 Error", "<Code>" + std::string(100, 'x') + "</Code>"),
            "S3 did not return s3://mail/a/b-1: 500.");
  const auto versioned =
      fetch({.bytes = "HTTP/1.1 404 Not Found\r\n\r\n"}, {.bucket = "b", .key = "k", .version = "7"});
  EXPECT_TRUE(versioned.failure.ends_with(" has no object s3://b/k (version 7): 404.")) << versioned.failure;
}

TEST_F(ObjectStorage, LimitsTimeAndSize) {
  const auto late = fetch({.then = AfterAnswer::Hang}, {.bucket = "b", .key = "k", .deadline = milliseconds(5)});
  EXPECT_TRUE(late.failure.ends_with(" timed out after 5 ms.")) << late.failure;
  const auto large = fetch({.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 26214401\r\n\r\n"});
  EXPECT_TRUE(large.failure.ends_with(" is larger than 26214400 bytes.")) << large.failure;
  const auto largest =
      fetch({.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 26214400\r\n\r\n" + std::string(26'214'400, 'x')});
  EXPECT_EQ(largest.bytes.size(), 26'214'400U) << largest.failure;
}

}  // namespace
}  // namespace workmail::server

// Signing of requests, compared with AWS's example and with this program's verification.
#include "server/identity/signing.h"

#include <gtest/gtest.h>

#include "api/wire/time_text.h"
#include "server/identity/signatures.h"

namespace workmail::server {
namespace {

const Credential kExample{.access_key_id = "AKIAIOSFODNN7EXAMPLE",
                          .secret_access_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"};

// AWS: "Signature Calculations for the Authorization Header: Transferring Payload in a Single Chunk (AWS Signature
// Version 4)", the examples GET Object and GET Bucket (List Objects).
TEST(Signing, MatchesTheExamplesOfS3) {
  const std::string hash = sigv4::sha256({});
  const Signer signer{
      .credential = kExample, .region = "us-east-1", .service = "s3", .now = *api::parse_time("2013-05-24T00:00:00Z")};
  const auto object = signing_headers(
      {.method = "GET",
       .path = "/test.txt",
       .headers = {{"Host", "examplebucket.s3.amazonaws.com"}, {"Range", "bytes=0-9"}, {"x-amz-content-sha256", hash}},
       .payload_hash = hash,
       .path_is_canonical = true},
      signer);
  ASSERT_EQ(object.size(), 2U);
  EXPECT_EQ(object[0], (std::pair<std::string, std::string>("X-Amz-Date", "20130524T000000Z")));
  EXPECT_EQ(object[1].second,
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
            "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, "
            "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
  const auto list =
      signing_headers({.method = "GET",
                       .path = "/",
                       .query = "max-keys=2&prefix=J",
                       .headers = {{"Host", "examplebucket.s3.amazonaws.com"}, {"x-amz-content-sha256", hash}},
                       .payload_hash = hash,
                       .path_is_canonical = true},
                      signer);
  EXPECT_TRUE(list[1].second.ends_with("Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"));
}

TEST(Signing, TakesPathsOfS3AsTheyAre) {
  const auto canonical = [](bool path_is_canonical) {
    return sigv4::canonical_request(
        {.method = "GET", .path = "/bucket//a/../b%20c", .payload_hash = "h", .path_is_canonical = path_is_canonical},
        {});
  };
  EXPECT_EQ(canonical(true), "GET\n/bucket//a/../b%20c\n\n\n\nh");
  EXPECT_EQ(canonical(false), "GET\n/bucket/b%2520c\n\n\n\nh");
}

TEST(Signing, EncodesAsAwsDoes) {
  using sigv4::Slashes;
  EXPECT_EQ(sigv4::uri_encoded("a/b c~_-.+\xC3\xA4", Slashes::Kept), "a/b%20c~_-.%2B%C3%A4");
  EXPECT_EQ(sigv4::uri_encoded("/a//", Slashes::Kept), "/a//");
  EXPECT_EQ(sigv4::uri_encoded("/a=$", Slashes::Encoded), "%2Fa%3D%24");
  EXPECT_EQ(sigv4::uri_encoded("", Slashes::Kept), "");
}

TEST(Signing, IsAcceptedByTheVerification) {
  Credential key = kExample;
  key.session_token = "a token";
  const Time now = *api::parse_time("2026-05-01T12:00:00Z");
  std::string body = R"({"a":1})";
  const std::string hash = sigv4::sha256(body);
  const std::vector<sigv4::SignedRequest::Header> own{{"Host", "localhost:9675"}, {"X-Amz-Target", "Target"}};
  const auto added =
      signing_headers({.method = "POST", .path = "/a b/$c", .query = "d=e+f&a", .headers = own, .payload_hash = hash},
                      {.credential = key, .region = "eu-west-1", .service = "workmail", .now = now});
  Fields fields;
  for (const auto& [name, value] : own) fields.insert(std::string(name), std::string(value));
  for (const auto& [name, value] : added) fields.insert(name, value);
  const Request request{.method = "POST", .path = "/a b/$c", .query = "d=e+f&a", .fields = fields, .body = body};
  const Signatures signatures({key});
  const auto error = signatures.error_of(request, now);
  EXPECT_FALSE(error) << error->what();
  body += ' ';
  EXPECT_TRUE(signatures.error_of(request, now));
}

}  // namespace
}  // namespace workmail::server

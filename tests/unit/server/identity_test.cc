#include "server/identity/identity.h"

#include <gtest/gtest.h>

namespace workmail::server {
namespace {

const api::Settings kSettings{.account = "999999999999", .region = "eu-west-1"};

TEST(Identity, ComesFromTheCredential) {
  const struct {
    const char* header;
    const char* key;
    const char* account;
    const char* region;
  } cases[] = {
      {"AWS4-HMAC-SHA256 Credential=123456789012/20260501/us-west-2/workmail/aws4_request, SignedHeaders=host, "
       "Signature=0",
       "123456789012", "123456789012", "us-west-2"},
      {"AWS4-HMAC-SHA256 SignedHeaders=host,Credential=AKIA/20260501/us-west-2/workmail/aws4_request,Signature=0",
       "AKIA", "999999999999", "us-west-2"},
      {"AWS4-HMAC-SHA256 Credential=1234567890123/20260501/us-west-2/workmail/aws4_request", "1234567890123",
       "999999999999", "us-west-2"},
      {"AWS4-HMAC-SHA256 XCredential=123456789012/a/us-west-2/b/c, Credential=AKIA/a/us-east-1/b/c,\tCredential=x",
       "AKIA", "999999999999", "us-east-1"},
      {"AWS4-HMAC-SHA256Credential=AKIA/20260501/us-west-2/workmail/aws4_request", "", "999999999999", "eu-west-1"},
      {"", "", "999999999999", "eu-west-1"},
      {"Bearer x", "", "999999999999", "eu-west-1"},
      {"AWS4-HMAC-SHA256 SignedHeaders=host", "", "999999999999", "eu-west-1"},
      {"AWS4-HMAC-SHA256 Credential=", "", "999999999999", "eu-west-1"},
      {"AWS4-HMAC-SHA256 Credential=AKIA", "AKIA", "999999999999", "eu-west-1"},
      {"AWS4-HMAC-SHA256 Credential=AKIA/20260501", "AKIA", "999999999999", "eu-west-1"},
      {"AWS4-HMAC-SHA256 Credential=AKIA/20260501/US_WEST/workmail/aws4_request", "AKIA", "999999999999", "eu-west-1"},
      {"AWS4-HMAC-SHA256 Credential=////", "", "999999999999", "eu-west-1"},
  };
  for (const auto& test : cases) {
    const auto identity = identify(test.header, kSettings);
    EXPECT_EQ(identity.access_key_id, test.key) << test.header;
    EXPECT_EQ(identity.caller.account, test.account) << test.header;
    EXPECT_EQ(identity.caller.region, test.region) << test.header;
  }
}

}  // namespace
}  // namespace workmail::server

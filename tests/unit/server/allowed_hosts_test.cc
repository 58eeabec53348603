// Allowed host names, and case-insensitive comparison.
#include "server/http/allowed_hosts.h"

#include <gtest/gtest.h>

#include "server/process/text.h"

namespace workmail::server {
namespace {

TEST(Text, IsComparedWithoutCase) {
  EXPECT_TRUE(equals_ignoring_case("Application/JSON", "application/json"));
  EXPECT_FALSE(equals_ignoring_case("application/json", "application/jso"));
  EXPECT_FALSE(equals_ignoring_case("[", "{"));
  EXPECT_EQ(lower_case("X-Amz-Date[]\xC4"), "x-amz-date[]\xC4");
}

TEST(AllowedHosts, ReadTheHostOfAnAuthority) {
  EXPECT_EQ(host_of("LocalHost:9675"), "localhost");
  EXPECT_EQ(host_of("docker.example.com."), "docker.example.com");
  EXPECT_EQ(host_of("[::1]:9675"), "::1");
  EXPECT_EQ(host_of("[::1]"), "::1");
  EXPECT_EQ(host_of("[::1]x"), "[::1]x");
  EXPECT_EQ(host_of(""), "");
}

TEST(AllowedHosts, AllowNamesThatNoOutsiderCanHave) {
  const AllowedHosts hosts({}, {});
  for (const auto* host : {"localhost:9675", "127.0.0.1", "[::1]:1", "192.0.2.7", "workmail", "mail.test", "a.internal",
                           "workmail.default.svc"}) {
    EXPECT_TRUE(hosts.allows(host)) << host;
    EXPECT_EQ(hosts.refusal(host), "") << host;
  }
  for (const auto* host : {"example.com", "localhost.example.com", "mail.test.example", "test\xC4"}) {
    EXPECT_FALSE(hosts.allows(host)) << host;
  }
  EXPECT_NE(hosts.refusal("evil.example:80").find("--allowed-host evil.example allows it"), std::string::npos);
}

TEST(AllowedHosts, AllowPatternsAndHosts) {
  const AllowedHosts hosts({"Docker.example.com", ".lab.example.com"}, {"console.example"});
  for (const auto* host : {"docker.example.com:80", "DOCKER.example.com.", "a.lab.example.com", "a.b.lab.example.com",
                           "console.example"}) {
    EXPECT_TRUE(hosts.allows(host)) << host;
  }
  for (const auto* host : {"a.docker.example.com", "lab.example.com", ".lab.example.com", "a.console.example"}) {
    EXPECT_FALSE(hosts.allows(host)) << host;
  }
}

TEST(AllowedHosts, NeedExactlyOneHost) {
  Fields fields;
  EXPECT_EQ(host_error(fields, 11), "The request has no Host.");
  EXPECT_EQ(host_error(fields, 10), "");
  fields.insert("Host", "localhost");
  EXPECT_EQ(host_error(fields, 11), "");
  fields.insert("Host", "localhost");
  EXPECT_EQ(host_error(fields, 11), "The request has more than one Host.");
  EXPECT_EQ(host_error(fields, 10), "The request has more than one Host.");
}

TEST(AllowedHosts, NeedAHostThatIsANameOrAnAddress) {
  const auto error = [](const std::string& host) {
    Fields fields;
    fields.insert("Host", host);
    EXPECT_EQ(host_error(fields, 10), host_error(fields, 11));
    return std::string(host_error(fields, 11));
  };
  for (const auto* host : {"a", "A_b-c.Example.", "localhost:", "localhost:9675", "127.0.0.1:1", "[::1]", "[::1]:9675"})
    EXPECT_EQ(error(host), "") << host;
  for (const auto* host : {"", ":80", ".", "..", ".a", "a b", "a:b", "a:1:2", "::1", "[::1", "[::1]1", "[a]", "[]:1",
                           "a/b", "user@a", "\xc3\xa9"})
    EXPECT_EQ(error(host), "The Host must be a name or an address, with or without a port.") << host;
}

}  // namespace
}  // namespace workmail::server

#include "server/mail/http_endpoint.h"

#include <gtest/gtest.h>

namespace workmail::server {
namespace {

void expect_endpoint(const std::string& url, const std::string& host, int port, const std::string& prefix,
                     const std::string& authority) {
  const auto parsed = parse_http_endpoint(url);
  ASSERT_TRUE(parsed.endpoint) << url << ": " << parsed.expected;
  EXPECT_EQ(parsed.endpoint->host, host) << url;
  EXPECT_EQ(parsed.endpoint->port, port) << url;
  EXPECT_EQ(parsed.endpoint->path_prefix, prefix) << url;
  EXPECT_EQ(parsed.endpoint->authority, authority) << url;
}

TEST(HttpEndpoint, IsReadFromUrls) {
  expect_endpoint("http://localhost", "localhost", 80, "", "localhost");
  expect_endpoint("http://localhost:9000/", "localhost", 9000, "", "localhost:9000");
  expect_endpoint("HTTP://minio_1:65535", "minio_1", 65535, "", "minio_1:65535");
  expect_endpoint("http://127.0.0.1:1/a/b//", "127.0.0.1", 1, "/a/b", "127.0.0.1:1");
  expect_endpoint("http://[::1]:9000/x", "::1", 9000, "/x", "[::1]:9000");
  expect_endpoint("http://[::1]", "::1", 80, "", "[::1]");
  expect_endpoint("http://s3.localhost.localstack.cloud:4566", "s3.localhost.localstack.cloud", 4566, "",
                  "s3.localhost.localstack.cloud:4566");
}

TEST(HttpEndpoint, RejectsWhatItWouldLose) {
  const std::string form = "a URL such as http://localhost:9000";
  const std::string anonymous = "a URL without user and password";
  const std::string bare = "a URL without query and fragment";
  const std::pair<std::string, std::string> cases[] = {
      {"https://localhost", "a URL that begins with http://, because TLS is not supported"},
      {"HTTPS://localhost", "a URL that begins with http://, because TLS is not supported"},
      {"http://user:secret@localhost", anonymous},
      {"http://localhost?x=y", bare},
      {"http://localhost/#part", bare},
      {"", form},
      {"localhost:9000", form},
      {"ftp://localhost", form},
      {"http://", form},
      {"http:///path", form},
      {"http://:9000", form},
      {"http://localhost:", form},
      {"http://localhost:0", form},
      {"http://localhost:65536", form},
      {"http://localhost:9000x", form},
      {"http://local host", form},
      {"http://local\r\nhost", form},
      {"http://.localhost", form},
      {"http://" + std::string(254, 'a'), form},
      {"http://[::1", form},
      {"http://[::1]9000", form},
      {"http://[localhost]", form},
      {"http://::1", form},
      {"http://localhost/a b", form},
      {"http://localhost/\xC3\xA4", form},
  };
  for (const auto& [url, expected] : cases) {
    const auto parsed = parse_http_endpoint(url);
    EXPECT_FALSE(parsed.endpoint) << url;
    EXPECT_EQ(parsed.expected, expected) << url;
  }
}

}  // namespace
}  // namespace workmail::server

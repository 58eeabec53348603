#include "server/http/listen_address.h"

#include <gtest/gtest.h>

namespace workmail::server {
namespace {

TEST(ListenAddress, IsReadFromText) {
  const struct {
    const char* text;
    const char* host;
    std::uint16_t port;
    const char* url;
  } cases[] = {{"localhost:9675", "localhost", 9675, "localhost"},
               {"127.0.0.1:0", "127.0.0.1", 0, "127.0.0.1"},
               {"[::]:9675", "::", 9675, "localhost"},
               {"0.0.0.0:80", "0.0.0.0", 80, "localhost"},
               {"[::1]:65535", "::1", 65535, "[::1]"},
               {"10.0.0.1:1", "10.0.0.1", 1, "10.0.0.1"}};
  for (const auto& test : cases) {
    const auto address = parse_listen_address(test.text);
    ASSERT_TRUE(address) << test.text;
    EXPECT_EQ(address->host, test.host);
    EXPECT_EQ(address->port, test.port);
    EXPECT_EQ(url_host(*address), test.url);
  }
}

TEST(ListenAddress, RejectsOtherTexts) {
  const char* cases[] = {
      "",        "localhost", "localhost:",     ":9675",          "9675",          "localhost:65536", "localhost:-1",
      "::1:80",  "[::1]",     "[127.0.0.1]:80", "example.com:80", "localhost:80x", "localhost: 80",   "[]:80",
      "1.2.3:80"};
  for (const auto* text : cases) EXPECT_FALSE(parse_listen_address(text)) << text;
}

}  // namespace
}  // namespace workmail::server

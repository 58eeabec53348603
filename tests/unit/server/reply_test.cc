#include "server/http/reply.h"

#include <gtest/gtest.h>

#include "server/process/version.h"

namespace workmail::server {
namespace {

const Reply::Framing kUsual{.keep_alive = true, .old_client = false, .head_only = false, .date = "today"};

TEST(Reply, PutsTheHeadBeforeTheBody) {
  Reply reply;
  reply.clear();
  reply.status = 400;
  reply.content_type = "text/plain";
  reply.add_field("Allow", "GET");
  reply.body() += "one";
  reply.body() += " two";
  EXPECT_EQ(reply.finish(kUsual),
            "HTTP/1.1 400 Bad Request\r\nDate: today\r\nx-workmail-local: " + std::string(kVersion) +
                "\r\nContent-Type: text/plain\r\nContent-Length: 7\r\nAllow: GET\r\n\r\none two");
}

TEST(Reply, DoesNotCountABodyThatFollowsInChunks) {
  Reply reply;
  reply.clear();
  reply.body() += "first";
  EXPECT_EQ(reply.take(), "first");
  EXPECT_EQ(
      reply.finish({.keep_alive = true, .old_client = false, .head_only = false, .chunked = true, .date = "today"}),
      "HTTP/1.1 200 OK\r\nDate: today\r\nx-workmail-local: " + std::string(kVersion) +
          "\r\nTransfer-Encoding: chunked\r\n\r\n");
}

TEST(Reply, IsUsedAgain) {
  Reply reply;
  std::string first;
  for (int i = 0; i < 3; ++i) {
    reply.clear();
    reply.add_field("Allow", "GET");
    reply.write("body");
    const std::string text(reply.finish(kUsual));
    if (i == 0) first = text;
    EXPECT_EQ(text, first);
  }
}

TEST(Reply, HasRoomForALongHead) {
  Reply reply;
  reply.clear();
  const std::string value(2000, 'x');
  reply.add_field("Location", value);
  reply.write("body");
  const std::string text(reply.finish(kUsual));
  EXPECT_TRUE(text.starts_with("HTTP/1.1 200 OK\r\n"));
  EXPECT_TRUE(text.ends_with("Location: " + value + "\r\n\r\nbody"));
  reply.clear();
  reply.write("next");
  EXPECT_TRUE(reply.finish(kUsual).ends_with("Content-Length: 4\r\n\r\nnext"));
}

TEST(Reply, SendsWhetherTheConnectionStays) {
  Reply reply;
  reply.clear();
  EXPECT_EQ(reply.finish({.keep_alive = true, .old_client = false, .head_only = false, .date = {}}).find("Connection"),
            std::string_view::npos);
  reply.clear();
  EXPECT_NE(reply.finish({.keep_alive = true, .old_client = true, .head_only = false, .date = {}})
                .find("\r\nConnection: keep-alive\r\n"),
            std::string_view::npos);
  reply.clear();
  reply.write("body");
  const auto head = reply.finish({.keep_alive = false, .old_client = true, .head_only = true, .date = {}});
  EXPECT_NE(head.find("\r\nConnection: close\r\n"), std::string_view::npos);
  EXPECT_TRUE(head.ends_with("\r\n\r\n"));
}

}  // namespace
}  // namespace workmail::server

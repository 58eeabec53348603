// The files of the console, as served. tests/console tests the page itself.
#include <gtest/gtest.h>

#include <set>

#include "running.h"
#include "server/console/console_files.h"
#include "wire.h"

namespace workmail::server {
namespace {

auto path_of(std::string_view name) -> std::string {
  return name == "index.html" ? "/_workmail/" : "/_workmail/console/" + std::string(name);
}

auto ask_with(const TestServer& server, std::string_view method, const std::string& path, std::string_view fields)
    -> Answer {
  Client client(server.port());
  client.send(request_text(method, path, {}, fields));
  return client.receive(method == "HEAD");
}

TEST(Console, HoldsItsModulesAsOneFile) {
  std::set<std::string> held;
  for (const auto& file : console::files()) held.emplace(file.name);
  EXPECT_EQ(held, (std::set<std::string>{"app.js", "htm-preact.js", "index.html", "style.css"}));
}

TEST(Console, IsSmall) {
  std::size_t bytes = 0;
  for (const auto& file : console::files()) bytes += file.gzip.size();
  EXPECT_LE(bytes, 48U * 1024);
}

TEST(Console, ServesItsFilesCompressed) {
  TestServer server;
  for (const auto& file : console::files()) {
    const auto answer = ask_with(server, "GET", path_of(file.name), "Accept-Encoding: gzip, br\r\n");
    EXPECT_EQ(answer.status, 200) << file.name;
    EXPECT_EQ(answer.body, file.gzip) << file.name;
    EXPECT_EQ(answer.field("content-encoding"), "gzip");
    EXPECT_EQ(answer.field("vary"), "Accept-Encoding");
    EXPECT_EQ(answer.field("cache-control"), "no-cache");
    EXPECT_EQ(answer.field("x-content-type-options"), "nosniff");
    const auto type = answer.field("content-type");
    const bool right = file.name.ends_with(".js")    ? type.starts_with("text/javascript")
                       : file.name.ends_with(".css") ? type.starts_with("text/css")
                                                     : type.starts_with("text/html");
    EXPECT_TRUE(right) << file.name << " is " << type;
  }
}

TEST(Console, LetsThePageLoadNothingFromElsewhere) {
  TestServer server;
  const auto policy = ask(server, "GET", "/_workmail/").field("content-security-policy");
  for (const auto* part : {"default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'",
                           "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"}) {
    EXPECT_NE(policy.find(part), std::string::npos) << part;
  }
  EXPECT_EQ(policy.find("unsafe"), std::string::npos);
}

TEST(Console, IsNotSentAgainToClientsThatHaveIt) {
  TestServer server;
  const auto tag = ask(server, "GET", "/_workmail/console/app.js").field("etag");
  EXPECT_GT(tag.size(), 2U);
  EXPECT_NE(tag, ask(server, "GET", "/_workmail/console/style.css").field("etag"));
  const auto answer =
      ask_with(server, "GET", "/_workmail/console/app.js", "If-None-Match: \"other\", W/" + tag + "\r\n");
  EXPECT_EQ(answer.status, 304);
  EXPECT_EQ(answer.field("etag"), tag);
  EXPECT_EQ(answer.fields.count("content-length"), 0U);
  EXPECT_EQ(ask_with(server, "GET", "/_workmail/console/app.js", "If-None-Match: \"other\"\r\n").status, 200);
}

TEST(Console, IsKeptCompressedOnly) {
  TestServer server;
  EXPECT_EQ(ask_with(server, "GET", "/_workmail/", "").status, 200);
  EXPECT_EQ(ask_with(server, "GET", "/_workmail/", "Accept-Encoding: *\r\n").status, 200);
  for (const auto* accepted : {"br", "identity", "gzip;q=0, br"}) {
    const auto answer = ask_with(server, "GET", "/_workmail/", "Accept-Encoding: " + std::string(accepted) + "\r\n");
    EXPECT_EQ(answer.status, 406) << accepted;
    EXPECT_EQ(answer.field("content-encoding"), "");
    EXPECT_NE(answer.body.find("gzip"), std::string::npos);
  }
}

TEST(Console, HasHeadsAndNothingElse) {
  TestServer server;
  const auto head = ask(server, "HEAD", "/_workmail/");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.field("content-encoding"), "gzip");
  for (const auto* path : {"/_workmail/", "/_workmail/console/app.js"}) {
    const auto answer = ask(server, "POST", path, "{}");
    EXPECT_EQ(answer.status, 405);
    EXPECT_EQ(answer.field("allow"), "GET, HEAD");
  }
  for (const auto* path : {"/_workmail/console", "/_workmail/console/", "/_workmail/console/other.js",
                           "/_workmail/console/../app.js", "/_workmail/console/app.js/"}) {
    EXPECT_EQ(ask(server, "GET", path).status, 404) << path;
  }
}

// The page asks the user for the token, so it is served without it.
TEST(Console, NeedsNoToken) {
  Running program({"--control-token", "s3cret-token"});
  for (const auto& file : console::files()) EXPECT_EQ(program.ask("GET", path_of(file.name)).status, 200) << file.name;
  for (const auto* path : {"/_workmail/console", "/_workmail/state"}) {
    EXPECT_EQ(program.ask("GET", path).status, 403) << path;
  }
  EXPECT_EQ(program.ask("POST", "/_workmail").status, 403);
  const auto moved = program.ask("GET", "/_workmail");
  EXPECT_EQ(moved.status, 308);
  EXPECT_EQ(moved.field("location"), "/_workmail/");
}

}  // namespace
}  // namespace workmail::server

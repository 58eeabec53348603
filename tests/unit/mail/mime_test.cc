// The parts of a message (RFC 2045, 2046, 2183).
#include "api/mail/mime.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/large_texts.h"

namespace workmail::api {

namespace {

// "type 'file name' (open) | type | ..."
auto shown(std::string_view message) -> std::string {
  std::string text;
  for (const auto& part : parts_of(message).parts) {
    if (!text.empty()) text += " | ";
    text += part.media_type;
    if (!part.file_name.empty()) text += " '" + part.file_name + "'";
    if (!part.closed) text += " (open)";
  }
  return text;
}

auto multipart(const std::string& boundary, const std::string& body) -> std::string {
  return "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\r\n\r\n" + body;
}

TEST(MailParts, HaveAMediaType) {
  EXPECT_EQ(shown(""), "text/plain");
  EXPECT_EQ(shown("Subject: x\r\n\r\nbody"), "text/plain");
  EXPECT_EQ(shown("content-type: Text/HTML; charset=utf-8\r\n\r\nbody"), "text/html");
  for (const std::string type : {"", "text", "text/", "/plain", "a/b/c", "a b/c", "t\xC3\xA9xt/plain", "te[xt/plain"}) {
    EXPECT_EQ(shown("Content-Type: " + type + "\r\n\r\n"), "text/plain") << type;
  }
}

// The standard's example of a multipart with preamble and epilogue (RFC 2046, 5.1.1), and lines that are not
// boundaries.
TEST(MailParts, AreSplitAtBoundaries) {
  EXPECT_EQ(shown(multipart("simple boundary",
                            "This is the preamble.\r\n"
                            "--simple boundary\r\n\r\n"
                            "This is implicitly typed plain US-ASCII text.\r\n"
                            "--simple boundary\r\nContent-type: text/html; charset=us-ascii\r\n\r\n"
                            "It DOES end with a linebreak.\r\n"
                            "--simple boundaryX\r\n --simple boundary\r\n--simple\r\n--simple boundary--x\r\n\r\n"
                            "--simple boundary--\r\n"
                            "This is the epilogue.\r\n--simple boundary\r\n")),
            "multipart/mixed | text/plain | text/html");
}

TEST(MailParts, AreSplitInEverySpelling) {
  for (const std::string end : {"\r\n", "\n"}) {
    for (const std::string padding : {"", " ", "\t "}) {
      EXPECT_EQ(
          shown(multipart("b", "--b" + padding + end + "Content-Type: a/b" + end + end + "--b--" + padding + end)),
          "multipart/mixed | a/b");
    }
  }
  EXPECT_EQ(shown(multipart("b", "--b\r\n\r\n--b--")), "multipart/mixed | text/plain");
  EXPECT_EQ(shown(multipart("b", "--b--")), "multipart/mixed");
  EXPECT_EQ(shown("Content-Type: multipart/mixed; boundary=b\n\n--b\n\n--b--"), "multipart/mixed | text/plain");
  EXPECT_EQ(shown("Content-Type: multipart/mixed; boundary=b (c)\n\n--b\n\n--b--"), "multipart/mixed | text/plain");
  EXPECT_EQ(shown("Content-Type: multipart/mixed; boundary*0=a; boundary*1=b\n\n--ab--"), "multipart/mixed");
  EXPECT_EQ(shown("Content-Type: multipart/mixed; boundary=\"b \"\n\n--b--"), "multipart/mixed");
  EXPECT_EQ(shown(multipart("'()+_,-./:=? x", "--'()+_,-./:=? x\n\n--'()+_,-./:=? x--")),
            "multipart/mixed | text/plain");
}

TEST(MailParts, MayHaveNoHeaderAndNoEmptyLine) {
  EXPECT_EQ(shown(multipart("b", "--b\r\n--b\r\nContent-Type: a/b\r\n--b\r\nx\r\n--b--")),
            "multipart/mixed | text/plain | a/b | text/plain");
  EXPECT_EQ(shown(multipart("b:c", "--b:c\r\nContent-Type: a/b\r\n--b:c--\r\n")), "multipart/mixed | a/b");
}

TEST(MailParts, AreOpenWithoutAFinalBoundary) {
  EXPECT_EQ(shown(multipart("b", "")), "multipart/mixed (open)");
  EXPECT_EQ(shown(multipart("b", "--b\r\n\r\n")), "multipart/mixed (open) | text/plain");
  EXPECT_EQ(shown(multipart("b", "--b\r\n\r\n--b-\r\n--B--\r\n")), "multipart/mixed (open) | text/plain");
  EXPECT_EQ(shown("Content-Type: multipart/mixed\r\n\r\n--\r\n----\r\n"), "multipart/mixed (open)");
  EXPECT_EQ(shown(multipart("", "--\r\n----\r\n")), "multipart/mixed (open)");
}

TEST(MailParts, AreNested) {
  const auto inner = multipart("in", "--in\r\n\r\n1\r\n--in\r\nContent-Type: a/b\r\n\r\n2\r\n--in--\r\n");
  EXPECT_EQ(shown(multipart("out", "--out\r\n" + inner + "--out\r\nContent-Type: c/d\r\n\r\n--out--\r\n")),
            "multipart/mixed | multipart/mixed | text/plain | a/b | c/d");
}

TEST(MailParts, EndWithABoundaryOfAnOuterOne) {
  const auto inner = multipart("in", "--in\r\n\r\n1\r\n");
  EXPECT_EQ(shown(multipart("out", "--out\r\n" + inner + "--out\r\n\r\n--in--\r\n--out--\r\n")),
            "multipart/mixed | multipart/mixed (open) | text/plain | text/plain");
  EXPECT_EQ(shown(multipart("out", "--out\r\n" + inner + "--out--\r\n")),
            "multipart/mixed | multipart/mixed (open) | text/plain");
}

TEST(MailParts, AreThoseOfAMessageInside) {
  const auto mail = "Subject: x\r\nContent-Type: text/html\r\n\r\n";
  EXPECT_EQ(shown(std::string("Content-Type: message/rfc822\r\n\r\n") + mail), "message/rfc822 | text/html");
  EXPECT_EQ(shown(multipart("b", std::string("--b\r\nContent-Type: message/rfc822\r\n\r\n") + mail +
                                     "--b\r\nContent-Type: a/b\r\n\r\n--b--")),
            "multipart/mixed | message/rfc822 | text/html | a/b");
  EXPECT_EQ(shown(multipart(
                "b", "--b\r\nContent-Type: message/rfc822\r\n\r\n" + multipart("c", "--c\r\n\r\n--c--\r\n") + "--b--")),
            "multipart/mixed | message/rfc822 | multipart/mixed | text/plain");
  EXPECT_EQ(shown(std::string("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: BASE64\r\n\r\n") + mail),
            "message/rfc822");
  EXPECT_EQ(shown("Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\n" + std::string(mail) +
                  "--b\r\nContent-Type: a/b\r\n\r\n--b--"),
            "multipart/digest | message/rfc822 | text/html | a/b");
}

TEST(MailParts, HaveTheNamesOfFiles) {
  const auto named = [](const std::string& fields) { return shown(fields + "\r\n\r\n"); };
  EXPECT_EQ(named("Content-Disposition: attachment; filename=a.txt"), "text/plain 'a.txt'");
  EXPECT_EQ(named("Content-Disposition: inline; FILENAME=\"a b.txt\""), "text/plain 'a b.txt'");
  EXPECT_EQ(named("Content-Type: a/b; name=c.txt"), "a/b 'c.txt'");
  EXPECT_EQ(named("Content-Type: a/b; name=c.txt\r\nContent-Disposition: attachment; filename=d.txt"), "a/b 'd.txt'");
  EXPECT_EQ(named("Content-Type: a/b; name=c.txt\r\nContent-Disposition: attachment"), "a/b 'c.txt'");
  EXPECT_EQ(named("Content-Type: a/b; name=c.txt\r\nContent-Disposition: attachment; filename=\"\""), "a/b 'c.txt'");
  EXPECT_EQ(named("Content-Disposition: attachment;\r\n filename*0*=utf-8''caf%C3%A9;\r\n filename*1=.txt"),
            "text/plain 'caf\xC3\xA9.txt'");
  EXPECT_EQ(named("Content-Disposition: attachment; filename=\"=?utf-8?Q?caf=C3=A9?=\r\n =?utf-8?Q?.txt?=\""),
            "text/plain 'caf\xC3\xA9.txt'");
}

auto nested(std::size_t depth) -> std::string {
  std::string message;
  for (std::size_t level = 0; level < depth; ++level) {
    const auto boundary = "b" + std::to_string(level);
    message += "Content-Type: multipart/mixed;boundary=" + boundary + "\n\n--" + boundary + "\n";
  }
  message += "\n";
  for (std::size_t level = depth; level-- > 0;) message += "--b" + std::to_string(level) + "--\n";
  return message;
}

TEST(MailParts, AreNestedTwentyLevelsAndNoMore) {
  const auto deepest = parts_of(nested(kMaxPartDepth));
  EXPECT_EQ(deepest.parts.size(), kMaxPartDepth + 1);
  EXPECT_EQ(deepest.limit, "");
  for (const auto& part : deepest.parts) EXPECT_TRUE(part.closed);
  const auto deeper = parts_of(nested(kMaxPartDepth + 1));
  EXPECT_EQ(deeper.parts.size(), kMaxPartDepth + 1);
  EXPECT_EQ(deeper.limit, "has parts that are nested deeper than 20 levels");
  const auto messages = parts_of(repeated("Content-Type: message/rfc822\n\n", kMaxPartDepth + 1));
  EXPECT_EQ(messages.limit, "has parts that are nested deeper than 20 levels");
}

TEST(MailParts, AreTenThousandAndNoMore) {
  const auto most = parts_of(multipart("b", repeated("--b\n\n", kMaxParts - 1) + "--b--\n"));
  EXPECT_EQ(most.parts.size(), kMaxParts);
  EXPECT_EQ(most.limit, "");
  const auto more = parts_of(multipart("b", repeated("--b\n\n", kMaxParts) + "--b--\n"));
  EXPECT_EQ(more.parts.size(), kMaxParts);
  EXPECT_EQ(more.limit, "has more than 10,000 parts");
}

// With quadratic time, these would take minutes.
TEST(MailParts, AreReadSoonInLargeMessages) {
  constexpr std::size_t kSize = std::size_t{1024} * 1024;
  for (const std::string piece : {"Content-Type: message/rfc822\n\n", "--b\n", "--", "\n", "a", "a: b\n", "--b\na:b\n",
                                  "--b\nContent-Type:x;a*0=1;a*1=2;a*2=3\n"}) {
    const auto result = parts_of(multipart("b", "--b\n" + repeated(piece, kSize / piece.size())));
    EXPECT_LE(result.parts.size(), kMaxParts) << piece;
    EXPECT_GE(result.parts.size(), 2) << piece;
  }
}

TEST(MailParts, AreReadSoonInTheLargestMessage) {
  constexpr std::size_t kSize = std::size_t{25} * 1024 * 1024;
  const std::string piece = "Content-Type: multipart/mixed;boundary=b\n\n--b\n";
  EXPECT_EQ(parts_of(repeated(piece, kSize / piece.size())).parts.size(), kMaxPartDepth + 1);
  // Each level has a boundary of its own, so that every line is compared with all of them.
  const auto lines = repeated("--x\n", kSize / 4);
  EXPECT_EQ(parts_of(nested(kMaxPartDepth) + lines).parts.size(), kMaxPartDepth + 1);
}

}  // namespace

}  // namespace workmail::api

// The fields and the end of a header (RFC 5322, 2.2 and 4.5).
#include "api/mail/headers.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/large_texts.h"

namespace workmail::api {

namespace {

// "name=value|name=value|>body"
auto shown(std::string_view message) -> std::string {
  const auto headers = read_headers(message);
  std::string text;
  for (const auto& [name, value] : headers.fields) text += std::string(name) + "=" + std::string(value) + "|";
  return text + ">" + std::string(headers.body);
}

TEST(MailHeaders, AreReadUpToTheEmptyLine) {
  EXPECT_EQ(shown("A: 1\r\nB:2\r\n\r\nbody\r\n"), "A= 1|B=2|>body\r\n");
  EXPECT_EQ(shown("A: 1\nB:2\n\nbody\n"), "A= 1|B=2|>body\n");
  EXPECT_EQ(shown("A: 1\r\nB:2\n\r\nA: 3\r\n"), "A= 1|B=2|>A: 3\r\n");
  EXPECT_EQ(shown("A: 1\r\n\r\n"), "A= 1|>");
}

TEST(MailHeaders, AreReadWithoutBody) {
  EXPECT_EQ(shown(""), ">");
  EXPECT_EQ(shown("A: 1"), "A= 1|>");
  EXPECT_EQ(shown("A: 1\r\n"), "A= 1|>");
  EXPECT_EQ(shown("A:"), "A=|>");
}

TEST(MailHeaders, KeepFolds) {
  EXPECT_EQ(shown("A: 1\r\n 2\r\n\t3\r\nB: 4\r\n"), "A= 1\r\n 2\r\n\t3|B= 4|>");
  EXPECT_EQ(shown("A:\n 1\n  \nB: 2\n\nx"), "A=\n 1\n  |B= 2|>x");
}

TEST(MailHeaders, EndWithALineThatIsNone) {
  EXPECT_EQ(shown("A: 1\r\nno header\r\nB: 2\r\n"), "A= 1|>no header\r\nB: 2\r\n");
  EXPECT_EQ(shown("A: 1\r\n: 2\r\n"), "A= 1|>: 2\r\n");
  EXPECT_EQ(shown("A: 1\r\nB C: 2\r\n"), "A= 1|>B C: 2\r\n");
  EXPECT_EQ(shown("A: 1\r\n\xC3\xA9: 2\r\n"), "A= 1|>\xC3\xA9: 2\r\n");
  EXPECT_EQ(shown("A: 1\r\n\rB: 2\r\n"), "A= 1|>\rB: 2\r\n");
}

TEST(MailHeaders, MayBeMissing) {
  EXPECT_EQ(shown("\r\nbody: 1\r\n"), ">body: 1\r\n");
  EXPECT_EQ(shown("body\r\nA: 1\r\n"), ">body\r\nA: 1\r\n");
  EXPECT_EQ(shown(" A: 1\r\n"), "> A: 1\r\n");
}

TEST(MailHeaders, MayFollowALineOfAMailboxFile) {
  EXPECT_EQ(shown("From a@b.test Sat Jan  3 01:05:34 2026\nA: 1\n\nx"), "A= 1|>x");
  EXPECT_EQ(shown("From: a@b.test\nA: 1\n\nx"), "From= a@b.test|A= 1|>x");
  EXPECT_EQ(shown("A: 1\nFrom a@b.test\nB: 2\n"), "A= 1|>From a@b.test\nB: 2\n");
}

TEST(MailHeaders, MayHaveSpacesBeforeTheColon) {
  EXPECT_EQ(shown("From \t: a\r\nTo : b\r\n\r\n"), "From= a|To= b|>");
}

TEST(MailHeaders, EndBeforeALineThatTheCallerNames) {
  const auto headers =
      read_headers("A: 1\r\n--b: 2\r\nC: 3\r\n", [](std::string_view line) { return line.starts_with("--b"); });
  EXPECT_EQ(headers.fields.size(), 1);
  EXPECT_EQ(headers.body, "--b: 2\r\nC: 3\r\n");
}

TEST(MailHeaders, AreFoundInAnyLetterCase) {
  const auto headers = read_headers("to: 1\r\nSubject: 2\r\nTO: 3\r\n\r\nTo: 4\r\n");
  EXPECT_EQ(headers.first("To"), " 1");
  EXPECT_EQ(headers.first("subject"), " 2");
  EXPECT_EQ(headers.first("Subjec"), std::nullopt);
  EXPECT_EQ(headers.all("To"), (std::vector<std::string_view>{" 1", " 3"}));
  EXPECT_TRUE(headers.all("Cc").empty());
}

TEST(MailHeaders, KeepTenThousandFields) {
  const std::string most = repeated("A: 1\n", kMaxHeaderFields) + "\nbody";
  const auto all = read_headers(most);
  EXPECT_EQ(all.fields.size(), kMaxHeaderFields);
  EXPECT_TRUE(all.complete);
  const std::string too_many = repeated("A: 1\n", kMaxHeaderFields) + "B: 2\n 3\n\nbody";
  const auto more = read_headers(too_many);
  EXPECT_EQ(more.fields.size(), kMaxHeaderFields);
  EXPECT_EQ(more.fields.back().value, " 1");
  EXPECT_EQ(more.body, "body");
  EXPECT_FALSE(more.complete);
}

TEST(MailHeaders, AreUnfolded) {
  EXPECT_EQ(unfolded(" a\r\n b\n\tc \r\n"), "a b\tc");
  EXPECT_EQ(unfolded("\r\n  a"), "a");
  EXPECT_EQ(unfolded(" \r\n\t"), "");
}

}  // namespace

}  // namespace workmail::api

// Content-Type, Content-Disposition and their parameters (RFC 2045, 2183 and 2231).
#include "api/mail/parameters.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/large_texts.h"

namespace workmail::api {

namespace {

auto bytes_of(std::string_view name, std::string_view field) -> std::string {
  return FieldWithParameters(field).bytes(name).value_or("(none)");
}

auto text_of(std::string_view name, std::string_view field) -> std::string {
  return FieldWithParameters(field).text(name).value_or("(none)");
}

TEST(MailParameters, FollowAValue) {
  EXPECT_EQ(FieldWithParameters("").value(), "");
  EXPECT_EQ(FieldWithParameters(" Text/PLAIN ").value(), "text/plain");
  EXPECT_EQ(FieldWithParameters("(a)\r\n text/plain(b); charset=x").value(), "text/plain");
  EXPECT_EQ(FieldWithParameters(";a=b").value(), "");
  EXPECT_EQ(bytes_of("a", ";a=b"), "b");
  EXPECT_EQ(bytes_of("a", "x junk;a=b"), "b");
}

TEST(MailParameters, AreTokensOrQuoted) {
  // The first two are the standard's (RFC 2045, 5.1).
  EXPECT_EQ(bytes_of("charset", "text/plain; charset=us-ascii (Plain text)"), "us-ascii");
  EXPECT_EQ(bytes_of("charset", "text/plain; charset=\"us-ascii\""), "us-ascii");
  EXPECT_EQ(bytes_of("a", "x; A = b"), "b");
  EXPECT_EQ(bytes_of("a", "x;\r\n\ta=\r\n b\r\n ; c=d"), "b");
  EXPECT_EQ(bytes_of("a", "x; a=\"b;c=\\\"d\\\" (e)\"; f=g"), "b;c=\"d\" (e)");
  EXPECT_EQ(bytes_of("f", "x; a=\"b;c=\\\"d\\\" (e)\"; f=g"), "g");
  EXPECT_EQ(bytes_of("f", "x; a=\"b\"junk; f=g"), "g");
  EXPECT_EQ(bytes_of("c", "x; a=\"b\" c=d; f=g"), "(none)");
  EXPECT_EQ(bytes_of("a", "x; a=\"b\r\n c\""), "b c");
  EXPECT_EQ(bytes_of("a", "x; (a=1) a(2)=(3)b(4)"), "(none)");
  EXPECT_EQ(bytes_of("a", "x; (a=1) a=(3)b(4)"), "b");
  EXPECT_EQ(bytes_of("boundary", "x; boundary=----=_Part_1=2"), "----=_Part_1=2");
}

TEST(MailParameters, AreReadWhereTheyAreMalformed) {
  EXPECT_EQ(bytes_of("a", "x; a=b; a=c"), "b");
  EXPECT_EQ(bytes_of("a", "x; a="), "");
  EXPECT_EQ(bytes_of("a", "x; a"), "(none)");
  EXPECT_EQ(bytes_of("a", "x; b;; a=c"), "c");
  EXPECT_EQ(bytes_of("a", "x; a=\"b"), "b");
  EXPECT_EQ(bytes_of("a", "x; a=\"b\\"), "b\\");
  EXPECT_EQ(bytes_of("a", "x; a=b (c"), "b");
  EXPECT_EQ(bytes_of("a", "x; a=b c.txt ; d=e"), "b c.txt");
  EXPECT_EQ(bytes_of("a", "x; a=b (1).txt; d=e"), "b (1).txt");
}

constexpr std::string_view kExamplesOfTheStandard =
    "message/external-body; access-type=URL;\r\n"
    " URL*0=\"ftp://\";\r\n"
    " URL*1=\"cs.utk.edu/pub/moore/bulk-mailer/bulk-mailer.tar\";\r\n"
    " title*0*=us-ascii'en'This%20is%20even%20more%20;\r\n"
    " title*1*=%2A%2A%2Afun%2A%2A%2A%20;\r\n"
    " title*2=\"isn't it!\"";

TEST(MailParameters, AreReadInPieces) {
  EXPECT_EQ(bytes_of("url", kExamplesOfTheStandard), "ftp://cs.utk.edu/pub/moore/bulk-mailer/bulk-mailer.tar");
  EXPECT_EQ(text_of("title", kExamplesOfTheStandard), "This is even more ***fun*** isn't it!");
  EXPECT_EQ(text_of("a", "x; a*1=c; a*0=b; a*3=d"), "bc");
  EXPECT_EQ(text_of("a", "x; a*1=c"), "(none)");
  EXPECT_EQ(text_of("a", "x; a*0*=iso-8859-1''%E9; a*1=%E9"), "\xC3\xA9%E9");
}

TEST(MailParameters, AreReadInTheirCharset) {
  EXPECT_EQ(text_of("title", "x; title*=us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A"), "This is ***fun***");
  EXPECT_EQ(text_of("a", "x; a*=utf-8''%e2%82%ac"), "\xE2\x82\xAC");
  EXPECT_EQ(text_of("a", "x; a*=\"utf-8''%e2%82%ac\""), "\xE2\x82\xAC");
  EXPECT_EQ(text_of("a", "x; a*=ISO-8859-15''%A4"), "\xE2\x82\xAC");
  EXPECT_EQ(text_of("a", "x; a*=koi8-r''%E9"), "\xC3\xA9");
  EXPECT_EQ(text_of("a", "x; a*=''b"), "b");
  EXPECT_EQ(text_of("a", "x; a*=b%"), "b%");
  EXPECT_EQ(text_of("a", "x; a*=b%4"), "b%4");
  EXPECT_EQ(text_of("a", "x; a*=b%4G%41"), "b%4GA");
  EXPECT_EQ(text_of("a", "x; a=c; a*=utf-8''b"), "b");
}

TEST(MailParameters, AreReadWithEncodedWords) {
  EXPECT_EQ(text_of("name", "x; name=\"=?utf-8?Q?caf=C3=A9.txt?=\""), "caf\xC3\xA9.txt");
  EXPECT_EQ(text_of("name", "x; name==?utf-8?B?Y2Fmw6k=?="), "caf\xC3\xA9");
  EXPECT_EQ(text_of("name", "x; name=\"caf\xE9\""), "caf\xC3\xA9");
  EXPECT_EQ(bytes_of("name", "x; name=\"caf\xE9\""), "caf\xE9");
}

TEST(MailParameters, AreAHundredAtMost) {
  EXPECT_EQ(bytes_of("b", "x" + repeated(";a=1", 99) + ";b=2"), "2");
  EXPECT_EQ(bytes_of("b", "x" + repeated(";a=1", 100) + ";b=2"), "(none)");
}

// With quadratic time, this would take minutes.
TEST(MailParameters, EndSoonForNestedComments) {
  constexpr std::size_t kSize = std::size_t{1024} * 1024;
  for (const std::string piece : {"(;a=b", ";a=b (", ";a=\"b", "(\\", ";a=b c", ";a*0*=b"}) {
    const auto field = "x" + repeated(piece, kSize / piece.size());
    EXPECT_LE(text_of("a", field).size(), field.size()) << piece;
  }
}

}  // namespace

}  // namespace workmail::api

#include "api/pattern.h"

#include <gtest/gtest.h>

#include <string>

namespace workmail::api {

namespace {

TEST(Patterns, MatchTheWholeValue) {
  const Pattern digits("[0-9]+");
  EXPECT_TRUE(digits.matches("123"));
  EXPECT_FALSE(digits.matches("x123"));
  EXPECT_FALSE(digits.matches("123x"));
  EXPECT_FALSE(digits.matches(""));
}

TEST(Patterns, MatchAllOfAnAlternative) {
  const Pattern either("a|ab");
  EXPECT_TRUE(either.matches("a"));
  EXPECT_TRUE(either.matches("ab"));
  EXPECT_FALSE(either.matches("abb"));
  EXPECT_FALSE(either.matches("ba"));
}

// PCRE2 alone would let $ match before the last line break.
TEST(Patterns, DoNotOverlookALastLineBreak) {
  EXPECT_FALSE(Pattern("^[a-z]+$").matches("abc\n"));
  EXPECT_FALSE(Pattern("[a-z]+").matches("abc\n"));
  EXPECT_FALSE(Pattern("^[a-z]+$").matches("abc\ndef"));
}

TEST(Patterns, ReadCodePointsAsJavaWritesThem) {
  const Pattern latin("[\\u0020-\\u00FF]+");
  EXPECT_TRUE(latin.matches("caf\xC3\xA9 \xC3\xBF"));
  EXPECT_FALSE(latin.matches("\xC4\x80"));
  EXPECT_FALSE(latin.matches("\x1F"));
  EXPECT_FALSE(latin.matches("a\nb"));
}

TEST(Patterns, CountCodePoints) {
  const Pattern two(".{2}");
  EXPECT_TRUE(two.matches("\xF0\x9F\x93\xA7\xC3\xA9"));
  EXPECT_FALSE(two.matches("\xF0\x9F\x93\xA7"));
}

TEST(Patterns, KnowOnlyAsciiWordsAndDigits) {
  EXPECT_TRUE(Pattern("[\\w\\-.]+").matches("a_1-."));
  EXPECT_FALSE(Pattern("\\w+").matches("caf\xC3\xA9"));
  EXPECT_FALSE(Pattern("\\d").matches("\xD9\xA1"));
}

TEST(Patterns, AllowEverythingWhereTheySaySo) {
  const Pattern anything("[\\S\\s]*");
  EXPECT_TRUE(anything.matches(""));
  EXPECT_TRUE(anything.matches("a\nb\n\xF0\x9F\x93\xA7"));
}

TEST(Patterns, LookAhead) {
  const Pattern alias("^(?!d-)([\\da-zA-Z]+)([-][\\da-zA-Z]+)*");
  EXPECT_TRUE(alias.matches("acme-1"));
  EXPECT_FALSE(alias.matches("d-1"));
  EXPECT_FALSE(alias.matches("acme-"));
}

TEST(Patterns, TellWhatTheyWere) {
  EXPECT_EQ(Pattern("^m-[0-9a-f]{32}$").source(), "^m-[0-9a-f]{32}$");
}

TEST(Patterns, GiveUpWhereAMatchWouldTakeForever) {
  const Pattern catastrophe("(a+)+b");
  EXPECT_FALSE(catastrophe.matches(std::string(5000, 'a')));
}

TEST(Patterns, OfAWrongFormAreABug) {
  EXPECT_THROW(static_cast<void>(Pattern("(").matches("x")), std::logic_error);
}

}  // namespace

}  // namespace workmail::api

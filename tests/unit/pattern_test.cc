#include "api/wire/pattern.h"

#include <gtest/gtest.h>

#include <deque>

#include <string>

namespace workmail::api {

namespace {

// Patterns are never destroyed, like those of the model.
auto pattern(std::string_view source) -> const Pattern& {
  static auto& patterns = *new std::deque<Pattern>();
  return patterns.emplace_back(source);
}

TEST(Patterns, MatchTheWholeValue) {
  const Pattern& digits = pattern("[0-9]+");
  EXPECT_TRUE(digits.matches("123"));
  EXPECT_FALSE(digits.matches("x123"));
  EXPECT_FALSE(digits.matches("123x"));
  EXPECT_FALSE(digits.matches(""));
}

TEST(Patterns, MatchAllOfAnAlternative) {
  const Pattern& either = pattern("a|ab");
  EXPECT_TRUE(either.matches("a"));
  EXPECT_TRUE(either.matches("ab"));
  EXPECT_FALSE(either.matches("abb"));
  EXPECT_FALSE(either.matches("ba"));
}

// By default, PCRE2 lets $ match before a final line break.
TEST(Patterns, DoNotOverlookALastLineBreak) {
  EXPECT_FALSE(pattern("^[a-z]+$").matches("abc\n"));
  EXPECT_FALSE(pattern("[a-z]+").matches("abc\n"));
  EXPECT_FALSE(pattern("^[a-z]+$").matches("abc\ndef"));
}

TEST(Patterns, ReadCodePointsAsJavaWritesThem) {
  const Pattern& latin = pattern("[\\u0020-\\u00FF]+");
  EXPECT_TRUE(latin.matches("caf\xC3\xA9 \xC3\xBF"));
  EXPECT_FALSE(latin.matches("\xC4\x80"));
  EXPECT_FALSE(latin.matches("\x1F"));
  EXPECT_FALSE(latin.matches("a\nb"));
}

TEST(Patterns, CountCodePoints) {
  const Pattern& two = pattern(".{2}");
  EXPECT_TRUE(two.matches("\xF0\x9F\x93\xA7\xC3\xA9"));
  EXPECT_FALSE(two.matches("\xF0\x9F\x93\xA7"));
}

TEST(Patterns, KnowOnlyAsciiWordsAndDigits) {
  EXPECT_TRUE(pattern("[\\w\\-.]+").matches("a_1-."));
  EXPECT_FALSE(pattern("\\w+").matches("caf\xC3\xA9"));
  EXPECT_FALSE(pattern("\\d").matches("\xD9\xA1"));
}

TEST(Patterns, AllowEverythingInAClassOfAllCharacters) {
  const Pattern& anything = pattern("[\\S\\s]*");
  EXPECT_TRUE(anything.matches(""));
  EXPECT_TRUE(anything.matches("a\nb\n\xF0\x9F\x93\xA7"));
}

TEST(Patterns, LookAhead) {
  const Pattern& alias = pattern("^(?!d-)([\\da-zA-Z]+)([-][\\da-zA-Z]+)*");
  EXPECT_TRUE(alias.matches("acme-1"));
  EXPECT_FALSE(alias.matches("d-1"));
  EXPECT_FALSE(alias.matches("acme-"));
}

TEST(Patterns, KeepTheirText) {
  EXPECT_EQ(pattern("^m-[0-9a-f]{32}$").source(), "^m-[0-9a-f]{32}$");
}

TEST(Patterns, GiveUpWhereAMatchWouldTakeForever) {
  const Pattern& catastrophe = pattern("(a+)+b");
  EXPECT_FALSE(catastrophe.matches(std::string(5000, 'a')));
}

TEST(Patterns, ThrowWhenMalformed) {
  EXPECT_THROW(static_cast<void>(pattern("(").matches("x")), std::logic_error);
}

}  // namespace

}  // namespace workmail::api

#include "store/utf8.h"

#include <gtest/gtest.h>

#include <string>

namespace workmail::store {

namespace {

TEST(Utf8, KnowsWholeCharacters) {
  for (const std::string text :
       {"", "a", "\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF",
        "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", "a\xC3\xA9z"}) {
    EXPECT_TRUE(is_utf8(text)) << text;
  }
  EXPECT_TRUE(is_utf8(std::string(3, '\0')));
}

TEST(Utf8, RefusesEverythingElse) {
  for (const std::string text : {"\x80", "\xBF", "\xC0\xAF", "\xC1\xBF", "\xC2", "\xC2z", "\xE0\x9F\xBF", "\xE0\xA0",
                                 "\xED\xA0\x80", "\xED\xBF\xBF", "\xE1\x80z", "\xF0\x8F\xBF\xBF", "\xF0\x90\x80",
                                 "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE", "\xFF", "a\xFFz"}) {
    EXPECT_FALSE(is_utf8(text)) << text;
  }
}

}  // namespace

}  // namespace workmail::store

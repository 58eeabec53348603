#include "store/folding.h"

#include <gtest/gtest.h>

namespace workmail::store {

namespace {

TEST(Folding, MakesLettersSmall) {
  EXPECT_EQ(fold("Alice@Example.COM"), "alice@example.com");
  EXPECT_EQ(fold("AZaz09[`{@"), "azaz09[`{@");
  EXPECT_EQ(fold(""), "");
}

TEST(Folding, MakesTheLettersOfLatin1Small) {
  EXPECT_EQ(fold("\xC3\x80\xC3\x89\xC3\x9E"), "\xC3\xA0\xC3\xA9\xC3\xBE");  // À É Þ
  EXPECT_EQ(fold("CAF\xC3\x89"), "caf\xC3\xA9");
}

TEST(Folding, LeavesEverythingElse) {
  EXPECT_EQ(fold("\xC3\x97\xC3\xB7"), "\xC3\x97\xC3\xB7");  // × ÷
  EXPECT_EQ(fold("\xC3\x9F\xC3\xBF"), "\xC3\x9F\xC3\xBF");  // ß ÿ
  EXPECT_EQ(fold("\xC2\x80\xC4\x80\xF0\x9F\x93\xA7"), "\xC2\x80\xC4\x80\xF0\x9F\x93\xA7");
}

TEST(Folding, ChangesNothingWhenRepeated) {
  std::string all;
  for (unsigned c = 0x80; c < 0x100; ++c) {
    all += static_cast<char>(0xC0U | (c >> 6U));
    all += static_cast<char>(0x80U | (c & 0x3FU));
  }
  EXPECT_EQ(fold(fold(all)), fold(all));
  EXPECT_EQ(fold(all).size(), all.size());
}

TEST(AfterPrefix, IsBehindEverythingWithThePrefix) {
  EXPECT_LT(std::string("ali"), after_prefix("ali"));
  EXPECT_LT(std::string("alice"), after_prefix("ali"));
  EXPECT_LT(std::string("ali\xC3\xBF\xC3\xBF"), after_prefix("ali"));
  EXPECT_LT(std::string("ali\xF0\x9F\x93\xA7"), after_prefix("ali"));
  EXPECT_GT(std::string("alj"), after_prefix("ali"));
}

}  // namespace

}  // namespace workmail::store

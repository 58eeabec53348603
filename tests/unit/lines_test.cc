#include "store/lines.h"

#include <gtest/gtest.h>

namespace workmail::store {

namespace {

TEST(Lines, OfNoWordsAreNothing) {
  EXPECT_EQ(join({}), std::nullopt);
  EXPECT_TRUE(split(std::nullopt).empty());
}

TEST(Lines, AreOneWordEach) {
  EXPECT_EQ(join({"a"}), "a");
  EXPECT_EQ(join({"a", "b c", "d"}), "a\nb c\nd");
}

TEST(Lines, ComeBackAsTheyWere) {
  for (const Lines& lines : {Lines{}, Lines{"a"}, Lines{""}, Lines{"a", "b"}, Lines{"", ""}, Lines{"a", "", "b"},
                             Lines{"\xC3\xA9 x", "\"'"}}) {
    EXPECT_EQ(split(join(lines)), lines);
  }
}

}  // namespace

}  // namespace workmail::store

#include "store/string_list.h"

#include <gtest/gtest.h>

namespace workmail::store {

namespace {

TEST(StringList, IsNullWithoutWords) {
  EXPECT_EQ(join({}), std::nullopt);
  EXPECT_TRUE(split(std::nullopt).empty());
}

TEST(StringList, HasAWordOnEachLine) {
  EXPECT_EQ(join({"a"}), "a");
  EXPECT_EQ(join({"a", "b c", "d"}), "a\nb c\nd");
}

TEST(StringList, ReadsBackWhatItWrote) {
  for (const StringList& list : {StringList{}, StringList{"a"}, StringList{""}, StringList{"a", "b"},
                                 StringList{"", ""}, StringList{"a", "", "b"}, StringList{"\xC3\xA9 x", "\"'"}}) {
    EXPECT_EQ(split(join(list)), list);
  }
}

}  // namespace

}  // namespace workmail::store

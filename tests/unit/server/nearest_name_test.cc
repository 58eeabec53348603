#include "server/process/nearest_name.h"

#include <gtest/gtest.h>

#include <array>

namespace workmail::server {
namespace {

constexpr std::array<std::string_view, 4> kNames{"ListUsers", "CreateUser", "CreateUsers", "Log"};

TEST(NearestName, IsTheOneWithTheFewestMistakes) {
  EXPECT_EQ(suggestion("createuser", kNames), "; did you mean CreateUser?");
  EXPECT_EQ(suggestion("CreatUser", kNames), "; did you mean CreateUser?");
  EXPECT_EQ(suggestion("CraeteUsers", kNames), "; did you mean CreateUsers?");
  EXPECT_EQ(suggestion("LitsUsres", kNames), "; did you mean ListUsers?");
  EXPECT_EQ(suggestion("LOG", kNames), "; did you mean Log?");
}

TEST(NearestName, IsNoneWhenMoreThanAQuarterIsWrong) {
  for (const auto* text : {"", "Nope", "LitsUsresX", "Lag", "User"}) EXPECT_EQ(suggestion(text, kNames), "") << text;
  EXPECT_EQ(suggestion(std::string(65, 'x'), std::array{std::string_view("x")}), "");
}

TEST(NearestName, CountsSwappedNeighborsOnce) {
  EXPECT_EQ(edit_distance("", "ab"), 2U);
  EXPECT_EQ(edit_distance("ab", "ba"), 1U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

}  // namespace
}  // namespace workmail::server

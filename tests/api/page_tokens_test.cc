// Page tokens of operations, which are bound to all parameters except MaxResults.
#include "api_test.h"

namespace workmail::test {
namespace {

class PageTokens : public ApiTest {
 protected:
  PageTokens() {
    other_ = organization("other");
    for (const auto* name : {"a", "b", "c", "d", "e"}) user(name);
    organization("acme");
    for (const auto* name : {"a1", "a2", "a3", "a4", "b1"}) user(name);
  }
  static auto names(const Answer& answer) -> std::vector<std::string> { return answer.list("Users", "Name"); }

  std::string other_;
};

TEST_F(PageTokens, LetMaxResultsChangeFromPageToPage) {
  using Names = std::vector<std::string>;
  const auto first = ok("ListUsers", "'MaxResults': 1");
  EXPECT_EQ(names(first), Names{"a1"});
  const auto second = ok("ListUsers", "'MaxResults': 2, 'NextToken': '" + first["NextToken"] + "'");
  EXPECT_EQ(names(second), (Names{"a2", "a3"}));
  const auto third = ok("ListUsers", "'NextToken': '" + second["NextToken"] + "'");
  EXPECT_EQ(names(third), (Names{"a4", "b1"}));
  EXPECT_FALSE(third.has("NextToken"));
  // A page that contains exactly the remaining rows is the last one.
  EXPECT_FALSE(ok("ListUsers", "'MaxResults': 2, 'NextToken': '" + second["NextToken"] + "'").has("NextToken"));
}

TEST_F(PageTokens, AreBoundToEverythingElse) {
  const std::string token = ",'NextToken': '" + ok("ListUsers", "'MaxResults': 1")["NextToken"] + "'";
  const std::string max = "'MaxResults': 1";
  EXPECT_EQ(error("ListUsers", max + token + ", 'Filters': {'UsernamePrefix': 'a'}"), "InvalidParameterException");
  EXPECT_EQ(error("ListUsers", max + token + ", 'OrganizationId': '" + other_ + "'"), "InvalidParameterException");
  EXPECT_EQ(error("ListGroups", max + token), "InvalidParameterException");
  EXPECT_EQ(call("ListUsers", max + token).status(), 200);
}

TEST_F(PageTokens, GoOnWithAFilter) {
  const std::string filter = "'Filters': {'UsernamePrefix': 'a'}, 'MaxResults': 3";
  const auto first = ok("ListUsers", filter);
  EXPECT_EQ(names(first).size(), 3U);
  const auto second = ok("ListUsers", filter + ", 'NextToken': '" + first["NextToken"] + "'");
  EXPECT_EQ(names(second), std::vector<std::string>{"a4"});
  EXPECT_FALSE(second.has("NextToken"));
}

}  // namespace
}  // namespace workmail::test

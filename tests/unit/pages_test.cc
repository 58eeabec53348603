#include "api/call/pages.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "api/wire/error.h"
#include "tests/api/model_constraints.h"

namespace workmail::api {

namespace {

struct Row {
  std::int64_t number;
};

class Pages : public ::testing::Test {
 protected:
  [[nodiscard]] auto context(std::string_view account = "000000000000", std::string_view region = "us-east-1")
      -> Context {
    return {store_, ids_, settings_, Time(), account, region};
  }

  static auto request(const std::optional<std::string>& token = {}, std::int32_t size = 1) -> ListUsersRequest {
    ListUsersRequest input;
    input.organization_id = "m-1";
    input.next_token = token;
    input.max_results = size;
    return input;
  }

  // The token after a row of a list of users that has another page.
  auto token_at(std::int64_t number) -> std::string {
    std::vector<Row> rows{{number}, {number + 1}};
    return Page(context(), "ListUsers", request()).next_token(rows).value();
  }

  template <class Input>
  void expect_refused(const Context& whose, std::string_view operation, const Input& input) {
    try {
      const Page page(whose, operation, input);
      ADD_FAILURE() << "took a token that leads to " << page.after().number();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), "InvalidParameterException");
    }
  }

  store::Store store_{""};
  Ids ids_{Ids::Mode::Sequential};
  Settings settings_;
};

TEST_F(Pages, BeginAtTheBeginning) {
  const Page page(context(), "ListUsers", request());
  EXPECT_EQ(page.after(), 0);
  EXPECT_EQ(page.before(), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(page.fetch(), 2);
}

TEST_F(Pages, HoldAHundredRowsByDefault) {
  ListUsersRequest input;
  EXPECT_EQ(Page(context(), "ListUsers", input).fetch(), 101);
}

TEST_F(Pages, EndWhereThereAreNoMoreRows) {
  const Page page(context(), "ListUsers", request({}, 2));
  std::vector<Row> none;
  EXPECT_EQ(page.next_token(none), std::nullopt);
  std::vector<Row> full{{1}, {2}};
  EXPECT_EQ(page.next_token(full), std::nullopt);
  EXPECT_EQ(full.size(), 2U);
  std::vector<Row> more{{1}, {2}, {3}};
  EXPECT_NE(page.next_token(more), std::nullopt);
  EXPECT_EQ(more.size(), 2U);
}

TEST_F(Pages, GoOnBehindTheLastRow) {
  for (const std::int64_t number : {std::int64_t{1}, std::int64_t{63}, std::int64_t{64}, std::int64_t{1} << 40,
                                    std::numeric_limits<std::int64_t>::max() - 1}) {
    const Page page(context(), "ListUsers", request(token_at(number)));
    EXPECT_EQ(page.after(), number);
    EXPECT_EQ(page.before(), number);
  }
}

TEST_F(Pages, MayChangeTheirSizeOnTheWay) {
  EXPECT_EQ(Page(context(), "ListUsers", request(token_at(7), 50)).after(), 7);
}

TEST_F(Pages, HaveOpaqueTokensThatTheModelAllows) {
  const auto token = token_at(123456);
  EXPECT_TRUE(test::keeps("NextToken", token));
  EXPECT_EQ(token.find("123456"), std::string::npos);
  EXPECT_NE(token, token_at(123457));
  EXPECT_EQ(token, token_at(123456));
}

TEST_F(Pages, RefuseTokensOfOtherCalls) {
  const auto token = token_at(7);
  expect_refused(context(), "ListGroups", request(token));
  expect_refused(context("111111111111"), "ListUsers", request(token));
  expect_refused(context("000000000000", "eu-west-1"), "ListUsers", request(token));

  auto other_organization = request(token);
  other_organization.organization_id = "m-2";
  expect_refused(context(), "ListUsers", other_organization);

  auto filtered = request(token);
  filtered.filters.emplace().state = EntityState::Enabled;
  expect_refused(context(), "ListUsers", filtered);

  ListGroupsRequest same_members{.organization_id = "m-1", .next_token = token};
  expect_refused(context(), "ListGroups", same_members);
}

TEST_F(Pages, RefuseTokensWithOneCharacterChanged) {
  const auto token = token_at(7);
  for (std::size_t i = 0; i < token.size(); ++i) {
    for (const char c : std::string("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_ ")) {
      if (c == token[i]) continue;
      auto changed = token;
      changed[i] = c;
      expect_refused(context(), "ListUsers", request(changed));
    }
  }
}

TEST_F(Pages, RefuseWhatIsNoToken) {
  const auto token = token_at(7);
  for (const std::string& garbage :
       {std::string(), std::string("x"), std::string("7"), token.substr(1), token + "A", token + token, " " + token,
        std::string(22, 'A'), std::string(22, '/'), std::string(1024, 'A'), std::string("\xC3\xA9\n")}) {
    expect_refused(context(), "ListUsers", request(garbage));
  }
}

}  // namespace

}  // namespace workmail::api

// What stands behind the question mark.
#include "server/control/query.h"

#include <gtest/gtest.h>

#include "server/control/refusal.h"

namespace workmail::server::control {
namespace {

class Queries : public ::testing::Test {
 protected:
  auto query(std::string_view text) -> Query {
    return Query(Request{.method = "GET", .path = "/", .query = text, .fields = fields_, .body = body_});
  }
  // Why a query is refused that takes a, b and c; empty when it is not.
  auto refusal(std::string_view text) -> std::string {
    Query parameters = query(text);
    parameters.text("a");
    parameters.count("b");
    parameters.duration("c");
    try {
      parameters.finish();
      return {};
    } catch (const BadRequest& refusal) {
      return refusal.what();
    }
  }

  Fields fields_;
  std::string body_;
};

TEST_F(Queries, AreDecoded) {
  const std::pair<const char*, const char*> cases[] = {
      {"a=b", "b"},     {"a=%41", "A"},    {"a=%4a%4F", "JO"},       {"a=x+y", "x y"},
      {"a=%2B", "+"},   {"a=%", "%"},      {"a=%4", "%4"},           {"a=%4g", "%4g"},
      {"a=%g4", "%g4"}, {"a=%%41", "%A"},  {"x=1&a=b=c&a=d", "b=c"}, {"%61=b", "b"},
      {"&&a=b&", "b"},  {"a=%c3%A9", "é"}, {"aa=x&a=b", "b"},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(query(text).text("a"), expected) << text;
  for (const auto* text : {"", "a", "a=", "b=c", "A=b", "a=&a=b"})
    EXPECT_EQ(query(text).text("a"), std::nullopt) << text;
}

TEST_F(Queries, HoldNumbersAndDurations) {
  EXPECT_EQ(query("b=0").count("b"), 0U);
  EXPECT_EQ(query("b=18446744073709551615").count("b"), 18446744073709551615U);
  EXPECT_EQ(query("").count("b"), std::nullopt);
  EXPECT_EQ(query("c=1.5").duration("c"), Duration(1500));
  EXPECT_EQ(query("c=PT1M").duration("c"), Duration(60'000));
  for (const auto* text : {"b=-1", "b=x", "b=1x", "b=1.0", "b=18446744073709551616"}) {
    EXPECT_EQ(refusal(text), "b: must be a number from 0 on") << text;
  }
  EXPECT_EQ(refusal("c=soon"), "c: must be a duration such as 5, PT5S or 500ms");
  EXPECT_EQ(refusal("b=&c=&a="), "");
}

TEST_F(Queries, TellAllThatIsWrong) {
  EXPECT_EQ(refusal("a=1&b=1&c=1"), "");
  EXPECT_EQ(refusal("b=x&c=y&d=1&e\n=2"),
            "b: must be a number from 0 on; c: must be a duration such as 5, PT5S or 500ms; d: unknown parameter; "
            "e\\x0a: unknown parameter");
}

}  // namespace
}  // namespace workmail::server::control

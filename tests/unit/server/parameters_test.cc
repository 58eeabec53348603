// Query parameters.
#include "server/control/parameters.h"

#include <gtest/gtest.h>

#include "server/control/errors.h"

namespace workmail::server::control {
namespace {

struct Values {
  std::optional<std::string> a;
  std::optional<std::uint64_t> b;
  std::optional<Duration> c;
  std::string refusal;  // empty if the query is accepted
};

// Reads a query with the parameters a, b and c.
auto read(std::string_view query) -> Values {
  constinit static const api::Pattern short_text(".{0,5}");
  Values values;
  Reading reading;
  Parameters parameters(reading, query);
  parameters.optional("a", TextRule{.pattern = &short_text, .message = "must be short"}, values.a);
  parameters.optional("b", CountRule{}, values.b);
  parameters.optional("c", DurationRule{.max = std::chrono::hours(1), .message = "must be at most one hour"}, values.c);
  parameters.judge_unknown();
  try {
    reading.finish();
  } catch (const BadRequest& error) {
    values.refusal = error.message();
  }
  return values;
}

TEST(Parameters, AreDecoded) {
  const std::pair<const char*, const char*> cases[] = {
      {"a=b", "b"},     {"a=%41", "A"},    {"a=%4a%4F", "JO"},       {"a=x+y", "x y"},
      {"a=%2B", "+"},   {"a=%", "%"},      {"a=%4", "%4"},           {"a=%4g", "%4g"},
      {"a=%g4", "%g4"}, {"a=%%41", "%A"},  {"x=1&a=b=c&a=d", "b=c"}, {"%61=b", "b"},
      {"&&a=b&", "b"},  {"a=%c3%A9", "é"}, {"aa=x&a=b", "b"},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(read(text).a, expected) << text;
  for (const auto* text : {"", "a", "a=", "b=c", "A=b", "a=&a=b"}) EXPECT_EQ(read(text).a, std::nullopt) << text;
}

TEST(Parameters, HoldNumbersAndDurations) {
  EXPECT_EQ(read("b=0").b, 0U);
  EXPECT_EQ(read("b=18446744073709551615").b, 18446744073709551615U);
  EXPECT_EQ(read("").b, std::nullopt);
  EXPECT_EQ(read("c=1.5").c, Duration(1500));
  EXPECT_EQ(read("c=PT1M").c, Duration(60'000));
  for (const auto* text : {"b=-1", "b=x", "b=1x", "b=1.0", "b=18446744073709551616"}) {
    EXPECT_EQ(read(text).refusal, "b: must be a non-negative integer") << text;
    EXPECT_EQ(read(text).b, std::nullopt) << text;
  }
  EXPECT_EQ(read("c=soon").refusal, "c: must be a duration such as 5, PT5S or 500ms");
  EXPECT_EQ(read("c=3601").refusal, "c: must be at most one hour");
  EXPECT_EQ(read("a=123456").refusal, "a: must be short");
  // Invalid UTF-8, which a pattern would read beyond its end.
  for (const auto* text : {"a=%F0", "a=x%FF", "a=%E2%82", "a=%C0%AF", "a=%ED%A0%80"}) {
    EXPECT_EQ(read(text).refusal, "a: must be short") << text;
  }
  EXPECT_EQ(read("b=&c=&a=").refusal, "");
}

TEST(Parameters, ListAllViolations) {
  EXPECT_EQ(read("a=1&b=1&c=1").refusal, "");
  EXPECT_EQ(read("b=x&c=y&d=1&e\n=2").refusal,
            "b: must be a non-negative integer; c: must be a duration such as 5, PT5S or 500ms; d: unknown parameter; "
            "e\\x0a: unknown parameter");
}

}  // namespace
}  // namespace workmail::server::control

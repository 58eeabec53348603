// Bodies of the control plane: each kind of member, with the values that it rejects.
#include "server/control/json_members.h"

#include <gtest/gtest.h>

#include "server/control/errors.h"

namespace workmail::server::control {
namespace {

// Why a body is rejected when `read` reads its members; empty if it is not.
template <class Read>
auto refusal(std::string body, Read read) -> std::string {
  try {
    Reading reading;
    const JsonBody json(body);
    JsonMembers members(reading, json.object());
    read(members);
    members.judge_unknown();
    reading.finish();
    return {};
  } catch (const BadRequest& error) {
    return error.what();
  }
}

// The value of the member "value", which must be valid.
template <class Value, class Rule>
auto value_of(const std::string& json, const Rule& rule) -> std::optional<Value> {
  std::optional<Value> out;
  EXPECT_EQ(refusal(R"({"value":)" + json + "}", [&](JsonMembers& members) { members.optional("value", rule, out); }),
            "");
  return out;
}

template <class Value, class Rule>
auto refusal_of_value(const std::string& json, const Rule& rule) -> std::string {
  std::optional<Value> out;
  const auto read = [&](JsonMembers& members) { members.optional("value", rule, out); };
  auto text = refusal(R"({"value":)" + json + "}", read);
  EXPECT_EQ(out, std::nullopt) << json;
  return text;
}

TEST(JsonMembers, ReadsCounts) {
  constexpr CountRule kRule{.max = 4294967295};
  EXPECT_EQ(value_of<std::uint64_t>("0", kRule), 0U);
  EXPECT_EQ(value_of<std::uint64_t>("4294967295", kRule), 4294967295U);
  EXPECT_EQ(value_of<std::uint64_t>("null", kRule), std::nullopt);
  for (const auto* bad : {"-1", "1.0", "4294967296", "\"1\"", "true"}) {
    EXPECT_EQ(refusal_of_value<std::uint64_t>(bad, kRule), "value: must be a non-negative integer");
  }
  EXPECT_EQ(refusal_of_value<std::uint64_t>("11", CountRule{.max = 10, .message = "must be small"}),
            "value: must be small");
}

TEST(JsonMembers, ReadsNumbers) {
  EXPECT_EQ(value_of<double>("-1.5", NumberRule{}), -1.5);
  EXPECT_EQ(value_of<double>("2", NumberRule{.min = 2}), 2);
  EXPECT_EQ(refusal_of_value<double>("\"1\"", NumberRule{}), "value: must be a number");
  EXPECT_EQ(refusal_of_value<double>("1.9", NumberRule{.min = 2, .message = "must be 2"}), "value: must be 2");
}

TEST(JsonMembers, ReadsTexts) {
  constinit static const api::Pattern digits("[0-9]+");
  EXPECT_EQ(value_of<std::string>("\"\"", TextRule{}), "");
  EXPECT_EQ(value_of<std::string>("\"éé\"", TextRule{.min = 2, .max = 2}), "éé");
  EXPECT_EQ(value_of<std::string>("\"12\"", TextRule{.pattern = &digits}), "12");
  EXPECT_EQ(refusal_of_value<std::string>("1", TextRule{}), "value: must be a string");
  const TextRule rule{.min = 2, .max = 3, .pattern = &digits, .message = "must be 2 to 3 digits"};
  for (const auto* bad : {"\"1\"", "\"1234\"", "\"ab\""}) {
    EXPECT_EQ(refusal_of_value<std::string>(bad, rule), "value: must be 2 to 3 digits");
  }
}

TEST(JsonMembers, ReadsOneTextOrSeveral) {
  using Texts = std::vector<std::string>;
  EXPECT_EQ(value_of<Texts>("\"a\"", TextsRule{}), Texts{"a"});
  EXPECT_EQ(value_of<Texts>(R"(["a","b"])", TextsRule{.max = 2}), (Texts{"a", "b"}));
  std::string many = "[\"x\"";
  for (int i = 0; i < 100; ++i) many += ",\"x\"";
  for (const auto& bad : {std::string("[]"), std::string("[1]"), std::string("[\"a\",null]"), std::string("1"),
                          std::string("{}"), many + "]"}) {
    EXPECT_EQ(refusal_of_value<Texts>(bad, TextsRule{}), "value: must be a string or a list of strings, of up to 100");
  }
  const TextsRule rule{.element = {.min = 1}, .max = 1, .message = "must be one that is not empty"};
  for (const auto* bad : {R"(["a","b"])", R"([""])", R"("")"}) {
    EXPECT_EQ(refusal_of_value<Texts>(bad, rule), "value: must be one that is not empty");
  }
}

TEST(JsonMembers, ReadsFlags) {
  EXPECT_EQ(value_of<bool>("true", FlagRule{}), true);
  EXPECT_EQ(refusal_of_value<bool>("1", FlagRule{}), "value: must be true or false");
}

TEST(JsonMembers, ReadsTimesAndDurations) {
  EXPECT_EQ(value_of<Time>("\"2026-01-01T00:00:00Z\"", TimeRule{}), Time(Duration(1767225600000)));
  EXPECT_EQ(value_of<Duration>("\"PT20S\"", DurationRule{}), Duration(20'000));
  EXPECT_EQ(value_of<Duration>("1.5", DurationRule{}), Duration(1'500));
  for (const auto* bad : {"1767225600", "\"1969-12-31T23:59:59Z\""}) {
    EXPECT_EQ(refusal_of_value<Time>(bad, TimeRule{}),
              "value: must be a time from 1970 to 9999 such as 2026-05-01T12:00:00Z");
  }
  for (const auto* bad : {"true", "\"soon\"", "-1"}) {
    EXPECT_EQ(refusal_of_value<Duration>(bad, DurationRule{}),
              "value: must be a duration such as PT20S, P30D or a number of seconds");
  }
  EXPECT_EQ(refusal_of_value<Duration>("2", DurationRule{.max = Duration(1'999), .message = "must be short"}),
            "value: must be short");
}

TEST(JsonMembers, ReadsDocumentsOfTheirOwn) {
  const auto document = value_of<Document>(R"({"a":[1,{"b":null}]})", DocumentRule{.max = 20});
  ASSERT_TRUE(document.has_value());
  EXPECT_TRUE((**document)["a"][1]["b"].IsNull());
  EXPECT_EQ(refusal_of_value<Document>("\"x\"", DocumentRule{}), "value: must be an object");
  EXPECT_EQ(refusal_of_value<Document>(R"({"a": "2345678901234"})", DocumentRule{.max = 20}),
            "value: must have at most 20 bytes");
}

// Like the generated code.
struct Inner {
  std::optional<std::uint64_t> count;
};
struct Outer {
  std::optional<std::string> text;
  std::optional<Inner> inner;
};
void decode(JsonMembers& members, Inner& out) {
  members.optional("count", CountRule{}, out.count);
}
void decode(JsonMembers& members, Outer& out) {
  members.optional("text", TextRule{}, out.text);
  members.optional("inner", StructureRule{}, out.inner);
}

TEST(JsonMembers, ListsViolationsWithPaths) {
  const auto read = [](JsonMembers& members) {
    std::optional<Outer> outer;
    std::string needed;
    members.optional("outer", StructureRule{}, outer);
    members.required("needed", TextRule{}, needed);
  };
  EXPECT_EQ(refusal(R"({"needed":"x"})", read), "");
  EXPECT_EQ(refusal(R"({"needed":"x","outer":{"text":"y","inner":{"count":1}}})", read), "");
  EXPECT_EQ(refusal(R"({"needed":null,"outer":[]})", read), "outer: must be an object; needed: is missing");
  EXPECT_EQ(
      refusal(R"({"needed":1,"more":2,"outer":{"text":3,"other":4}})", read),
      "needed: must be a string; more: unknown member; outer.text: must be a string; outer.other: unknown member");
  EXPECT_EQ(refusal(R"({"needed":"x","outer":{"inner":{"count":-1,"x\n":1}}})", read),
            "outer.inner.count: must be a non-negative integer; outer.inner.x\\x0a: unknown member");
}

TEST(JsonMembers, KnowsMembersByTheirPlace) {
  Reading reading;
  std::string body = R"({"outer":{"text":1}})";
  const JsonBody json(body);
  JsonMembers members(reading, json.object());
  std::optional<Outer> outer;
  members.optional("outer", StructureRule{}, outer);
  ASSERT_TRUE(outer.has_value());
  EXPECT_TRUE(reading.present(outer));
  EXPECT_TRUE(reading.present(outer->text)) << "although it is wrong";
  EXPECT_FALSE(reading.present(outer->inner));
  reading.violation(outer->inner, "is needed here");
  reading.violation(outer, "has too little");
  try {
    reading.finish();
    ADD_FAILURE();
  } catch (const BadRequest& error) {
    EXPECT_EQ(error.message(), "outer: has too little; outer.text: must be a string; outer.inner: is needed here");
  }
}

TEST(JsonMembers, ListsAHundredViolations) {
  std::string body = "{\"a0\":1";
  for (int i = 1; i < 103; ++i) body += ",\"a" + std::to_string(i) + "\":1";
  const auto text = refusal(body + "}", [](JsonMembers&) {});
  EXPECT_NE(text.find("a99: unknown member; and 3 more"), std::string::npos) << text;
  EXPECT_EQ(text.find("a100"), std::string::npos);
}

// Also if those of an inner object are found before those of the outer object.
TEST(JsonMembers, ListsTheFirstHundredInTheirOrder) {
  std::string inner = "\"a0\":1";
  for (int i = 1; i < 150; ++i) inner += ",\"a" + std::to_string(i) + "\":1";
  const auto read = [](JsonMembers& members) {
    std::optional<Outer> outer;
    std::string needed;
    members.optional("outer", StructureRule{}, outer);
    members.required("needed", TextRule{}, needed);
  };
  const auto text = refusal(R"({"more":2,"outer":{"text":3,)" + inner + "}}", read);
  EXPECT_TRUE(text.starts_with(
      "needed: is missing; more: unknown member; outer.text: must be a string; outer.a0: unknown member; "))
      << text;
  EXPECT_TRUE(text.ends_with("outer.a96: unknown member; and 53 more")) << text;
}

}  // namespace
}  // namespace workmail::server::control

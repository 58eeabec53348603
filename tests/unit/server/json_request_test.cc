// The bodies that the control plane takes: each kind of member, with what it refuses.
#include "server/control/json_request.h"

#include <gtest/gtest.h>

#include "server/control/refusal.h"

namespace workmail::server::control {
namespace {

// Why a body is refused of which `ask` asks for members; empty when it is not.
template <class Ask>
auto refusal(std::string body, Ask ask) -> std::string {
  try {
    JsonRequest input(body);
    ask(input);
    input.finish();
    return {};
  } catch (const BadRequest& refusal) {
    return refusal.what();
  }
}

TEST(JsonRequests, HoldNumbers) {
  const auto ask = [](JsonRequest& input) {
    input.count("count");
    input.number("number");
  };
  for (const auto* good : {R"({"count":0})", R"({"count":4294967295})", R"({"number":-1.5})", R"({"number":2})",
                           R"({"count":null,"number":null})", "{}", ""}) {
    EXPECT_EQ(refusal(good, ask), "") << good;
  }
  for (const auto* bad : {"-1", "1.0", "4294967296", "\"1\"", "true"}) {
    EXPECT_EQ(refusal(R"({"count":)" + std::string(bad) + "}", ask),
              "count: must be a number from 0 on, without a fraction");
  }
  EXPECT_EQ(refusal(R"({"number":"1"})", ask), "number: must be a number");
}

TEST(JsonRequests, HoldTexts) {
  std::string body = R"({"one":"a","list":["a","b"],"text":"c","flag":true,"empty":""})";
  JsonRequest input(body);
  EXPECT_EQ(input.texts("one"), std::vector<std::string>{"a"});
  EXPECT_EQ(input.texts("list"), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(input.texts("absent"), std::vector<std::string>{});
  EXPECT_EQ(input.text("text"), "c");
  EXPECT_EQ(input.flag("flag"), true);
  EXPECT_EQ(input.required("empty", input.text("empty")), "");
  EXPECT_TRUE(input.present("empty"));
  EXPECT_FALSE(input.present("absent"));
  input.finish();
  const auto ask = [](JsonRequest& other) { other.texts("list"); };
  for (const auto* bad : {"[]", "[1]", "[\"a\",null]", "1", "{}"}) {
    EXPECT_EQ(refusal(R"({"list":)" + std::string(bad) + "}", ask),
              "list: must be a string or a list of strings, of up to 100");
  }
}

TEST(JsonRequests, HoldTimesAndDurations) {
  std::string body = R"({"time":"2026-01-01T00:00:00Z","text":"PT20S","number":1.5})";
  JsonRequest input(body);
  EXPECT_EQ(input.time("time"), Time(Duration(1767225600000)));
  EXPECT_EQ(input.duration("text"), Duration(20'000));
  EXPECT_EQ(input.duration("number"), Duration(1'500));
  input.finish();
  const auto ask = [](JsonRequest& other) {
    other.time("time");
    other.duration("duration");
  };
  EXPECT_EQ(refusal(R"({"time":1767225600})", ask), "time: must be a time such as 2026-05-01T12:00:00Z");
  for (const auto* bad : {"true", "\"soon\"", "-1"}) {
    EXPECT_EQ(refusal(R"({"duration":)" + std::string(bad) + "}", ask),
              "duration: must be a duration such as PT20S, P30D or a number of seconds");
  }
}

TEST(JsonRequests, HoldObjectsWithPaths) {
  const auto ask = [](JsonRequest& input) {
    auto& outer = input.object("outer");
    outer.text("text");
    outer.object("inner").count("count");
    input.required("needed", input.text("needed"));
  };
  EXPECT_EQ(refusal(R"({"needed":"x"})", ask), "");
  EXPECT_EQ(refusal(R"({"needed":"x","outer":{"text":"y"}})", ask), "");
  EXPECT_EQ(refusal(R"({"needed":null,"outer":[]})", ask), "outer: must be an object; needed: is missing");
  EXPECT_EQ(
      refusal(R"({"needed":1,"more":2,"outer":{"text":3,"other":4}})", ask),
      "needed: must be a string; more: unknown member; outer.text: must be a string; outer.other: unknown member");
}

TEST(JsonRequests, HoldWholeDocuments) {
  std::string body = R"({"input":{"a":[1,{"b":null}]}})";
  JsonRequest input(body);
  const auto document = input.document("input");
  ASSERT_NE(document, nullptr);
  EXPECT_TRUE((*document)["a"][1]["b"].IsNull());
  EXPECT_EQ(input.document("absent"), nullptr);
  input.finish();
  EXPECT_EQ(refusal(R"({"input":"x"})", [](JsonRequest& other) { other.document("input"); }),
            "input: must be an object");
}

}  // namespace
}  // namespace workmail::server::control

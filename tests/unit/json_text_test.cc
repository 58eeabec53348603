// The limits on untrusted JSON: its nesting, and the number of comparisons.
#include "api/wire/json_text.h"

#include <gtest/gtest.h>

#include <string>

#include "api/call/redaction.h"
#include "tests/large_texts.h"

namespace workmail::api {
namespace {

auto objects(std::size_t depth) -> std::string {
  return repeated(R"({"a":)", depth) + "1" + repeated("}", depth);
}

auto fault_of(const std::string& text) -> std::string {
  rapidjson::MemoryStream stream(text.data(), text.size());
  rapidjson::Document document;
  return read_json<rapidjson::kParseNoFlags>(stream, text.size(), document).reason;
}

TEST(Json, IsNestedSixtyFourLevelsAndNoMore) {
  for (auto* const text : {nested_lists, objects}) {
    EXPECT_EQ(fault_of(text(64)), "");
    for (const std::size_t depth : {65, 1000, 500'000}) {
      EXPECT_EQ(fault_of(text(depth)), "is nested deeper than 64 levels") << depth;
    }
  }
}

TEST(Json, IsRefusedForADepthThatIsNeverClosed) {
  EXPECT_EQ(fault_of(repeated("[", 500'000)), "is nested deeper than 64 levels");
  EXPECT_EQ(fault_of("[" + nested_lists(63) + "," + nested_lists(64) + "]"), "is nested deeper than 64 levels");
  EXPECT_EQ(fault_of("[" + nested_lists(63) + "," + nested_lists(63) + "]"), "");
}

TEST(Json, ReportsWhyItIsNone) {
  EXPECT_EQ(fault_of("{"), "is not JSON: Missing a name for object member.");
  EXPECT_EQ(fault_of(R"(["\udc00"])"), "is not JSON: A string is not valid UTF-8.");
  for (const char* const bytes : {"\xFF", "\xC3", "\x80", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80"}) {
    for (std::size_t before = 0; before < 10; ++before) {
      const auto text = std::string(before, 'x') + bytes;
      EXPECT_EQ(fault_of("[\"" + text + "\"]"), "is not JSON: A string is not valid UTF-8.") << text;
      EXPECT_EQ(fault_of("{\"" + text + "\":1}"), "is not JSON: A string is not valid UTF-8.") << text;
    }
  }
  EXPECT_EQ(fault_of("[\"12345678\xC3\xA9\xF0\x9F\x93\xA7\"]"), "");
}

TEST(Json, IsShownUpToTheDepthThatIsRead) {
  const auto shown = [](std::size_t depth) {
    return redacted(Redact::Secrets, "ListUsers", Side::Input, R"({"a":)" + nested_lists(depth - 1) + "}");
  };
  EXPECT_NE(shown(64), std::nullopt);
  EXPECT_EQ(shown(65), std::nullopt);
}

TEST(Json, IsNotReadWithoutMemoryForIt) {
  EXPECT_NO_THROW(require_memory_for_json(1'000'000));
  // AddressSanitizer aborts a program that allocates so much.
#ifndef __SANITIZE_ADDRESS__
  EXPECT_THROW(require_memory_for_json(std::size_t{1} << 55U), std::bad_alloc);
#endif
}

TEST(Json, IsComparedWithAnEffortThatIsCounted) {
  rapidjson::Document whole;
  rapidjson::Document part;
  ASSERT_TRUE(parse_json("[1,2,3]", whole));
  ASSERT_TRUE(parse_json("[3]", part));
  Effort enough(4);  // the lists, and three elements
  EXPECT_TRUE(contains(whole, part, enough));
  Effort too_little(3);
  EXPECT_FALSE(contains(whole, part, too_little));
  EXPECT_FALSE(contains(part, part, too_little));
}

TEST(Json, IsNotComparedForLongBecauseItIsLarge) {
  rapidjson::Document whole;
  rapidjson::Document part;
  ASSERT_TRUE(parse_json("[" + repeated("1,", 100'000) + "2]", whole));
  ASSERT_TRUE(parse_json("[" + repeated("3,", 100'000) + "3]", part));
  Effort effort(1'000'000);
  EXPECT_FALSE(contains(whole, part, effort));
}

}  // namespace
}  // namespace workmail::api

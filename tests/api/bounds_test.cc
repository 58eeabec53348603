// Limits on what a large or deep call or seed document makes the server return or store.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "api/seed/seed.h"
#include "tests/api/api_test.h"
#include "tests/large_texts.h"

namespace workmail::test {

namespace {

using Bounds = ApiTest;

constexpr std::size_t kMebibyte = 1'048'576;

// Why a seed document is rejected.
auto refusal_of(const std::string& document) -> std::string {
  try {
    api::parse_seed(document);
    return {};
  } catch (const api::MalformedSeed& error) {
    return error.what();
  }
}

TEST_F(Bounds, HoldForViolationsOfACall) {
  const auto answer =
      raw("PutRetentionPolicy", R"({"FolderConfigurations":[{})" + repeated(",{}", kMebibyte / 3 - 10) + "]}");
  EXPECT_EQ(answer.error(), "InvalidParameterException");
  const auto message = answer["Message"];
  EXPECT_TRUE(message.starts_with("699034 validation errors detected: ")) << message.substr(0, 50);
  EXPECT_TRUE(message.ends_with("; and at least 698934 more")) << message.substr(message.size() - 50);
  EXPECT_LT(answer.text().size(), 20'000U);
}

TEST_F(Bounds, HoldForValuesInMessages) {
  const std::string large(kMebibyte - 100, 'x');
  for (const auto& input : {R"({"OrganizationId":")" + large + R"("})", R"({"Filters":{"State":")" + large + R"("}})",
                            R"({"NextToken":")" + large + R"("})", R"({")" + large + R"(":1})"}) {
    const auto answer = raw("ListUsers", input);
    EXPECT_EQ(answer.error(), "InvalidParameterException");
    EXPECT_LT(answer.text().size(), 20'000U) << answer.text().substr(0, 100);
  }
  const auto tags =
      raw("UntagResource", R"({"ResourceARN":"x","TagKeys":[)" + repeated(R"("y",)", 200'000) + R"("z"]})");
  EXPECT_LT(tags.text().size(), 40'000U) << tags.text().substr(0, 100);
}

TEST_F(Bounds, HoldForTheFaultsOfASeed) {
  EXPECT_EQ(refusal_of(R"({"Organizations":[)" + repeated(R"({"Alias":"a!"},)", 100) + "]}").find("at least"),
            std::string::npos);
  const auto over = refusal_of(R"({"Organizations":[)" + repeated(R"({"Alias":"a!"},)", 101) + "]}");
  EXPECT_TRUE(over.ends_with("; and at least 1 more")) << over.substr(over.size() - 100);
  const auto large = refusal_of(R"({"Organizations":[)" + repeated("{},", 300'000) + "]}");
  EXPECT_LT(large.size(), 20'000U);
  EXPECT_LT(refusal_of(R"({")" + std::string(kMebibyte, 'x') + R"(":1})").size(), 1000U);
}

TEST_F(Bounds, HoldForTheDepthOfASeed) {
  const auto nested = [](std::size_t depth) {
    return refusal_of(R"({"x":)" + repeated("[", depth - 1) + repeated("]", depth - 1) + "}");
  };
  EXPECT_EQ(nested(64), "Unknown member 'x'");
  for (const std::size_t depth : {65, 500'000}) {
    EXPECT_NE(nested(depth).find("document is n"), std::string::npos) << nested(depth);
    EXPECT_EQ(nested(depth).find("Unknown"), std::string::npos) << nested(depth);
  }
}

}  // namespace

}  // namespace workmail::test

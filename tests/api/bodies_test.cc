// Bodies of calls as bytes: valid JSON, valid inputs, and bodies that could crash the program.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/api/api_test.h"
#include "tests/large_texts.h"

namespace workmail::test {

namespace {

using Bodies = ApiTest;

TEST_F(Bodies, MayBeEmpty) {
  EXPECT_EQ(raw("ListOrganizations", "").status(), 200);
  EXPECT_EQ(raw("ListOrganizations", "{}").text(), raw("ListOrganizations", "").text());
  EXPECT_EQ(raw("DescribeOrganization", "").text(), raw("DescribeOrganization", "{}").text());
}

TEST_F(Bodies, AreObjects) {
  for (const std::string body : {"[]", "[{}]", R"("x")", "1", "1.5", "true", "null"}) {
    const auto answer = raw("ListOrganizations", body);
    EXPECT_EQ(answer.error(), "SerializationException") << body;
    EXPECT_EQ(answer.status(), 400) << body;
  }
}

TEST_F(Bodies, AreJson) {
  for (const std::string body :
       {R"({"a":)", "{", "}", R"({"a" 1})", R"({"a": 1,})", R"({'a': 1})", R"({"a": 01})", R"({"a": NaN})",
        R"({"a": +1})", R"({"a": 1} {})", R"({"a": 1}x)", R"({"a": "x)", R"({"a": "\x"})", R"({"a": "\u12"})",
        R"({a: 1})", " ", "// x", "{\"a\": \"line\nbreak\"}", "\xEF\xBB\xBF{}"}) {
    EXPECT_EQ(raw("ListOrganizations", body).error(), "SerializationException") << body;
  }
  EXPECT_EQ(raw("ListOrganizations", std::string("{}\0", 3)).error(), "SerializationException");
  EXPECT_EQ(raw("ListOrganizations", std::string("{\"a\": \"\0\"}", 10)).error(), "SerializationException");
}

TEST_F(Bodies, MayHaveWhiteSpace) {
  EXPECT_EQ(raw("ListOrganizations", " \t\r\n{ \"MaxResults\" : 1 }\n").status(), 200);
}

TEST_F(Bodies, AreUtf8) {
  const std::vector<std::string> wrong{
      "\xFF", "\x80", "\xC3", "\xC0\xAF", "\xE2\x82", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80"};
  for (const auto& bytes : wrong) {
    EXPECT_EQ(raw("ListOrganizations", "{\"NextToken\": \"" + bytes + "\"}").error(), "SerializationException");
    EXPECT_EQ(raw("ListOrganizations", "{\"" + bytes + "\": 1}").error(), "SerializationException");
  }
}

TEST_F(Bodies, HaveNoHalfSurrogates) {
  for (const std::string half : {R"(\ud800)", R"(\ud800x)", R"(\ud800\u0041)", R"(\udc00)", R"(\udc00\ud800)"}) {
    EXPECT_EQ(raw("ListOrganizations", R"({"NextToken": ")" + half + R"("})").error(), "SerializationException")
        << half;
  }
  const auto whole = raw("ListOrganizations", R"({"NextToken": "\ud83d\udce7"})");
  EXPECT_EQ(whole.error(), "InvalidParameterException") << whole.text();
}

// Like Java, RapidJSON uses the last of several members with one name.
TEST_F(Bodies, TakeTheLastOfSeveralMembersOfOneName) {
  EXPECT_EQ(raw("ListOrganizations", R"({"MaxResults": 0, "MaxResults": 1})").status(), 200);
  EXPECT_EQ(raw("ListOrganizations", R"({"MaxResults": 1, "MaxResults": 0})").error(), "InvalidParameterException");
  EXPECT_EQ(raw("ListOrganizations", R"({"MaxResults": 0, "MaxResults": null})").status(), 200);
}

TEST_F(Bodies, AreOfBoundedDepth) {
  for (const int depth : {65, 1000, 10'000, 1'000'000}) {
    EXPECT_EQ(raw("ListOrganizations", repeated("[", depth)).error(), "SerializationException") << depth;
    EXPECT_EQ(raw("ListOrganizations", repeated("[", depth) + repeated("]", depth)).error(), "SerializationException");
    EXPECT_EQ(raw("ListOrganizations", "{\"a\": " + repeated("[", depth) + repeated("]", depth) + "}").error(),
              "SerializationException");
    EXPECT_EQ(raw("ListOrganizations", repeated("{\"a\":", depth) + "1" + repeated("}", depth)).error(),
              "SerializationException");
  }
  EXPECT_EQ(raw("ListOrganizations", "{\"a\": " + repeated("[", 63) + repeated("]", 63) + "}").status(), 200);
}

TEST_F(Bodies, MayBeLong) {
  const auto answer = raw("ListOrganizations", R"({"Unknown": ")" + std::string(1'000'000, 'x') + R"("})");
  EXPECT_EQ(answer.status(), 200);
  EXPECT_EQ(raw("ListOrganizations", "{}").status(), 200);
}

TEST_F(Bodies, LeaveNothingBehindForTheNextCall) {
  EXPECT_EQ(raw("ListOrganizations", R"({"MaxResults": 0)").error(), "SerializationException");
  EXPECT_EQ(raw("ListOrganizations", "{}").status(), 200);
}

TEST_F(Bodies, HaveNumbersThatAreIntegers) {
  for (const std::string number :
       {"1.0", "1e2", "1.5", "1E0", "2147483648", "-2147483649", "99999999999999999999", "1e400", "\"1\"", "true"}) {
    const auto answer = raw("ListOrganizations", R"({"MaxResults": )" + number + "}");
    EXPECT_EQ(answer.error(), "SerializationException") << number << ": " << answer.text();
  }
  EXPECT_EQ(raw("ListOrganizations", R"({"MaxResults": -2147483648})").error(), "InvalidParameterException");
  EXPECT_EQ(raw("ListOrganizations", R"({"MaxResults": -0})").error(), "InvalidParameterException");
}

}  // namespace

}  // namespace workmail::test

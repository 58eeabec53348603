// What is shown of bodies: a secret in any place that the model knows appears nowhere.
#include "api/redaction.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "api/journal.h"
#include "api/json.h"
#include "api/operation.h"

namespace workmail::api {
namespace {

// The model itself, so that nothing depends on what is generated from it.
auto model() -> const rapidjson::Document& {
  static const rapidjson::Document document = [] {
    std::ifstream in(WORKMAIL_SOURCE_FOLDER "/api/model/workmail-2017-10-01.json");
    std::ostringstream text;
    text << in.rdbuf();
    rapidjson::Document parsed;
    parsed.Parse(text.str().c_str());
    return parsed;
  }();
  return document;
}

// JSON with every member of a shape, lists with two elements, and `secret` wherever the model wants none to be seen.
auto sample(const std::string& name, const std::string& secret) -> std::string {
  const auto& shape = model()["shapes"][name.c_str()];
  const std::string type = shape["type"].GetString();
  if ((shape.HasMember("sensitive") && shape["sensitive"].GetBool()) || name == "ImpersonationToken") return secret;
  if (type == "string") return R"("plain \"text\" with \\ and é")";
  if (type == "boolean") return "true";
  if (type == "list") {
    const std::string element = sample(shape["member"]["shape"].GetString(), secret);
    return "[" + element + "," + element + "]";
  }
  if (type != "structure") return "1.50";
  std::string text = "{";
  for (const auto& member : shape["members"].GetObject()) {
    text.append(text.size() > 1 ? ",\"" : "\"").append(member.name.GetString()).append("\":");
    text += sample(member.value["shape"].GetString(), secret);
  }
  return text + "}";
}

auto shape_of(std::string_view operation, Side side) -> std::string {
  const auto& described = model()["operations"][std::string(operation).c_str()];
  return described[side == Side::Input ? "input" : "output"]["shape"].GetString();
}

constexpr const char* kHidden = "\"********\"";

TEST(Redaction, HidesEverySecretOfTheModel) {
  const std::vector<std::string> secrets{R"("opensesame")",
                                         R"("open\"sesame\\")",
                                         "1234",
                                         R"({"deep":["opensesame",{"Password":"opensesame"}],"more":1})",
                                         R"(["opensesame",[],{}])",
                                         "null"};
  std::size_t with_secrets = 0;
  for (const auto& operation : operations()) {
    for (const Side side : {Side::Input, Side::Output}) {
      const std::string shape = shape_of(operation.name, side);
      const std::string expected = sample(shape, kHidden);
      if (expected.find(kHidden) != std::string::npos) ++with_secrets;
      for (const auto& secret : secrets) EXPECT_EQ(redacted(operation.name, side, sample(shape, secret)), expected);
    }
  }
  EXPECT_EQ(with_secrets, 14);
}

TEST(Redaction, HidesASecretThatStandsTwice) {
  EXPECT_EQ(redacted("ResetPassword", Side::Input, R"({"Password":"opensesame","Password":"x"})"),
            R"({"Password":"********","Password":"********"})");
}

TEST(Redaction, ShowsTheSameNameElsewhere) {
  EXPECT_EQ(redacted("CreateGroup", Side::Input, R"({"Password":"x"})"), R"({"Password":"x"})");
  EXPECT_EQ(redacted("ResetPassword", Side::Input, R"({"Other":{"Password":"x"},"List":[{"Password":1}]})"),
            R"({"Other":{"Password":"x"},"List":[{"Password":1}]})");
}

TEST(Redaction, LeavesOutWhiteSpaceAndNothingElse) {
  EXPECT_EQ(
      redacted("CreateUser", Side::Input, "{ \"Name\" : \"al\\u0069ce\\n\" ,\n\"x\": [ 1e3 , -0.10, [ ], { } ] }"),
      R"({"Name":"alice\n","x":[1e3,-0.10,[],{}]})");
  EXPECT_EQ(redacted("CreateUser", Side::Input, ""), "{}");
}

TEST(Redaction, ShowsNothingOfWhatIsNoObject) {
  for (const std::string body :
       {"opensesame", "\"opensesame\"", "[\"opensesame\"]", "12", "null", "{\"Name\":\"opensesame", "{} opensesame",
        "{\"Name\":\"\xff\"}", "{Name:1}", "{\"Name\":1}\n}", " "}) {
    EXPECT_EQ(redacted("CreateUser", Side::Input, body), std::nullopt) << body;
  }
  using std::string_literals::operator""s;
  EXPECT_EQ(redacted("CreateUser", Side::Input, "{}\0opensesame"s), std::nullopt);
}

TEST(Redaction, ShowsNothingOfTheInputOfAnUnknownOperation) {
  EXPECT_EQ(redacted("CreateUsr", Side::Input, R"({"Password":"opensesame"})"), std::nullopt);
  EXPECT_EQ(redacted("CreateUsr", Side::Output, R"({"__type":"UnknownOperationException"})"),
            R"({"__type":"UnknownOperationException"})");
}

TEST(Redaction, BearsDeepNesting) {
  const std::string deep(500'000, '[');
  EXPECT_EQ(redacted("CreateUser", Side::Input, "{\"Name\":" + deep), std::nullopt);
  EXPECT_EQ(redacted("CreateUser", Side::Input, "{\"Password\":" + deep), std::nullopt);
}

// An entry with these bodies.
auto entry(std::string_view operation, std::string_view request, std::string_view response = {}) -> JournalEntry {
  JournalEntry made;
  made.operation = operation;
  keep_request(made, request);
  keep_response(made, response);
  return made;
}

TEST(ShownBodies, AreObjectsWithoutSecrets) {
  const auto made = entry("CreateUser", R"({"Name": "alice", "Password": "opensesame"})", R"({"UserId":"1"})");
  EXPECT_EQ(shown_request(made), R"({"Name":"alice","Password":"********"})");
  EXPECT_EQ(shown_response(made), R"({"UserId":"1"})");
  EXPECT_EQ(shown_response(entry("CreateUser", "")), "");
}

TEST(ShownBodies, AreLengthsOfWhatMayBeASecretAltogether) {
  EXPECT_EQ(shown_request(entry("CreateUser", "opensesame")), "\"(10 bytes)\"");
  EXPECT_EQ(shown_request(entry("CreateUsr", R"({"Password":"x"})")), "\"(16 bytes)\"");
  EXPECT_EQ(shown_request(entry("CreateUser", std::string(20'000, 'x'))), "\"(20000 bytes)\"");
}

TEST(ShownBodies, AreCutWhenLong) {
  const std::string name(7'000, 'n');
  // The secret comes first, so that it is no matter of luck that it is not shown.
  const auto made = entry("CreateUser", R"({"Password":"opensesame","Name":")" + name + R"(","x":")" + name + "\"}");
  const std::string shown = shown_request(made);
  EXPECT_TRUE(shown.starts_with(R"("{\"Password\":\"********\",\"Name\":\"nnn)")) << shown.substr(0, 100);
  EXPECT_TRUE(shown.ends_with("nnn… (14042 bytes)\"")) << shown.substr(shown.size() - 100);
  EXPECT_EQ(made.request.find("opensesame"), std::string::npos);
  EXPECT_LT(made.request.size(), kBodyShown + 100);
}

TEST(ShownBodies, AreNotCutWhenOnlyTheirSecretsAreLong) {
  const auto made = entry("CreateUser", R"({"Password":")" + std::string(9'000, 'p') + R"(","Name":"alice"})");
  EXPECT_EQ(shown_request(made), R"({"Password":"********","Name":"alice"})");
  EXPECT_EQ(made.request.find("ppp"), std::string::npos);
}

TEST(ShownBodies, AreCutBetweenCharacters) {
  for (std::size_t before = 0; before < 4; ++before) {
    std::string text(before, 'x');
    for (int i = 0; i < 3000; ++i) text += "😀";
    const std::string shown = shown_request(entry("CreateUser", "{\"Name\":\"" + text + "\"}"));
    rapidjson::Document json;
    EXPECT_FALSE(json.Parse<rapidjson::kParseValidateEncodingFlag>(shown.c_str()).HasParseError()) << before;
  }
}

TEST(ShownBodies, OfLongAnswersHaveNoSecretsEither) {
  std::string users;
  for (int i = 0; i < 1000; ++i) users += R"({"Description":"opensesame","Name":"room"},)";
  users.back() = ']';
  const auto made = entry("ListResources", "{}", R"({"Resources":[)" + users + "}");
  const std::string shown = shown_response(made);
  EXPECT_TRUE(shown.starts_with(R"("{\"Resources\":[{\"Description\":\"********\",\"Name\":\"room\"},)")) << shown;
  EXPECT_EQ(shown.find("opensesame"), std::string::npos);
  EXPECT_EQ(made.response.find("opensesame"), std::string::npos);
}

TEST(ShownBodies, HaveNoSecretsWhereverTheyAreCut) {
  for (std::size_t length = 8'100; length < 8'220; ++length) {
    const std::string body =
        "{\"Name\":\"" + std::string(length, 'n') + R"(","Password":"opensesame","x":"yyyyyyyyyy"})";
    EXPECT_EQ(shown_request(entry("CreateUser", body)).find("opens"), std::string::npos) << length;
  }
}

}  // namespace
}  // namespace workmail::api

// Redaction of bodies: secrets never appear, wherever they are.
#include "api/call/redaction.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "api/call/operation.h"
#include "api/wire/json.h"
#include "api/wire/json_text.h"

namespace workmail::api {
namespace {

// The model itself, independent of generated code.
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

constexpr const char* kHidden = "\"********\"";

auto is_hidden(Redact what, const std::string& shape) -> bool {
  if (shape == "Password" || shape == "ImpersonationToken") return true;
  const auto& described = model()["shapes"][shape.c_str()];
  return what == Redact::All && described.HasMember("sensitive") && described["sensitive"].GetBool();
}

// JSON with every member of a shape, lists with two elements, and `secret` as the value of every secret member.
auto sample(Redact what, const std::string& name, const std::string& secret) -> std::string {
  const auto& shape = model()["shapes"][name.c_str()];
  const std::string type = shape["type"].GetString();
  if (is_hidden(what, name)) return secret;
  if (type == "string") return R"("plain \"text\" with \\ and é")";
  if (type == "boolean") return "true";
  if (type == "list") {
    const std::string element = sample(what, shape["member"]["shape"].GetString(), secret);
    return "[" + element + "," + element + "]";
  }
  if (type != "structure") return "1.50";
  std::string text = "{";
  for (const auto& member : shape["members"].GetObject()) {
    text.append(text.size() > 1 ? ",\"" : "\"").append(member.name.GetString()).append("\":");
    text += sample(what, member.value["shape"].GetString(), secret);
  }
  return text + "}";
}

auto shape_of(std::string_view operation, Side side) -> std::string {
  const auto& described = model()["operations"][std::string(operation).c_str()];
  return described[side == Side::Input ? "input" : "output"]["shape"].GetString();
}

// The shapes with secrets; each must be redacted as expected.
auto count_with_secrets(Redact what) -> int {
  const std::vector<std::string> secrets{R"("opensesame")",
                                         R"("open\"sesame\\")",
                                         "1234",
                                         R"({"deep":["opensesame",{"Password":"opensesame"}],"more":1})",
                                         R"(["opensesame",[],{}])",
                                         "null"};
  int with_secrets = 0;
  for (const auto& operation : operations()) {
    if (operation.rest) continue;  // of another model, without sensitive members
    for (const Side side : {Side::Input, Side::Output}) {
      const std::string shape = shape_of(operation.name, side);
      const std::string expected = sample(what, shape, kHidden);
      if (expected.find(kHidden) != std::string::npos) ++with_secrets;
      for (const auto& secret : secrets) {
        EXPECT_EQ(redacted(what, operation.name, side, sample(what, shape, secret)), expected);
      }
    }
  }
  return with_secrets;
}

auto input(std::string_view operation, std::string_view body) -> std::optional<std::string> {
  return redacted(Redact::Secrets, operation, Side::Input, body);
}

TEST(Redaction, HidesPasswordsAndTokensOnly) {
  EXPECT_EQ(count_with_secrets(Redact::Secrets), 6);
}

TEST(Redaction, HidesWhatTheModelCallsSensitiveOnRequest) {
  EXPECT_EQ(count_with_secrets(Redact::All), 14);
}

TEST(Redaction, KnowsTheSecretsOfTheModelByName) {
  std::set<std::string> secret;
  for (const auto& shape : model()["shapes"].GetObject()) {
    if (!shape.value.HasMember("members")) continue;
    for (const auto& member : shape.value["members"].GetObject()) {
      if (is_secret_name(member.name.GetString())) secret.insert(member.name.GetString());
    }
  }
  EXPECT_EQ(secret, (std::set<std::string>{"Password", "EwsPassword", "Token"}));
}

TEST(Redaction, KnowsSecretsThatTheModelDoesNotHave) {
  for (const char* name : {"password",
                           "PASSWORD",
                           "PassWord",
                           "pass_word",
                           "Password ",
                           "NewPassword",
                           "passwd",
                           "pwd",
                           "pass",
                           "PIN",
                           "Secret",
                           "client-secret",
                           "AccessToken",
                           "tokens",
                           "sessionToken",
                           "X-Amz-Security-Token",
                           "AWS_SECRET_ACCESS_KEY",
                           "apiKey",
                           "private_key",
                           "Credentials",
                           "Authorization"}) {
    EXPECT_TRUE(is_secret_name(name)) << name;
  }
  for (const char* name : {"", "Name", "Passed", "Pinned", "Key", "nextToken", "client_token"}) {
    EXPECT_FALSE(is_secret_name(name)) << name;
  }
}

TEST(Redaction, HidesASecretThatStandsTwice) {
  EXPECT_EQ(input("ResetPassword", R"({"Password":"opensesame","Password":"x"})"),
            R"({"Password":"********","Password":"********"})");
}

TEST(Redaction, HidesASecretUnderAnotherSpelling) {
  EXPECT_EQ(
      input("ResetPassword", R"({"password":"x","P\u0061SSWORD":"x","pass_word":["x"],"sessionToken":{"a":"x"}})"),
      R"({"password":"********","PaSSWORD":"********","pass_word":"********","sessionToken":"********"})");
}

TEST(Redaction, HidesASecretInAnotherPlace) {
  EXPECT_EQ(input("CreateGroup", R"({"Password":"x","Name":"y"})"), R"({"Password":"********","Name":"y"})");
  EXPECT_EQ(input("CreateUser", R"({"User":{"Password":"x","List":[{"EwsPassword":1},2]},"Name":"y"})"),
            R"({"User":{"Password":"********","List":[{"EwsPassword":"********"},2]},"Name":"y"})");
}

TEST(Redaction, HidesWhatStandsInThePlaceOfAStructureWithASecret) {
  for (const char* name : {"EwsProvider", "ewsprovider"}) {
    for (const char* value : {"\"x\"", "1.0", "true"}) {
      const std::string begin = "{\"" + std::string(name) + "\":";
      EXPECT_EQ(input("CreateGroup", begin + value + "}"), begin + kHidden + "}");
      EXPECT_EQ(input("CreateGroup", begin + "[" + value + ",[" + value + "],{\"Other\":1},null]}"),
                begin + "[" + kHidden + ",[" + kHidden + "],{\"Other\":1},null]}");
    }
  }
}

TEST(Redaction, HidesSensitiveNamesOfTheOperationInAnyPlace) {
  const auto all = [](std::string_view operation, std::string_view body) {
    return redacted(Redact::All, operation, Side::Input, body);
  };
  EXPECT_EQ(all("UpdateUser", R"({"displayname":"x","User":{"City":"x"},"Name":"y"})"),
            R"({"displayname":"********","User":{"City":"********"},"Name":"y"})");
  EXPECT_EQ(all("ListUsers", R"({"Filters":"x"})"), R"({"Filters":"********"})");
  EXPECT_EQ(all("CreateGroup", R"({"City":"x"})"), R"({"City":"x"})");
  EXPECT_EQ(redacted(Redact::All, "DescribeUser", Side::Output, R"({"Name":"y","City":"x"})"),
            R"({"Name":"y","City":"********"})");
}

TEST(Redaction, ReportsWhetherAPartOfAnInputIsHidden) {
  const auto hides_part = [](Redact what, std::string_view operation, const char* text) {
    rapidjson::Document part;
    EXPECT_TRUE(parse_json(text, part)) << text;
    return hides(what, operation, part);
  };
  for (const char* hidden : {R"({"Password":"x"})", R"({"Password":{}})", R"({"password":["x"]})",
                             R"({"User":[{"Token":1}]})", R"({"EwsProvider":"x"})", R"({"EwsProvider":[[1]]})"}) {
    EXPECT_TRUE(hides_part(Redact::Secrets, "CreateUser", hidden)) << hidden;
  }
  for (const char* shown : {"{}", R"({"Password":null})", R"({"EwsProvider":{"EwsUsername":"x"}})",
                            R"({"EwsProvider":[]})", R"({"DisplayName":"x","List":[1,{"Name":"y"}]})"}) {
    EXPECT_FALSE(hides_part(Redact::Secrets, "CreateUser", shown)) << shown;
  }
  EXPECT_TRUE(hides_part(Redact::All, "CreateUser", R"({"displayName":"x"})"));
  EXPECT_FALSE(hides_part(Redact::All, "CreateGroup", R"({"displayName":"x"})"));
  EXPECT_TRUE(hides_part(Redact::Secrets, "CreateUsr", R"({"Name":"x"})"));
  EXPECT_FALSE(hides_part(Redact::Secrets, "CreateUsr", "{}"));
}

TEST(Redaction, LeavesOutWhiteSpaceAndNothingElse) {
  EXPECT_EQ(input("CreateUser", "{ \"Name\" : \"al\\u0069ce\\n\" ,\n\"x\": [ 1e3 , -0.10, [ ], { } ] }"),
            R"({"Name":"alice\n","x":[1e3,-0.10,[],{}]})");
  EXPECT_EQ(input("CreateUser", ""), "{}");
}

TEST(Redaction, ShowsNothingOfWhatIsNoObject) {
  for (const std::string body :
       {"opensesame", "\"opensesame\"", "[\"opensesame\"]", "12", "null", "{\"Name\":\"opensesame", "{} opensesame",
        "{\"Name\":\"\xff\"}", "{Name:1}", "{\"Name\":1}\n}", " "}) {
    EXPECT_EQ(input("CreateUser", body), std::nullopt) << body;
  }
  using std::string_literals::operator""s;
  EXPECT_EQ(input("CreateUser", "{}\0opensesame"s), std::nullopt);
}

TEST(Redaction, ShowsNothingOfTheInputOfAnUnknownOperation) {
  EXPECT_EQ(input("CreateUsr", R"({"Password":"opensesame"})"), std::nullopt);
  EXPECT_EQ(redacted(Redact::Secrets, "CreateUsr", Side::Output, R"({"__type":"UnknownOperationException"})"),
            R"({"__type":"UnknownOperationException"})");
}

TEST(Redaction, BearsDeepNesting) {
  const std::string deep(500'000, '[');
  EXPECT_EQ(input("CreateUser", "{\"Name\":" + deep), std::nullopt);
  EXPECT_EQ(input("CreateUser", "{\"Password\":" + deep), std::nullopt);
}

}  // namespace
}  // namespace workmail::api

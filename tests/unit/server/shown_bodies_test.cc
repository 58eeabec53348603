// Bodies in the journal: what is stored, and what is shown.
#include <gtest/gtest.h>

#include <string>

#include "server/emulator/journal.h"

namespace workmail::server {
namespace {

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
  // The secret comes first, so that it is not cut off by chance.
  const auto made = entry("CreateUser", R"({"Password":"opensesame","Name":")" + name + R"(","x":")" + name + "\"}");
  const std::string shown = shown_request(made);
  EXPECT_TRUE(shown.starts_with(R"("{\"Password\":\"********\",\"Name\":\"nnn)")) << shown.substr(0, 100);
  EXPECT_TRUE(shown.ends_with("nnn… (14042 bytes)\"")) << shown.substr(shown.size() - 100);
  EXPECT_EQ(made.request.find("opensesame"), std::string::npos);
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

TEST(ShownBodies, HaveNoSecretsInLongAnswers) {
  std::string users;
  for (int i = 0; i < 1000; ++i) users += R"({"Description":"opensesame","Name":"room"},)";
  users.back() = ']';
  JournalEntry made{.operation = "ListResources", .redact = api::Redact::All};
  keep_response(made, R"({"Resources":[)" + users + "}");
  const std::string shown = shown_response(made);
  EXPECT_TRUE(shown.starts_with(R"("{\"Resources\":[{\"Description\":\"********\",\"Name\":\"room\"},)")) << shown;
  EXPECT_TRUE(made.response_cut());
  EXPECT_EQ(shown.find("opensesame"), std::string::npos);
  EXPECT_EQ(made.response.find("opensesame"), std::string::npos);
}

TEST(ShownBodies, HideWhatTheEntryHides) {
  JournalEntry made{.operation = "UpdateUser", .redact = api::Redact::All};
  keep_request(made, R"({"City":"Paris"})");
  EXPECT_EQ(shown_request(made), R"({"City":"********"})");
  EXPECT_EQ(whole_request(made), R"({"City":"********"})");
  made.redact = api::Redact::Secrets;
  EXPECT_EQ(shown_request(made), R"({"City":"Paris"})");
}

// A request whose redacted text has `bytes` bytes.
auto request_of(std::size_t size) -> std::string {
  const std::string begin = R"({"Password":"********","x":")";
  return begin + std::string(size - begin.size() - 2, 'x') + "\"}";
}

TEST(ShownBodies, AreKeptWholeToALimit) {
  for (const std::size_t size : {kBodyShown, kBodyShown + 1, kRequestKept}) {
    const auto made = entry("CreateUser", request_of(size));
    EXPECT_EQ(made.request_cut(), size > kBodyShown) << size;
    EXPECT_EQ(whole_request(made), request_of(size)) << size;
    EXPECT_LT(shown_request(made).size(), kBodyShown + 100) << size;
  }
  const auto longer = entry("CreateUser", request_of(kRequestKept + 1));
  EXPECT_EQ(longer.request_kept, Kept::Beginning);
  EXPECT_EQ(whole_request(longer), "");
  EXPECT_TRUE(shown_request(longer).ends_with("xxx… (102401 bytes)\"")) << shown_request(longer);
  EXPECT_EQ(whole_request(entry("CreateUser", std::string(20'000, 'x'))), "");
  EXPECT_EQ(whole_request(entry("CreateUser", "opensesame")), "");
}

TEST(ShownBodies, HaveNoSecretsWhereverTheyAreCut) {
  for (std::size_t length = 8'100; length < 8'220; ++length) {
    const std::string body =
        "{\"Name\":\"" + std::string(length, 'n') + R"(","Password":"opensesame","x":"yyyyyyyyyy"})";
    EXPECT_EQ(shown_request(entry("CreateUser", body)).find("opens"), std::string::npos) << length;
  }
}

}  // namespace
}  // namespace workmail::server

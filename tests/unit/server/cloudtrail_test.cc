// CloudTrail records from journal entries.
#include "server/emulator/cloudtrail.h"

#include <gtest/gtest.h>

#include "api/wire/json_text.h"

namespace workmail::server {
namespace {

constexpr std::string_view kRequestId = "0123abcd-4567-4890-abcd-ef0123456789";

auto entry(std::string_view operation, std::string_view request, std::string_view response, std::string_view error = {})
    -> JournalEntry {
  JournalEntry made{.clock = Time(Duration(1767225600999)),
                    .operation = std::string(operation),
                    .request_id = std::string(kRequestId),
                    .status = error.empty() ? 200 : 400,
                    .error = std::string(error),
                    .account = "111122223333",
                    .region = "eu-west-1",
                    .source_address = "203.0.113.12",
                    .user_agent = "test/1"};
  keep_request(made, request);
  keep_response(made, response);
  return made;
}

auto record_of(const JournalEntry& entry) -> std::string {
  std::string record;
  write_record(entry, record);
  if (record.ends_with(',')) record.pop_back();
  rapidjson::Document document;
  EXPECT_TRUE(api::parse_json(record, document)) << record;
  return record;
}

// A member of the record that is not a text, as JSON.
auto member(const JournalEntry& entry, const char* name) -> std::string {
  rapidjson::Document document;
  EXPECT_TRUE(api::parse_json(record_of(entry), document));
  return document.HasMember(name) ? api::write_json(document[name]) : "";
}

TEST(CloudTrailRecords, AreAsAwsShowsThem) {
  auto made = entry("CreateUser", R"({"Name":"janedoe","DisplayName":"Jane Doe","OrganizationId":"m-1"})",
                    R"({"UserId":"u-1"})");
  const std::string before = R"({"eventVersion":"1.11","userIdentity":{"type":"Root","principalId":"111122223333",)"
                             R"("arn":"arn:aws:iam::111122223333:root","accountId":"111122223333")";
  const std::string behind =
      R"(},"eventTime":"2026-01-01T00:00:00Z","eventSource":"workmail.amazonaws.com",)"
      R"("eventName":"CreateUser","awsRegion":"eu-west-1","sourceIPAddress":"203.0.113.12","userAgent":"test/1",)"
      R"("requestParameters":{"name":"janedoe","displayName":"Jane Doe","organizationId":"m-1"},)"
      R"("responseElements":{"userId":"u-1"},"requestID":"0123abcd-4567-4890-abcd-ef0123456789",)"
      R"("eventID":"98765432-10fe-4cba-8984-7654dcba3210","readOnly":false,"eventType":"AwsApiCall",)"
      R"("managementEvent":true,"recipientAccountId":"111122223333","eventCategory":"Management"})";
  EXPECT_EQ(record_of(made), before + behind);
  made.access_key_id = "AKIDEXAMPLE";
  EXPECT_EQ(record_of(made), before + R"(,"accessKeyId":"AKIDEXAMPLE")" + behind);
}

TEST(CloudTrailRecords, HaveTheErrorAndNoElementsForFailedCalls) {
  auto failed = entry("CreateUser", R"({"Name":"al"})", R"({"__type":"X","Message":"modelled","message":"other"})",
                      "NameAvailabilityException");
  EXPECT_EQ(member(failed, "errorCode"), R"("NameAvailabilityException")");
  EXPECT_EQ(member(failed, "errorMessage"), R"("modelled")");
  EXPECT_EQ(member(failed, "responseElements"), "null");
  EXPECT_EQ(member(failed, "requestParameters"), R"({"name":"al"})");
  failed.response = R"({"__type":"X","message":"of the framework"})";
  EXPECT_EQ(member(failed, "errorMessage"), R"("of the framework")");
  failed.response = "{}";
  EXPECT_EQ(member(failed, "errorMessage"), R"("")");
  const auto good = entry("CreateUser", "{}", R"({"Message":"none"})");
  EXPECT_EQ(member(good, "errorCode"), "");
  EXPECT_EQ(member(good, "errorMessage"), "");
}

TEST(CloudTrailRecords, MarkCallsThatOnlyRead) {
  EXPECT_EQ(member(entry("DescribeUser", "{}", R"({"Name":"al"})"), "readOnly"), "true");
  EXPECT_EQ(member(entry("DescribeUser", "{}", R"({"Name":"al"})"), "responseElements"), "null");
  EXPECT_EQ(member(entry("TestAvailabilityConfiguration", "{}", R"({"TestPassed":true})"), "readOnly"), "true");
  const auto assumed = entry("AssumeImpersonationRole", "{}", R"({"Token":"opensesame","ExpiresIn":900})");
  EXPECT_EQ(member(assumed, "readOnly"), "false");
  EXPECT_EQ(member(assumed, "responseElements"), R"({"expiresIn":900})");
}

TEST(CloudTrailRecords, LeaveSecretsOut) {
  const auto made = entry("CreateAvailabilityConfiguration",
                          R"({"Password":"opensesame","list":[{"token":"opensesame","User":{"Secret":"opensesame"}}],)"
                          R"("EwsProvider":{"EwsUsername":"al","EwsPassword":"opensesame"},"ClientToken":"shown"})",
                          "{}");
  EXPECT_EQ(member(made, "requestParameters"),
            R"({"list":[{"user":{}}],"ewsProvider":{"ewsUsername":"al"},"clientToken":"shown"})");
  EXPECT_EQ(member(entry("ResetPassword", R"({"Password":"opensesame"})", "{}"), "requestParameters"), "null");
  auto all = entry("UpdateUser", R"({"City":"Paris","UserId":"1"})", "{}");
  EXPECT_EQ(member(all, "requestParameters"), R"({"city":"Paris","userId":"1"})");
  all.redact = api::Redact::All;
  EXPECT_EQ(member(all, "requestParameters"), R"({"city":"********","userId":"1"})");
}

TEST(CloudTrailRecords, HaveNoParametersOfWhatIsNoObject) {
  for (const char* body : {"", "{}", "[]", "opensesame", "{\"Name\":"}) {
    EXPECT_EQ(member(entry("CreateUser", body, ""), "requestParameters"), "null") << body;
  }
  EXPECT_EQ(member(entry("CreateUser", std::string(9'000, 'x'), ""), "requestParameters"), "null");
  EXPECT_EQ(member(entry("CreateUser", std::string(200'000, 'x'), ""), "requestParameters"), "null");
}

TEST(CloudTrailRecords, HaveLongParametersToALimit) {
  const auto with_name = [](std::size_t length) { return R"({"Name":")" + std::string(length, 'n') + "\"}"; };
  for (const std::size_t length : {std::size_t{9'000}, kRequestKept - with_name(0).size()}) {
    const auto made = entry("CreateUser", with_name(length), "{}");
    EXPECT_EQ(member(made, "requestParameters"), R"({"name":")" + std::string(length, 'n') + "\"}") << length;
  }
  const auto longer = with_name(kRequestKept);
  EXPECT_EQ(member(entry("CreateUser", longer, "{}"), "requestParameters"),
            R"({"omitted":true,"originalSize":)" + std::to_string(longer.size()) +
                R"(,"reason":"requestParameters too large"})");
}

TEST(CloudTrailRecords, CutLongTexts) {
  auto made = entry("CreateUser", "{}", R"({"message":")" + std::string(1'023, 'm') + "éé\"}", "InternalFailure");
  made.user_agent = std::string(1'025, 'u');
  EXPECT_EQ(member(made, "errorMessage"), "\"" + std::string(1'023, 'm') + "\"");
  EXPECT_EQ(member(made, "userAgent"), "\"" + std::string(1'024, 'u') + "\"");
  made.user_agent.pop_back();
  EXPECT_EQ(member(made, "userAgent"), "\"" + made.user_agent + "\"");
}

TEST(CloudTrailRecords, DescribeCallsWhoseAnswerWasLost) {
  auto lost = entry("CreateUser", R"({"Name":"al"})", "");
  lost.status = 0;
  EXPECT_FALSE(has_record(lost));
  lost.lost = {.error = "", .response = R"({"UserId":"u-1"})"};
  EXPECT_TRUE(has_record(lost));
  EXPECT_EQ(member(lost, "errorCode"), "");
  EXPECT_EQ(member(lost, "responseElements"), R"({"userId":"u-1"})");
  lost.lost = {.error = "InvalidParameterException", .response = R"({"Message":"wrong"})"};
  EXPECT_EQ(member(lost, "errorCode"), R"("InvalidParameterException")");
  EXPECT_EQ(member(lost, "errorMessage"), R"("wrong")");
  EXPECT_EQ(member(lost, "responseElements"), "null");
  auto token = entry("AssumeImpersonationRole", "{}", "");
  token.status = 0;
  token.lost = {.error = "", .response = R"({"Token":"opensesame","ExpiresIn":900})"};
  EXPECT_EQ(member(token, "responseElements"), R"({"expiresIn":900})");
}

TEST(CloudTrailRecords, AreOfCallsOfKnownOperationsByKnownCallers) {
  EXPECT_TRUE(has_record(entry("ListUsers", "{}", "{}")));
  EXPECT_FALSE(has_record(entry("ListUsrs", "{}", "{}", "UnknownOperationException")));
  for (const char* error : {"ExpiredTokenException", "IncompleteSignatureException", "InvalidSignatureException",
                            "MissingAuthenticationTokenException", "UnrecognizedClientException"}) {
    EXPECT_FALSE(has_record(entry("ListUsers", "{}", "{}", error))) << error;
  }
  for (const char* error : {"AccessDeniedException", "ThrottlingException", "SerializationException"}) {
    EXPECT_TRUE(has_record(entry("ListUsers", "{}", "{}", error))) << error;
  }
}

}  // namespace
}  // namespace workmail::server

// Journal entries in responses of the control plane.
#include "server/control/journal_entry.h"

#include <gtest/gtest.h>

namespace workmail::server::control {
namespace {

auto written(const JournalEntry& entry) -> std::string {
  std::string text;
  write_entry(entry, text);
  return text;
}

TEST(JournalEntries, AreShownWithEveryMember) {
  JournalEntry entry{.id = 7,
                     .at = Time(Duration(1767225600001)),
                     .clock = Time(Duration(1767225600002)),
                     .operation = "CreateUser",
                     .request_id = "r",
                     .status = 400,
                     .error = "NameAvailabilityException",
                     .milliseconds = 1.5,
                     .account = "111122223333",
                     .region = "eu-west-1",
                     .access_key_id = "AKID",
                     .source_address = "127.0.0.1",
                     .invocation = "i",
                     .attempt = 2,
                     .user_agent = "u",
                     .fault = "fault-1"};
  keep_request(entry, R"({"Name": "al", "Password": "x"})");
  keep_response(entry, R"({"Message":"taken"})");
  EXPECT_EQ(written(entry),
            R"({"id":7,"at":"2026-01-01T00:00:00.001Z","clock":"2026-01-01T00:00:00.002Z","operation":"CreateUser",)"
            R"("requestId":"r","status":400,"error":"NameAvailabilityException","milliseconds":1.5,)"
            R"("account":"111122223333","region":"eu-west-1","accessKeyId":"AKID","sourceAddress":"127.0.0.1",)"
            R"("invocation":"i","attempt":2,"userAgent":"u","fault":"fault-1",)"
            R"("request":{"Name":"al","Password":"********"},"response":{"Message":"taken"}})");
}

TEST(JournalEntries, LeaveOutWhatThereIsNot) {
  EXPECT_EQ(written({.id = 1, .operation = "ListUsers", .status = 0}),
            R"({"id":1,"at":"1970-01-01T00:00:00.000Z","clock":"1970-01-01T00:00:00.000Z","operation":"ListUsers",)"
            R"("requestId":"","status":0,"milliseconds":0.0,"account":"","region":"","request":{}})");
}

TEST(JournalEntries, MarkWhatIsCut) {
  JournalEntry entry{.operation = "ListUsers"};
  keep_request(entry, R"({"x":")" + std::string(9'000, 'x') + "\"}");
  EXPECT_NE(written(entry).find(R"(,"requestCut":true,"request":"{\"x\":\"xxx)"), std::string::npos);
  EXPECT_EQ(written(entry).find("responseCut"), std::string::npos);
  keep_request(entry, "{}");
  keep_response(entry, R"({"x":")" + std::string(9'000, 'x') + "\"}");
  EXPECT_NE(written(entry).find(R"(,"responseCut":true,"request":{},"response":"{\"x\":\"xxx)"), std::string::npos);
  EXPECT_EQ(written(entry).find("requestCut"), std::string::npos);
}

}  // namespace
}  // namespace workmail::server::control

#include "server/process/log.h"

#include <gtest/gtest.h>

namespace workmail::server {
namespace {

// The output of `write` on standard error, without the time.
template <class Write>
auto logged(LogFormat format, LogLevel level, Write write) -> std::string {
  testing::internal::CaptureStderr();
  {
    Log log(format, level);
    write(log);
  }
  std::string text = testing::internal::GetCapturedStderr();
  return text.size() > 25 ? text.substr(format == LogFormat::Json ? 34 : 25) : text;
}

const RequestLine kRequest{.operation = "CreateUser",
                           .status = 400,
                           .error = "NameAvailabilityException",
                           .milliseconds = 0.1234,
                           .account = "123456789012",
                           .region = "eu-west-1",
                           .attempt = 2,
                           .request_id = "1-2",
                           .message = "Name bob is not available"};

TEST(Log, WritesRequests) {
  const auto write = [](Log& log) { log.request(kRequest); };
  EXPECT_EQ(logged(LogFormat::Text, LogLevel::Info, write),
            "info    operation=CreateUser status=400 error=NameAvailabilityException milliseconds=0.123 "
            "account=123456789012 region=eu-west-1 attempt=2 requestId=1-2 message=\"Name bob is not available\"\n");
  EXPECT_EQ(logged(LogFormat::Json, LogLevel::Info, write),
            R"(,"level":"info","operation":"CreateUser","status":400,"error":"NameAvailabilityException",)"
            R"("milliseconds":0.123,"account":"123456789012","region":"eu-west-1","attempt":2,"requestId":"1-2",)"
            R"("message":"Name bob is not available"})"
            "\n");
  EXPECT_EQ(logged(LogFormat::Off, LogLevel::Info, write), "");
  EXPECT_EQ(logged(LogFormat::Text, LogLevel::Warning, write), "");
}

TEST(Log, LeavesOutWhatARequestDoesNotHave) {
  const auto write = [](Log& log) { log.request({.operation = "GET /", .status = 200}); };
  EXPECT_EQ(logged(LogFormat::Text, LogLevel::Info, write),
            "info    operation=\"GET /\" status=200 milliseconds=0.000\n");
  EXPECT_EQ(logged(LogFormat::Json, LogLevel::Info, write),
            R"(,"level":"info","operation":"GET /","status":200,"milliseconds":0.000})"
            "\n");
}

TEST(Log, WritesRequestsOfALowerLevelOnlyWhenItIsWanted) {
  const auto write = [](Log& log) { log.request({.operation = "x", .status = 200}, LogLevel::Debug); };
  EXPECT_EQ(logged(LogFormat::Text, LogLevel::Info, write), "");
  EXPECT_EQ(logged(LogFormat::Text, LogLevel::Debug, write), "debug   operation=x status=200 milliseconds=0.000\n");
  EXPECT_TRUE(Log(LogFormat::Text, LogLevel::Info).writes(LogLevel::Info));
  EXPECT_FALSE(Log(LogFormat::Text, LogLevel::Info).writes(LogLevel::Debug));
  EXPECT_FALSE(Log(LogFormat::Off, LogLevel::Debug).writes(LogLevel::Error));
}

TEST(Log, ShowsInputsAsJsonInAscii) {
  const std::string input = "{\"Name\":\"\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80\x7f\\n\"}";
  const std::string shown = R"({"Name":"\u00e9 \u20ac \ud83d\ude00\u007f\n"})";
  const auto write = [&](Log& log) { log.request({.operation = "x", .status = 200, .input = input}); };
  EXPECT_EQ(logged(LogFormat::Text, LogLevel::Info, write),
            "info    operation=x status=200 milliseconds=0.000 input=" + shown + "\n");
  EXPECT_EQ(logged(LogFormat::Json, LogLevel::Info, write),
            R"(,"level":"info","operation":"x","status":200,"milliseconds":0.000,"input":)" + shown + "}\n");
  // An incomplete character is invalid, and nothing after the text is read.
  const auto broken = [](Log& log) {
    log.request({.operation = "x", .status = 200, .input = std::string_view("\xf0\x9f\x98\x80", 2)});
  };
  EXPECT_TRUE(logged(LogFormat::Text, LogLevel::Info, broken).starts_with("info    operation=x status=200 "));
}

TEST(Log, WritesMessages) {
  const auto write = [](Log& log) {
    log.debug("none");
    log.info("one");
    log.error("two \"three\"\n");
  };
  EXPECT_EQ(logged(LogFormat::Text, LogLevel::Warning, write), "error   message=\"two \\x22three\\x22\\x0a\"\n");
  const auto warn = [](Log& log) { log.warning("a warning"); };
  EXPECT_EQ(logged(LogFormat::Text, LogLevel::Warning, warn), "warning message=\"a warning\"\n");
  const auto debug = [](Log& log) { log.debug("detail"); };
  EXPECT_EQ(logged(LogFormat::Text, LogLevel::Debug, debug), "debug   message=detail\n");
  EXPECT_EQ(logged(LogFormat::Json, LogLevel::Warning, write),
            R"(,"level":"error","message":"two \\x22three\\x22\\x0a"})"
            "\n");
}

TEST(Log, CannotBeInjectedInto) {
  EXPECT_EQ(printable("plain text"), "plain text");
  EXPECT_EQ(printable("a\r\nb\t\x1b\x7f\\\"\xc3\xa9"), "a\\x0d\\x0ab\\x09\\x1b\\x7f\\x5c\\x22\\xc3\\xa9");
  EXPECT_LT(printable(std::string(100'000, '\n')).size(), 3000U);
  const RequestLine request{.operation = "x status=200\n", .status = 400};
  EXPECT_EQ(logged(LogFormat::Text, LogLevel::Info, [&](Log& log) { log.request(request); }),
            "info    operation=\"x status=200\\x0a\" status=400 milliseconds=0.000\n");
}

}  // namespace
}  // namespace workmail::server

#include "server/log.h"

#include <gtest/gtest.h>

namespace workmail::server {
namespace {

// What `write` logs, as it comes out at standard error, without the time.
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
                           .attempt = "2"};

TEST(Log, WritesRequests) {
  const auto write = [](Log& log) { log.request(kRequest); };
  EXPECT_EQ(logged(LogFormat::Text, LogLevel::Info, write),
            "info    operation=CreateUser status=400 error=NameAvailabilityException milliseconds=0.123 "
            "account=123456789012 attempt=2\n");
  EXPECT_EQ(logged(LogFormat::Json, LogLevel::Info, write),
            R"(,"level":"info","operation":"CreateUser","status":400,"error":"NameAvailabilityException",)"
            R"("milliseconds":0.123,"account":"123456789012","attempt":"2"})"
            "\n");
  EXPECT_EQ(logged(LogFormat::Off, LogLevel::Info, write), "");
  EXPECT_EQ(logged(LogFormat::Text, LogLevel::Warning, write), "");
}

TEST(Log, WritesMessages) {
  const auto write = [](Log& log) {
    log.info("one");
    log.error("two \"three\"\n");
  };
  EXPECT_EQ(logged(LogFormat::Text, LogLevel::Warning, write), "error   message=\"two \\x22three\\x22\\x0a\"\n");
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

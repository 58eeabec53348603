// The time of a call: it reads the clock once, so everything that it stores and returns has the same time.
#include "api/wire/json_text.h"
#include "tests/api/api_test.h"
#include "tests/api/model_inputs.h"

namespace workmail::test {
namespace {

// A clock that advances at every reading.
class TickingClock : public ApiTest {
 protected:
  TickingClock() {
    ticks_ = kStart;
    clock_ = api::Clock(&tick);
  }

  static auto tick() -> Time { return ticks_ += std::chrono::seconds(1); }

  inline static Time ticks_;
};

TEST_F(TickingClock, IsReadOnceByACall) {
  organization();
  const auto alice = user("alice", "alice@acme.awsapps.com");
  const Time before = ticks_;
  const std::pair<const char*, std::string> calls[] = {
      {"DeregisterFromWorkMail", "'EntityId': '" + alice + "'"},
      {"DescribeUser", "'UserId': '" + alice + "'"},
      {"DescribeUser", "'UserId': 'nobody'"},
      {"CreateUser", ""},
      {"NoSuchOperation", ""},
  };
  Time at = before;
  for (const auto& [operation, members] : calls) {
    at += std::chrono::seconds(1);
    EXPECT_EQ(call(operation, members).outcome().at, at) << operation;
    EXPECT_EQ(ticks_, at) << operation;
  }
}

// A message that does not exist, for both operations of the Message Flow API.
constexpr const char* kMessageInput =
    R"({"messageId":"none","content":{"s3Reference":{"bucket":"bucket","key":"key"}}})";

TEST_F(TickingClock, IsReadOnceByEveryOperation) {
  organization();
  for (const auto& operation : api::operations()) {
    const Time before = ticks_;
    const auto answer =
        raw(operation.name, operation.rest ? kMessageInput : api::write_json(valid_input(operation.name)));
    EXPECT_EQ(answer.outcome().at, before + std::chrono::seconds(1)) << operation.name;
    EXPECT_EQ(ticks_, answer.outcome().at) << operation.name;
  }
}

TEST_F(TickingClock, IsReadOnceWhenEventsAreApplied) {
  organization();
  const auto alice = user("alice", "alice@acme.awsapps.com");
  deregister(alice);
  ticks_ += 30 * kDay;
  const Time before = ticks_;
  const auto described = ok("DescribeUser", "'UserId': '" + alice + "'");
  EXPECT_EQ(described.outcome().at, before + std::chrono::seconds(1));
  EXPECT_EQ(ticks_, described.outcome().at);
}

TEST_F(TickingClock, IsReadOnceByOtherWork) {
  Time now;
  service_->run({.account = account_, .region = region_}, [&](api::Context& context) { now = context.now; });
  EXPECT_EQ(now, kStart + std::chrono::seconds(1));
  EXPECT_EQ(ticks_, now);
}

}  // namespace
}  // namespace workmail::test

// POST /_workmail/reset: what it removes and what it keeps.
#include "plane_test.h"

namespace workmail::server {
namespace {

constexpr const char* kRule = "{'match':{'account':'111122223333'},'answer':{'error':'ThrottlingException'}}";

class Reset : public PlaneTest {
 protected:
  explicit Reset(const api::Settings& settings = {}) : PlaneTest(settings) {}

  void fill() {
    for (const auto* account : {kAccount, kOtherAccount}) {
      organization(std::string("acme") + account, account);
      emulator_.journal.add({.operation = "CreateOrganization", .account = account});
    }
    expect(201, "POST", "faults", kRule);
    expect(201, "POST", "faults", "{'answer':{'error':'ThrottlingException'}}");
    expect(201, "POST", "faults", "{'match':{'account':'000000000000'},'answer':{'error':'ThrottlingException'}}");
  }
  auto organizations(std::string_view account) -> int {
    return count_of(call("ListOrganizations", "{}", account), "OrganizationId");
  }
  auto rules() -> int { return count_of(expect(200, "GET", "faults"), "\"id\""); }
  auto requests() -> std::string { return expect(200, "GET", "requests"); }
};

TEST_F(Reset, OfAnAccountLeavesTheOthers) {
  fill();
  EXPECT_EQ(expect(200, "POST", "reset", "{'account':'111122223333'}"), "{}");
  EXPECT_EQ(organizations(kAccount), 1);
  EXPECT_EQ(organizations(kOtherAccount), 0);
  EXPECT_EQ(rules(), 2);
  EXPECT_EQ(expect(200, "GET", "faults").find(kOtherAccount), std::string::npos);
  EXPECT_EQ(count_of(requests(), R"("account":"000000000000")"), 1);
  EXPECT_EQ(count_of(requests(), R"("account":)"), 1);
}

TEST_F(Reset, ForgetsEverythingBesidesTheData) {
  for (const auto* to : {"", "{'to':'start'}", "{'to':'empty'}"}) {
    fill();
    EXPECT_EQ(expect(200, "POST", "reset", to), "{}");
    EXPECT_EQ(organizations(kAccount) + organizations(kOtherAccount), 0) << to;
    EXPECT_EQ(rules(), 0) << to;
    EXPECT_TRUE(requests().starts_with(R"({"requests":[],)")) << to;
  }
}

TEST_F(Reset, GoesToTheStartWithAllThatWasThere) {
  organization("first");
  service_.baseline().mark();
  organization("second");
  expect(200, "POST", "reset", "{'to':'start'}");
  EXPECT_EQ(organizations(kAccount), 1);
  expect(200, "POST", "reset", "{'to':'empty'}");
  EXPECT_EQ(organizations(kAccount), 0);
  expect(200, "POST", "reset");
  EXPECT_EQ(organizations(kAccount), 1);
}

TEST_F(Reset, RefusesWhatCannotBe) {
  fill();
  expect_error(422, "only be reset to empty", "POST", "reset", "{'account':'000000000000','to':'start'}");
  expect_error(400, "account: must be twelve digits", "POST", "reset", "{'account':'1'}");
  expect_error(400, "to: must be one of start, empty", "POST", "reset", "{'to':'end'}");
  EXPECT_EQ(organizations(kAccount) + organizations(kOtherAccount), 2);
  EXPECT_EQ(rules(), 3);
  expect(200, "POST", "reset", "{'account':'000000000000','to':'empty'}");
  EXPECT_EQ(organizations(kAccount), 0);
  EXPECT_EQ(organizations(kOtherAccount), 1);
}

TEST_F(Reset, ToNothingFollowsRealTime) {
  clock_.freeze(kStart + kDay);
  expect(200, "POST", "reset", "{'to':'empty'}");
  EXPECT_EQ(clock_.mode(), api::Clock::Mode::Real);
}

// With --clock.
class ResetUnderAClock : public Reset {
 protected:
  ResetUnderAClock() : Reset({.clock = kStart + kDay}) {}
};

TEST_F(ResetUnderAClock, ToNothingGoesToThatInstant) {
  clock_.run_from(kStart + 2 * kDay);
  organization("acme");
  expect(200, "POST", "reset", "{'to':'empty'}");
  EXPECT_EQ(clock_.mode(), api::Clock::Mode::Frozen);
  EXPECT_EQ(clock_.now(), kStart + kDay);
  EXPECT_EQ(store_.setting("clock"), clock_.save());
  clock_.follow_real_time();
  expect(200, "POST", "reset", "{'account':'000000000000'}");
  EXPECT_EQ(clock_.mode(), api::Clock::Mode::Real) << "it is everybody's";
}

}  // namespace
}  // namespace workmail::server

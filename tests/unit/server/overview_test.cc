// GET /_workmail/overview and what else the console asks to find its way.
#include "plane_test.h"

namespace workmail::server {
namespace {

class Overview : public PlaneTest {
 protected:
  explicit Overview(const api::Settings& settings = {}) : PlaneTest(settings) {}
};

TEST_F(Overview, ListsAccountsAndRegionsThatHaveOrganizations) {
  EXPECT_NE(expect(200, "GET", "overview").find(R"("places":[])"), std::string::npos);
  organization("first");
  organization("second", kOtherAccount, "eu-west-1");
  organization("third", kOtherAccount, "eu-west-1");
  const auto answer = expect(200, "GET", "overview");
  EXPECT_NE(answer.find(R"("account":"000000000000","region":"us-east-1","places":[)"
                        R"({"account":"000000000000","region":"us-east-1","organizations":1},)"
                        R"({"account":"111122223333","region":"eu-west-1","organizations":2}])"),
            std::string::npos)
      << answer;
}

TEST_F(Overview, CountsFaultRulesThatCanStillBeTriggered) {
  expect(201, "POST", "faults",
         "{'times':1,'answer':{'error':'ThrottlingException'},'match':{'operation':'ListUsers'}}");
  expect(201, "POST", "faults", "{'delay':1,'match':{'operation':'CreateUser'}}");
  EXPECT_NE(expect(200, "GET", "overview").find(R"("activeFaults":2)"), std::string::npos);
  emulator_.faults.clear();
  FaultRule used_up{.times = 1};
  used_up.triggered = 1;
  emulator_.faults.add(used_up);
  EXPECT_NE(expect(200, "GET", "overview").find(R"("activeFaults":0)"), std::string::npos);
}

TEST_F(Overview, HasTheClock) {
  expect(200, "PUT", "clock", "{'now':'2030-01-01T00:00:00Z','frozen':true}");
  EXPECT_NE(expect(200, "GET", "overview").find(R"("clock":{"now":"2030-01-01T00:00:00.000Z","mode":"frozen")"),
            std::string::npos);
}

TEST_F(Overview, FindsTheAccountAndRegionOfAnOrganization) {
  const auto id = organization("acme", kOtherAccount, "eu-west-1");
  const auto answer = expect(200, "GET", "organizations/" + id);
  EXPECT_EQ(text_of(answer, "account"), kOtherAccount);
  EXPECT_EQ(text_of(answer, "region"), "eu-west-1");
  EXPECT_EQ(text_of(answer, "alias"), "acme");
  expect_error(404, "There is no organization m-1", "GET", "organizations/m-1");
}

TEST_F(Overview, ListsEveryErrorOfFaultRules) {
  const auto answer = expect(200, "GET", "faults/errors");
  for (const auto* code : {"AccessDeniedException", "NameAvailabilityException", "ThrottlingException"})
    EXPECT_NE(answer.find("\"" + std::string(code) + "\""), std::string::npos) << code;
}

}  // namespace
}  // namespace workmail::server

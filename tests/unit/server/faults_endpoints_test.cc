// The endpoints of fault rules: their inputs and responses.
#include "plane_test.h"

namespace workmail::server {
namespace {

class FaultEndpoints : public PlaneTest {
 protected:
  auto add(std::string_view rule) -> std::string { return expect(201, "POST", "faults", rule); }
  void refuse(std::string_view part, std::string_view rule) { expect_error(400, part, "POST", "faults", rule); }
};

TEST_F(FaultEndpoints, ReturnWhatTheyTake) {
  EXPECT_EQ(
      add("{'delay':1.5}"),
      R"({"id":"fault-1","match":{},"skip":0,"probability":1.0,"delay":1.5,"phase":"before","matched":0,"triggered":0})");
  EXPECT_EQ(add("{'answer':{'error':'InternalFailure'},'match':{'operation':'List*'}}"),
            R"({"id":"fault-2","match":{"operation":["List*"]},"skip":0,"probability":1.0,"phase":"before",)"
            R"("answer":{"error":"InternalFailure"},"matched":0,"triggered":0})");
  EXPECT_EQ(add("{'answer':{'error':'InternalFailure','message':'m'},'times':4294967295,'skip':4294967295}"),
            R"({"id":"fault-3","match":{},"skip":4294967295,"times":4294967295,"probability":1.0,"phase":"before",)"
            R"("answer":{"error":"InternalFailure","message":"m"},"matched":0,"triggered":0})");
  EXPECT_EQ(add("{'answer':{'error':'InternalFailure','status':599},'phase':'after','probability':0.25}"),
            R"({"id":"fault-4","match":{},"skip":0,"probability":0.25,"phase":"after",)"
            R"("answer":{"error":"InternalFailure","status":599},"matched":0,"triggered":0})");
  for (const auto* connection : {"reset", "close", "hang"}) {
    const auto added = add("{'answer':{'connection':'" + std::string(connection) + "'}}");
    EXPECT_NE(added.find(R"("answer":{"connection":")" + std::string(connection) + "\"}"), std::string::npos) << added;
    EXPECT_EQ(emulator_.faults.rules().back().connection.has_value(), true);
  }
  EXPECT_EQ(count_of(expect(200, "GET", "faults"), "\"id\""), 7);
}

TEST_F(FaultEndpoints, LimitEachNumber) {
  const std::string answer = ",'answer':{'error':'InternalFailure'}}";
  for (const auto* good : {"{'times':1", "{'probability':1", "{'probability':0.0001", "{'delay':'PT1H'", "{'skip':0"}) {
    add(good + answer);
  }
  refuse("times: must be at least 1", "{'times':0" + answer);
  refuse("times: must be a non-negative integer", "{'times':4294967296" + answer);
  refuse("skip: must be a non-negative integer", "{'skip':1.5" + answer);
  refuse("probability: must be greater than 0", "{'probability':0" + answer);
  refuse("probability: must be greater than 0", "{'probability':1.001" + answer);
  refuse("delay: must be at most one hour", "{'delay':3600.001" + answer);
  for (const auto* status : {"399", "600"}) {
    refuse("answer.status: must be from 400 to 599",
           "{'answer':{'error':'InternalFailure','status':" + std::string(status) + "}}");
  }
  add("{'answer':{'error':'InternalFailure','status':400}}");
}

TEST_F(FaultEndpoints, WantSomethingThatIsClear) {
  refuse("answer.error: is required with", "{'answer':{'message':'m'}}");
  refuse("answer.error: is required with", "{'answer':{'status':500}}");
  refuse("answer: is either an error or a connection", "{'answer':{'error':'InternalFailure','connection':'close'}}");
  refuse("answer: is missing, and so is a delay", "{}");
  refuse("match.account: must be twelve digits", "{'match':{'account':'12345678901'},'delay':1}");
  refuse("match.input: must be an object", "{'match':{'input':[]},'delay':1}");
  refuse("match.operation: \"Create\" names no operation", "{'match':{'operation':'Create'},'delay':1}");
  EXPECT_EQ(expect(200, "GET", "faults"), R"({"faults":[]})");
}

TEST_F(FaultEndpoints, ShowTheInputThatARuleMatches) {
  const auto added = add("{'match':{'input':{'Name':'al','Tags':[{'Key':null}],'N':1.50}},'delay':1}");
  EXPECT_NE(added.find(R"("match":{"input":{"Name":"al","Tags":[{"Key":null}],"N":1.5}})"), std::string::npos) << added;
}

TEST_F(FaultEndpoints, CompareNothingWithASecret) {
  refuse("match.input: must not contain hidden members", "{'match':{'input':{'Password':'x'}},'delay':1}");
  refuse("match.input: must not contain hidden members",
         "{'match':{'operation':'DeleteUser','input':{'user':{'password':'x'}}},'delay':1}");
  add("{'match':{'input':{'Password':null,'DisplayName':'A','EwsProvider':{'EwsUsername':'al'}}},'delay':1}");
}

// Checks that depend on an invalid member are skipped.
TEST_F(FaultEndpoints, ReportNothingThatFollowsFromAnotherViolation) {
  const auto expect_only = [&](const std::string& violation, const std::string& rule) {
    EXPECT_EQ(text_of(expect(400, "POST", "faults", rule), "message"), violation) << rule;
  };
  const std::string no_texts = "match.operation: must be a string or a list of strings, of up to 100";
  expect_only(no_texts, "{'match':{'operation':5,'input':{'Password':'x'}},'delay':1}");
  expect_only(no_texts, "{'match':{'operation':[]},'answer':{'error':'EntityNotFoundException'}}");
  expect_only("answer: must be an object", "{'answer':5}");
  expect_only("answer.error: must be a string", "{'answer':{'error':5,'message':'m'}}");
  expect_only("answer.connection: must be one of reset, close, hang", "{'answer':{'connection':'cut'}}");
  expect_only("delay: must be a duration such as PT20S, P30D or a number of seconds", "{'delay':'x'}");
  // With valid operations, both are checked.
  expect_only(
      "skip: must be a non-negative integer; match.input: must not contain hidden members, which are never compared",
      "{'match':{'operation':'ResetPassword','input':{'Password':'x'}},'delay':1,'skip':-1}");
}

TEST_F(FaultEndpoints, RemoveOneOrAll) {
  for (int i = 0; i < 3; ++i) add("{'delay':1}");
  EXPECT_EQ(expect(200, "DELETE", "faults/fault-2"), "{}");
  expect_error(404, "There is no fault rule fault-2.", "DELETE", "faults/fault-2");
  EXPECT_EQ(count_of(expect(200, "GET", "faults"), "\"id\""), 2);
  EXPECT_EQ(expect(200, "DELETE", "faults"), "{}");
  EXPECT_EQ(expect(200, "GET", "faults"), R"({"faults":[]})");
  EXPECT_EQ(text_of(add("{'delay':1}"), "id"), "fault-4");
}

}  // namespace
}  // namespace workmail::server

// Fault rules: which are valid, which calls trigger them, and with what effect.
#include "server/emulator/faults.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "api/service.h"
#include "api/wire/json_text.h"
#include "server/emulator/fault_errors.h"
#include "server/emulator/unknown_names.h"

namespace workmail::server {
namespace {

using ErrorAnswer = FaultRule::ErrorAnswer;

auto parsed(const char* text) -> std::shared_ptr<const rapidjson::Document> {
  auto document = std::make_shared<rapidjson::Document>();
  EXPECT_TRUE(api::parse_json(text, *document)) << text;
  return document;
}

auto throttling() -> FaultRule {
  return {.error = ErrorAnswer{.code = "ThrottlingException", .message = {}, .status = {}}};
}

class FaultRules : public ::testing::Test {
 protected:
  // The id of the rule that a call triggers; empty for none.
  auto trigger(std::string_view operation, std::string_view body = "{}", std::string_view account = "111111111111")
      -> std::string {
    const auto fault = faults_.trigger(*api::find_operation(operation), {account, "us-east-1"}, body);
    return fault ? fault->rule : "";
  }

  std::deque<double> chance_;  // the next random numbers
  Faults faults_{[this] {
    return [this] {
      const double next = chance_.front();
      chance_.pop_front();
      return next;
    };
  }};
};

TEST_F(FaultRules, AreTriggeredByEveryCallByDefault) {
  faults_.add(throttling());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(trigger("CreateUser"), "fault-1");
  EXPECT_EQ(trigger("ListUsers"), "fault-1");
  EXPECT_EQ(faults_.rules().front().triggered, 4);
  EXPECT_EQ(faults_.rules().front().matched, 4);
}

TEST_F(FaultRules, MatchOperations) {
  FaultRule rule = throttling();
  rule.operations = {"CreateUser"};
  faults_.add(rule);
  rule.operations = {"Delete*", "ListUsers"};
  faults_.add(rule);
  EXPECT_EQ(trigger("CreateUser"), "fault-1");
  EXPECT_EQ(trigger("DeleteUser"), "fault-2");
  EXPECT_EQ(trigger("ListUsers"), "fault-2");
  EXPECT_EQ(trigger("ListGroups"), "");
  EXPECT_EQ(trigger("CreateGroup"), "");
}

TEST_F(FaultRules, MatchAnAccount) {
  FaultRule rule = throttling();
  rule.account = "222222222222";
  faults_.add(rule);
  EXPECT_EQ(trigger("CreateUser"), "");
  EXPECT_EQ(trigger("CreateUser", "{}", "222222222222"), "fault-1");
}

TEST_F(FaultRules, MatchAnInput) {
  FaultRule rule = throttling();
  rule.input = parsed(R"({"Name":"alice"})");
  faults_.add(rule);
  EXPECT_EQ(trigger("CreateUser", R"({"Name":"bob"})"), "");
  EXPECT_EQ(trigger("CreateUser", R"({"DisplayName":"x","Name":"alice"})"), "fault-1");
  EXPECT_EQ(trigger("CreateUser", "no JSON"), "");
  EXPECT_EQ(trigger("CreateUser", ""), "");
}

// The object, its members, the list, and each element: a million values, and one more.
TEST_F(FaultRules, CompareOnlySoManyValues) {
  FaultRule rule = throttling();
  rule.input = parsed(R"({"a":[2]})");
  faults_.add(rule);
  std::string body = R"({"a":[)";
  for (int i = 0; i < 999'996; ++i) body += "1,";
  EXPECT_EQ(trigger("CreateUser", body + "2]}"), "fault-1");
  EXPECT_EQ(trigger("CreateUser", body + "1,2]}"), "");
  EXPECT_EQ(trigger("CreateUser", R"({"a":[2]})"), "fault-1");
}

TEST_F(FaultRules, TakeMemoryThatIsCounted) {
  FaultRule rule = throttling();
  EXPECT_EQ(faults_.bytes(), 0U);
  const auto plain = faults_.add(rule).bytes();
  EXPECT_EQ(faults_.bytes(), plain);
  rule.account = "222222222222";
  rule.input = parsed(R"({"Name":"alice"})");
  rule.error->message = std::string(1000, 'x');
  EXPECT_GT(faults_.add(rule).bytes(), plain + 1000);
  faults_.remove_account("222222222222");
  EXPECT_EQ(faults_.bytes(), plain);
  faults_.add(rule);
  faults_.remove("fault-1");
  EXPECT_GT(faults_.bytes(), plain);
  faults_.clear();
  EXPECT_EQ(faults_.bytes(), 0U);
}

TEST_F(FaultRules, SkipTheFirstCalls) {
  FaultRule rule = throttling();
  rule.skip = 2;
  rule.times = 1;
  rule.operations = {"CreateUser"};
  faults_.add(rule);
  EXPECT_EQ(trigger("CreateUser"), "");
  EXPECT_EQ(trigger("ListUsers"), "");
  EXPECT_EQ(trigger("CreateUser"), "");
  EXPECT_EQ(trigger("CreateUser"), "fault-1");
  EXPECT_EQ(trigger("CreateUser"), "");
  EXPECT_EQ(faults_.rules().front().matched, 3);
  EXPECT_EQ(faults_.rules().front().triggered, 1);
}

TEST_F(FaultRules, AreTriggeredOnlySoOften) {
  FaultRule rule = throttling();
  rule.times = 2;
  faults_.add(rule);
  EXPECT_EQ(trigger("CreateUser"), "fault-1");
  EXPECT_EQ(trigger("CreateUser"), "fault-1");
  EXPECT_EQ(trigger("CreateUser"), "");
}

TEST_F(FaultRules, AreTriggeredByChance) {
  FaultRule rule = throttling();
  rule.probability = 0.5;
  faults_.add(rule);
  chance_ = {0.49, 0.5, 0.99, 0};
  EXPECT_EQ(trigger("CreateUser"), "fault-1");
  EXPECT_EQ(trigger("CreateUser"), "");
  EXPECT_EQ(trigger("CreateUser"), "");
  EXPECT_EQ(trigger("CreateUser"), "fault-1");
  EXPECT_EQ(faults_.rules().front().matched, 4);
  EXPECT_EQ(faults_.rules().front().triggered, 2);
}

TEST_F(FaultRules, AskChanceOnlyWhereItDecides) {
  FaultRule rule = throttling();
  rule.skip = 1;
  faults_.add(rule);
  EXPECT_EQ(trigger("CreateUser"), "");
  EXPECT_EQ(trigger("CreateUser"), "fault-1");  // a probability of 1 needs no random number: chance_ is empty
}

TEST_F(FaultRules, GiveWayToTheOldest) {
  FaultRule rule = throttling();
  rule.times = 1;
  faults_.add(rule);
  faults_.add(rule);
  faults_.add(throttling());
  EXPECT_EQ(trigger("CreateUser"), "fault-1");
  EXPECT_EQ(trigger("CreateUser"), "fault-2");
  EXPECT_EQ(trigger("CreateUser"), "fault-3");
  EXPECT_EQ(faults_.rules()[1].matched, 1);
}

TEST_F(FaultRules, LeaveCallsThatTheyLetPassToTheYounger) {
  FaultRule third = throttling();
  third.skip = 2;
  faults_.add(third);
  FaultRule slow;
  slow.delay = Duration(100);
  faults_.add(slow);
  EXPECT_EQ(trigger("CreateUser"), "fault-2");
  EXPECT_EQ(trigger("CreateUser"), "fault-2");
  EXPECT_EQ(trigger("CreateUser"), "fault-1");
}

TEST_F(FaultRules, AreRemoved) {
  FaultRule rule = throttling();
  faults_.add(rule);
  rule.account = "111111111111";
  faults_.add(rule);
  EXPECT_TRUE(faults_.remove("fault-1"));
  EXPECT_FALSE(faults_.remove("fault-1"));
  EXPECT_EQ(trigger("CreateUser"), "fault-2");
  faults_.remove_account("222222222222");
  EXPECT_EQ(trigger("CreateUser"), "fault-2");
  faults_.remove_account("111111111111");
  EXPECT_EQ(trigger("CreateUser"), "");
  EXPECT_EQ(faults_.add(rule).id, "fault-3");
  faults_.clear();
  EXPECT_EQ(trigger("CreateUser"), "");
  EXPECT_EQ(faults_.add(rule).id, "fault-4");
}

TEST_F(FaultRules, DescribeTheirFault) {
  FaultRule rule;
  rule.delay = Duration(500);
  rule.phase = FaultRule::Phase::After;
  rule.connection = FaultRule::Connection::Reset;
  faults_.add(rule);
  const auto fault = faults_.trigger(*api::find_operation("CreateUser"), {"1", "us-east-1"}, "{}");
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->delay, Duration(500));
  EXPECT_EQ(fault->phase, FaultRule::Phase::After);
  EXPECT_EQ(fault->connection, FaultRule::Connection::Reset);
  EXPECT_FALSE(fault->error);
}

TEST(Chance, IsSpreadEvenly) {
  for (const auto& chance : {repeatable_chance(), true_chance()}) {
    int triggered = 0;
    for (int i = 0; i < 10'000; ++i) triggered += chance() < 0.25 ? 1 : 0;
    EXPECT_GT(triggered, 2'200);
    EXPECT_LT(triggered, 2'800);
  }
}

TEST(Chance, RepeatsItself) {
  Faults faults(repeatable_chance);
  FaultRule rule = throttling();
  rule.probability = 0.5;
  const auto triggers = [&] {
    faults.clear();
    faults.add(rule);
    std::string pattern;
    for (int i = 0; i < 100; ++i) {
      pattern += faults.trigger(*api::find_operation("CreateUser"), {"1", "us-east-1"}, "{}") ? 'x' : '.';
    }
    return pattern;
  };
  const auto first = triggers();
  EXPECT_NE(first.find('x'), std::string::npos);
  EXPECT_NE(first.find('.'), std::string::npos);
  EXPECT_EQ(triggers(), first);
}

TEST(FaultErrors, AreThoseOfEveryOperation) {
  for (const auto& operation : api::operations()) {
    for (const auto& [error, status] : operation.errors) {
      EXPECT_EQ(fault_in_error(error), "") << error;
      const auto made = error_for(operation, error, {"111111111111", "us-east-1"}, *parsed("{}"));
      EXPECT_EQ(made.code(), error);
      EXPECT_EQ(made.status(), status);
      EXPECT_EQ(made.message_member(), operation.rest ? "message" : "Message");
      EXPECT_FALSE(made.message().empty()) << error;
    }
  }
}

TEST(FaultErrors, AreWordedForTheCall) {
  const char* organization = R"("OrganizationId":"m-1")";
  const struct {
    const char* operation;
    const char* error;
    std::string input;
    int status;
    const char* message;
  } cases[] = {
      {"CreateUser", "ThrottlingException", "{}", 400, "Rate exceeded"},
      {"CreateUser", "InternalFailure", "{}", 500,
       "The request processing has failed because of an unknown error, exception or failure."},
      {"CreateUser", "ServiceUnavailable", "{}", 503,
       "The request has failed due to a temporary failure of the server."},
      {"CreateUser", "UnrecognizedClientException", "{}", 400,
       "The security token included in the request is invalid."},
      {"CreateUser", "ExpiredTokenException", "{}", 400, "The security token included in the request is expired"},
      {"CreateUser", "SerializationException", "{}", 400, ""},
      {"ListOrganizations", "AccessDeniedException", "{}", 400,
       "User: arn:aws:iam::111111111111:root is not authorized to perform: workmail:ListOrganizations on "
       "resource: "
       "* because no identity-based policy allows the workmail:ListOrganizations action"},
      {"ListUsers", "AccessDeniedException", "{X}", 400,
       "User: arn:aws:iam::111111111111:root is not authorized to perform: workmail:ListUsers on resource: "
       "arn:aws:workmail:eu-west-1:111111111111:organization/m-1 because no identity-based policy allows the "
       "workmail:ListUsers action"},
      {"ListUsers", "OrganizationNotFoundException", "{X}", 400, "Organization m-1 not found"},
      {"ListUsers", "OrganizationStateException", "{X}", 400, "Organization m-1 is not Active, state: Impaired"},
      {"DescribeUser", "EntityNotFoundException", R"({X,"UserId":"alice"})", 400,
       "Entity alice not found in organization m-1"},
      {"RegisterToWorkMail", "EmailAddressInUseException", R"({"EntityId":"e","Email":"a@b.test"})", 400,
       "Email address a@b.test is already in use"},
      {"RegisterToWorkMail", "MailDomainStateException", R"({"EntityId":"e","Email":"a@b.test"})", 400,
       "Domain b.test is not verified"},
      {"CreateUser", "NameAvailabilityException", R"({"Name":"alice"})", 400, "Name alice is not available"},
      {"CreateUser", "NameAvailabilityException", "{}", 400, "Name unknown is not available"},
      {"CreateUser", "NameAvailabilityException", R"({"Name":7})", 400, "Name unknown is not available"},
      {"CreateUser", "NameAvailabilityException", "[]", 400, "Name unknown is not available"},
  };
  for (const auto& one : cases) {
    std::string input = one.input;
    if (const auto place = input.find('X'); place != std::string::npos) input.replace(place, 1, organization);
    const auto error = error_for(*api::find_operation(one.operation), one.error, {"111111111111", "eu-west-1"},
                                 *parsed(input.c_str()));
    EXPECT_EQ(error.code(), one.error);
    EXPECT_EQ(error.status(), one.status) << one.error;
    EXPECT_EQ(error.message(), one.message);
  }
}

TEST(FaultErrors, TakeAnotherTextAndStatus) {
  Faults faults(true_chance);
  faults.add({.error = ErrorAnswer{.code = "ThrottlingException", .message = "Slow down.", .status = 429}});
  const auto fault = faults.trigger(*api::find_operation("CreateUser"), {"1", "us-east-1"}, "{}");
  EXPECT_EQ(fault->error->message(), "Slow down.");
  EXPECT_EQ(fault->error->status(), 429);
}

auto violations(const FaultRule& rule) -> std::vector<std::string> {
  std::vector<std::string> texts;
  for (const auto& violation : violations_of(rule)) texts.push_back(violation.path + ": " + violation.what);
  return texts;
}

using Violations = std::vector<std::string>;

TEST(FaultViolations, AreNoneForValidRules) {
  EXPECT_EQ(violations(throttling()), Violations{});
  EXPECT_EQ(violations({.delay = Duration(1)}), Violations{});
  EXPECT_EQ(violations({.connection = FaultRule::Connection::Hang}), Violations{});
  EXPECT_EQ(violations({.operations = {"Create*"}, .error = throttling().error}), Violations{});
  EXPECT_EQ(violations({.operations = {"*"}, .delay = kMaxDelay}), Violations{});
  EXPECT_EQ(violations({.operations = {"DescribeUser", "DescribeGroup"},
                        .error = ErrorAnswer{.code = "EntityNotFoundException", .message = {}, .status = 599}}),
            Violations{});
}

TEST(FaultViolations, BeginBehindTheLimits) {
  const auto with_status = [](int status) {
    return FaultRule{.operations = {"DescribeUser"},
                     .error = ErrorAnswer{.code = "EntityNotFoundException", .message = {}, .status = status}};
  };
  const Violations status{"answer.status: must be from 400 to 599"};
  EXPECT_EQ(violations(with_status(399)), status);
  EXPECT_EQ(violations(with_status(400)), Violations{});
  EXPECT_EQ(violations(with_status(599)), Violations{});
  EXPECT_EQ(violations(with_status(600)), status);
  const Violations probability{"probability: must be greater than 0 and at most 1"};
  EXPECT_EQ(violations({.probability = -0.1, .delay = Duration(1)}), probability);
  EXPECT_EQ(violations({.probability = 0.001, .delay = Duration(1)}), Violations{});
  EXPECT_EQ(violations({.probability = 1, .delay = Duration(1)}), Violations{});
  EXPECT_EQ(violations({.probability = 1.001, .delay = Duration(1)}), probability);
  EXPECT_EQ(violations({.times = 1, .delay = Duration(1)}), Violations{});
}

TEST(FaultViolations, AreAllListed) {
  const FaultRule rule{.operations = {"CreateUser", "CreateUsr", "Cr*User"},
                       .times = 0,
                       .probability = 0,
                       .delay = kMaxDelay + Duration(1),
                       .error = ErrorAnswer{.code = "EntityNotFoundException", .message = {}, .status = 200},
                       .connection = FaultRule::Connection::Close};
  const std::string names =
      "\"Cr*User\" names no operation of WorkMail; it takes names, and beginnings of names such as Create*";
  EXPECT_EQ(violations(rule),
            (Violations{"match.operation[1]: \"CreateUsr\" names no operation of WorkMail; did you mean CreateUser?",
                        "match.operation[2]: " + names, "times: must be at least 1",
                        "probability: must be greater than 0 and at most 1", "delay: must be at most one hour",
                        "answer.error: \"EntityNotFoundException\" is not declared by CreateUser",
                        "answer.status: must be from 400 to 599", "answer: is either an error or a connection"}));
}

TEST(FaultViolations, NameErrorsThatOperationsDoNotDeclare) {
  const auto answer = [](const char* code) { return ErrorAnswer{.code = code, .message = {}, .status = {}}; };
  EXPECT_EQ(violations({.error = answer("NoSuchException")}),
            Violations{"answer.error: \"NoSuchException\" is not an error of WorkMail"});
  EXPECT_EQ(
      violations({.operations = {"Create*"}, .error = answer("MailDomainStateException")}),
      Violations{
          "answer.error: \"MailDomainStateException\" is not declared by CreateAvailabilityConfiguration, CreateGroup, "
          "CreateIdentityCenterApplication and others"});
}

TEST(FaultViolations, NameWhatWasProbablyMeant) {
  const ErrorAnswer answer{.code = "ThrotlingException", .message = {}, .status = {}};
  EXPECT_EQ(
      violations({.operations = {"CreateUsr"}, .error = answer}),
      (Violations{
          "match.operation: \"CreateUsr\" names no operation of WorkMail; did you mean CreateUser?",
          "answer.error: \"ThrotlingException\" is not an error of WorkMail; did you mean ThrottlingException?"}));
}

TEST(FaultViolations, AllowWhatAnOperationReturnsUndeclared) {
  const ErrorAnswer answer{.code = "UnsupportedOperationException", .message = {}, .status = {}};
  EXPECT_EQ(violations({.operations = {"CreateAlias", "DeleteAlias"}, .error = answer}), Violations{});
  EXPECT_EQ(violations({.operations = {"ListAliases"}, .error = answer}),
            Violations{"answer.error: \"UnsupportedOperationException\" is not declared by ListAliases"});
}

TEST(FaultViolations, NameRulesThatDoNothing) {
  EXPECT_EQ(violations({}), Violations{"answer: is missing, and so is a delay: the rule would do nothing"});
}

TEST(FaultViolations, NameImpossibleProbabilities) {
  for (const double probability : {-0.1, 0.0, 1.1, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_EQ(violations({.probability = probability, .delay = Duration(1)}),
              Violations{"probability: must be greater than 0 and at most 1"});
  }
}

}  // namespace
}  // namespace workmail::server

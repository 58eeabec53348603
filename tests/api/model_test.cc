// The generated code against the service model: one valid input for every operation, and every kind of invalid value.
// model_constraints.cc provides AWS's messages, independently of the program's decoder.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "api/wire/json_text.h"
#include "tests/api/api_test.h"
#include "tests/api/model_constraints.h"
#include "tests/api/model_inputs.h"

namespace workmail::test {

namespace {

// The value of the place, if it is long enough not to occur in a message by accident.
constexpr std::size_t kTelling = 8;

class ModelTest : public ApiTest {
 protected:
  auto answer_to(const Fault& fault) -> Answer { return raw(fault.operation, api::write_json(fault.input)); }

  // The message is AWS's, and contains no secret.
  void expect_refused(const Fault& fault) {
    const auto expected = violations(fault.operation, fault.input);
    ASSERT_FALSE(expected.empty()) << fault.what << " breaks no constraint";
    const auto answer = answer_to(fault);
    EXPECT_EQ(answer.status(), 400) << fault.what;
    EXPECT_EQ(answer.message(), message_of(expected)) << fault.what;
    const bool declared = Model::read().declares(fault.operation, "InvalidParameterException");
    EXPECT_EQ(answer.error(), declared ? "InvalidParameterException" : "ValidationException") << fault.what;
    EXPECT_TRUE(answer.has(declared ? "Message" : "message")) << fault.what;
    expect_discreet(fault, answer);
  }

  // The operation may reject the input, but not because of constraints.
  void expect_decoded(const std::string& what, const Answer& answer) {
    EXPECT_TRUE(answer.status() == 200 || answer.status() == 400) << what << ": " << answer.text();
    EXPECT_NE(answer.error(), "SerializationException") << what << ": " << answer.text();
    EXPECT_EQ(answer.message().find("validation error"), std::string::npos) << what << ": " << answer.text();
  }

  static void expect_discreet(const Fault& fault, const Answer& answer) {
    for (const auto& place : places(fault.operation)) {
      if (!Model::read().is_sensitive(place.shape)) continue;
      const auto* value = value_at(place, fault.input);
      if (value == nullptr || !value->IsString() || value->GetStringLength() < kTelling) continue;
      EXPECT_EQ(answer.text().find(api::text_of(*value)), std::string::npos) << fault.what;
    }
  }

  // All errors of one kind, in every operation.
  void expect_all_refused(std::vector<Fault> (*faults)(std::string_view)) {
    std::size_t count = 0;
    for (const auto& operation : Model::read().operations()) {
      for (const auto& fault : faults(operation)) {
        expect_refused(fault);
        ++count;
      }
    }
    RecordProperty("faults", static_cast<int>(count));
    EXPECT_GT(count, 100U);
  }
};

TEST_F(ModelTest, HasEveryOperation) {
  EXPECT_EQ(Model::read().operations().size(), 92U);
  EXPECT_EQ(api::operations().size(), 92U + 2U);  // with those of the Message Flow API
  for (const auto& name : Model::read().operations()) EXPECT_NE(api::find_operation(name), nullptr) << name;
}

TEST_F(ModelTest, HasAnExampleForEveryPattern) {
  for (const auto& operation : Model::read().operations()) {
    for (const auto& place : places(operation)) {
      if (Model::read().kind(place.shape) != "string") continue;
      EXPECT_TRUE(keeps(place.shape, example(place.shape))) << place.shape;
    }
  }
}

TEST_F(ModelTest, CanBreakEveryPatternButThoseThatAllowEverything) {
  const std::set<std::string> all_allowed{"Description", "MobileDeviceAccessRuleDescription",
                                          "MobileDeviceAccessRuleName", "NextToken", "PolicyDescription"};
  std::set<std::string> with_pattern;
  std::set<std::string> broken;
  for (const auto& operation : Model::read().operations()) {
    for (const auto& place : places(operation)) {
      if (Model::read().shape(place.shape).HasMember("pattern")) with_pattern.insert(place.shape);
    }
    for (const auto& fault : strange_words(operation)) broken.insert(fault.place.shape);
  }
  for (const auto& shape : with_pattern) EXPECT_NE(broken.contains(shape), all_allowed.contains(shape)) << shape;
}

TEST_F(ModelTest, AcceptsEveryMemberOfEveryInput) {
  for (const auto& operation : Model::read().operations()) {
    const auto input = valid_input(operation);
    EXPECT_EQ(violations(operation, input), std::vector<std::string>()) << operation;
    expect_decoded(operation, raw(operation, api::write_json(input)));
  }
}

TEST_F(ModelTest, AcceptsEveryOptionalMemberAsNull) {
  for (const auto& operation : Model::read().operations()) {
    for (const auto& null : nulls(operation)) expect_decoded(null.what, answer_to(null));
  }
}

TEST_F(ModelTest, AcceptsMinimumAndMaximum) {
  for (const auto& operation : Model::read().operations()) {
    for (const auto& extreme : extremes(operation)) expect_decoded(extreme.what, answer_to(extreme));
  }
}

TEST_F(ModelTest, RefusesAnAbsentRequiredMember) {
  expect_all_refused(&absences);
}

TEST_F(ModelTest, RefusesWhatIsBelowItsMinimumOrAboveItsMaximum) {
  expect_all_refused(&excesses);
}

TEST_F(ModelTest, RefusesWhatIsNotInAnEnumOrAgainstAPattern) {
  expect_all_refused(&strange_words);
}

TEST_F(ModelTest, ListsEveryFaultInOneMessage) {
  for (const auto& operation : Model::read().operations()) {
    if (places(operation).empty()) continue;
    const auto fault = everything_wrong(operation);
    expect_refused(fault);
    const auto count = violations(operation, fault.input).size();
    const auto start = std::to_string(count) + " validation error";
    EXPECT_EQ(answer_to(fault).message().substr(0, start.size()), start) << operation;
  }
}

TEST_F(ModelTest, RefusesValuesOfAnotherType) {
  for (const auto& operation : Model::read().operations()) {
    for (const auto& fault : wrong_types(operation)) {
      const auto answer = answer_to(fault);
      EXPECT_EQ(answer.status(), 400) << fault.what;
      EXPECT_EQ(answer.error(), "SerializationException") << fault.what << ": " << answer.text();
      EXPECT_FALSE(answer.has("Message")) << fault.what;
      expect_discreet(fault, answer);
    }
  }
}

TEST_F(ModelTest, RefusesInputsThatAreNoObjects) {
  for (const auto& operation : Model::read().operations()) {
    for (const std::string body : {"[]", "\"x\"", "1", "true", "null", "{\"a\":"}) {
      const auto answer = raw(operation, body);
      EXPECT_EQ(answer.error(), "SerializationException") << operation << " " << body << ": " << answer.text();
    }
  }
}

TEST_F(ModelTest, TakesAnEmptyBodyForAnEmptyObject) {
  for (const auto& operation : Model::read().operations())
    EXPECT_EQ(raw(operation, "").text(), raw(operation, "{}").text()) << operation;
}

// A wrong type ends the call before constraints are checked.
TEST_F(ModelTest, PrefersTheWrongTypeToBrokenConstraints) {
  EXPECT_EQ(raw("ListUsers", R"({"OrganizationId": "x", "MaxResults": "1"})").error(), "SerializationException");
}

TEST_F(ModelTest, IgnoresMembersThatItDoesNotKnow) {
  for (const auto& operation : Model::read().operations()) {
    auto input = valid_input(operation);
    input.AddMember("Unknown", "x", input.GetAllocator());
    expect_decoded(operation, raw(operation, api::write_json(input)));
  }
  const auto answer = raw("ListOrganizations", R"({"Unknown": {"deeper": [1, "x", null]}})");
  EXPECT_EQ(answer.status(), 200);
}

TEST_F(ModelTest, ReadsNamesOfMembersWithTheirCase) {
  const auto answer = raw("DescribeOrganization", R"({"organizationId": "m-0123456789abcdef0123456789abcdef"})");
  EXPECT_EQ(answer.message(), message_of({"Value null at 'organizationId' failed to satisfy constraint: "
                                          "Member must not be null"}));
}

TEST_F(ModelTest, CountsCodePointsAndNotBytes) {
  const auto name_of = [](const std::string& letter, int times) {
    std::string name;
    for (int i = 0; i < times; ++i) name += letter;
    return "'OrganizationId': 'm-0123456789abcdef0123456789abcdef', 'Name': 'alice', 'DisplayName': '" + name + "'";
  };
  for (const std::string letter : {"\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x93\xA7"}) {
    EXPECT_EQ(error("CreateUser", name_of(letter, 256)), "OrganizationNotFoundException");
    EXPECT_EQ(call("CreateUser", name_of(letter, 257)).message(),
              message_of({"Value at 'displayName' failed to satisfy constraint: "
                          "Member must have length less than or equal to 256"}));
  }
}

TEST_F(ModelTest, DoesNotKnowOtherOperations) {
  for (const std::string name : {"", "Describe", "createuser", "CreateUserRequest", "ZZZ"}) {
    const auto answer = raw(name, "{}");
    EXPECT_EQ(answer.status(), 400) << name;
    EXPECT_EQ(answer.error(), "UnknownOperationException") << name;
  }
}

}  // namespace

}  // namespace workmail::test

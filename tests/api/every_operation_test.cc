// Every operation in an Active organization, on an entity of every kind in every state: the response is always one that
// the model declares. An unexpected failure is a 500, which fails the test.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "api/wire/json_text.h"
#include "tests/api/api_test.h"
#include "tests/api/model_inputs.h"

namespace workmail::test {

namespace {

struct Situation {
  std::string kind;
  std::string state;
};

class EveryOperation : public ApiTest {
 protected:
  // An organization with one of everything that inputs can refer to, and an entity in the situation.
  void make(const Situation& situation) {
    restart({});
    organization();
    const auto address = situation.state == "DISABLED" ? std::string() : "it@acme.awsapps.com";
    if (situation.kind == "user") entity_ = user("it", address);
    if (situation.kind == "group") entity_ = group("it", address);
    if (situation.kind == "resource") entity_ = resource("it", address);
    other_ = user("other", "other@acme.awsapps.com");
    name_things();
    if (situation.state == "DELETED") remove(situation.kind);
  }

  // Every entity in the input is the one in the situation. If the input has several, one of them is also a registered
  // user.
  void try_all(const std::string& operation, const rapidjson::Document& input, const Situation& situation) {
    const auto named = entities_of(operation, input);
    for (std::size_t other = 0; other <= (named.size() > 1 ? named.size() : 0); ++other) {
      make(situation);
      rapidjson::Document pointed;
      pointed.CopyFrom(input, pointed.GetAllocator());
      point_at_what_is_there(operation, pointed);
      for (std::size_t i = 0; i < named.size(); ++i) put(named[i], i + 1 == other ? other_ : entity_, pointed);
      expect_foreseen(operation, api::write_json(pointed));
    }
  }

  // The operations inside an organization.
  static auto of_organizations() -> std::vector<std::string> {
    std::vector<std::string> found;
    for (const auto& operation : Model::read().operations()) {
      if (valid_input(operation).HasMember("OrganizationId")) found.push_back(operation);
    }
    return found;
  }

  // The error of the operation with its required members.
  auto in_organization(const std::string& operation, const std::string& organization) -> std::string {
    auto input = std::move(partial_inputs(operation).front());
    put({.pointer = "/OrganizationId", .shape = "OrganizationId"}, organization, input);
    return raw(operation, api::write_json(input)).error();
  }

  std::set<std::string> succeeded_;

 private:
  void expect_foreseen(const std::string& operation, const std::string& body) {
    const auto answer = raw(operation, body);
    EXPECT_TRUE(answer.status() == 200 || answer.status() == 400) << operation << " " << body << ": " << answer.text();
    EXPECT_EQ(answer.message().find("validation error"), std::string::npos) << answer.text();
    if (answer.status() == 200) succeeded_.insert(operation);
  }

  static auto entities_of(const std::string& operation, const rapidjson::Document& input) -> std::vector<Place> {
    std::vector<Place> found;
    for (const auto& place : places(operation)) {
      const bool is_entity =
          place.shape == "WorkMailIdentifier" || place.shape == "EntityIdentifier" || place.shape == "ResourceId";
      if (is_entity && value_at(place, input) != nullptr) found.push_back(place);
    }
    return found;
  }

  void point_at_what_is_there(const std::string& operation, rapidjson::Document& input) {
    for (const auto& place : places(operation)) {
      const auto known = known_.find(place.shape);
      if (known != known_.end() && value_at(place, input) != nullptr) put(place, known->second, input);
    }
  }

  void name_things() {
    const auto role = ok("CreateImpersonationRole",
                         "'Name': 'role', 'Type': 'READ_ONLY',"
                         " 'Rules': [{'ImpersonationRuleId': 'rule', 'Effect': 'ALLOW'}]")["ImpersonationRoleId"];
    const auto rule =
        ok("CreateMobileDeviceAccessRule", "'Name': 'rule', 'Effect': 'ALLOW'")["MobileDeviceAccessRuleId"];
    const auto arn = ok("DescribeOrganization")["ARN"];
    known_ = {{"OrganizationId", organization_id_},
              {"AmazonResourceName", arn},
              {"EmailAddress", "new@acme.awsapps.com"},
              {"ImpersonationRoleId", role},
              {"MobileDeviceAccessRuleId", rule}};
  }

  void remove(const std::string& kind) {
    deregister(entity_);
    if (kind == "user") ok("DeleteUser", "'UserId': '" + entity_ + "'");
    if (kind == "group") ok("DeleteGroup", "'GroupId': '" + entity_ + "'");
    if (kind == "resource") ok("DeleteResource", "'ResourceId': '" + entity_ + "'");
  }

  std::string entity_;
  std::string other_;
  std::map<std::string, std::string, std::less<>> known_;
};

const std::vector<Situation> kSituations{
    {"user", "ENABLED"},     {"user", "DISABLED"},     {"user", "DELETED"},
    {"group", "ENABLED"},    {"group", "DISABLED"},    {"group", "DELETED"},
    {"resource", "ENABLED"}, {"resource", "DISABLED"}, {"resource", "DELETED"},
};

TEST_F(EveryOperation, AnswersInEverySituation) {
  for (const auto& situation : kSituations) {
    SCOPED_TRACE(situation.kind + " " + situation.state);
    for (const auto& operation : Model::read().operations()) {
      for (const auto& input : partial_inputs(operation)) try_all(operation, input, situation);
    }
  }
  // The other operations need more than this organization has.
  EXPECT_GE(succeeded_.size(), 75U);
}

TEST_F(EveryOperation, KnowsOnlyOrganizationsOfItsAccountAndRegion) {
  make({"user", "ENABLED"});
  const auto expect_unknown = [&](const std::string& operation) {
    EXPECT_EQ(in_organization(operation, organization_id_), "OrganizationNotFoundException") << operation;
  };
  for (const auto& operation : of_organizations()) {
    EXPECT_EQ(in_organization(operation, "m-" + std::string(32, '0')), "OrganizationNotFoundException") << operation;
    as("111111111111");
    expect_unknown(operation);
    as("000000000000", "eu-west-1");
    expect_unknown(operation);
    as("000000000000");
  }
}

TEST_F(EveryOperation, IsRefusedInADeletedOrganization) {
  make({"user", "ENABLED"});
  ok("DeleteOrganization", "'DeleteDirectory': true, 'ForceDelete': true");
  for (const auto& operation : of_organizations()) {
    if (operation == "DescribeOrganization") continue;
    EXPECT_EQ(in_organization(operation, organization_id_), "OrganizationStateException") << operation;
  }
}

}  // namespace

}  // namespace workmail::test

// The fixture of tests of seed documents, which are written with ' for ".
#pragma once

#include <algorithm>
#include <string>

#include "api/seed/seed.h"
#include "tests/api/api_test.h"

namespace workmail::test {

class Seeds : public ApiTest {
 protected:
  Seeds() { restart_among(Neighbors::None); }

  auto apply(std::string text) -> std::string {
    std::replace(text.begin(), text.end(), '\'', '"');
    const auto document = api::parse_seed(text);
    return service_->run({account_, region_},
                         [&](api::Context& context) { return api::apply_seed(context, document); });
  }
  auto refused(const std::string& text) -> std::string {
    try {
      apply(text);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    ADD_FAILURE() << "applied: " << text;
    return {};
  }
  auto resource_id(const std::string& name) -> std::string {
    return ok("DescribeResource", "'ResourceId': '" + name + "'")["ResourceId"];
  }
  auto state(const api::StateFilter& filter = {}) -> std::string {
    return service_->read({account_, region_}, [&](api::Context& context) {
      api::StateWriter writer(filter);
      std::string text;
      while (writer.append(context, clock_, 1, text)) continue;
      return text;
    });
  }
  // Uses the last organization of the document for further calls.
  void use_last() { organization_id_ = ok("ListOrganizations").list("OrganizationSummaries", "OrganizationId").back(); }
  // Expects that the state document is equal to the seed document.
  void expect_same_state(std::string text) {
    std::replace(text.begin(), text.end(), '\'', '"');
    apply(text);
    EXPECT_EQ(state(), api::write_seed(api::parse_seed(text)));
  }
};

inline constexpr const char* kAcme = R"({ 'Organizations': [ { 'Alias': 'acme',  // a comment
    'Domains':   [ { 'DomainName': 'acme.test', 'DefaultDomain': true } ],
    'Users':     [ { 'Name': 'alice', 'DisplayName': 'Alice', 'Email': 'alice@acme.test', 'Aliases': ['al@acme.test'] },
                   { 'Name': 'bob' } ],
    'Groups':    [ { 'Name': 'all', 'Email': 'all@acme.test', 'Members': ['alice'] } ],
    'Resources': [ { 'Name': 'room-1', 'Type': 'ROOM', 'Email': 'room-1@acme.test', 'Delegates': ['alice'] }, ] } ] })";

// A document with one organization that has these additional members.
inline auto acme(const std::string& members) -> std::string {
  return "{'Organizations': [{'Alias': 'acme', " + members + "}]}";
}

inline constexpr const char* kAlice =
    "'Users': [{'Name': 'alice', 'Email': 'alice@acme.awsapps.com'}, {'Name': 'bob'}]";

// The members of an export job except its entity.
inline constexpr const char* kExport =
    "'RoleArn': 'arn:aws:iam::123456789012:role/export', 'KmsKeyArn': 'arn:aws:kms:us-east-1:123456789012:key/k',"
    " 'S3BucketName': 'bucket', 'S3Prefix': 'exports'";

}  // namespace workmail::test

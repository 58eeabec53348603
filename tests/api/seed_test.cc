#include "api/seed/seed.h"

#include "tests/api/api_test.h"

namespace workmail::test {
namespace {

class Seeds : public ApiTest {
 protected:
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
  auto state() -> std::string {
    return service_->run({account_, region_},
                         [](api::Context& context) { return api::write_seed(api::state_document(context, {})); });
  }
};

constexpr const char* kAcme = R"({ 'Organizations': [ { 'Alias': 'acme',  // a comment
    'Domains':   [ { 'DomainName': 'acme.test', 'DefaultDomain': true } ],
    'Users':     [ { 'Name': 'alice', 'DisplayName': 'Alice', 'Email': 'alice@acme.test', 'Aliases': ['al@acme.test'] },
                   { 'Name': 'bob' } ],
    'Groups':    [ { 'Name': 'all', 'Email': 'all@acme.test', 'Members': ['alice'] } ],
    'Resources': [ { 'Name': 'room-1', 'Type': 'ROOM', 'Email': 'room-1@acme.test', 'Delegates': ['alice'] }, ] } ] })";

TEST_F(Seeds, OfTenLinesMakeAUsefulOrganization) {
  apply(kAcme);
  organization_id_ = ok("ListOrganizations").list("OrganizationSummaries", "OrganizationId").front();
  EXPECT_EQ(ok("DescribeOrganization")["DefaultMailDomain"], "acme.test");
  EXPECT_EQ(ok("DescribeOrganization")["State"], "Active");
  EXPECT_EQ(ok("ListUsers").list("Users", "State"), (std::vector<std::string>{"ENABLED", "DISABLED"}));
  EXPECT_EQ(ok("DescribeUser", "'UserId': 'al@acme.test'")["Email"], "alice@acme.test");
  EXPECT_EQ(ok("ListGroupMembers", "'GroupId': 'all'").list("Members", "Name"), (std::vector<std::string>{"alice"}));
  EXPECT_EQ(ok("ListResourceDelegates", "'ResourceId': 'room-1'").list("Delegates").size(), 1U);
}

TEST_F(Seeds, AndStateAreTheSame) {
  apply(kAcme);
  const auto first = state();
  restart({});
  apply(first);
  EXPECT_EQ(state(), first);
}

TEST_F(Seeds, NameThePathOfWhatIsWrong) {
  EXPECT_EQ(refused("{'Organizations': [{'Alias': 'acme', 'Users': [{'Name': 'a'}, {'Name': 'b'},"
                    " {'Name': 'c', 'Email': 'c@elsewhere.example'}]}]}")
                .substr(0, 66),
            "Organizations[0].Users[2].Email: MailDomainNotFoundException: Doma");
  EXPECT_TRUE(ok("ListOrganizations").list("OrganizationSummaries").empty());
  EXPECT_EQ(refused("{'Organisations': []}"), "Unknown member 'Organisations'");
}

}  // namespace
}  // namespace workmail::test

#include "tests/api/api_test.h"

namespace workmail::test {
namespace {

class Organizations : public ApiTest {
 protected:
  Organizations() { restart_among(Neighbors::Elsewhere); }
};

using std::chrono::seconds;

TEST_F(Organizations, IsActiveAtTheNextCallWithoutPace) {
  const auto id = ok("CreateOrganization", "'Alias': 'acme'")["OrganizationId"];
  EXPECT_EQ(id.size(), 34U);
  const auto described = ok("DescribeOrganization", "'OrganizationId': '" + id + "'");
  EXPECT_EQ(described["OrganizationId"], id);
  EXPECT_EQ(described["State"], "Active");
  EXPECT_EQ(described["Alias"], "acme");
  EXPECT_EQ(described["DefaultMailDomain"], "acme.awsapps.com");
  EXPECT_EQ(described["DirectoryType"], "VpcDirectory");
  EXPECT_EQ(described["DirectoryId"].substr(0, 4), "d-90");
  EXPECT_EQ(described["ARN"], "arn:aws:workmail:us-east-1:000000000000:organization/" + id);
  EXPECT_EQ(described["CompletedDate"], "1767225600.0");
  EXPECT_EQ(described["InteroperabilityEnabled"], "false");
  EXPECT_FALSE(described.has("ErrorMessage"));
  EXPECT_FALSE(described.has("MigrationAdmin"));
}

TEST_F(Organizations, PassesThroughEveryStateWithPace) {
  restart({.pace = seconds(20)});
  const auto id = ok("CreateOrganization", "'Alias': 'acme'")["OrganizationId"];
  organization_id_ = id;
  EXPECT_EQ(ok("DescribeOrganization")["State"], "Requested");
  EXPECT_FALSE(ok("DescribeOrganization").has("CompletedDate"));
  advance(seconds(10));
  EXPECT_EQ(ok("DescribeOrganization")["State"], "Creating");
  EXPECT_EQ(error("ListUsers"), "OrganizationStateException");
  EXPECT_EQ(error("DeleteOrganization", "'DeleteDirectory': true"), "OrganizationStateException");
  advance(seconds(10));
  EXPECT_EQ(ok("DescribeOrganization")["State"], "Active");
  EXPECT_EQ(ok("DescribeOrganization")["CompletedDate"], "1767225620.0");
  EXPECT_EQ(ok("DeleteOrganization", "'DeleteDirectory': true")["State"], "Deleting");
  EXPECT_EQ(ok("DescribeOrganization")["State"], "Deleting");
  EXPECT_EQ(error("DeleteOrganization", "'DeleteDirectory': true"), "OrganizationStateException");
  advance(seconds(20));
  EXPECT_EQ(ok("DescribeOrganization")["State"], "Deleted");
}

TEST_F(Organizations, StaysDescribableAndListedWhenDeleted) {
  const auto id = organization();
  user("alice");
  const auto deleted = ok("DeleteOrganization", "'DeleteDirectory': true");
  EXPECT_EQ(deleted["OrganizationId"], id);
  EXPECT_EQ(deleted["State"], "Deleting");
  const auto described = ok("DescribeOrganization");
  EXPECT_EQ(described["State"], "Deleted");
  EXPECT_EQ(described["DefaultMailDomain"], "acme.awsapps.com");
  EXPECT_EQ(ok("ListOrganizations").list("OrganizationSummaries", "State"), (std::vector<std::string>{"Deleted"}));
  const auto refused = call("ListUsers");
  EXPECT_EQ(refused.error(), "OrganizationStateException");
  EXPECT_EQ(refused.text(), R"({"__type":"OrganizationStateException","Message":"Organization )" + id +
                                R"( is not Active, state: Deleted"})");
  EXPECT_EQ(error("DeleteOrganization", "'DeleteDirectory': true"), "OrganizationStateException");
}

TEST_F(Organizations, HoldsNothingWhenDeleted) {
  const auto before = tables_of(*store_);
  organization();
  user("alice", "alice@acme.awsapps.com");
  group("all", "all@acme.awsapps.com");
  ok("DeleteOrganization", "'DeleteDirectory': true, 'ForceDelete': true");
  ok("DescribeOrganization");
  EXPECT_EQ(changes(before, tables_of(*store_)), "organization +1");
}

TEST_F(Organizations, NeedsForceForEnabledUsersOnly) {
  organization();
  group("all", "all@acme.awsapps.com");
  resource("room", "room@acme.awsapps.com");
  const auto alice = user("alice", "alice@acme.awsapps.com");
  EXPECT_EQ(error("DeleteOrganization", "'DeleteDirectory': true"), "OrganizationStateException");
  EXPECT_EQ(error("DeleteOrganization", "'DeleteDirectory': true, 'ForceDelete': false"), "OrganizationStateException");
  deregister(alice);
  ok("DeleteOrganization", "'DeleteDirectory': true");
}

TEST_F(Organizations, KeepsAnAliasToOneLivingOrganization) {
  organization("acme");
  EXPECT_EQ(error("CreateOrganization", "'Alias': 'acme'"), "NameAvailabilityException");
  EXPECT_EQ(error("CreateOrganization", "'Alias': 'ACME'"), "NameAvailabilityException");
  as("111122223333", "eu-west-1");
  EXPECT_EQ(error("CreateOrganization", "'Alias': 'acme'"), "NameAvailabilityException");
  as("000000000000");
  ok("DeleteOrganization", "'DeleteDirectory': true");
  ok("ListOrganizations");
  organization("acme");
  EXPECT_EQ(ok("ListOrganizations").list("OrganizationSummaries", "State"),
            (std::vector<std::string>{"Deleted", "Active"}));
}

TEST_F(Organizations, BelongsToItsAccountAndRegion) {
  const auto id = organization();
  as("111122223333");
  EXPECT_EQ(error("DescribeOrganization"), "OrganizationNotFoundException");
  EXPECT_EQ(error("ListUsers"), "OrganizationNotFoundException");
  EXPECT_TRUE(ok("ListOrganizations").list("OrganizationSummaries").empty());
  as("000000000000", "us-west-2");
  EXPECT_EQ(error("DeleteOrganization", "'DeleteDirectory': true"), "OrganizationNotFoundException");
  const auto other = organization("other");
  EXPECT_EQ(ok("DescribeOrganization")["DirectoryId"].substr(0, 4), "d-92");
  EXPECT_EQ(ok("DescribeOrganization")["ARN"], "arn:aws:workmail:us-west-2:000000000000:organization/" + other);
}

TEST_F(Organizations, RegistersTheDomainsItIsMadeWith) {
  const auto id = ok("CreateOrganization",
                     "'Alias': 'acme', 'Domains': [{'DomainName': 'Acme.Example'},"
                     " {'DomainName': 'zone.example', 'HostedZoneId': 'Z123'}]")["OrganizationId"];
  organization_id_ = id;
  const auto domains = ok("ListMailDomains");
  EXPECT_EQ(domains.list("MailDomains", "DomainName"),
            (std::vector<std::string>{"acme.awsapps.com", "acme.example", "zone.example"}));
  EXPECT_EQ(domains.list("MailDomains", "DefaultDomain"), (std::vector<std::string>{"true", "false", "false"}));
  EXPECT_EQ(error("CreateOrganization", "'Alias': 'two', 'Domains': [{'DomainName': 'nodot'}]"),
            "InvalidParameterException");
  EXPECT_EQ(error("CreateOrganization", "'Alias': 'two', 'Domains': [{'DomainName': 'ACME.example'}]"),
            "InvalidParameterException");
}

TEST_F(Organizations, VerifiesAtOnceTheDomainsWithAHostedZone) {
  restart({.domains_become_verified = false});
  organization_id_ = ok("CreateOrganization",
                        "'Alias': 'acme', 'Domains': [{'DomainName': 'acme.example'},"
                        " {'DomainName': 'zone.example', 'HostedZoneId': 'Z123'}]")["OrganizationId"];
  const auto status = [&](const char* domain) {
    const auto shown = ok("GetMailDomain", "'DomainName': '" + std::string(domain) + "'");
    return shown["OwnershipVerificationStatus"] + " " + shown["DkimVerificationStatus"];
  };
  EXPECT_EQ(status("acme.example"), "PENDING PENDING");
  EXPECT_EQ(status("zone.example"), "VERIFIED VERIFIED");
}

TEST_F(Organizations, LosesADirectoryThatIsDeletedWithIt) {
  organization();
  const auto directory = ok("DescribeOrganization")["DirectoryId"];
  ok("DeleteOrganization", "'DeleteDirectory': true");
  ok("DescribeOrganization");
  EXPECT_EQ(error("CreateOrganization", "'Alias': 'two', 'DirectoryId': '" + directory + "'"),
            "DirectoryUnavailableException");
}

TEST_F(Organizations, AreAtMostAHundredInAnAccountAndRegion) {
  for (int i = 0; i < 100; ++i) ok("CreateOrganization", "'Alias': 'acme-" + std::to_string(i) + "'");
  EXPECT_EQ(error("CreateOrganization", "'Alias': 'one-more'"), "LimitExceededException");
  as("000000000000", "eu-west-1");
  ok("CreateOrganization", "'Alias': 'elsewhere'");
  as("000000000000");
  const auto first = ok("ListOrganizations").list("OrganizationSummaries", "OrganizationId").front();
  ok("DeleteOrganization", "'OrganizationId': '" + first + "', 'DeleteDirectory': true");
  ok("ListOrganizations");
  ok("CreateOrganization", "'Alias': 'one-more'");
}

TEST_F(Organizations, AreListedInPages) {
  for (const char* alias : {"one", "two", "three"}) ok("CreateOrganization", "'Alias': '" + std::string(alias) + "'");
  const auto first = ok("ListOrganizations", "'MaxResults': 2");
  EXPECT_EQ(first.list("OrganizationSummaries", "Alias"), (std::vector<std::string>{"one", "two"}));
  const auto second = ok("ListOrganizations", "'MaxResults': 2, 'NextToken': '" + first["NextToken"] + "'");
  EXPECT_EQ(second.list("OrganizationSummaries", "Alias"), (std::vector<std::string>{"three"}));
  EXPECT_FALSE(second.has("NextToken"));
  as("111122223333");
  EXPECT_EQ(error("ListOrganizations", "'NextToken': '" + first["NextToken"] + "'"), "InvalidParameterException");
  EXPECT_EQ(error("ListOrganizations", "'NextToken': 'made up'"), "InvalidParameterException");
}

TEST_F(Organizations, ShowWhatWentWrong) {
  const auto id = organization();
  ok("RegisterMailDomain", "'DomainName': 'acme.example'");
  ok("UpdateDefaultMailDomain", "'DomainName': 'acme.example'");
  const auto number = store_->organizations.head(account_, region_, id)->number;
  store_->organizations.set_state(number, store::OrganizationState::Impaired, {});
  store_->organizations.set_error_message(number, "No directory");
  EXPECT_EQ(ok("DescribeOrganization")["ErrorMessage"], "No directory");
  EXPECT_EQ(
      ok("ListOrganizations")["OrganizationSummaries"],
      R"([{"OrganizationId":")" + id +
          R"(","Alias":"acme","DefaultMailDomain":"acme.example","ErrorMessage":"No directory","State":"Impaired"}])");
}

TEST_F(Organizations, MayUseADomainThatIsInUseElsewhere) {
  ok("CreateOrganization",
     "'Alias': 'acme', 'Domains': [{'DomainName': 'stranger.example'}, {'DomainName': 'faraway.example'}]");
}

TEST_F(Organizations, AreMadeOncePerClientToken) {
  const auto first = ok("CreateOrganization", "'Alias': 'acme', 'ClientToken': 'token'")["OrganizationId"];
  EXPECT_EQ(ok("CreateOrganization", "'Alias': 'acme', 'ClientToken': 'token'")["OrganizationId"], first);
  EXPECT_EQ(error("CreateOrganization", "'Alias': 'other', 'ClientToken': 'token'"), "InvalidParameterException");
  EXPECT_EQ(ok("ListOrganizations").list("OrganizationSummaries").size(), 1U);
  // Scoped to the account: in another one, the alias is the conflict, not the token.
  as("111122223333");
  EXPECT_EQ(error("CreateOrganization", "'Alias': 'acme', 'ClientToken': 'token'"), "NameAvailabilityException");
  as("000000000000");
  // Scoped to the region: in another one, the same token creates another organization.
  as("000000000000", "eu-west-1");
  const auto elsewhere = ok("CreateOrganization", "'Alias': 'elsewhere', 'ClientToken': 'token'")["OrganizationId"];
  EXPECT_NE(elsewhere, first);
  EXPECT_EQ(ok("CreateOrganization", "'Alias': 'elsewhere', 'ClientToken': 'token'")["OrganizationId"], elsewhere);
  as("000000000000");
  EXPECT_EQ(ok("CreateOrganization", "'Alias': 'acme', 'ClientToken': 'token'")["OrganizationId"], first);
  // Scoped to the operation.
  ok("DeleteOrganization", "'OrganizationId': '" + first + "', 'DeleteDirectory': true, 'ClientToken': 'token'");
  EXPECT_EQ(ok("DeleteOrganization",
               "'OrganizationId': '" + first + "', 'DeleteDirectory': true, 'ClientToken': 'token'")["State"],
            "Deleting");
}

TEST_F(Organizations, ForgetsAClientTokenAfterADay) {
  const auto first = ok("CreateOrganization", "'Alias': 'acme', 'ClientToken': 'token'")["OrganizationId"];
  advance(kDay - seconds(1));
  EXPECT_EQ(ok("CreateOrganization", "'Alias': 'acme', 'ClientToken': 'token'")["OrganizationId"], first);
  advance(seconds(1));
  EXPECT_NE(ok("CreateOrganization", "'Alias': 'other', 'ClientToken': 'token'")["OrganizationId"], first);
}

TEST_F(Organizations, DoesNotRememberAClientTokenOfAFailure) {
  organization("acme");
  EXPECT_EQ(error("CreateOrganization", "'Alias': 'acme', 'ClientToken': 'token'"), "NameAvailabilityException");
  ok("CreateOrganization", "'Alias': 'other', 'ClientToken': 'token'");
}

TEST_F(Organizations, MayBeDeletedWhenFailedOrImpaired) {
  using enum store::OrganizationState;
  for (const auto state : {Failed, Impaired, Inactive}) {
    const auto id = organization("a-" + std::string(store::word(state)));
    ok("DescribeOrganization");
    store_->organizations.set_state(store_->organizations.head("000000000000", "us-east-1", id)->number, state, {});
    EXPECT_EQ(error("ListUsers"), "OrganizationStateException") << store::word(state);
    EXPECT_EQ(call("DeleteOrganization", "'DeleteDirectory': true").status(), state == Inactive ? 400 : 200);
  }
}

}  // namespace
}  // namespace workmail::test

// The small configuration objects of an organization: availability, retention, monitoring, DMARC, Identity Center,
// personal access tokens and tags.
#include "api/rules/personal_access_token.h"
#include "api/wire/error.h"
#include "tests/api/api_test.h"

namespace workmail::test {
namespace {

class Availability : public ApiTest {
 protected:
  Availability() { organization(); }
};

const std::string kEws =
    "'EwsProvider': {'EwsEndpoint': 'https://ews.example/EWS/Exchange.asmx', 'EwsUsername': 'svc',"
    " 'EwsPassword': 'Very$ecret1'}";
const std::string kLambda =
    "'LambdaProvider': {'LambdaArn': 'arn:aws:lambda:us-east-1:123456789012:function:availability'}";

TEST_F(Availability, IsConfiguredPerDomain) {
  ok("CreateAvailabilityConfiguration", "'DomainName': 'Other.example', " + kEws);
  advance(kDay);
  ok("CreateAvailabilityConfiguration", "'DomainName': 'lambda.example', " + kLambda);
  EXPECT_EQ(error("CreateAvailabilityConfiguration", "'DomainName': 'other.EXAMPLE', " + kLambda),
            "NameAvailabilityException");
  EXPECT_EQ(error("CreateAvailabilityConfiguration", "'DomainName': 'x.example'"), "InvalidParameterException");
  EXPECT_EQ(error("CreateAvailabilityConfiguration", "'DomainName': 'x.example', " + kEws + ", " + kLambda),
            "InvalidParameterException");
  const auto listed = ok("ListAvailabilityConfigurations");
  EXPECT_EQ(
      listed["AvailabilityConfigurations"],
      R"([{"DomainName":"Other.example","ProviderType":"EWS","EwsProvider":{"EwsEndpoint":"https://ews.example/EWS/Exchange.asmx","EwsUsername":"svc"},"DateCreated":1767225600.0,"DateModified":1767225600.0},)"
      R"({"DomainName":"lambda.example","ProviderType":"LAMBDA","LambdaProvider":{"LambdaArn":"arn:aws:lambda:us-east-1:123456789012:function:availability"},"DateCreated":1767312000.0,"DateModified":1767312000.0}])");
}

TEST_F(Availability, ChangesItsProviderAsAWhole) {
  ok("CreateAvailabilityConfiguration", "'DomainName': 'other.example', " + kEws);
  advance(kDay);
  ok("UpdateAvailabilityConfiguration", "'DomainName': 'other.example', " + kLambda);
  const auto listed = ok("ListAvailabilityConfigurations");
  EXPECT_EQ(listed.list("AvailabilityConfigurations", "ProviderType"), (std::vector<std::string>{"LAMBDA"}));
  EXPECT_EQ(listed.list("AvailabilityConfigurations", "EwsProvider"), (std::vector<std::string>{""}));
  EXPECT_EQ(listed.list("AvailabilityConfigurations", "DateCreated"), (std::vector<std::string>{"1767225600.0"}));
  EXPECT_EQ(listed.list("AvailabilityConfigurations", "DateModified"), (std::vector<std::string>{"1767312000.0"}));
  EXPECT_EQ(error("UpdateAvailabilityConfiguration", "'DomainName': 'unknown.example', " + kLambda),
            "ResourceNotFoundException");
  EXPECT_EQ(error("UpdateAvailabilityConfiguration", "'DomainName': 'other.example'"), "InvalidParameterException");
  ok("DeleteAvailabilityConfiguration", "'DomainName': 'OTHER.example'");
  ok("DeleteAvailabilityConfiguration", "'DomainName': 'other.example'");
  EXPECT_EQ(ok("ListAvailabilityConfigurations")["AvailabilityConfigurations"], "[]");
}

TEST_F(Availability, IsTestedWithoutConnecting) {
  ok("CreateAvailabilityConfiguration", "'DomainName': 'other.example', " + kEws);
  EXPECT_EQ(ok("TestAvailabilityConfiguration", "'DomainName': 'other.example'").text(), R"({"TestPassed":true})");
  EXPECT_EQ(ok("TestAvailabilityConfiguration", kLambda)["TestPassed"], "true");
  const auto failed =
      ok("TestAvailabilityConfiguration",
         "'EwsProvider': {'EwsEndpoint': 'https://ews.INVALID:443/', 'EwsUsername': 'u', 'EwsPassword': 'p'}");
  EXPECT_EQ(failed["TestPassed"], "false");
  EXPECT_EQ(failed["FailureReason"], "Unable to connect to the EWS endpoint");
  EXPECT_EQ(ok("TestAvailabilityConfiguration",
               "'LambdaProvider': {'LambdaArn': 'arn:aws:lambda:us-east-1:123456789012:function:f-invalid:1'}")
                ["FailureReason"],
            "Unable to invoke the Lambda function");
  const auto passed = [&](const std::string& host, const std::string& function) {
    return ok("TestAvailabilityConfiguration", "'EwsProvider': {'EwsEndpoint': 'https://" + host +
                                                   "', 'EwsUsername': 'u', 'EwsPassword': 'p'}")["TestPassed"] +
           " " +
           ok("TestAvailabilityConfiguration",
              "'LambdaProvider': {'LambdaArn': 'arn:aws:lambda:us-east-1:123456789012:function:" + function +
                  "'}")["TestPassed"];
  };
  EXPECT_EQ(passed("ews.notinvalid/EWS", "invalid-f"), "true true");
  EXPECT_EQ(passed("ews.example/x.invalid", "f:x-invalid"), "true true");
  EXPECT_EQ(passed("invalid/", "f-invalid"), "false false");
  EXPECT_EQ(passed("ews.invalid/EWS", "f-invalid:live"), "false false");
  EXPECT_EQ(error("TestAvailabilityConfiguration"), "InvalidParameterException");
  EXPECT_EQ(error("TestAvailabilityConfiguration", kEws + ", " + kLambda), "InvalidParameterException");
  EXPECT_EQ(error("TestAvailabilityConfiguration", "'DomainName': 'other.example', " + kLambda),
            "InvalidParameterException");
  EXPECT_EQ(error("TestAvailabilityConfiguration", "'DomainName': 'unknown.example'"), "ResourceNotFoundException");
}

TEST_F(Availability, IsLimitedAndListedInPages) {
  for (int i = 0; i < 100; ++i) {
    ok("CreateAvailabilityConfiguration", "'DomainName': 'd" + std::to_string(i) + ".example', " + kLambda);
  }
  EXPECT_EQ(error("CreateAvailabilityConfiguration", "'DomainName': 'more.example', " + kLambda),
            "LimitExceededException");
  const auto first = ok("ListAvailabilityConfigurations", "'MaxResults': 99");
  const auto second = ok("ListAvailabilityConfigurations", "'NextToken': '" + first["NextToken"] + "'");
  EXPECT_EQ(second.list("AvailabilityConfigurations", "DomainName"), (std::vector<std::string>{"d99.example"}));
}

TEST_F(Availability, IsConfiguredOncePerClientTokenWhateverThePassword) {
  ok("CreateAvailabilityConfiguration", "'DomainName': 'other.example', 'ClientToken': 't', " + kEws);
  ok("CreateAvailabilityConfiguration", "'DomainName': 'other.example', 'ClientToken': 't', " + kEws);
  store::Statement secrets(store_->connection,
                           "SELECT count(*) FROM client_token WHERE parameters LIKE '%Very$ecret1%'");
  EXPECT_EQ(secrets.first([](store::Rows& row) { return row.next<int>(); }), 0);
}

class Retention : public ApiTest {
 protected:
  Retention() { organization(); }
};

TEST_F(Retention, HasOnePolicy) {
  EXPECT_EQ(error("GetDefaultRetentionPolicy"), "EntityNotFoundException");
  const std::string folders =
      "'FolderConfigurations': [{'Name': 'INBOX', 'Action': 'DELETE', 'Period': 30},"
      " {'Name': 'DRAFTS', 'Action': 'NONE'}]";
  EXPECT_EQ(error("PutRetentionPolicy", "'Name': 'p', 'Id': 'unknown', " + folders), "InvalidParameterException");
  ok("PutRetentionPolicy", "'Name': 'p', 'Description': 'd', " + folders);
  const auto policy = ok("GetDefaultRetentionPolicy");
  EXPECT_EQ(policy["Name"], "p");
  EXPECT_EQ(policy["Description"], "d");
  EXPECT_EQ(policy["FolderConfigurations"],
            R"([{"Name":"INBOX","Action":"DELETE","Period":30},{"Name":"DRAFTS","Action":"NONE"}])");
  EXPECT_EQ(error("PutRetentionPolicy", "'Name': 'q', " + folders), "LimitExceededException");
  const auto id = "'Id': '" + policy["Id"] + "'";
  ok("PutRetentionPolicy", id + ", 'Name': 'q', 'FolderConfigurations': []");
  EXPECT_EQ(ok("GetDefaultRetentionPolicy").text(),
            R"({"Id":")" + policy["Id"] + R"(","Name":"q","FolderConfigurations":[]})");
  ok("DeleteRetentionPolicy", "'Id': 'unknown'");
  ok("GetDefaultRetentionPolicy");
  ok("DeleteRetentionPolicy", id);
  EXPECT_EQ(error("GetDefaultRetentionPolicy"), "EntityNotFoundException");
}

TEST_F(Retention, WantsOnePeriodForEachFolder) {
  EXPECT_EQ(error("PutRetentionPolicy",
                  "'Name': 'p', 'FolderConfigurations': [{'Name': 'INBOX', 'Action': 'PERMANENTLY_DELETE'}]"),
            "InvalidParameterException");
  EXPECT_EQ(error("PutRetentionPolicy",
                  "'Name': 'p', 'FolderConfigurations': [{'Name': 'INBOX', 'Action': 'NONE'},"
                  " {'Name': 'INBOX', 'Action': 'NONE'}]"),
            "InvalidParameterException");
}

class EmailMonitoring : public ApiTest {
 protected:
  EmailMonitoring() { organization(); }
};

TEST_F(EmailMonitoring, IsOffUntilConfigured) {
  EXPECT_EQ(error("DescribeEmailMonitoringConfiguration"), "ResourceNotFoundException");
  const std::string logs = "'LogGroupArn': 'arn:aws:logs:us-east-1:123456789012:log-group:mail:*'";
  ok("PutEmailMonitoringConfiguration", logs + ", 'RoleArn': 'arn:aws:iam::123456789012:role/monitoring'");
  EXPECT_EQ(
      ok("DescribeEmailMonitoringConfiguration").text(),
      R"({"RoleArn":"arn:aws:iam::123456789012:role/monitoring","LogGroupArn":"arn:aws:logs:us-east-1:123456789012:log-group:mail:*"})");
  ok("PutEmailMonitoringConfiguration", logs);
  EXPECT_EQ(ok("DescribeEmailMonitoringConfiguration")["RoleArn"],
            "arn:aws:iam::000000000000:role/aws-service-role/events.workmail.amazonaws.com/"
            "AWSServiceRoleForAmazonWorkMailEvents");
  ok("DeleteEmailMonitoringConfiguration");
  ok("DeleteEmailMonitoringConfiguration");
  EXPECT_EQ(error("DescribeEmailMonitoringConfiguration"), "ResourceNotFoundException");
}

TEST_F(EmailMonitoring, HasTheRoleOfTheOwnAccount) {
  as("111122223333");
  organization("two");
  ok("PutEmailMonitoringConfiguration", "'LogGroupArn': 'arn:aws:logs:us-east-1:123456789012:log-group:mail:*'");
  EXPECT_EQ(ok("DescribeEmailMonitoringConfiguration")["RoleArn"],
            "arn:aws:iam::111122223333:role/aws-service-role/events.workmail.amazonaws.com/"
            "AWSServiceRoleForAmazonWorkMailEvents");
}

TEST_F(EmailMonitoring, EnforcesDmarcByDefault) {
  EXPECT_EQ(ok("DescribeInboundDmarcSettings").text(), R"({"Enforced":true})");
  ok("PutInboundDmarcSettings", "'Enforced': false");
  EXPECT_EQ(ok("DescribeInboundDmarcSettings").text(), R"({"Enforced":false})");
  EXPECT_EQ(error("PutInboundDmarcSettings"), "ValidationException");
  organization("two");
  EXPECT_EQ(ok("DescribeInboundDmarcSettings").text(), R"({"Enforced":true})");
}

class IdentityCenter : public ApiTest {
 protected:
  IdentityCenter() { organization(); }

  static constexpr const char* kInstance = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
  auto application(const std::string& token = "") -> std::string {
    return ok("CreateIdentityCenterApplication",
              "'Name': 'WorkMail', 'InstanceArn': '" + std::string(kInstance) + "'" +
                  (token.empty() ? "" : ", 'ClientToken': '" + token + "'"))["ApplicationArn"];
  }
  static auto provider(const std::string& application, const std::string& tokens) -> std::string {
    return "'AuthenticationMode': 'IDENTITY_PROVIDER_ONLY', 'IdentityCenterConfiguration': {'InstanceArn': '" +
           std::string(kInstance) + "', 'ApplicationArn': '" + application +
           "'}, 'PersonalAccessTokenConfiguration': {" + tokens + "}";
  }
  auto create_token(const std::string& user_id, const std::string& name) -> api::NewPersonalAccessToken {
    return service_->run({account_, region_}, [&](api::Context& context) {
      const auto head = context.active_organization(organization_id_);
      return api::create_personal_access_token(context, head, context.user(head, user_id), name, {"ews", "imap"});
    });
  }
};

TEST_F(IdentityCenter, MakesApplications) {
  const auto arn = application("t");
  EXPECT_EQ(arn.substr(0, 69), "arn:aws:sso::000000000000:application/ssoins-1234567890abcdef/apl-000");
  EXPECT_EQ(arn.size(), 82U);
  EXPECT_EQ(application("t"), arn);
  EXPECT_NE(application(), arn);
  ok("DeleteIdentityCenterApplication", "'ApplicationArn': '" + arn + "'");
  ok("DeleteIdentityCenterApplication", "'ApplicationArn': '" + arn + "'");
}

TEST_F(IdentityCenter, ConfiguresTheIdentityProvider) {
  EXPECT_EQ(error("DescribeIdentityProviderConfiguration"), "ResourceNotFoundException");
  const auto arn = application();
  EXPECT_EQ(error("PutIdentityProviderConfiguration",
                  provider("arn:aws:sso::000000000000:application/ssoins-1234567890abcdef/apl-ffffffffffffffff",
                           "'Status': 'ACTIVE'")),
            "ResourceNotFoundException");
  auto other_instance = provider(arn, "'Status': 'ACTIVE'");
  other_instance.replace(other_instance.find("1234567890abcdef"), 16, "fedcba0987654321");
  EXPECT_EQ(error("PutIdentityProviderConfiguration", other_instance), "InvalidParameterException");
  ok("PutIdentityProviderConfiguration", provider(arn, "'Status': 'ACTIVE'"));
  EXPECT_EQ(ok("DescribeIdentityProviderConfiguration").text(),
            R"({"AuthenticationMode":"IDENTITY_PROVIDER_ONLY","IdentityCenterConfiguration":{"InstanceArn":")" +
                std::string(kInstance) + R"(","ApplicationArn":")" + arn +
                R"("},"PersonalAccessTokenConfiguration":{"Status":"ACTIVE","LifetimeInDays":365}})");
  ok("PutIdentityProviderConfiguration", provider(arn, "'Status': 'INACTIVE'"));
  EXPECT_EQ(ok("DescribeIdentityProviderConfiguration")["PersonalAccessTokenConfiguration"],
            R"({"Status":"INACTIVE"})");
  ok("DeleteIdentityProviderConfiguration");
  ok("DeleteIdentityProviderConfiguration");
  ok("DeleteIdentityCenterApplication", "'ApplicationArn': '" + arn + "'");
}

TEST_F(IdentityCenter, GoesWithTheOrganizationWhenAskedTo) {
  const auto arn = application();
  ok("PutIdentityProviderConfiguration", provider(arn, "'Status': 'ACTIVE'"));
  ok("DeleteOrganization", "'DeleteDirectory': true, 'DeleteIdentityCenterApplication': true");
  organization("two");
  EXPECT_EQ(error("PutIdentityProviderConfiguration", provider(arn, "'Status': 'ACTIVE'")),
            "ResourceNotFoundException");
}

TEST_F(IdentityCenter, StaysUnlessAskedToGo) {
  const auto arn = application();
  for (const char* flag : {"", ", 'DeleteIdentityCenterApplication': false"}) {
    ok("PutIdentityProviderConfiguration", provider(arn, "'Status': 'ACTIVE'"));
    ok("DeleteOrganization", "'DeleteDirectory': true" + std::string(flag));
    organization("next" + std::to_string(std::string(flag).size()));
  }
  ok("PutIdentityProviderConfiguration", provider(arn, "'Status': 'ACTIVE'"));
}

// "This action does not affect authentication settings for any organization."
TEST_F(IdentityCenter, GoesAlthoughAnotherOrganizationUsesIt) {
  const auto other = application();
  for (const bool with_organization : {true, false}) {
    const auto arn = application();
    const auto configuration = provider(arn, "'Status': 'ACTIVE'");
    const auto first = organization(with_organization ? "one" : "three");
    ok("PutIdentityProviderConfiguration", configuration);
    organization(with_organization ? "two" : "four");
    ok("PutIdentityProviderConfiguration", configuration);
    const auto settings = ok("DescribeIdentityProviderConfiguration").text();
    if (with_organization) {
      ok("DeleteOrganization",
         "'OrganizationId': '" + first + "', 'DeleteDirectory': true, 'DeleteIdentityCenterApplication': true");
    } else {
      ok("DeleteIdentityCenterApplication", "'ApplicationArn': '" + arn + "'");
    }
    EXPECT_EQ(ok("DescribeIdentityProviderConfiguration").text(), settings);
    EXPECT_EQ(error("PutIdentityProviderConfiguration", configuration), "ResourceNotFoundException");
    ok("PutIdentityProviderConfiguration", provider(other, "'Status': 'ACTIVE'"));
  }
}

TEST_F(IdentityCenter, KeepsApplicationsToTheirAccount) {
  const auto arn = application();
  as("111122223333");
  organization("two");
  EXPECT_EQ(error("PutIdentityProviderConfiguration", provider(arn, "'Status': 'ACTIVE'")),
            "ResourceNotFoundException");
}

TEST_F(IdentityCenter, KeepsApplicationsToTheirRegion) {
  const auto arn = application();
  as("000000000000", "eu-west-1");
  organization("two");
  EXPECT_EQ(error("PutIdentityProviderConfiguration", provider(arn, "'Status': 'ACTIVE'")),
            "ResourceNotFoundException");
  ok("DeleteIdentityCenterApplication", "'ApplicationArn': '" + arn + "'");  // there is none here
  as("000000000000");
  organization("three");
  ok("PutIdentityProviderConfiguration", provider(arn, "'Status': 'ACTIVE'"));
}

TEST_F(IdentityCenter, MakesNoTokensWhileTheyAreInactive) {
  user("alice", "alice@acme.awsapps.com");
  ok("PutIdentityProviderConfiguration", provider(application(), "'Status': 'INACTIVE', 'LifetimeInDays': 2"));
  EXPECT_THROW(create_token("alice", "phone"), api::Error);
  EXPECT_TRUE(ok("ListPersonalAccessTokens").list("PersonalAccessTokenSummaries").empty());
  ok("DeleteIdentityProviderConfiguration");
  create_token("alice", "phone");
}

TEST_F(IdentityCenter, KnowsPersonalAccessTokens) {
  const auto alice = user("alice", "alice@acme.awsapps.com");
  user("bob");
  EXPECT_EQ(ok("ListPersonalAccessTokens").text(), R"({"PersonalAccessTokenSummaries":[]})");
  const auto made = create_token("alice", "phone");
  EXPECT_EQ(made.token.size(), 64U);
  const auto token = ok("GetPersonalAccessTokenMetadata", "'PersonalAccessTokenId': '" + made.id + "'");
  EXPECT_EQ(token["UserId"], alice);
  EXPECT_EQ(token["Name"], "phone");
  EXPECT_EQ(token["Scopes"], R"(["ews","imap"])");
  EXPECT_EQ(token["DateCreated"], "1767225600.0");
  EXPECT_EQ(token["ExpiresTime"], "1798761600.0");
  EXPECT_FALSE(token.has("DateLastUsed"));
  create_token("bob", "laptop");
  EXPECT_EQ(ok("ListPersonalAccessTokens", "'UserId': 'bob'").list("PersonalAccessTokenSummaries", "Name"),
            (std::vector<std::string>{"laptop"}));
  const auto first = ok("ListPersonalAccessTokens", "'MaxResults': 1");
  EXPECT_EQ(first.list("PersonalAccessTokenSummaries", "Name"), (std::vector<std::string>{"phone"}));
  EXPECT_EQ(ok("ListPersonalAccessTokens", "'NextToken': '" + first["NextToken"] + "'")
                .list("PersonalAccessTokenSummaries", "Name"),
            (std::vector<std::string>{"laptop"}));
  EXPECT_EQ(error("ListPersonalAccessTokens", "'UserId': 'nobody'"), "EntityNotFoundException");
  ok("DeletePersonalAccessToken", "'PersonalAccessTokenId': '" + made.id + "'");
  ok("DeletePersonalAccessToken", "'PersonalAccessTokenId': '" + made.id + "'");
  EXPECT_EQ(error("GetPersonalAccessTokenMetadata", "'PersonalAccessTokenId': '" + made.id + "'"),
            "ResourceNotFoundException");
  ok("DeleteUser", "'UserId': 'bob'");
  EXPECT_TRUE(ok("ListPersonalAccessTokens").list("PersonalAccessTokenSummaries").empty());
}

TEST_F(IdentityCenter, ShowsWhenATokenWasUsed) {
  user("alice");
  const auto made = create_token("alice", "phone");
  const auto other = create_token("alice", "tablet");
  const auto head = *store_->organizations.head(account_, region_, organization_id_);
  store_->personal_access_tokens.set_used(store_->personal_access_tokens.find(head.number, made.id)->number,
                                          kStart + kDay);
  EXPECT_EQ(ok("GetPersonalAccessTokenMetadata", "'PersonalAccessTokenId': '" + made.id + "'")["DateLastUsed"],
            "1767312000.0");
  EXPECT_EQ(ok("ListPersonalAccessTokens").list("PersonalAccessTokenSummaries", "DateLastUsed"),
            (std::vector<std::string>{"1767312000.0", ""}));
}

TEST_F(IdentityCenter, LetsTokensExpireByTheClock) {
  ok("PutIdentityProviderConfiguration", provider(application(), "'Status': 'ACTIVE', 'LifetimeInDays': 2"));
  user("alice");
  const auto made = create_token("alice", "phone");
  advance(kDay * 2 - std::chrono::milliseconds(1));
  ok("GetPersonalAccessTokenMetadata", "'PersonalAccessTokenId': '" + made.id + "'");
  advance(std::chrono::milliseconds(1));
  EXPECT_EQ(error("GetPersonalAccessTokenMetadata", "'PersonalAccessTokenId': '" + made.id + "'"),
            "ResourceNotFoundException");
}

class Tags : public ApiTest {
 protected:
  Tags() { arn_ = "'ResourceARN': 'arn:aws:workmail:us-east-1:000000000000:organization/" + organization() + "'"; }
  auto tags() -> std::string { return ok("ListTagsForResource", arn_)["Tags"]; }
  std::string arn_;
};

TEST_F(Tags, AreKeptByKey) {
  EXPECT_EQ(tags(), "[]");
  ok("TagResource", arn_ + ", 'Tags': [{'Key': 'b', 'Value': '1'}, {'Key': 'a', 'Value': ''}]");
  ok("TagResource", arn_ + ", 'Tags': [{'Key': 'b', 'Value': '2'}]");
  EXPECT_EQ(tags(), R"([{"Key":"b","Value":"2"},{"Key":"a","Value":""}])");
  ok("UntagResource", arn_ + ", 'TagKeys': ['b', 'unknown']");
  EXPECT_EQ(tags(), R"([{"Key":"a","Value":""}])");
}

TEST_F(Tags, AreAtMostFifty) {
  std::string fifty;
  for (int i = 0; i < 50; ++i) fifty += (i == 0 ? "" : ",") + ("{'Key': 'k" + std::to_string(i) + "', 'Value': 'v'}");
  ok("TagResource", arn_ + ", 'Tags': [" + fifty + "]");
  ok("TagResource", arn_ + ", 'Tags': [{'Key': 'k0', 'Value': 'w'}]");
  EXPECT_EQ(error("TagResource", arn_ + ", 'Tags': [{'Key': 'more', 'Value': 'v'}]"), "TooManyTagsException");
  EXPECT_EQ(ok("ListTagsForResource", arn_).list("Tags").size(), 50U);
}

TEST_F(Tags, HaveKeysOfTheirOwn) {
  EXPECT_EQ(error("TagResource", arn_ + ", 'Tags': [{'Key': 'aws:x', 'Value': 'v'}]"), "InvalidParameterException");
  EXPECT_EQ(error("TagResource", arn_ + ", 'Tags': [{'Key': 'x', 'Value': 'v'}, {'Key': 'x', 'Value': 'w'}]"),
            "InvalidParameterException");
}

TEST_F(Tags, BelongToOrganizationsOfTheAccountAndRegion) {
  for (const char* arn : {"arn:aws:workmail:us-east-1:000000000000:organization/m-00000000000000000000000000000000",
                          "arn:aws:workmail:eu-west-1:000000000000:organization/m-00000000000000000000000000000000"}) {
    const auto members = "'ResourceARN': '" + std::string(arn) + "'";
    EXPECT_EQ(error("ListTagsForResource", members), "ResourceNotFoundException");
    EXPECT_EQ(error("UntagResource", members + ", 'TagKeys': ['x']"), "ResourceNotFoundException");
    EXPECT_EQ(error("TagResource", members + ", 'Tags': []"), "ResourceNotFoundException");
  }
  for (const char* place : {"eu-west-1:000000000000", "us-east-1:111122223333"}) {
    const auto arn =
        "'ResourceARN': 'arn:aws:workmail:" + std::string(place) + ":organization/" + organization_id_ + "'";
    EXPECT_EQ(error("ListTagsForResource", arn), "ResourceNotFoundException") << arn;
  }
  as("111122223333");
  EXPECT_EQ(error("ListTagsForResource", arn_), "ResourceNotFoundException");
}

TEST_F(Tags, FollowTheStateOfTheOrganization) {
  restart({.pace = std::chrono::seconds(20)});
  arn_ = "'ResourceARN': 'arn:aws:workmail:us-east-1:000000000000:organization/" + organization() + "'";
  ok("TagResource", arn_ + ", 'Tags': [{'Key': 'k', 'Value': 'v'}]");  // while the organization is Requested
  advance(std::chrono::seconds(20));
  ok("DeleteOrganization", "'DeleteDirectory': true");
  EXPECT_EQ(error("TagResource", arn_ + ", 'Tags': []"), "OrganizationStateException");
  EXPECT_EQ(ok("ListTagsForResource", arn_).list("Tags").size(), 1U);
  ok("UntagResource", arn_ + ", 'TagKeys': ['k']");
  advance(std::chrono::seconds(20));
  EXPECT_EQ(error("TagResource", arn_ + ", 'Tags': []"), "OrganizationStateException");
  EXPECT_EQ(error("ListTagsForResource", arn_), "ResourceNotFoundException");
  EXPECT_EQ(error("UntagResource", arn_ + ", 'TagKeys': ['k']"), "ResourceNotFoundException");
}

}  // namespace
}  // namespace workmail::test

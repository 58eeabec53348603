#include "api/seed/seed.h"

#include "tests/api/api_test.h"

namespace workmail::test {
namespace {

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

// A document with one organization that has these members besides.
auto acme(const std::string& members) -> std::string {
  return "{'Organizations': [{'Alias': 'acme', " + members + "}]}";
}

constexpr const char* kAlice = "'Users': [{'Name': 'alice', 'Email': 'alice@acme.awsapps.com'}, {'Name': 'bob'}]";

// The members of an export job but its entity.
constexpr const char* kExport =
    "'RoleArn': 'arn:aws:iam::123456789012:role/export', 'KmsKeyArn': 'arn:aws:kms:us-east-1:123456789012:key/k',"
    " 'S3BucketName': 'bucket', 'S3Prefix': 'exports'";

TEST_F(Seeds, NameThePathOfWhatIsWrong) {
  EXPECT_EQ(refused("{'Organizations': [{'Alias': 'acme', 'Users': [{'Name': 'a'}, {'Name': 'b'},"
                    " {'Name': 'c', 'Email': 'c@elsewhere.example'}]}]}")
                .substr(0, 66),
            "Organizations[0].Users[2].Email: MailDomainNotFoundException: Doma");
  EXPECT_TRUE(ok("ListOrganizations").list("OrganizationSummaries").empty());
  EXPECT_EQ(refused("{'Organisations': []}"), "Unknown member 'Organisations'");
}

struct Refusal {
  std::string members;  // of an organization
  std::string path;     // behind Organizations[0]
  std::string error;
};

TEST_F(Seeds, AreRefusedWhatTheApiRefuses) {
  const std::string alice = kAlice;
  const std::string job = kExport;
  const std::vector<Refusal> refusals{
      {"'InteroperabilityEnabled': true", ".InteroperabilityEnabled", "InvalidParameterException"},
      {"'State': 'Deleted', 'Users': []", "", "OrganizationStateException"},
      {"'DefaultMailDomain': 'none.example'", ".DefaultMailDomain", "MailDomainNotFoundException"},
      {"'Domains': [{'DomainName': 'nodot'}]", ".Domains[0].DomainName", "InvalidParameterException"},
      {"'Domains': [{'DomainName': 'one.example'}, {'DomainName': 'One.example'}]", ".Domains[1].DomainName",
       "MailDomainInUseException"},
      {"'Domains': [{'DomainName': 'a.example', 'DefaultDomain': true},"
       " {'DomainName': 'b.example', 'DefaultDomain': true}]",
       ".Domains", "InvalidParameterException"},
      {"'Domains': [{'DomainName': 'a.example', 'DefaultDomain': true, 'OwnershipVerificationStatus': 'FAILED'}]",
       ".DefaultMailDomain", "MailDomainStateException"},
      {"'Domains': [{'DomainName': 'a.example', 'OwnershipVerificationStatus': 'PENDING'}],"
       " 'Groups': [{'Name': 'g', 'Email': 'g@a.example'}]",
       ".Groups[0].Email", "MailDomainStateException"},
      {"'Users': [{'Name': 'a'}, {'Name': 'A'}]", ".Users[1].Name", "NameAvailabilityException"},
      {"'Users': [{'Name': 'a'}], 'Groups': [{'Name': 'A'}]", ".Groups[0].Name", "NameAvailabilityException"},
      {"'Groups': [{'Name': 'a'}], 'Resources': [{'Name': 'a', 'Type': 'ROOM'}]", ".Resources[0].Name",
       "NameAvailabilityException"},
      {"'Users': [{'Name': 'administrator'}]", ".Users[0].Name", "ReservedNameException"},
      {"'Users': [{'Name': 'a', 'UserId': '00000000-0000-0000-0000-000000000001'},"
       " {'Name': 'b', 'UserId': '00000000-0000-0000-0000-000000000001'}]",
       ".Users[1].UserId", "NameAvailabilityException"},
      {"'Users': [{'Name': 'a', 'State': 'ENABLED'}]", ".Users[0].State", "EntityStateException"},
      {"'Users': [{'Name': 'a', 'Aliases': ['a@acme.awsapps.com']}]", ".Users[0].State", "EntityStateException"},
      {"'Users': [{'Name': 'a', 'UserRole': 'SYSTEM_USER'}]", ".Users[0].UserRole", "InvalidParameterException"},
      {"'Users': [{'Name': 'a', 'IdentityProviderUserId': '00000000-0000-0000-0000-000000000001'},"
       " {'Name': 'b', 'IdentityProviderUserId': '00000000-0000-0000-0000-000000000001'}]",
       ".Users[1].IdentityProviderUserId", "InvalidParameterException"},
      {"'Users': [{'Name': 'a', 'Email': 'a@acme.awsapps.com', 'Mailbox': {'MailboxQuota': 51201}}]",
       ".Users[0].Mailbox.MailboxQuota", "InvalidParameterException"},
      {"'Users': [{'Name': 'a', 'Email': 'a@acme.awsapps.com', 'Mailbox':"
       " {'MailboxDeprovisionedDate': '2026-01-01T00:00:00Z'}}]",
       ".Users[0].Mailbox.MailboxDeprovisionedDate", "EntityStateException"},
      {alice + ", 'Resources': [{'Name': 'r', 'Type': 'ROOM', 'Email': 'r@acme.awsapps.com',"
               " 'Aliases': ['s@acme.awsapps.com', 'alice@acme.awsapps.com']}]",
       ".Resources[0].Aliases[1]", "EmailAddressInUseException"},
      {alice + ", 'Groups': [{'Name': 'g', 'Email': 'g@acme.awsapps.com', 'Members': ['carol']}]",
       ".Groups[0].Members[0]", "EntityNotFoundException"},
      {alice + ", 'Groups': [{'Name': 'g', 'Email': 'g@acme.awsapps.com', 'Members': ['g']}]", ".Groups[0].Members[0]",
       "InvalidParameterException"},
      {alice + ", 'Resources': [{'Name': 'r', 'Type': 'ROOM', 'Email': 'r@acme.awsapps.com', 'Delegates': ['bob']}]",
       ".Resources[0].Delegates[0]", "EntityStateException"},
      {alice + ", 'Groups': [{'Name': 'g', 'Email': 'g@acme.awsapps.com',"
               " 'MailboxPermissions': [{'GranteeId': 'bob', 'PermissionValues': ['SEND_AS']}]}]",
       ".Groups[0].MailboxPermissions[0].GranteeId", "EntityStateException"},
      {alice + ", 'Groups': [{'Name': 'g', 'Email': 'g@acme.awsapps.com',"
               " 'MailboxPermissions': [{'GranteeId': 'alice', 'PermissionValues': ['FULL_ACCESS']}]}]",
       ".Groups[0].MailboxPermissions[0].PermissionValues", "InvalidParameterException"},
      {alice + ", 'ImpersonationRoles': [{'Name': 'r', 'Type': 'READ_ONLY', 'Rules':"
               " [{'ImpersonationRuleId': 'i', 'Effect': 'ALLOW', 'TargetUsers': ['alice', 'bob']}]}]",
       ".ImpersonationRoles[0].Rules[0].TargetUsers[1]", "EntityStateException"},
      {"'ImpersonationRoles': [{'Name': 'r', 'Type': 'READ_ONLY', 'Rules': [{'ImpersonationRuleId': 'i', 'Effect':"
       " 'ALLOW'}, {'ImpersonationRuleId': 'i', 'Effect': 'ALLOW'}]}]",
       ".ImpersonationRoles[0].Rules", "InvalidParameterException"},
      {"'ImpersonationRoles': [{'Name': 'r', 'Type': 'READ_ONLY', 'Rules': []},"
       " {'Name': 'R', 'Type': 'READ_ONLY', 'Rules': []}]",
       ".ImpersonationRoles[1].Name", "InvalidParameterException"},
      {"'ImpersonationRoles': [{'Name': 'r', 'ImpersonationRoleId': 'i', 'Type': 'READ_ONLY', 'Rules': []},"
       " {'Name': 's', 'ImpersonationRoleId': 'i', 'Type': 'READ_ONLY', 'Rules': []}]",
       ".ImpersonationRoles[1].ImpersonationRoleId", "InvalidParameterException"},
      {"'AccessControlRules': [{'Name': 'r', 'Effect': 'DENY'}, {'Name': 'r', 'Effect': 'ALLOW'}]",
       ".AccessControlRules[1].Name", "InvalidParameterException"},
      {"'AccessControlRules': [{'Name': 'r', 'Effect': 'DENY', 'Actions': ['Fax']}]", ".AccessControlRules[0]",
       "InvalidParameterException"},
      {"'AccessControlRules': [{'Name': 'r', 'Effect': 'DENY', 'NotUserIds': ['carol']}]",
       ".AccessControlRules[0].NotUserIds[0]", "EntityNotFoundException"},
      {"'AccessControlRules': [{'Name': 'r', 'Effect': 'DENY', 'ImpersonationRoleIds': ['nobody']}]",
       ".AccessControlRules[0]", "ResourceNotFoundException"},
      {"'MobileDeviceAccessRules': [{'Name': 'r', 'Effect': 'DENY', 'MobileDeviceAccessRuleId': 'i'},"
       " {'Name': 'r', 'Effect': 'DENY', 'MobileDeviceAccessRuleId': 'i'}]",
       ".MobileDeviceAccessRules[1].MobileDeviceAccessRuleId", "InvalidParameterException"},
      {alice + ", 'MobileDeviceAccessOverrides': [{'UserId': 'carol', 'DeviceId': 'd', 'Effect': 'DENY'}]",
       ".MobileDeviceAccessOverrides[0].UserId", "EntityNotFoundException"},
      {alice + ", 'MobileDeviceAccessOverrides': [{'UserId': 'bob', 'DeviceId': 'd', 'Effect': 'DENY'}]",
       ".MobileDeviceAccessOverrides[0].UserId", "EntityStateException"},
      {alice + ", 'MobileDeviceAccessOverrides': [{'UserId': 'alice', 'DeviceId': 'd', 'Effect': 'DENY'},"
               " {'UserId': 'alice@acme.awsapps.com', 'DeviceId': 'D', 'Effect': 'ALLOW'}]",
       ".MobileDeviceAccessOverrides[1].DeviceId", "InvalidParameterException"},
      {"'Tags': [{'Key': 'aws:a', 'Value': ''}]", ".Tags", "InvalidParameterException"},
      {"'AvailabilityConfigurations': [{'EwsProvider': {'EwsEndpoint': 'https://e.example/', 'EwsUsername': 'u'}}]",
       ".AvailabilityConfigurations[0].DomainName", "InvalidParameterException"},
      {"'AvailabilityConfigurations': [{'DomainName': 'a.example'}]", ".AvailabilityConfigurations[0]",
       "InvalidParameterException"},
      {"'AvailabilityConfigurations': [{'DomainName': 'a.example', 'ProviderType': 'LAMBDA', 'EwsProvider':"
       " {'EwsEndpoint': 'https://e.example/', 'EwsUsername': 'u'}}]",
       ".AvailabilityConfigurations[0]", "InvalidParameterException"},
      {"'RetentionPolicy': {'Name': 'p', 'FolderConfigurations': [{'Name': 'INBOX', 'Action': 'DELETE'}]}",
       ".RetentionPolicy.FolderConfigurations", "InvalidParameterException"},
      {alice + ", 'PersonalAccessTokens': [{'Name': 't', 'UserId': 'carol'}]", ".PersonalAccessTokens[0].UserId",
       "EntityNotFoundException"},
      {alice + ", 'MailboxExportJobs': [{'EntityId': 'alice', " + job + "}, {'EntityId': 'carol', " + job + "}]",
       ".MailboxExportJobs[1].EntityId", "EntityNotFoundException"},
      {alice + ", 'MailboxExportJobs': [{'EntityId': 'bob', " + job + "}]", ".MailboxExportJobs[0].EntityId",
       "EntityNotFoundException"},
      {alice + ", 'MailboxExportJobs': [{'EntityId': 'alice', " + job + "}, {'EntityId': 'alice', " + job + "}]",
       ".MailboxExportJobs[1]", "LimitExceededException"},
      {alice + ", 'MailboxExportJobs': [{'EntityId': 'alice', 'EndTime': '2026-01-01T00:00:00Z', " + job + "}]",
       ".MailboxExportJobs[0].EndTime", "InvalidParameterException"},
      {alice +
           ", 'MailboxExportJobs': [{'EntityId': 'alice', 'State': 'FAILED', 'FinishTime':"
           " '2026-01-01T00:00:00Z', " +
           job + "}]",
       ".MailboxExportJobs[0].FinishTime", "InvalidParameterException"},
      {alice + ", 'MailboxExportJobs': [{'EntityId': 'alice', 'State': 'CANCELLED', 'ErrorInfo': 'e', " + job + "}]",
       ".MailboxExportJobs[0].ErrorInfo", "InvalidParameterException"},
      {alice + ", 'MailboxExportJobs': [{'EntityId': 'alice', 'JobId': 'j', 'State': 'FAILED', " + job +
           "}, {'EntityId': 'alice', 'JobId': 'j', 'State': 'FAILED', " + job + "}]",
       ".MailboxExportJobs[1].JobId", "InvalidParameterException"}};
  for (const auto& refusal : refusals) {
    const std::string expected = "Organizations[0]" + refusal.path + ": " + refusal.error + ": ";
    EXPECT_EQ(refused(acme(refusal.members)).substr(0, expected.size()), expected) << refusal.members;
    EXPECT_TRUE(store_->empty()) << refusal.members;
  }
}

// Members as AWS's samples show them, a remote user, an application that is deleted since, and a directory that was
// kept.
TEST_F(Seeds, AndStateAreTheSameAfterWhatAwsAllows) {
  apply(
      acme("'Users': [{'Name': 'bob'}, {'Name': 'remote', 'UserRole': 'REMOTE_USER',"
           " 'Email': 'r@acme.awsapps.com', 'Mailbox': {'MailboxQuota': 7,"
           " 'MailboxProvisionedDate': '2025-12-01T00:00:00Z', 'MailboxDeprovisionedDate': '2025-12-20T00:00:00Z'}},"
           " {'Name': 'old', 'DisabledDate': '2025-11-01T00:00:00Z', 'Mailbox': {"
           " 'MailboxProvisionedDate': '2025-10-01T00:00:00Z', 'MailboxDeprovisionedDate': '2025-11-01T00:00:00Z'}}],"
           " 'Groups': [{'Name': 'g', 'Members': ['bob']}], 'IdentityProviderConfiguration':"
           " {'AuthenticationMode': 'IDENTITY_PROVIDER_ONLY', 'IdentityCenterConfiguration':"
           " {'InstanceArn': 'arn:aws:sso:::instance/ssoins-0123456789abcdef', 'ApplicationArn':"
           " 'arn:aws:sso::000000000000:application/ssoins-0123456789abcdef/apl-0123456789abcdef'},"
           " 'PersonalAccessTokenConfiguration': {'Status': 'ACTIVE'}}"));
  organization_id_ = ok("ListOrganizations").list("OrganizationSummaries", "OrganizationId").front();
  EXPECT_EQ(ok("DescribeUser", "'UserId': 'remote'")["State"], "ENABLED");
  EXPECT_EQ(ok("GetMailboxDetails", "'UserId': 'remote'")["MailboxQuota"], "7");
  EXPECT_EQ(error("GetMailboxDetails", "'UserId': 'old'"), "EntityNotFoundException");
  EXPECT_EQ(ok("DescribeUser", "'UserId': 'old'")["MailboxDeprovisionedDate"], "1761955200.0");
  apply(
      "{'Organizations': [{'Alias': 'gone', 'State': 'Deleted', 'DirectoryKept': true, 'DirectoryId': 'd-0123456789',"
      " 'Users': [{'Name': 'u'}], 'Groups': [{'Name': 'g', 'Members': ['u']}]}]}");
  const auto first = state();
  restart({});
  apply(first);
  EXPECT_EQ(state(), first);
}

TEST_F(Seeds, AreRefusedAnOrganizationThatIsThere) {
  apply(
      "{'Organizations': [{'Alias': 'acme', 'OrganizationId': 'm-0123456789abcdef0123456789abcdef',"
      " 'DirectoryId': 'd-0123456789'}]}");
  const auto before = state();
  const auto is_refused = [&](const std::string& members, const std::string& expected) {
    EXPECT_EQ(refused("{'Organizations': [{'Alias': 'new'}, {" + members + "}]}").substr(0, expected.size()), expected);
    EXPECT_EQ(state(), before);
  };
  is_refused("'Alias': 'Acme'", "Organizations[1].Alias: NameAvailabilityException: ");
  is_refused("'Alias': 'two', 'OrganizationId': 'm-0123456789abcdef0123456789abcdef'",
             "Organizations[1].OrganizationId: NameAvailabilityException: ");
  is_refused("'Alias': 'two', 'DirectoryId': 'd-0123456789'",
             "Organizations[1].DirectoryId: DirectoryInUseException: ");
}

TEST_F(Seeds, AreRefusedAnApplicationThatIsThere) {
  const std::string application =
      "{'Name': 'a', 'InstanceArn': 'arn:aws:sso:::instance/ssoins-0123456789abcdef', 'ApplicationArn':"
      " 'arn:aws:sso::000000000000:application/ssoins-0123456789abcdef/apl-0123456789abcdef'}";
  const std::string expected = "IdentityCenterApplications[1].ApplicationArn: NameAvailabilityException: ";
  EXPECT_EQ(
      refused("{'IdentityCenterApplications': [" + application + ", " + application + "]}").substr(0, expected.size()),
      expected);
}

TEST_F(Seeds, TellAllFaultsOfADocumentAtOnce) {
  try {
    apply("{'Organizations': [{'Alias': 'a!', 'Colour': 'red', 'Users': [{}, {'Name': 'b', 'State': 'ASLEEP'}]}]}");
    FAIL();
  } catch (const api::MalformedSeed& error) {
    ASSERT_EQ(error.faults().size(), 4U) << error.what();
    EXPECT_NE(std::string(error.what()).find("Organizations[0].Alias"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("Unknown member 'Organizations[0].Colour'"), std::string::npos);
    EXPECT_NE(std::string(error.what()).find("Organizations[0].Users[0].Name"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("Organizations[0].Users[1].State"), std::string::npos) << error.what();
  }
}

TEST_F(Seeds, TellWhereADocumentIsNoJson) {
  EXPECT_EQ(refused("{'Organizations': [\n  {'Alias' 'acme'}]}").substr(0, 45),
            "The document is not JSON, line 2, column 12: ");
}

TEST_F(Seeds, TakeCommentsAndCommasBehindTheLast) {
  apply("/* one */ {'Organizations': [ // two\n {'Alias': 'acme', 'Users': [{'Name': 'a',},],},],}");
  EXPECT_EQ(ok("ListOrganizations").list("OrganizationSummaries", "Alias"), (std::vector<std::string>{"acme"}));
}

TEST_F(Seeds, BringTheWholeConfiguration) {
  apply(
      "{'IdentityCenterApplications': [{'Name': 'app', 'InstanceArn': 'arn:aws:sso:::instance/ssoins-0123456789abcdef',"
      " 'ApplicationArn': 'arn:aws:sso::000000000000:application/ssoins-0123456789abcdef/apl-0123456789abcdef'}],"
      " 'Organizations': [{'Alias': 'acme', " +
      std::string(kAlice) +
      ", 'Tags': [{'Key': 'team', 'Value': 'red'}],"
      " 'Resources': [{'Name': 'room', 'Type': 'ROOM', 'Email': 'room@acme.awsapps.com', 'MailboxPermissions':"
      " [{'GranteeId': 'alice', 'PermissionValues': ['SEND_AS', 'FULL_ACCESS']}]}],"
      " 'AvailabilityConfigurations': [{'DomainName': 'a.example', 'DateCreated': '2025-12-01T00:00:00Z',"
      " 'EwsProvider': {'EwsEndpoint': 'https://e.example/', 'EwsUsername': 'u'}}],"
      " 'RetentionPolicy': {'Id': 'policy-1', 'Name': 'p', 'FolderConfigurations':"
      " [{'Name': 'INBOX', 'Action': 'DELETE', 'Period': 30}]},"
      " 'EmailMonitoringConfiguration': {'LogGroupArn': 'arn:aws:logs:us-east-1:123456789012:log-group:mail:*'},"
      " 'InboundDmarcSettings': {'Enforced': false},"
      " 'IdentityProviderConfiguration': {'AuthenticationMode': 'IDENTITY_PROVIDER_ONLY',"
      " 'IdentityCenterConfiguration': {'InstanceArn': 'arn:aws:sso:::instance/ssoins-0123456789abcdef',"
      " 'ApplicationArn': 'arn:aws:sso::000000000000:application/ssoins-0123456789abcdef/apl-0123456789abcdef'},"
      " 'PersonalAccessTokenConfiguration': {'Status': 'ACTIVE', 'LifetimeInDays': 2}},"
      " 'PersonalAccessTokens': [{'UserId': 'alice', 'Name': 'token', 'PersonalAccessTokenId': 't'}],"
      " 'MailboxExportJobs': [{'EntityId': 'alice', 'JobId': 'old', 'State': 'FAILED', 'ErrorInfo': 'No space',"
      " 'StartTime': '2025-12-31T00:00:00Z', 'EndTime': '2025-12-31T01:00:00Z', " +
      kExport + "}, {'EntityId': 'alice@acme.awsapps.com', 'JobId': 'new', " + kExport + "}]}]}");
  organization_id_ = ok("ListOrganizations").list("OrganizationSummaries", "OrganizationId").front();
  const std::string arn =
      "'ResourceARN': 'arn:aws:workmail:us-east-1:000000000000:organization/" + organization_id_ + "'";
  EXPECT_EQ(ok("ListTagsForResource", arn).text(), R"({"Tags":[{"Key":"team","Value":"red"}]})");
  const auto permissions = ok("ListMailboxPermissions", "'EntityId': '" + resource_id("room") + "'");
  EXPECT_EQ(permissions.list("Permissions", "PermissionValues").front(), R"(["FULL_ACCESS","SEND_AS"])");
  const auto availability = ok("ListAvailabilityConfigurations");
  EXPECT_EQ(availability.list("AvailabilityConfigurations", "ProviderType").front(), "EWS");
  EXPECT_EQ(availability.list("AvailabilityConfigurations", "DateCreated").front(), "1764547200.0");
  EXPECT_EQ(ok("GetDefaultRetentionPolicy")["Id"], "policy-1");
  EXPECT_EQ(ok("DescribeEmailMonitoringConfiguration")["RoleArn"],
            "arn:aws:iam::000000000000:role/aws-service-role/events.workmail.amazonaws.com/"
            "AWSServiceRoleForAmazonWorkMailEvents");
  EXPECT_EQ(ok("DescribeInboundDmarcSettings")["Enforced"], "false");
  EXPECT_EQ(ok("DescribeIdentityProviderConfiguration")["AuthenticationMode"], "IDENTITY_PROVIDER_ONLY");
  EXPECT_EQ(ok("GetPersonalAccessTokenMetadata", "'PersonalAccessTokenId': 't'")["ExpiresTime"], "1767398400.0");
  EXPECT_EQ(ok("ListMailboxExportJobs").list("Jobs", "JobId"), (std::vector<std::string>{"new", "old"}));
  EXPECT_EQ(ok("DescribeMailboxExportJob", "'JobId': 'old'")["ErrorInfo"], "No space");
  EXPECT_EQ(ok("DescribeMailboxExportJob", "'JobId': 'new'")["State"], "COMPLETED");
  const auto first = state();
  EXPECT_EQ(first.find("Password"), std::string::npos);
  restart({});
  apply(first);
  EXPECT_EQ(state(), first);
}

TEST_F(Seeds, KeepWhatIsRetained) {
  apply(
      acme("'Users': [{'Name': 'gone', 'UserId': '00000000-0000-0000-0000-000000000001', 'DeletedDate':"
           " '2025-12-31T00:00:00Z', 'Mailbox': {'MailboxDeprovisionedDate': '2025-12-30T00:00:00Z'}},"
           " {'Name': 'left', 'Mailbox': {'MailboxSize': 2.5}}]"));
  organization_id_ = ok("ListOrganizations").list("OrganizationSummaries", "OrganizationId").front();
  EXPECT_EQ(ok("ListUsers").list("Users", "State"), (std::vector<std::string>{"DELETED", "DISABLED"}));
  EXPECT_EQ(ok("GetMailboxDetails", "'UserId': 'left'")["MailboxSize"], "2.5");
  register_entity("left", "left@acme.awsapps.com");
  EXPECT_EQ(ok("GetMailboxDetails", "'UserId': 'left'")["MailboxSize"], "2.5");
  advance(kDay * 29);
  EXPECT_EQ(ok("ListUsers").list("Users", "Name"), (std::vector<std::string>{"left"}));
}

TEST_F(Seeds, LeaveAStateWithoutADateUntilAnEvent) {
  apply(
      "{'Organizations': [{'Alias': 'one', 'State': 'Creating'},"
      " {'Alias': 'two', 'State': 'Creating', 'NextStateDate': '2026-01-02T00:00:00Z'}]}");
  EXPECT_EQ(ok("ListOrganizations").list("OrganizationSummaries", "State"),
            (std::vector<std::string>{"Creating", "Creating"}));
  advance(kDay);
  EXPECT_EQ(ok("ListOrganizations").list("OrganizationSummaries", "State"),
            (std::vector<std::string>{"Creating", "Active"}));
}

TEST_F(Seeds, GiveIdentifiersThatAreNotGivenOutAgain) {
  apply(kAcme);
  const auto first = state();
  restart({});
  apply(first);
  organization_id_ = ok("ListOrganizations").list("OrganizationSummaries", "OrganizationId").front();
  user("new");
  organization("another");
  EXPECT_EQ(first.find(organization_id_), std::string::npos);
}

TEST_F(Seeds, KnowTheClock) {
  api::SeedDocument document;
  api::tell_clock(clock_, document);
  EXPECT_EQ(api::write_seed(document), "{\n  \"Clock\": {\n    \"Frozen\": \"2026-01-01T00:00:00.000Z\"\n  }\n}\n");
  clock_.run_ahead(std::chrono::milliseconds(86400500));
  api::tell_clock(clock_, document);
  clock_.follow_real_time();
  api::set_clock(clock_, document);
  EXPECT_EQ(clock_.mode(), api::Clock::Mode::Offset);
  EXPECT_EQ(clock_.ahead(), std::chrono::milliseconds(86400500));
  api::set_clock(clock_, {});
  EXPECT_EQ(clock_.mode(), api::Clock::Mode::Offset);
  clock_.follow_real_time();
  document.clock.reset();
  api::tell_clock(clock_, document);
  EXPECT_FALSE(document.clock);
}

TEST_F(Seeds, CannotTakeTheClockWhereIdentifiersEnd) {
  const auto ahead = [&](const std::string& seconds) {
    try {
      api::set_clock(clock_, api::parse_seed("{\"Clock\": {\"AheadInSeconds\": " + seconds + "}}"));
    } catch (const api::RefusedSeed& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_EQ(ahead("86400.5"), "");
  const std::string refusal = "Clock.AheadInSeconds: InvalidParameterException: The clock goes from 1970 to 9999";
  for (const char* seconds : {"1e300", "-1e300", "9e15", "253402300800", "-2000000000"}) {
    EXPECT_EQ(ahead(seconds), refusal) << seconds;
  }
}

TEST_F(Seeds, HaveOneKindOfClock) {
  const auto faults = [](const std::string& text) -> std::string {
    try {
      api::parse_seed(text);
    } catch (const api::MalformedSeed& error) {
      return error.what();
    }
    return {};
  };
  const std::string both = R"("Clock": {"Frozen": "2031-01-01T00:00:00Z", "AheadInSeconds": 5})";
  const std::string fault = "Clock: Frozen and AheadInSeconds exclude each other";
  EXPECT_EQ(faults("{" + both + "}"), fault);
  const auto all = faults("{" + both + R"(, "Organizations": [{}]})");
  EXPECT_NE(all.find(fault), std::string::npos) << all;
  EXPECT_NE(all.find("Alias"), std::string::npos) << all;
  EXPECT_EQ(faults(R"({"Clock": {"AheadInSeconds": 5}})"), "");
}

TEST_F(Seeds, ReadNumbersExactly) {
  const std::vector<std::pair<std::string, double>> numbers{
      {"0e300", 0},     {"0.0e300", 0},     {"0.0000000000000000000000000000e-30", 0}, {"0.1", 0.1}, {"12", 12},
      {"1.5e-1", 0.15}, {"5e-324", 5e-324}, {"9007199254740993e0", 9007199254740992.0}};
  for (const auto& [text, number] : numbers) {
    const auto document = api::parse_seed("{\"Clock\": {\"AheadInSeconds\": " + text + "}}");
    EXPECT_EQ(document.clock->ahead_in_seconds, number) << text;
  }
  EXPECT_THROW(api::parse_seed("{\"Clock\": {\"AheadInSeconds\": 17976931348623159e293}}"), api::MalformedSeed);
}

TEST_F(Seeds, AnswerTheIdentifiersByName) {
  EXPECT_EQ(
      apply("{'Organizations': [{'Alias': 'acme', 'OrganizationId': 'm-0123456789abcdef0123456789abcdef', 'Users':"
            " [{'Name': 'a', 'UserId': '00000000-0000-0000-0000-000000000001'}]}]}"),
      R"({"Organizations":[{"Alias":"acme","OrganizationId":"m-0123456789abcdef0123456789abcdef","Users":)"
      R"({"a":"00000000-0000-0000-0000-000000000001"},"Groups":{},"Resources":{}}]})");
}

TEST_F(Seeds, AreToldInParts) {
  apply(
      "{'Organizations': [{'Alias': 'one', 'Account': '111111111111'}, {'Alias': 'two', 'Region': 'eu-west-1'}],"
      " 'IdentityCenterApplications': [{'Name': 'a', 'Account': '111111111111',"
      " 'InstanceArn': 'arn:aws:sso:::instance/ssoins-0123456789abcdef'}]}");
  const auto told = [&](const api::StateFilter& filter) {
    return service_->run({account_, region_},
                         [&](api::Context& context) { return api::state_document(context, filter); });
  };
  const auto of_account = told({.account = "111111111111"});
  ASSERT_EQ(of_account.organizations->size(), 1U);
  EXPECT_EQ(of_account.organizations->front().alias, "one");
  EXPECT_EQ(of_account.identity_center_applications->size(), 1U);
  const auto of_region = told({.region = "eu-west-1"});
  ASSERT_EQ(of_region.organizations->size(), 1U);
  EXPECT_EQ(of_region.organizations->front().alias, "two");
  EXPECT_FALSE(of_region.identity_center_applications);
  const std::string id = *of_account.organizations->front().organization_id;
  EXPECT_EQ(told({.organization = id}).organizations->size(), 1U);
  EXPECT_FALSE(told({.organization = id}).identity_center_applications);
}

}  // namespace
}  // namespace workmail::test

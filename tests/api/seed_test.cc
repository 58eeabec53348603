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
  auto state(const api::StateFilter& filter = {}) -> std::string {
    return service_->read({account_, region_}, [&](api::Context& context) {
      api::StateWriter writer(filter);
      std::string text;
      while (writer.append(context, clock_, 1, text)) continue;
      return text;
    });
  }
  // The organization that a document made last, for the calls that follow.
  void use_last() { organization_id_ = ok("ListOrganizations").list("OrganizationSummaries", "OrganizationId").back(); }
  // What of a document comes back as its state: all of it, and nothing besides.
  void expect_same_state(std::string text) {
    std::replace(text.begin(), text.end(), '\'', '"');
    apply(text);
    EXPECT_EQ(state(), api::write_seed(api::parse_seed(text)));
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
      {"'DefaultMailDomain': 'acme.awsapps.com', 'Domains': [{'DomainName': 'a.example', 'DefaultDomain': true}]",
       ".DefaultMailDomain", "InvalidParameterException"},
      {"'Domains': [{'DomainName': '-a.awsapps.com'}]", ".Domains[0].DomainName", "InvalidParameterException"},
      {"'Domains': [{'DomainName': '.awsapps.com'}]", ".Domains[0].DomainName", "InvalidParameterException"},
      {"'DefaultMailDomain': 'none.example'", ".DefaultMailDomain", "MailDomainNotFoundException"},
      {"'Domains': [{'DomainName': 'nodot'}]", ".Domains[0].DomainName", "InvalidParameterException"},
      {"'Domains': [{'DomainName': 'one.example'}, {'DomainName': 'One.example'}]", ".Domains[1].DomainName",
       "MailDomainInUseException"},
      {"'Domains': [{'DomainName': 'a.example', 'DefaultDomain': true},"
       " {'DomainName': 'b.example', 'DefaultDomain': true}]",
       ".Domains", "InvalidParameterException"},
      {"'Users': [{'Name': 'a'}, {'Name': 'A'}]", ".Users[1].Name", "NameAvailabilityException"},
      {"'Users': [{'Name': 'a'}], 'Groups': [{'Name': 'A'}]", ".Groups[0].Name", "NameAvailabilityException"},
      {"'Groups': [{'Name': 'a'}], 'Resources': [{'Name': 'a', 'Type': 'ROOM'}]", ".Resources[0].Name",
       "NameAvailabilityException"},
      {"'Users': [{'Name': 'a', 'UserId': '00000000-0000-0000-0000-000000000001'},"
       " {'Name': 'b', 'UserId': '00000000-0000-0000-0000-000000000001'}]",
       ".Users[1].UserId", "NameAvailabilityException"},
      {"'Users': [{'Name': 'a', 'UserId': '00000000-0000-0000-0000-000000000001', 'State': 'DELETED'}],"
       " 'Groups': [{'Name': 'b', 'GroupId': '00000000-0000-0000-0000-000000000001'}]",
       ".Groups[0].GroupId", "NameAvailabilityException"},
      {"'Resources': [{'Name': 'a', 'Type': 'ROOM', 'ResourceId': 'r-00000000000000000000000000000001'},"
       " {'Name': 'b', 'Type': 'ROOM', 'ResourceId': 'r-00000000000000000000000000000001'}]",
       ".Resources[1].ResourceId", "NameAvailabilityException"},
      {"'Users': [{'Name': 'a', 'State': 'ENABLED'}]", ".Users[0].State", "EntityStateException"},
      {"'Users': [{'Name': 'a', 'State': 'DISABLED', 'Email': 'a@acme.awsapps.com'}]", ".Users[0].State",
       "EntityStateException"},
      {"'Groups': [{'Name': 'a', 'State': 'DELETED', 'Email': 'a@acme.awsapps.com'}]", ".Groups[0].State",
       "EntityStateException"},
      {"'Resources': [{'Name': 'a', 'Type': 'ROOM', 'DeletedDate': '2025-12-31T00:00:00Z',"
       " 'Email': 'a@acme.awsapps.com'}]",
       ".Resources[0].State", "EntityStateException"},
      {"'Users': [{'Name': 'a', 'Aliases': ['a@acme.awsapps.com']}]", ".Users[0].State", "EntityStateException"},
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
      {"'Users': [{'Name': 'a', 'Email': 'a@acme.awsapps.com', 'EnabledDate': '2025-12-31T00:00:00Z',"
       " 'Aliases': ['b@acme.awsapps.com', 'B@acme.awsapps.com']}]",
       ".Users[0].Aliases[1]", "EmailAddressInUseException"},
      {"'Users': [{'Name': 'a', 'Email': 'a@acme.awsapps.com', 'Aliases': ['a@b.example']}]", ".Users[0].Aliases[0]",
       "MailDomainNotFoundException"},
      {"'Users': [{'Name': 'a', 'Email': 'a@acme.awsapps.com'}, {'Name': 'b', 'Email': 'A@Acme.awsapps.com'}]",
       ".Users[1].Email", "EmailAddressInUseException"},
      {alice + ", 'Groups': [{'Name': 'g', 'Members': ['bob', 'carol']}]", ".Groups[0].Members[1]",
       "EntityNotFoundException"},
      {alice + ", 'Groups': [{'Name': 'g', 'Members': ['r']}], 'Resources': [{'Name': 'r', 'Type': 'ROOM'}]",
       ".Groups[0].Members[0]", "EntityNotFoundException"},
      {alice + ", 'Groups': [{'Name': 'g', 'Members': ['alice', 'bob', 'alice@acme.awsapps.com']}]",
       ".Groups[0].Members[2]", "InvalidParameterException"},
      {"'Groups': [{'Name': 'a'}, {'Name': 'b', 'Members': ['a', 'c']}, {'Name': 'c', 'Members': ['d']},"
       " {'Name': 'd', 'Members': ['a', 'b']}]",
       ".Groups[3].Members[1]", "InvalidParameterException"},
      {alice + ", 'Resources': [{'Name': 'r', 'Type': 'ROOM', 'Delegates': ['bob', 'carol']}]",
       ".Resources[0].Delegates[1]", "EntityNotFoundException"},
      {alice + ", 'Resources': [{'Name': 'r', 'Type': 'ROOM', 'Delegates': ['r']}]", ".Resources[0].Delegates[0]",
       "EntityNotFoundException"},
      {alice + ", 'Resources': [{'Name': 'r', 'Type': 'ROOM', 'Delegates': ['bob', 'bob']}]",
       ".Resources[0].Delegates[1]", "InvalidParameterException"},
      {"'Users': [{'Name': 'a', 'MailboxPermissions': [{'GranteeId': 'b', 'PermissionValues': []}]}]",
       ".Users[0].MailboxPermissions[0].GranteeId", "EntityNotFoundException"},
      {alice + ", 'Resources': [{'Name': 'r', 'Type': 'ROOM', 'MailboxPermissions': [{'GranteeId': 'bob',"
               " 'PermissionValues': ['SEND_AS']}, {'GranteeId': 'bob', 'PermissionValues': []}]}]",
       ".Resources[0].MailboxPermissions[1].GranteeId", "InvalidParameterException"},
      {alice + ", 'Groups': [{'Name': 'g', 'Email': 'g@acme.awsapps.com', 'Members': ['g']}]", ".Groups[0].Members[0]",
       "InvalidParameterException"},
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
      {alice + ", 'MobileDeviceAccessOverrides': [{'UserId': 'alice', 'DeviceId': 'd', 'Effect': 'DENY'},"
               " {'UserId': 'alice@acme.awsapps.com', 'DeviceId': 'D', 'Effect': 'ALLOW'}]",
       ".MobileDeviceAccessOverrides[1].DeviceId", "InvalidParameterException"},
      {"'Tags': [{'Key': 'a', 'Value': '1'}, {'Key': 'b', 'Value': '1'}, {'Key': 'a', 'Value': '2'}]", ".Tags[2].Key",
       "InvalidParameterException"},
      {"'ImpersonationRoles': [{'Name': 'r', 'Type': 'READ_ONLY', 'Rules':"
       " [{'ImpersonationRuleId': 'i', 'Effect': 'ALLOW', 'TargetUsers': ['carol']}]}]",
       ".ImpersonationRoles[0].Rules[0].TargetUsers[0]", "EntityNotFoundException"},
      // Only what is dated was made when there was such a user.
      {"'ImpersonationRoles': [{'Name': 'r', 'Type': 'READ_ONLY', 'Rules': [{'ImpersonationRuleId': 'i', 'Effect':"
       " 'ALLOW', 'NotTargetUsers': ['00000000-0000-0000-0000-000000000001']}]}]",
       ".ImpersonationRoles[0].Rules[0].NotTargetUsers[0]", "EntityNotFoundException"},
      {"'AccessControlRules': [{'Name': 'r', 'Effect': 'DENY', 'DateCreated': '2025-12-31T00:00:00Z', 'UserIds':"
       " ['carol']}]",
       ".AccessControlRules[0].UserIds[0]", "EntityNotFoundException"},
      {"'AccessControlRules': [{'Name': 'r', 'Effect': 'DENY', 'NotImpersonationRoleIds': ['nobody']}]",
       ".AccessControlRules[0]", "ResourceNotFoundException"},
      {"'MobileDeviceAccessRules': [{'Name': 'r'}]", ".MobileDeviceAccessRules[0]", "InvalidParameterException"},
      {"'MobileDeviceAccessRules': [{'Effect': 'DENY'}]", ".MobileDeviceAccessRules[0]", "InvalidParameterException"},
      {"'AvailabilityConfigurations': [{'DomainName': 'a.example', 'EwsProvider': {'EwsEndpoint': 'https://e/'}}]",
       ".AvailabilityConfigurations[0]", "InvalidParameterException"},
      {"'AvailabilityConfigurations': [{'DomainName': 'a.example', 'EwsProvider': {'EwsUsername': 'u'}}]",
       ".AvailabilityConfigurations[0]", "InvalidParameterException"},
      {"'AvailabilityConfigurations': [{'DomainName': 'a.example', 'ProviderType': 'EWS', 'LambdaProvider':"
       " {'LambdaArn': 'arn:aws:lambda:us-east-1:123456789012:function:free'}}]",
       ".AvailabilityConfigurations[0]", "InvalidParameterException"},
      {"'AvailabilityConfigurations': [{'DomainName': 'a.example', 'LambdaProvider': {'LambdaArn':"
       " 'arn:aws:lambda:us-east-1:123456789012:function:free'}}, {'DomainName': 'A.example', 'LambdaProvider':"
       " {'LambdaArn': 'arn:aws:lambda:us-east-1:123456789012:function:free'}}]",
       ".AvailabilityConfigurations[1]", "NameAvailabilityException"},
      {"'RetentionPolicy': {'Name': 'p', 'FolderConfigurations': [{'Name': 'INBOX', 'Action': 'NONE'},"
       " {'Name': 'DRAFTS', 'Action': 'NONE'}, {'Name': 'INBOX', 'Action': 'NONE'}]}",
       ".RetentionPolicy.FolderConfigurations[2]", "InvalidParameterException"},
      {alice + ", 'PersonalAccessTokens': [{'Name': 't', 'UserId': 'bob', 'PersonalAccessTokenId': 'i'},"
               " {'Name': 't', 'UserId': 'alice', 'PersonalAccessTokenId': 'i'}]",
       ".PersonalAccessTokens[1].PersonalAccessTokenId", "InvalidParameterException"},
      {"'Groups': [{'Name': 'g'}], 'MailboxExportJobs': [{'EntityId': 'g', 'StartTime': '2025-12-31T00:00:00Z', " +
           job + "}]",
       ".MailboxExportJobs[0].EntityId", "EntityNotFoundException"},
      {"'MailboxExportJobs': [{'EntityId': '00000000-0000-0000-0000-000000000001', " + job + "}]",
       ".MailboxExportJobs[0].EntityId", "EntityNotFoundException"},
      {alice +
           ", 'MailboxExportJobs': [{'EntityId': 'alice', 'State': 'COMPLETED', 'FinishTime':"
           " '2026-01-01T00:00:00Z', " +
           job + "}]",
       ".MailboxExportJobs[0].FinishTime", "InvalidParameterException"},
      {alice + ", 'MailboxExportJobs': [{'EntityId': 'alice', 'ErrorInfo': 'e', " + job + "}]",
       ".MailboxExportJobs[0].ErrorInfo", "InvalidParameterException"},
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

TEST_F(Seeds, AreRefusedContentsOfADeletedOrganization) {
  const std::string job = kExport;
  for (const std::string& members : std::vector<std::string>{
           "'Tags': []", "'InboundDmarcSettings': {'Enforced': true}", "'Domains': []", "'Users': []", "'Groups': []",
           "'Resources': []", "'ImpersonationRoles': []", "'AccessControlRules': []", "'MobileDeviceAccessRules': []",
           "'MobileDeviceAccessOverrides': []", "'AvailabilityConfigurations': []",
           "'RetentionPolicy': {'Name': 'p', 'FolderConfigurations': []}",
           "'EmailMonitoringConfiguration': {'LogGroupArn': 'arn:aws:logs:us-east-1:123456789012:log-group:mail:*'}",
           "'IdentityProviderConfiguration': {'AuthenticationMode': 'IDENTITY_PROVIDER_ONLY',"
           " 'IdentityCenterConfiguration': {'InstanceArn': 'arn:aws:sso:::instance/ssoins-0123456789abcdef',"
           " 'ApplicationArn': 'arn:aws:sso::000000000000:application/ssoins-0123456789abcdef/apl-0123456789abcdef'},"
           " 'PersonalAccessTokenConfiguration': {'Status': 'ACTIVE'}}",
           "'PersonalAccessTokens': []", "'MailboxExportJobs': []"}) {
    const std::string expected = "Organizations[0]: OrganizationStateException: ";
    EXPECT_EQ(refused(acme("'State': 'Deleted', " + members)).substr(0, expected.size()), expected) << members;
  }
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
  is_refused("'Alias': 'two', 'State': 'Deleted', 'OrganizationId': 'm-0123456789abcdef0123456789abcdef'",
             "Organizations[1].OrganizationId: NameAvailabilityException: ");
  // A Deleted one leaves its alias and directory to others.
  apply("{'Organizations': [{'Alias': 'acme', 'State': 'Deleted', 'DirectoryId': 'd-0123456789'}]}");
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

TEST_F(Seeds, TakeTheApplicationOfAnotherAccount) {
  const std::string application =
      "'InstanceArn': 'arn:aws:sso:::instance/ssoins-0123456789abcdef', 'ApplicationArn':"
      " 'arn:aws:sso::000000000000:application/ssoins-0123456789abcdef/apl-0123456789abcdef'}";
  apply("{'IdentityCenterApplications': [{'Name': 'a', " + application + ", {'Name': 'b', 'Account': '111111111111', " +
        application + ", {'Name': 'c', 'Region': 'eu-west-1', " + application + "]}");
  EXPECT_EQ(api::parse_seed(state()).identity_center_applications->size(), 3U);
}

// What Describe, Get and List of AWS answer is taken, however it came to be.
TEST_F(Seeds, TakeWhatAwsShows) {
  const std::string alice = kAlice;
  const std::string job = kExport;
  const std::string gone = "'UserId': '00000000-0000-0000-0000-000000000009', 'Name': 'gone', 'State': 'DELETED'";
  const std::string old = "'DateCreated': '2025-12-31T00:00:00Z'";
  const std::string left = "'00000000-0000-0000-0000-000000000008', 'S-1-1-11-1111111111-2222222222-3333333333-3333'";
  for (const std::string& members : std::vector<std::string>{
           "'Users': [{'Name': 'exampleGuestUser', 'State': 'DISABLED', 'UserRole': 'SYSTEM_USER'}]",
           "'Users': [{'Name': 'r', 'UserRole': 'RESOURCE', 'Email': 'r@acme.awsapps.com'}]",
           "'Users': [{'Name': 'r', 'UserRole': 'REMOTE_USER', 'Email': 'r@acme.awsapps.com'}]",
           "'Users': [{'Name': 'Administrator'}, {'Name': 'Guest'}, {'Name': 'krbtgt'}]",
           "'Groups': [{'Name': 'Domain Users'}, {'Name': 'Administrators'}]",
           "'Resources': [{'Name': 'Guest', 'Type': 'ROOM'}]",
           // Addresses in a domain that is not verified, which may be the default one.
           "'Domains': [{'DomainName': 'a.example', 'DefaultDomain': true, 'OwnershipVerificationStatus': 'FAILED'}],"
           " 'Groups': [{'Name': 'g', 'Email': 'g@a.example', 'Aliases': ['h@a.example']}]",
           "'DefaultMailDomain': 'site.awsapps.com', 'Domains': [{'DomainName': 'site.awsapps.com'}],"
           " 'Users': [{'Name': 'u', 'Email': 'u@site.awsapps.com'}]",
           // ListAliases lists the primary address too.
           "'Users': [{'Name': 'u', 'Email': 'u@acme.awsapps.com', 'Aliases': ['U@acme.awsapps.com']}]",
           // Relations in any state.
           "'Users': [{'Name': 'u', 'Email': 'u@acme.awsapps.com'}], 'Groups': [{'Name': 'g', 'State': 'DISABLED',"
           " 'Members': ['u']}]",
           alice + ", 'Groups': [{'Name': 'g', 'Email': 'g@acme.awsapps.com', 'Members': ['alice', 'bob', 'h']},"
                   " {'Name': 'h', 'DisabledDate': '2025-12-31T00:00:00Z', 'Members': ['bob']}]",
           alice + ", 'Resources': [{'Name': 'r', 'Type': 'ROOM', 'Delegates': ['bob', 'alice']}]",
           alice + ", 'Groups': [{'Name': 'g', 'MailboxPermissions': [{'GranteeId': 'bob', 'PermissionValues':"
                   " ['FULL_ACCESS']}, {'GranteeId': 'r', 'PermissionValues': ['SEND_AS']}]}],"
                   " 'Resources': [{'Name': 'r', 'Type': 'ROOM', 'MailboxPermissions': [{'GranteeId': 'r',"
                   " 'PermissionValues': ['SEND_AS']}]}]",
           "'Users': [{" + gone +
               ", 'Mailbox': {}, 'MailboxPermissions': [{'GranteeId': 'v', 'PermissionValues':"
               " ['SEND_AS']}]}, {'Name': 'v', 'MailboxPermissions': [{'GranteeId':"
               " '00000000-0000-0000-0000-000000000009', 'PermissionValues': ['SEND_AS']}]}],"
               " 'Groups': [{'Name': 'g', 'Members': ['00000000-0000-0000-0000-000000000009']},"
               " {'Name': 'h', 'State': 'DELETED', 'Members': ['v']}],"
               " 'Resources': [{'Name': 'r', 'Type': 'ROOM', 'Delegates':"
               " ['00000000-0000-0000-0000-000000000009']}, {'Name': 's', 'Type': 'ROOM',"
               " 'State': 'DELETED', 'Delegates': ['v']}],"
               " 'MobileDeviceAccessOverrides': [{'UserId': '00000000-0000-0000-0000-000000000009',"
               " 'DeviceId': 'd', 'Effect': 'DENY'}],"
               " 'PersonalAccessTokens': [{'Name': 't', 'UserId':"
               " '00000000-0000-0000-0000-000000000009'}]",
           // Names, addresses and identity provider users of DELETED ones are free.
           "'Users': [{" + gone +
               ", 'IdentityProviderUserId': '00000000-0000-0000-0000-000000000001'},"
               " {'Name': 'gone', 'IdentityProviderUserId': '00000000-0000-0000-0000-000000000001'}]",
           alice + ", 'MobileDeviceAccessOverrides': [{'UserId': 'bob', 'DeviceId': 'd', 'Effect': 'DENY'},"
                   " {'UserId': 'alice', 'DeviceId': 'd', 'Effect': 'DENY'}]",
           alice + ", 'ImpersonationRoles': [{'Name': 'r', 'Type': 'READ_ONLY', 'Rules': [{'ImpersonationRuleId': 'i',"
                   " 'Effect': 'ALLOW', 'TargetUsers': ['alice', 'bob']}]}]",
           // What is dated goes on naming those who are gone for good.
           "'ImpersonationRoles': [{'Name': 'r', " + old +
               ", 'Type': 'READ_ONLY', 'Rules': [{'ImpersonationRuleId':"
               " 'i', 'Effect': 'ALLOW', 'TargetUsers': [" +
               left + "]}]}]",
           "'AccessControlRules': [{'Name': 'r', " + old + ", 'Effect': 'DENY', 'UserIds': [" + left +
               "],"
               " 'ImpersonationRoleIds': ['nobody'],"
               " 'NotImpersonationRoleIds': ['nobody']}]",
           "'Tags': [{'Key': 'aws:cloudformation:stack-name', 'Value': ''}]",
           "'RetentionPolicy': {'Name': 'p', 'FolderConfigurations': [{'Name': 'INBOX', 'Action': 'DELETE'}]}",
           alice +
               ", 'MailboxExportJobs': [{'EntityId': 'bob', 'KmsKeyArn': 'arn:aws:kms:eu-west-1:123456789012:key/k',"
               " 'RoleArn': 'arn:aws:iam::123456789012:role/export', 'S3BucketName': 'bucket', 'S3Prefix': 'p'},"
               " {'EntityId': 'bob', " +
               job + "}]",
           "'MailboxExportJobs': [{'StartTime': '2025-12-31T00:00:00Z', 'EntityId':"
           " 'r-0123456789abcdef0123456789abcdef', " +
               job + "}]"}) {
    restart({});
    apply(acme(members));
    const auto first = state();
    service_->reset_to_empty();
    clock_.freeze(kStart);
    apply(first);
    EXPECT_EQ(state(), first) << members;
  }
}

// Every member, with another value than the one that it has by default: one that is lost on the way in or out is
// missed.
TEST_F(Seeds, ComeBackWithEveryMember) {
  const std::string one = "00000000-0000-0000-0000-00000000000";
  const std::string export_members =
      "'RoleArn': 'arn:aws:iam::123456789012:role/export', 'KmsKeyArn': 'arn:aws:kms:us-east-1:123456789012:key/k',"
      " 'S3BucketName': 'bucket', 'S3Prefix': 'exports'";
  expect_same_state(
      "{'Clock': {'Frozen': '2026-01-01T00:00:00Z'},"
      " 'IdentityCenterApplications': [{'Account': '111122223333', 'Region': 'eu-west-1', 'ApplicationArn':"
      " 'arn:aws:sso::111122223333:application/ssoins-0123456789abcdef/apl-0123456789abcdef', 'Name': 'app',"
      " 'InstanceArn': 'arn:aws:sso:::instance/ssoins-0123456789abcdef'}],"
      " 'Organizations': [{'OrganizationId': 'm-0123456789abcdef0123456789abcdef', 'Account': '111122223333',"
      " 'Region': 'eu-west-1', 'Alias': 'Acme', 'State': 'Failed', 'NextStateDate': '2026-02-01T00:00:00Z',"
      " 'ErrorMessage': 'It failed', 'CompletedDate': '2025-01-01T00:00:00Z', 'DirectoryId': 'd-0123456789',"
      " 'DirectoryKept': true, 'InteroperabilityEnabled': true, 'KmsKeyArn':"
      " 'arn:aws:kms:eu-west-1:111122223333:key/k', 'DefaultMailDomain': 'acme.example',"
      " 'Tags': [{'Key': 'b', 'Value': '2'}, {'Key': 'a', 'Value': ''}], 'InboundDmarcSettings': {'Enforced': false},"
      " 'Domains': [{'DomainName': 'acme.awsapps.com', 'OwnershipVerificationStatus': 'FAILED',"
      " 'DkimVerificationStatus': 'PENDING'}, {'DomainName': 'acme.example', 'DefaultDomain': true, 'HostedZoneId': "
      "'Z1',"
      " 'OwnershipVerificationStatus': 'PENDING', 'DkimVerificationStatus': 'FAILED', 'VerifiedDate':"
      " '2026-02-02T00:00:00Z'}],"
      " 'Users': [{'UserId': '" +
      one +
      "1', 'Name': 'Alice', 'DisplayName': 'A', 'Email': 'Alice@acme.example',"
      " 'Aliases': ['b@acme.awsapps.com', 'a@acme.example'], 'State': 'ENABLED', 'UserRole': 'RESOURCE',"
      " 'EnabledDate': '2025-02-01T00:00:00Z', 'DisabledDate': '2025-01-02T00:00:00Z', 'Mailbox': {'MailboxQuota': 7,"
      " 'MailboxSize': 2.5, 'MailboxProvisionedDate': '2025-01-03T00:00:00Z'}, 'FirstName': 'first', 'LastName': "
      "'last',"
      " 'HiddenFromGlobalAddressList': true, 'Initials': 'initials', 'Telephone': 'telephone', 'Street': 'street',"
      " 'JobTitle': 'title', 'City': 'city', 'Company': 'company', 'ZipCode': 'zip', 'Department': 'department',"
      " 'Country': 'country', 'Office': 'office', 'IdentityProviderUserId': '" +
      one +
      "7',"
      " 'IdentityProviderIdentityStoreId': 'd-0123456789', 'MailboxPermissions': [{'GranteeId': '" +
      one +
      "3',"
      " 'PermissionValues': ['SEND_AS']}, {'GranteeId': '" +
      one +
      "2', 'PermissionValues': ['FULL_ACCESS', 'SEND_AS',"
      " 'SEND_ON_BEHALF']}]},"
      " {'UserId': '" +
      one +
      "2', 'Name': 'bob', 'State': 'DISABLED', 'UserRole': 'USER', 'DisabledDate':"
      " '2025-12-31T00:00:00Z', 'Mailbox': {'MailboxQuota': 8, 'MailboxSize': 1.0, 'MailboxProvisionedDate':"
      " '2025-01-04T00:00:00Z', 'MailboxDeprovisionedDate': '2025-12-30T00:00:00Z'}}],"
      " 'Groups': [{'GroupId': '" +
      one +
      "3', 'Name': 'All', 'Email': 'all@acme.example', 'Aliases':"
      " ['every@acme.example'], 'State': 'ENABLED', 'EnabledDate': '2025-02-02T00:00:00Z', 'DisabledDate':"
      " '2025-01-05T00:00:00Z', 'HiddenFromGlobalAddressList': true, 'Members': ['" +
      one + "2', '" + one +
      "1'],"
      " 'MailboxPermissions': [{'GranteeId': '" +
      one +
      "1', 'PermissionValues': ['SEND_ON_BEHALF']}]},"
      " {'GroupId': '" +
      one +
      "4', 'Name': 'gone', 'State': 'DELETED', 'EnabledDate': '2025-02-03T00:00:00Z',"
      " 'DisabledDate': '2025-02-04T00:00:00Z', 'DeletedDate': '2025-12-31T00:00:00Z'}],"
      " 'Resources': [{'ResourceId': 'r-0123456789abcdef0123456789abcdef', 'Name': 'Room', 'Type': 'EQUIPMENT',"
      " 'Description': 'described', 'Email': 'room@acme.example', 'Aliases': ['hall@acme.example'], 'State': 'ENABLED',"
      " 'EnabledDate': '2025-02-05T00:00:00Z', 'DisabledDate': '2025-01-06T00:00:00Z', 'Mailbox': {'MailboxQuota': 9,"
      " 'MailboxSize': 3.0, 'MailboxProvisionedDate': '2025-01-07T00:00:00Z'}, 'BookingOptions': {'AutoAcceptRequests':"
      " false, 'AutoDeclineRecurringRequests': true, 'AutoDeclineConflictingRequests': false},"
      " 'HiddenFromGlobalAddressList': true, 'Delegates': ['" +
      one + "2', '" + one +
      "1'], 'MailboxPermissions':"
      " [{'GranteeId': '" +
      one +
      "2', 'PermissionValues': ['FULL_ACCESS']}]}],"
      " 'ImpersonationRoles': [{'ImpersonationRoleId': 'role-1', 'Name': 'Role', 'Type': 'READ_ONLY', 'Description':"
      " 'of a role', 'Rules': [{'ImpersonationRuleId': 'i', 'Name': 'of a rule', 'Description': 'described', 'Effect':"
      " 'DENY', 'TargetUsers': ['" +
      one + "2', '" + one +
      "1']}, {'ImpersonationRuleId': 'j', 'Effect': 'ALLOW',"
      " 'NotTargetUsers': ['" +
      one +
      "1']}], 'DateCreated': '2025-03-01T00:00:00Z', 'DateModified':"
      " '2025-03-02T00:00:00Z'}],"
      " 'AccessControlRules': [{'Name': 'one', 'Effect': 'DENY', 'Description': 'of one', 'IpRanges': ['10.0.0.0/8'],"
      " 'Actions': ['EWS'], 'UserIds': ['" +
      one +
      "1'], 'ImpersonationRoleIds': ['role-1'], 'DateCreated':"
      " '2025-03-03T00:00:00Z', 'DateModified': '2025-03-04T00:00:00Z'}, {'Name': 'two', 'Effect': 'ALLOW',"
      " 'Description': 'of two', 'NotIpRanges': ['10.1.0.0/16'], 'NotActions': ['IMAP'], 'NotUserIds': ['" +
      one +
      "2'],"
      " 'NotImpersonationRoleIds': ['role-1'], 'DateCreated': '2025-03-05T00:00:00Z', 'DateModified':"
      " '2025-03-06T00:00:00Z'}],"
      " 'MobileDeviceAccessRules': [{'MobileDeviceAccessRuleId': '" +
      one +
      "5', 'Name': 'one', 'Description': 'of one',"
      " 'Effect': 'DENY', 'DeviceTypes': ['a'], 'NotDeviceTypes': ['b'], 'DeviceModels': ['c'], 'NotDeviceModels':"
      " ['d'], 'DeviceOperatingSystems': ['e'], 'NotDeviceOperatingSystems': ['f'], 'DeviceUserAgents': ['g'],"
      " 'NotDeviceUserAgents': ['h'], 'DateCreated': '2025-03-07T00:00:00Z', 'DateModified': '2025-03-08T00:00:00Z'}],"
      " 'MobileDeviceAccessOverrides': [{'UserId': '" +
      one +
      "1', 'DeviceId': 'Device', 'Effect': 'DENY',"
      " 'Description': 'of a device', 'DateCreated': '2025-03-09T00:00:00Z', 'DateModified': '2025-03-10T00:00:00Z'}],"
      " 'AvailabilityConfigurations': [{'DomainName': 'Ews.example', 'ProviderType': 'EWS', 'EwsProvider':"
      " {'EwsEndpoint': 'https://ews.example/', 'EwsUsername': 'u'}, 'DateCreated': '2025-03-11T00:00:00Z',"
      " 'DateModified': '2025-03-12T00:00:00Z'}, {'DomainName': 'lambda.example', 'ProviderType': 'LAMBDA',"
      " 'LambdaProvider': {'LambdaArn': 'arn:aws:lambda:us-east-1:123456789012:function:free'}, 'DateCreated':"
      " '2025-03-13T00:00:00Z', 'DateModified': '2025-03-14T00:00:00Z'}],"
      " 'RetentionPolicy': {'Id': 'policy', 'Name': 'Policy', 'Description': 'of a policy', 'FolderConfigurations':"
      " [{'Name': 'INBOX', 'Action': 'DELETE', 'Period': 30}, {'Name': 'DRAFTS', 'Action': 'NONE'}]},"
      " 'EmailMonitoringConfiguration': {'RoleArn': 'arn:aws:iam::123456789012:role/monitoring', 'LogGroupArn':"
      " 'arn:aws:logs:us-east-1:123456789012:log-group:mail:*'},"
      " 'IdentityProviderConfiguration': {'AuthenticationMode': 'IDENTITY_PROVIDER_ONLY', "
      "'IdentityCenterConfiguration':"
      " {'InstanceArn': 'arn:aws:sso:::instance/ssoins-0123456789abcdef', 'ApplicationArn':"
      " 'arn:aws:sso::111122223333:application/ssoins-0123456789abcdef/apl-0123456789abcdef'},"
      " 'PersonalAccessTokenConfiguration': {'Status': 'INACTIVE', 'LifetimeInDays': 3}},"
      " 'PersonalAccessTokens': [{'PersonalAccessTokenId': 'token', 'UserId': '" +
      one +
      "1', 'Name': 'Token',"
      " 'DateCreated': '2025-03-15T00:00:00Z', 'DateLastUsed': '2025-03-16T00:00:00Z', 'ExpiresTime':"
      " '2026-03-17T00:00:00Z', 'Scopes': ['mail', 'calendar']}],"
      " 'MailboxExportJobs': [{'JobId': 'one', 'EntityId': '" +
      one + "1', 'Description': 'of one', " + export_members +
      ", 'S3Path': 'elsewhere', 'State': 'FAILED', 'ErrorInfo': 'No space', 'StartTime': '2025-12-29T00:00:00Z',"
      " 'EndTime': '2025-12-30T00:00:00Z'}, {'JobId': 'two', 'EntityId': '" +
      one + "2', " + export_members +
      ", 'S3Path': 'exports/two', 'State': 'RUNNING', 'StartTime': '2025-12-28T00:00:00Z', 'FinishTime':"
      " '2026-01-05T00:00:00Z'}]},"
      " {'OrganizationId': 'm-0123456789abcdef0123456789abcdee', 'Account': '000000000000', 'Region': 'us-east-1',"
      " 'Alias': 'acme', 'State': 'Deleted', 'ErrorMessage': 'gone', 'CompletedDate': '2025-01-02T00:00:00Z',"
      " 'DirectoryId': 'd-0123456789', 'DefaultMailDomain': 'acme.awsapps.com'}]}");
}

TEST_F(Seeds, FillInWhatIsLeftOut) {
  apply(
      "{'Organizations': [{'Alias': 'Acme', 'DirectoryId': 'd-9999999999', 'OrganizationId':"
      " 'm-0123456789abcdef0123456789abcdef', 'Domains': [{'DomainName': 'One.Example'}, {'DomainName': 'two.example',"
      " 'OwnershipVerificationStatus': 'FAILED'}], 'Users': [{'Name': 'u', 'UserId':"
      " '00000000-0000-0000-0000-000000000001', 'Email': 'u@acme.awsapps.com'}, {'Name': 'v', 'UserId':"
      " '00000000-0000-0000-0000-000000000002', 'DisabledDate': '2025-12-31T00:00:00Z', 'Mailbox': {}}, {'Name': 'w',"
      " 'UserId': '00000000-0000-0000-0000-000000000003', 'DeletedDate': '2025-12-31T00:00:00Z'}],"
      " 'Groups': [{'Name': 'g', 'GroupId': '00000000-0000-0000-0000-000000000004', 'EnabledDate':"
      " '2025-12-30T00:00:00Z'}], 'Resources': [{'Name': 'r', 'ResourceId': 'r-00000000000000000000000000000001',"
      " 'Type': 'ROOM', 'Email': 'r@acme.awsapps.com', 'EnabledDate': '2025-12-30T00:00:00Z', 'BookingOptions': {}},"
      " {'Name': 's', 'ResourceId': 'r-00000000000000000000000000000002', 'Type': 'ROOM'}], 'AccessControlRules': [],"
      " 'MobileDeviceAccessRules': []}]}");
  std::string expected =
      "{'Clock': {'Frozen': '2026-01-01T00:00:00Z'}, 'Organizations': [{'OrganizationId':"
      " 'm-0123456789abcdef0123456789abcdef', 'Account': '000000000000', 'Region': 'us-east-1', 'Alias': 'Acme',"
      " 'State': 'Active', 'CompletedDate': '2026-01-01T00:00:00Z', 'DirectoryId': 'd-9999999999', 'DefaultMailDomain':"
      " 'acme.awsapps.com', 'InboundDmarcSettings': {'Enforced': true}, 'Domains': [{'DomainName': 'acme.awsapps.com',"
      " 'DefaultDomain': true, 'OwnershipVerificationStatus': 'VERIFIED', 'DkimVerificationStatus': 'VERIFIED'},"
      " {'DomainName': 'one.example', 'OwnershipVerificationStatus': 'VERIFIED', 'DkimVerificationStatus': 'VERIFIED'},"
      " {'DomainName': 'two.example', 'OwnershipVerificationStatus': 'FAILED', 'DkimVerificationStatus': 'FAILED'}],"
      " 'Users': [{'UserId': '00000000-0000-0000-0000-000000000001', 'Name': 'u', 'Email': 'u@acme.awsapps.com',"
      " 'State': 'ENABLED', 'UserRole': 'USER', 'EnabledDate': '2026-01-01T00:00:00Z', 'Mailbox': {'MailboxQuota':"
      " 51200, 'MailboxSize': 0.0, 'MailboxProvisionedDate': '2026-01-01T00:00:00Z'}}, {'UserId':"
      " '00000000-0000-0000-0000-000000000002', 'Name': 'v', 'State': 'DISABLED', 'UserRole': 'USER', 'DisabledDate':"
      " '2025-12-31T00:00:00Z', 'Mailbox': {'MailboxQuota': 51200, 'MailboxSize': 0.0, 'MailboxProvisionedDate':"
      " '2026-01-01T00:00:00Z', 'MailboxDeprovisionedDate': '2025-12-31T00:00:00Z'}}, {'UserId':"
      " '00000000-0000-0000-0000-000000000003', 'Name': 'w', 'State': 'DELETED', 'UserRole': 'USER', 'DeletedDate':"
      " '2025-12-31T00:00:00Z'}], 'Groups': [{'GroupId': '00000000-0000-0000-0000-000000000004', 'Name': 'g', 'State':"
      " 'DISABLED', 'EnabledDate': '2025-12-30T00:00:00Z'}], 'Resources': [{'ResourceId':"
      " 'r-00000000000000000000000000000001', 'Name': 'r', 'Type': 'ROOM', 'Email': 'r@acme.awsapps.com', 'State':"
      " 'ENABLED', 'EnabledDate': '2025-12-30T00:00:00Z', 'Mailbox': {'MailboxQuota': 51200, 'MailboxSize': 0.0,"
      " 'MailboxProvisionedDate': '2025-12-30T00:00:00Z'}, 'BookingOptions': {'AutoAcceptRequests': false,"
      " 'AutoDeclineRecurringRequests': false, 'AutoDeclineConflictingRequests': false}}, {'ResourceId':"
      " 'r-00000000000000000000000000000002', 'Name': 's', 'Type': 'ROOM', 'State': 'DISABLED', 'BookingOptions':"
      " {'AutoAcceptRequests': true, 'AutoDeclineRecurringRequests': false, 'AutoDeclineConflictingRequests': true}}],"
      " 'AccessControlRules': [], 'MobileDeviceAccessRules': []}]}";
  std::replace(expected.begin(), expected.end(), '\'', '"');
  EXPECT_EQ(state(), api::write_seed(api::parse_seed(expected)));
}

TEST_F(Seeds, FillInTheDatesOfRules) {
  apply(
      acme("'Users': [{'Name': 'u'}], 'ImpersonationRoles': [{'Name': 'r', 'Type': 'READ_ONLY', 'Rules': []},"
           " {'Name': 's', 'Type': 'READ_ONLY', 'Rules': [], 'DateCreated': '2025-12-31T00:00:00Z'}],"
           " 'AccessControlRules': [{'Name': 'r', 'Effect': 'DENY'}, {'Name': 's', 'Effect': 'DENY', 'DateCreated':"
           " '2025-12-31T00:00:00Z'}], 'MobileDeviceAccessRules': [{'Name': 'r', 'Effect': 'DENY'}, {'Name': 's',"
           " 'Effect': 'DENY', 'DateCreated': '2025-12-31T00:00:00Z'}], 'MobileDeviceAccessOverrides': [{'UserId':"
           " 'u', 'DeviceId': 'd', 'Effect': 'DENY'}, {'UserId': 'u', 'DeviceId': 'e', 'Effect': 'DENY',"
           " 'DateCreated': '2025-12-31T00:00:00Z'}], 'AvailabilityConfigurations': [{'DomainName': 'a.example',"
           " 'EwsProvider': {'EwsEndpoint': 'https://e/', 'EwsUsername': 'u'}}, {'DomainName': 'b.example',"
           " 'EwsProvider': {'EwsEndpoint': 'https://e/', 'EwsUsername': 'u'}, 'DateCreated':"
           " '2025-12-31T00:00:00Z'}]"));
  use_last();
  const std::vector<std::string> dates{"1767225600.0", "1767139200.0"};
  const std::vector<std::pair<const char*, const char*>> lists{
      {"ListImpersonationRoles", "Roles"},
      {"ListAccessControlRules", "Rules"},
      {"ListMobileDeviceAccessRules", "Rules"},
      {"ListMobileDeviceAccessOverrides", "Overrides"},
      {"ListAvailabilityConfigurations", "AvailabilityConfigurations"}};
  for (const auto& [operation, list] : lists) {
    EXPECT_EQ(ok(operation).list(list, "DateCreated"), dates) << operation;
    EXPECT_EQ(ok(operation).list(list, "DateModified"), dates) << operation;
  }
}

TEST_F(Seeds, KeepTheRulesOfANewOrganizationUnlessTheyListOthers) {
  apply(
      "{'Organizations': [{'Alias': 'acme'}, {'Alias': 'other', 'AccessControlRules': [], 'MobileDeviceAccessRules':"
      " []}]}");
  for (const std::size_t expected : {1U, 0U}) {
    organization_id_ = ok("ListOrganizations").list("OrganizationSummaries", "OrganizationId")[1 - expected];
    EXPECT_EQ(ok("ListAccessControlRules").list("Rules").size(), expected);
    EXPECT_EQ(ok("ListMobileDeviceAccessRules").list("Rules").size(), expected);
  }
}

TEST_F(Seeds, FillInWhatIsLeftOutOfTokensAndJobs) {
  restart({.pace = std::chrono::hours(1)});
  apply(acme(std::string(kAlice) +
             ", 'PersonalAccessTokens': [{'Name': 't', 'UserId': 'bob', 'PersonalAccessTokenId': 't'},"
             " {'Name': 'u', 'UserId': 'bob', 'PersonalAccessTokenId': 'u', 'DateCreated': '2025-12-31T00:00:00Z'}],"
             " 'MailboxExportJobs': [{'EntityId': 'alice', 'JobId': 'now', " +
             kExport +
             "},"
             " {'EntityId': 'alice', 'JobId': 'earlier', 'StartTime': '2025-12-31T00:00:00Z', " +
             kExport +
             "},"
             " {'EntityId': 'alice', 'JobId': 'set', 'FinishTime': '2026-01-01T02:00:00Z', " +
             kExport +
             "},"
             " {'EntityId': 'alice', 'JobId': 'done', 'State': 'CANCELLED', 'StartTime': '2025-12-31T00:00:00Z', " +
             kExport + "}]"));
  use_last();
  EXPECT_EQ(ok("GetPersonalAccessTokenMetadata", "'PersonalAccessTokenId': 't'")["DateCreated"], "1767225600.0");
  EXPECT_EQ(ok("GetPersonalAccessTokenMetadata", "'PersonalAccessTokenId': 't'")["ExpiresTime"], "1798761600.0");
  EXPECT_EQ(ok("GetPersonalAccessTokenMetadata", "'PersonalAccessTokenId': 'u'")["ExpiresTime"], "1798675200.0");
  const auto job = [&](const std::string& id) { return ok("DescribeMailboxExportJob", "'JobId': '" + id + "'"); };
  EXPECT_EQ(job("done")["EndTime"], "1767139200.0");
  EXPECT_EQ(job("done")["S3Path"], job("now")["S3Path"].replace(job("now")["S3Path"].find("now"), 3, "done"));
  EXPECT_EQ(job("now")["StartTime"], "1767225600.0");
  advance(std::chrono::minutes(59));
  for (const char* id : {"now", "earlier", "set"}) EXPECT_EQ(job(id)["State"], "RUNNING") << id;
  advance(std::chrono::minutes(1));
  for (const char* id : {"now", "earlier"}) EXPECT_EQ(job(id)["State"], "COMPLETED") << id;
  EXPECT_EQ(job("set")["State"], "RUNNING");
  advance(std::chrono::hours(1));
  EXPECT_EQ(job("set")["State"], "COMPLETED");
  // Seven days after its start.
  advance(kDay * 6 - std::chrono::hours(2) - std::chrono::milliseconds(1));
  EXPECT_EQ(ok("ListMailboxExportJobs").list("Jobs").size(), 4U);
  advance(std::chrono::milliseconds(1));
  EXPECT_EQ(ok("ListMailboxExportJobs").list("Jobs", "JobId"), (std::vector<std::string>{"set", "now"}));
}

TEST_F(Seeds, RetainForThirtyDays) {
  apply(
      acme("'Users': [{'Name': 'gone', 'DeletedDate': '2025-12-31T00:00:00Z'}, {'Name': 'left', 'Mailbox':"
           " {'MailboxDeprovisionedDate': '2025-12-31T00:00:00Z'}}, {'Name': 'now', 'State': 'DELETED'}],"
           " 'Resources': [{'Name': 'room', 'Type': 'ROOM', 'DeletedDate': '2025-12-31T00:00:00Z'}],"
           " 'Groups': [{'Name': 'group', 'DeletedDate': '2025-12-31T00:00:00Z'}]"));
  use_last();
  EXPECT_EQ(ok("DescribeUser", "'UserId': 'left'")["DisabledDate"], "1767139200.0");
  const auto names = [&] {
    auto all = ok("ListUsers").list("Users", "Name");
    for (const auto& name : ok("ListGroups").list("Groups", "Name")) all.push_back(name);
    for (const auto& name : ok("ListResources").list("Resources", "Name")) all.push_back(name);
    return all;
  };
  advance(kDay * 29 - std::chrono::milliseconds(1));
  EXPECT_EQ(names(), (std::vector<std::string>{"gone", "left", "now", "group", "room"}));
  EXPECT_EQ(ok("GetMailboxDetails", "'UserId': 'left'")["MailboxQuota"], "51200");
  advance(std::chrono::milliseconds(1));
  EXPECT_EQ(names(), (std::vector<std::string>{"left", "now"}));
  EXPECT_EQ(error("GetMailboxDetails", "'UserId': 'left'"), "EntityNotFoundException");
  advance(kDay - std::chrono::milliseconds(1));
  EXPECT_EQ(names(), (std::vector<std::string>{"left", "now"}));
  advance(std::chrono::milliseconds(1));
  EXPECT_EQ(names(), (std::vector<std::string>{"left"}));
}

TEST_F(Seeds, GiveRemoteUsersNoMailbox) {
  apply(
      acme("'Users': [{'Name': 'remote', 'UserRole': 'REMOTE_USER', 'Email': 'remote@acme.awsapps.com'},"
           " {'Name': 'system', 'UserRole': 'SYSTEM_USER', 'Email': 'system@acme.awsapps.com'},"
           " {'Name': 'retained', 'UserRole': 'REMOTE_USER', 'Email': 'retained@acme.awsapps.com', 'Mailbox':"
           " {'MailboxQuota': 5, 'MailboxDeprovisionedDate': '2025-12-31T00:00:00Z'}},"
           " {'Name': 'resource', 'UserRole': 'RESOURCE', 'Email': 'resource@acme.awsapps.com'}]"));
  use_last();
  for (const std::string name : {"remote", "system"}) {
    EXPECT_EQ(ok("DescribeUser", "'UserId': '" + name + "'")["Email"], name + "@acme.awsapps.com");
    EXPECT_FALSE(ok("DescribeUser", "'UserId': '" + name + "'").has("MailboxProvisionedDate"));
    EXPECT_EQ(error("GetMailboxDetails", "'UserId': '" + name + "'"), "EntityNotFoundException");
  }
  EXPECT_EQ(ok("DescribeUser", "'UserId': 'retained'")["MailboxDeprovisionedDate"], "1767139200.0");
  EXPECT_EQ(ok("GetMailboxDetails", "'UserId': 'retained'")["MailboxQuota"], "5");
  EXPECT_EQ(ok("GetMailboxDetails", "'UserId': 'resource'")["MailboxQuota"], "51200");
}

// Documents with as many of something as there may be, and with one more.
TEST_F(Seeds, KeepTheLimitsOfOrganizationsDomainsAndJobs) {
  const auto list = [](int count, auto element) {
    std::string text;
    for (int i = 0; i < count; ++i) text += (i == 0 ? "" : ", ") + element(std::to_string(i));
    return text;
  };
  const auto organizations = [&](int count) {
    return "{'Organizations': [{'Alias': 'there', 'Region': 'eu-west-1'}, {'Alias': 'gone', 'State': 'Deleted'}, " +
           list(count, [](const std::string& i) { return "{'Alias': 'a" + i + "'}"; }) + "]}";
  };
  apply(organizations(100));
  restart({});
  EXPECT_EQ(refused(organizations(101)).substr(0, 43), "Organizations[102]: LimitExceededException:");
  const auto domains = [&](int count) {
    return acme("'Domains': [" +
                list(count, [](const std::string& i) { return "{'DomainName': 'd" + i + ".example'}"; }) + "]");
  };
  apply(domains(999));  // and the one for tests
  restart({});
  EXPECT_EQ(refused(domains(1000)).substr(0, 64), "Organizations[0].Domains[999].DomainName: LimitExceededException");
  const auto jobs = [&](int count) {
    return acme(
        std::string(kAlice) + ", 'MailboxExportJobs': [{'EntityId': 'alice', 'State': 'COMPLETED', " + kExport + "}, " +
        list(count,
             [](const std::string& i) { return "{'EntityId': 'alice', 'JobId': 'j" + i + "', " + kExport + "}"; }) +
        "]");
  };
  apply(jobs(10));
  restart({});
  EXPECT_EQ(refused(jobs(11)).substr(0, 63), "Organizations[0].MailboxExportJobs[11]: LimitExceededException:");
}

TEST_F(Seeds, AreTakenInEveryStateOfTheOrganization) {
  apply(acme("'State': 'Impaired', " + std::string(kAlice) +
             ", 'AccessControlRules': [{'Name': 'r', 'Effect': 'DENY'}], 'AvailabilityConfigurations': [{'DomainName':"
             " 'a.example', 'LambdaProvider': {'LambdaArn': 'arn:aws:lambda:us-east-1:123456789012:function:free'},"
             " 'DateCreated': '2025-12-31T00:00:00Z', 'DateModified': '2026-01-01T00:00:00Z'}],"
             " 'EmailMonitoringConfiguration': {'LogGroupArn':"
             " 'arn:aws:logs:us-east-1:123456789012:log-group:mail:*'}"));
  EXPECT_NE(state().find("lambda"), std::string::npos);
  EXPECT_EQ(ok("ListOrganizations").list("OrganizationSummaries", "State"), (std::vector<std::string>{"Impaired"}));
  EXPECT_FALSE(api::parse_seed(state()).organizations->front().completed_date);
}

TEST_F(Seeds, CountOnBehindTheIdentifiersThatTheyBring) {
  const auto counted = [&](const std::string& document) {
    restart({});
    apply(document);
    return ids_.counted();
  };
  const std::string organization =
      "{'Organizations': [{'Alias': 'a', 'OrganizationId': 'm-00000000000000000000000000000001', 'DirectoryId':"
      " 'd-0000000002', 'AccessControlRules': [], 'MobileDeviceAccessRules': []";
  EXPECT_EQ(counted(organization + "}]}"), 2U);
  EXPECT_EQ(counted(organization + ", 'Users': [{'Name': 'u', 'UserId': '00000000-0000-4000-8000-0000000000ff'}]}]}"),
            0xFFU);
  EXPECT_EQ(counted(organization + ", 'Users': [{'Name': 'u', 'UserId': '00000000-0000-4000-8000-000000ffffff'}]}]}"),
            0xFFFFFFU);
  // What was made at random, or is no number.
  EXPECT_EQ(counted(organization + ", 'Users': [{'Name': 'u', 'UserId': '00000000-0000-4000-8000-000001000000'}]}]}"),
            2U);
  EXPECT_EQ(counted(organization + ", 'Groups': [{'Name': 'g', 'GroupId': 'S-1-1-11-1111111111-22222222-zzzz'}]}]}"),
            2U);
}

TEST_F(Seeds, RefuseMembersThatAreGivenTwice) {
  EXPECT_EQ(refused("{'Organizations': [\n  {'Alias': 'a', 'Alias': 'b'}]}"),
            "The member 'Alias' is given twice, line 2, column 25");
  EXPECT_EQ(refused("{'Organizations': [], 'Organizations': []}"),
            "The member 'Organizations' is given twice, line 1, column 38");
  EXPECT_EQ(refused("{'Organizations': [{'Alias': 'a', 'Users': [{'Name': 'u'}], 'Alias': 'b'}]}").substr(0, 33),
            "The member 'Alias' is given twice");
  // Objects beside each other and inside each other have members of their own.
  apply("{'Organizations': [{'Alias': 'a', 'Users': [{'Name': 'u'}, {'Name': 'v'}]}, {'Alias': 'b'}]}");
}

TEST_F(Seeds, BoundTheMembersOfAnObject) {
  const auto members = [](int count) {
    std::string text = "{";
    for (int i = 0; i < count; ++i) text += (i == 0 ? "'m" : ", 'm") + std::to_string(i) + "': 0";
    return text + "}";
  };
  EXPECT_EQ(refused(members(100)).substr(0, 19), "Unknown member 'm0'");
  EXPECT_EQ(refused(members(101)).substr(0, 38), "An object has more than 100 members, l");
  EXPECT_EQ(refused("{'" + std::string(100, 'm') + "': 0}").substr(0, 14), "Unknown member");
  EXPECT_EQ(refused("{'" + std::string(101, 'm') + "': 0}").substr(0, 26), "The name of a member is lo");
}

// Each of these took the square of the time.
TEST_F(Seeds, AreReadInTimeThatGrowsWithThem) {
  constexpr int kMany = 20000;
  std::string chain = "'Groups': [{'Name': 'g0'}";
  for (int i = 1; i < kMany; ++i)
    chain += ", {'Name': 'g" + std::to_string(i) + "', 'Members': ['g" + std::to_string(i - 1) + "']}";
  apply(acme(chain + "]"));
  restart({});
  std::string members;
  for (int i = 0; i < kMany * 10; ++i) members += "'alice', ";
  EXPECT_EQ(refused(acme(std::string(kAlice) + ", 'Groups': [{'Name': 'g', 'Members': [" + members + "]}]")),
            "Organizations[0].Groups[0].Members[1]: InvalidParameterException: alice is given twice");
  std::string same = "{'Organizations': [";
  for (int i = 0; i < 2000; ++i) {
    const auto number = std::to_string(100000000000 + i);
    same += "{'Alias': 'a" + number + "', 'Account': '" + number + "', 'Domains': [{'DomainName': 'same.example'}]}, ";
  }
  apply(same + "]}");
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

TEST_F(Seeds, SetTheClockToAMoment) {
  api::set_clock(clock_, api::parse_seed("{\"Clock\": {\"Frozen\": \"2030-01-01T00:00:00Z\"}}"));
  EXPECT_EQ(clock_.mode(), api::Clock::Mode::Frozen);
  EXPECT_EQ(clock_.now(), Time(Duration(1893456000000)));
  EXPECT_EQ(refused("{'Clock': {'Frozen': '2030-01-01T00:00:00Z', 'AheadInSeconds': 1}}").substr(0, 14),
            "Clock: Either ");
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

TEST_F(Seeds, TellTheApplicationThatAnOrganizationUses) {
  const std::string arn = "arn:aws:sso::000000000000:application/ssoins-0123456789abcdef/apl-000000000000000";
  const std::string instance = "'InstanceArn': 'arn:aws:sso:::instance/ssoins-0123456789abcdef', ";
  apply("{'IdentityCenterApplications': [{'Name': 'a', " + instance + "'ApplicationArn': '" + arn +
        "1'}, {'Name': 'b', " + instance + "'ApplicationArn': '" + arn +
        "2'}], 'Organizations': [{'Alias': 'one'}, {'Alias': 'two',"
        " 'IdentityProviderConfiguration': {'AuthenticationMode': 'IDENTITY_PROVIDER_ONLY',"
        " 'IdentityCenterConfiguration': {" +
        instance + "'ApplicationArn': '" + arn +
        "2'},"
        " 'PersonalAccessTokenConfiguration': {'Status': 'ACTIVE'}}}]}");
  const auto ids = ok("ListOrganizations").list("OrganizationSummaries", "OrganizationId");
  EXPECT_FALSE(api::parse_seed(state({.organization = ids[0]})).identity_center_applications);
  const auto used = api::parse_seed(state({.organization = ids[1]})).identity_center_applications;
  ASSERT_EQ(used->size(), 1U);
  EXPECT_EQ(used->front().name, "b");
}

TEST_F(Seeds, AreWrittenInPieces) {
  for (const char* document : {"{}", "{'Organizations': [{'Alias': 'one'}]}",
                               "{'IdentityCenterApplications': [{'Name': 'a', 'InstanceArn': "
                               "'arn:aws:sso:::instance/ssoins-0123456789abcdef'}],"
                               " 'Organizations': [{'Alias': 'one'}, {'Alias': 'two'}, {'Alias': 'three'}]}"}) {
    for (const bool with_clock : {true, false}) {
      restart({});
      clock_.freeze(kStart);
      if (!with_clock) clock_.follow_real_time();
      apply(document);
      const auto whole = state();
      EXPECT_EQ(whole, api::write_seed(api::parse_seed(whole))) << document;
      EXPECT_EQ(api::parse_seed(whole).clock.has_value(), with_clock);
      service_->read({account_, region_}, [&](api::Context& context) {
        api::StateWriter writer({});
        std::string text;
        EXPECT_FALSE(writer.append(context, clock_, whole.size() + 1, text));
        EXPECT_EQ(text, whole);
      });
    }
  }
  // An organization that comes while the others are written is written too, and one that goes is not.
  clock_.freeze(kStart);
  api::StateWriter writer({});
  std::string text;
  const auto append = [&] {
    return service_->read({account_, region_},
                          [&](api::Context& context) { return writer.append(context, clock_, 1, text); });
  };
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(append());
  organization("four");
  service_->reset_account("111111111111");
  while (append()) continue;
  EXPECT_EQ(api::parse_seed(text).organizations->size(), 4U);
}

TEST_F(Seeds, AnswerTheIdentifiersByName) {
  EXPECT_EQ(
      apply("{'Organizations': [{'Alias': 'acme', 'OrganizationId': 'm-0123456789abcdef0123456789abcdef', 'Users':"
            " [{'Name': 'a', 'UserId': '00000000-0000-0000-0000-000000000001'}, {'Name': 'b', 'State': 'DELETED'}]},"
            " {'Alias': 'other', 'OrganizationId': 'm-0123456789abcdef0123456789abcdee', 'Groups': [{'Name': 'g',"
            " 'GroupId': '00000000-0000-0000-0000-000000000002'}], 'Resources': [{'Name': 'r', 'Type': 'ROOM',"
            " 'ResourceId': 'r-00000000000000000000000000000001'}]}]}"),
      R"({"Organizations":[{"Alias":"acme","OrganizationId":"m-0123456789abcdef0123456789abcdef","Users":)"
      R"({"a":"00000000-0000-0000-0000-000000000001"},"Groups":{},"Resources":{}},)"
      R"({"Alias":"other","OrganizationId":"m-0123456789abcdef0123456789abcdee","Users":{},)"
      R"("Groups":{"g":"00000000-0000-0000-0000-000000000002"},)"
      R"("Resources":{"r":"r-00000000000000000000000000000001"}}]})");
}

TEST_F(Seeds, AreToldInParts) {
  apply(
      "{'Organizations': [{'Alias': 'one', 'Account': '111111111111'}, {'Alias': 'two', 'Region': 'eu-west-1'}],"
      " 'IdentityCenterApplications': [{'Name': 'a', 'Account': '111111111111',"
      " 'InstanceArn': 'arn:aws:sso:::instance/ssoins-0123456789abcdef'}]}");
  const auto told = [&](const api::StateFilter& filter) { return api::parse_seed(state(filter)); };
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
  EXPECT_FALSE(told({.organization = id}).clock);
  EXPECT_FALSE(of_region.clock);
  EXPECT_FALSE(of_account.clock);
  EXPECT_TRUE(told({}).clock);
  EXPECT_EQ(told({}).organizations->size(), 2U);
  EXPECT_TRUE(told({.account = "111111111111", .region = "eu-west-1"}).organizations->empty());
  EXPECT_TRUE(told({.organization = "m-none"}).organizations->empty());
}

}  // namespace
}  // namespace workmail::test

// Seed documents that are rejected because they contradict themselves or existing data.
#include "api/wire/codec.h"
#include "api/wire/error.h"
#include "generated/workmail/codec.h"
#include "tests/api/seeds.h"

namespace workmail::test {
namespace {

struct Refusal {
  std::string members;  // of an organization
  std::string path;     // after Organizations[0]
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
      {"'EmailFlowRules': [{'Name': 'r', 'FlowDirection': 'INBOUND', 'Action': 'DROP'},"
       " {'Name': 'r', 'FlowDirection': 'OUTBOUND', 'Action': 'DROP'}]",
       ".EmailFlowRules[1]", "InvalidParameterException"},
      {"'EmailFlowRules': [{'Name': 'r', 'FlowDirection': 'OUTBOUND', 'Action': 'MOVE_TO_JUNK'}]", ".EmailFlowRules[0]",
       "InvalidParameterException"},
      {"'Messages': [{'Content': 'aGk', 'Recipients': []}]", ".Messages[0].Content", "InvalidParameterException"},
      {"'Messages': [{'Content': 'aGk=', 'Recipients': [{'Address': 'a@b.test', 'Outcome': 'PENDING'}]}]",
       ".Messages[0].RetryDate", "InvalidParameterException"},
      {"'Messages': [{'Content': 'aGk=', 'RetryDate': '2030-01-01T00:00:00Z',"
       " 'Recipients': [{'Address': 'a@b.test', 'Outcome': 'SENT'}]}]",
       ".Messages[0].RetryDate", "InvalidParameterException"},
      {"'Messages': [{'MessageId': 'm', 'Content': 'aGk=', 'Recipients': []},"
       " {'MessageId': 'm', 'Content': 'aGk=', 'Recipients': []}]",
       ".Messages[1].MessageId", "InvalidParameterException"},
      {"'Messages': [{'Content': 'aGk=', 'Recipients': [], 'Invocations': [{'Rule': 'r', 'FunctionArn': 'f',"
       " 'InvocationId': 'i', 'Event': '{'}]}]",
       ".Messages[0].Invocations[0].Event", "InvalidParameterException"},
      {"'Messages': [{'Content': 'aGk=', 'Recipients': [], 'Invocations': [{'Rule': 'r', 'FunctionArn': 'f',"
       " 'InvocationId': 'i', 'Event': '{}', 'Milliseconds': 1e300}]}]",
       ".Messages[0].Invocations[0].Milliseconds", "InvalidParameterException"},
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
      // Only a rule with a date may refer to a removed user.
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
  // The alias and directory of a Deleted organization are available to others.
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

// A document with identical organizations.
auto organizations(const std::string& one, int count) -> std::string {
  std::string text = R"({"Organizations":[)" + one;
  for (int i = 1; i < count; ++i) text += "," + one;
  return text + "]}";
}

auto parsed(const std::string& text) -> rapidjson::Document {
  rapidjson::Document json;
  json.Parse(text.data(), text.size());
  return json;
}

// An empty organization has three characters, but a thousand bytes in memory.
TEST_F(Seeds, KeepNoElementsBehindTheListedFaults) {
  constexpr int kMany = 300'000;
  const auto text = organizations("{}", kMany);
  api::Decoder decoder(api::UnknownMembers::Violations, api::PathStyle::Plain);
  api::SeedDocument document;
  decode(decoder, parsed(text), api::Path(), document);
  EXPECT_EQ(decoder.violation_count(), std::size_t{kMany});
  ASSERT_TRUE(document.organizations.has_value());
  EXPECT_EQ(document.organizations->size(), api::Decoder::kMaxViolations);
  EXPECT_LT(document.organizations->capacity(), 2 * api::Decoder::kMaxViolations);
  try {
    api::parse_seed(text);
    FAIL();
  } catch (const api::MalformedSeed& error) {
    ASSERT_EQ(error.faults().size(), api::Decoder::kMaxViolations + 1);
    EXPECT_EQ(error.faults().back(), "and at least 299900 more");
  }
}

TEST_F(Seeds, AreBoundInWhatTheirElementsTake) {
  const auto decoded = [](const std::string& text, std::size_t max_bytes) -> std::string {
    api::Decoder decoder(api::UnknownMembers::Violations, api::PathStyle::Plain, max_bytes);
    api::SeedDocument document;
    try {
      decode(decoder, parsed(text), api::Path(), document);
      return std::to_string(document.organizations.value().size());
    } catch (const api::SerializationException& error) {
      return error.message();
    }
  };
  constexpr std::size_t kTen = 10 * sizeof(api::SeedOrganization);
  EXPECT_EQ(decoded(organizations(R"({"Alias":"a"})", 10), kTen), "10");
  EXPECT_EQ(decoded(organizations(R"({"Alias":"a"})", 11), kTen),
            "Organizations: the document has too many elements; divide it into several");
  // Elements of inner lists and texts also count.
  const std::string group = R"({"Alias":"a","Groups":[{"Name":"g","Members":["u","v"]}]})";
  constexpr std::size_t kGroup = sizeof(api::SeedOrganization) + sizeof(api::SeedGroup) + 2 * sizeof(std::string);
  EXPECT_EQ(decoded(organizations(group, 1), kGroup), "1");
  EXPECT_EQ(decoded(organizations(group, 1), kGroup - 1),
            "Organizations[0].Groups[0].Members: the document has too many elements; divide it into several");
}

// In addition to a fixed part, each byte of the document allows four bytes.
TEST_F(Seeds, MayHaveAsManyElementsAsTheirLengthAllows) {
  const auto document = organizations(R"({"Alias":"a"})", 1);
  const auto refusal = [&](std::size_t spaces, std::size_t list_bytes) -> std::string {
    try {
      api::parse_seed(document + std::string(spaces, ' '), list_bytes);
      return {};
    } catch (const api::MalformedSeed& error) {
      return error.what();
    }
  };
  constexpr std::size_t kOne = sizeof(api::SeedOrganization);
  const std::string too_many = "Organizations: the document has too many elements; divide it into several";
  EXPECT_EQ(refusal(0, kOne - 4 * document.size()), "");
  EXPECT_EQ(refusal(0, kOne - 4 * document.size() - 1), too_many);
  static_assert(kOne % 4 == 0);
  EXPECT_EQ(refusal(kOne / 4 - document.size(), 0), "");
  EXPECT_EQ(refusal(kOne / 4 - document.size() - 1, 0), too_many);
  EXPECT_EQ(api::kSeedListBytes, 256U * 1024 * 1024) << "as SECURITY.md has it";
}

}  // namespace
}  // namespace workmail::test

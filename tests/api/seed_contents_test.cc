// Everything that a seed document can define, and the defaults for what it omits.
#include "tests/api/seeds.h"

namespace workmail::test {
namespace {

TEST_F(Seeds, TakeTheApplicationOfAnotherAccount) {
  const std::string application =
      "'InstanceArn': 'arn:aws:sso:::instance/ssoins-0123456789abcdef', 'ApplicationArn':"
      " 'arn:aws:sso::000000000000:application/ssoins-0123456789abcdef/apl-0123456789abcdef'}";
  apply("{'IdentityCenterApplications': [{'Name': 'a', " + application + ", {'Name': 'b', 'Account': '111111111111', " +
        application + ", {'Name': 'c', 'Region': 'eu-west-1', " + application + "]}");
  EXPECT_EQ(api::parse_seed(state()).identity_center_applications->size(), 3U);
}

// Every state that AWS's Describe, Get and List operations can return is accepted.
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
           // Addresses in an unverified domain, which may be the default domain.
           "'Domains': [{'DomainName': 'a.example', 'DefaultDomain': true, 'OwnershipVerificationStatus': 'FAILED'}],"
           " 'Groups': [{'Name': 'g', 'Email': 'g@a.example', 'Aliases': ['h@a.example']}]",
           "'DefaultMailDomain': 'site.awsapps.com', 'Domains': [{'DomainName': 'site.awsapps.com'}],"
           " 'Users': [{'Name': 'u', 'Email': 'u@site.awsapps.com'}]",
           // ListAliases also lists the primary address.
           "'Users': [{'Name': 'u', 'Email': 'u@acme.awsapps.com', 'Aliases': ['U@acme.awsapps.com']}]",
           // Relations between entities in any state.
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
           // Names, addresses and identity provider users of DELETED entities are free.
           "'Users': [{" + gone +
               ", 'IdentityProviderUserId': '00000000-0000-0000-0000-000000000001'},"
               " {'Name': 'gone', 'IdentityProviderUserId': '00000000-0000-0000-0000-000000000001'}]",
           alice + ", 'MobileDeviceAccessOverrides': [{'UserId': 'bob', 'DeviceId': 'd', 'Effect': 'DENY'},"
                   " {'UserId': 'alice', 'DeviceId': 'd', 'Effect': 'DENY'}]",
           alice + ", 'ImpersonationRoles': [{'Name': 'r', 'Type': 'READ_ONLY', 'Rules': [{'ImpersonationRuleId': 'i',"
                   " 'Effect': 'ALLOW', 'TargetUsers': ['alice', 'bob']}]}]",
           // Rules with a date may refer to entities that were removed.
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
    service_->baseline().reset_to_empty();
    clock_.freeze(kStart);
    apply(first);
    EXPECT_EQ(state(), first) << members;
  }
}

// Every member, with a value that is not its default, so that the test detects a lost one.
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
  // Removed seven days after its start.
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

// Documents at a limit, and with one more.
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
  apply(domains(999));  // and the test domain
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

}  // namespace
}  // namespace workmail::test

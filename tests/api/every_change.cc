#include "tests/api/every_change.h"

#include <string>

namespace workmail::test {

namespace {

constexpr const char* kRules =
    "'Rules': [{'ImpersonationRuleId': 'one', 'Effect': '<ALLOW|DENY>', 'TargetUsers': ['<user>', '<user>']},"
    " {'ImpersonationRuleId': 'two', 'Name': 'Rest', 'Description': 'All others', 'Effect': '<ALLOW|DENY>'}]";

}  // namespace

auto every_change() -> const std::vector<Form>& {
  static const std::string create_role =
      std::string("'Name': '<Sync|Backup|Audit>', 'Type': '<FULL_ACCESS|READ_ONLY>',") + kRules;
  static const std::string update_role = "'ImpersonationRoleId': '<role>', 'Description': 'Changed', " + create_role;
  static const std::vector<Form> all{
      {"CreateUser", "'Name': '<name>', 'DisplayName': '<text>', 'Role': '<USER|USER|USER|REMOTE_USER>'", 12},
      {"CreateUser",
       "'Name': '<name>', 'DisplayName': '', 'FirstName': 'F', 'LastName': 'L',"
       " 'HiddenFromGlobalAddressList': <bool>, 'IdentityProviderUserId': '<person>'",
       3},
      {"CreateGroup", "'Name': '<name>', 'HiddenFromGlobalAddressList': <bool>", 8},
      {"CreateResource", "'Name': '<name>', 'Type': '<ROOM|EQUIPMENT>', 'Description': '<text>'", 8},
      {"RegisterToWorkMail", "'EntityId': '<entity>', 'Email': '<email>'", 40},
      {"DeregisterFromWorkMail", "'EntityId': '<entity>'", 5},
      {"CreateAlias", "'EntityId': '<entity>', 'Alias': '<email>'", 20},
      {"DeleteAlias", "'EntityId': '<entity>', 'Alias': '<email>'", 2},
      {"UpdatePrimaryEmailAddress", "'EntityId': '<entity>', 'Email': '<email>'", 10},
      {"UpdateUser",
       "'UserId': '<user>', 'DisplayName': '<text>', 'Initials': '<text>', 'Telephone': '<text>',"
       " 'Street': '<text>', 'JobTitle': '<text>', 'City': '<text>', 'Company': '<text>',"
       " 'ZipCode': '<text>', 'Department': '<text>', 'Country': '<text>', 'Office': '<text>'",
       4},
      {"UpdateUser",
       "'UserId': '<user>', 'Role': '<USER|USER|REMOTE_USER>', 'IdentityProviderUserId': '<person>',"
       " 'HiddenFromGlobalAddressList': <bool>",
       2},
      {"UpdateUser", "'UserId': '<user>', 'IdentityProviderUserId': ''"},
      {"ResetPassword", "'UserId': '<user>', 'Password': 'Passw0rd!'"},
      {"UpdateGroup", "'GroupId': '<group>', 'HiddenFromGlobalAddressList': <bool>"},
      {"UpdateResource",
       "'ResourceId': '<resource>', 'Name': '<name>', 'Description': '<text>',"
       " 'HiddenFromGlobalAddressList': <bool>",
       2},
      {"UpdateResource",
       "'ResourceId': '<resource>', 'Type': '<ROOM|EQUIPMENT>', 'BookingOptions':"
       " {'AutoAcceptRequests': <bool>, 'AutoDeclineRecurringRequests': <bool>}",
       3},
      {"DeleteUser", "'UserId': '<user>'", 3},
      {"DeleteGroup", "'GroupId': '<group>'", 2},
      {"DeleteResource", "'ResourceId': '<resource>'", 2},
      {"AssociateMemberToGroup", "'GroupId': '<group>', 'MemberId': '<entity>'", 30},
      {"DisassociateMemberFromGroup", "'GroupId': '<group>', 'MemberId': '<entity>'", 6},
      {"AssociateDelegateToResource", "'ResourceId': '<resource>', 'EntityId': '<entity>'", 15},
      {"DisassociateDelegateFromResource", "'ResourceId': '<resource>', 'EntityId': '<entity>'", 20},
      {"PutMailboxPermissions",
       "'EntityId': '<entity>', 'GranteeId': '<entity>',"
       " 'PermissionValues': ['<FULL_ACCESS|SEND_AS>', '<SEND_ON_BEHALF|SEND_AS>']",
       20},
      {"PutMailboxPermissions", "'EntityId': '<entity>', 'GranteeId': '<entity>', 'PermissionValues': []"},
      {"DeleteMailboxPermissions", "'EntityId': '<entity>', 'GranteeId': '<entity>'"},
      {"UpdateMailboxQuota", "'UserId': '<user>', 'MailboxQuota': <1|100|51200>", 4},
      {"StartMailboxExportJob",
       "'ClientToken': '<fresh>', 'EntityId': '<entity>', 'Description': 'd', 'RoleArn':"
       " 'arn:aws:iam::000000000000:role/export', 'KmsKeyArn':"
       " 'arn:aws:kms:us-east-1:000000000000:key/k', 'S3BucketName': 'bucket',"
       " 'S3Prefix': 'exports'",
       12},
      {"CancelMailboxExportJob", "'ClientToken': '<fresh>', 'JobId': '<job>'", 8},
      {"RegisterMailDomain", "'DomainName': '<domain>'", 10},
      {"DeregisterMailDomain", "'DomainName': '<domain>'", 3},
      {"UpdateDefaultMailDomain", "'DomainName': '<domain>'", 3},
      {"PutAccessControlRule",
       "'Name': '<home|office|all>', 'Effect': '<ALLOW|DENY>', 'Description': '<text>',"
       " 'IpRanges': ['10.0.0.0/8'], 'NotActions': ['<EWS|IMAP>'], 'UserIds': ['<user>']",
       3},
      {"PutAccessControlRule",
       "'Name': '<home|office|all>', 'Effect': '<ALLOW|DENY>', 'Description': 'd',"
       " 'Actions': ['EWS'], 'NotIpRanges': ['10.0.0.0/8'], 'NotUserIds': ['<user>'],"
       " 'ImpersonationRoleIds': ['<role>'], 'NotImpersonationRoleIds': ['<role>']",
       3},
      {"DeleteAccessControlRule", "'Name': '<home|office|all|Default>'"},
      {"CreateImpersonationRole", create_role.c_str(), 8},
      {"UpdateImpersonationRole", update_role.c_str(), 8},
      {"DeleteImpersonationRole", "'ImpersonationRoleId': '<role>'"},
      {"CreateMobileDeviceAccessRule",
       "'Name': '<home|office|all>', 'Effect': '<ALLOW|DENY>', 'Description': '<text>',"
       " 'DeviceTypes': ['iPad', 'iPhone'], 'NotDeviceModels': ['X']",
       3},
      {"UpdateMobileDeviceAccessRule",
       "'MobileDeviceAccessRuleId': '<device_rule>', 'Name': 'changed',"
       " 'Effect': '<ALLOW|DENY>', 'NotDeviceTypes': ['a'], 'DeviceModels': ['b'],"
       " 'DeviceOperatingSystems': ['c'], 'NotDeviceUserAgents': ['d']",
       2},
      {"UpdateMobileDeviceAccessRule",
       "'MobileDeviceAccessRuleId': '<device_rule>', 'Name': 'again',"
       " 'Effect': 'DENY', 'NotDeviceOperatingSystems': ['c'],"
       " 'DeviceUserAgents': ['d']"},
      {"DeleteMobileDeviceAccessRule", "'MobileDeviceAccessRuleId': '<device_rule>'"},
      {"PutMobileDeviceAccessOverride",
       "'UserId': '<user>', 'DeviceId': '<device>', 'Effect': '<ALLOW|DENY>',"
       " 'Description': '<text>'",
       10},
      {"DeleteMobileDeviceAccessOverride", "'UserId': '<user>', 'DeviceId': '<device>'"},
      {"CreateAvailabilityConfiguration",
       "'DomainName': '<domain>', 'EwsProvider': {'EwsEndpoint':"
       " 'https://ews.example/', 'EwsUsername': 'u', 'EwsPassword': 'hidden'}",
       2},
      {"CreateAvailabilityConfiguration",
       "'DomainName': '<domain>', 'LambdaProvider': {'LambdaArn':"
       " 'arn:aws:lambda:us-east-1:000000000000:function:free'}",
       2},
      {"UpdateAvailabilityConfiguration",
       "'DomainName': '<domain>', 'LambdaProvider': {'LambdaArn':"
       " 'arn:aws:lambda:us-east-1:000000000000:function:busy'}",
       2},
      {"DeleteAvailabilityConfiguration", "'DomainName': '<domain>'"},
      {"PutRetentionPolicy",
       "'Name': 'policy', 'Description': '<text>', 'FolderConfigurations':"
       " [{'Name': 'INBOX', 'Action': 'DELETE', 'Period': 30}, {'Name': 'DRAFTS', 'Action': 'NONE'}]",
       3},
      {"DeleteRetentionPolicy", "'Id': '<policy>'"},
      {"PutEmailMonitoringConfiguration", "'LogGroupArn': 'arn:aws:logs:us-east-1:123456789012:log-group:mail:*'", 2},
      {"PutEmailMonitoringConfiguration",
       "'LogGroupArn': 'arn:aws:logs:us-east-1:123456789012:log-group:mail:*',"
       " 'RoleArn': 'arn:aws:iam::123456789012:role/monitoring'"},
      {"DeleteEmailMonitoringConfiguration"},
      {"PutInboundDmarcSettings", "'Enforced': <bool>"},
      {"CreateIdentityCenterApplication",
       "'Name': 'mail', 'InstanceArn':"
       " 'arn:aws:sso:::instance/ssoins-<0123456789abcdef>'",
       4},
      {"DeleteIdentityCenterApplication", "'ApplicationArn': '<application>'"},
      {"PutIdentityProviderConfiguration",
       "'AuthenticationMode': '<IDENTITY_PROVIDER_ONLY|IDENTITY_PROVIDER_AND_DIRECTORY>',"
       " 'IdentityCenterConfiguration': {'InstanceArn':"
       " 'arn:aws:sso:::instance/ssoins-0123456789abcdef', 'ApplicationArn':"
       " '<application>'}, 'PersonalAccessTokenConfiguration':"
       " {'Status': '<ACTIVE|INACTIVE>'}",
       6},
      {"DeleteIdentityProviderConfiguration"},
      {"DeletePersonalAccessToken", "'PersonalAccessTokenId': '<token>'"},
      {"TagResource", "'ResourceARN': '<arn>', 'Tags': [{'Key': '<home|office|all>', 'Value': '<text>'}]", 4},
      {"UntagResource", "'ResourceARN': '<arn>', 'TagKeys': ['<home|office|all>']"},
      {"CreateOrganization",
       "'Alias': '<alias>', 'KmsKeyArn': 'arn:aws:kms:us-east-1:000000000000:key/k',"
       " 'Domains': [{'DomainName': '<domain>', 'HostedZoneId': 'Z1'}]",
       2},
      {"CreateOrganization", "'Alias': '<alias>'", 4},
      {"DeleteOrganization",
       "'DeleteDirectory': <bool>, 'ForceDelete': <bool>,"
       " 'DeleteIdentityCenterApplication': <bool>"}};
  return all;
}

}  // namespace workmail::test

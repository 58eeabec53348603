"""The operations that change something, and how each is undone. What is not here must not be called by a question."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """Things that are made with a name and found by it."""

    create: str
    delete: str
    identifier: str  # the member by which it is deleted; also in the answer of create, if that has it
    list: str
    elements: str
    listed_identifier: str
    name: str = "Name"  # in the list, and in the input of create
    describe: str = None  # of entities and organizations, which have a State


USER = Kind("CreateUser", "DeleteUser", "UserId", "ListUsers", "Users", "Id", describe="DescribeUser")
GROUP = Kind("CreateGroup", "DeleteGroup", "GroupId", "ListGroups", "Groups", "Id", describe="DescribeGroup")
RESOURCE = Kind(
    "CreateResource", "DeleteResource", "ResourceId", "ListResources", "Resources", "Id", describe="DescribeResource"
)
ORGANIZATION = Kind(
    "CreateOrganization", "DeleteOrganization", "OrganizationId", "ListOrganizations", "OrganizationSummaries",
    "OrganizationId", "Alias", "DescribeOrganization",
)  # fmt: skip
ENTITIES = (USER, GROUP, RESOURCE)
IN_ORGANIZATION = (
    *ENTITIES,
    Kind("CreateImpersonationRole", "DeleteImpersonationRole", "ImpersonationRoleId", "ListImpersonationRoles", "Roles",
         "ImpersonationRoleId"),
    Kind("PutAccessControlRule", "DeleteAccessControlRule", "Name", "ListAccessControlRules", "Rules", "Name"),
    Kind("CreateMobileDeviceAccessRule", "DeleteMobileDeviceAccessRule", "MobileDeviceAccessRuleId",
         "ListMobileDeviceAccessRules", "Rules", "MobileDeviceAccessRuleId"),
    Kind("CreateAvailabilityConfiguration", "DeleteAvailabilityConfiguration", "DomainName",
         "ListAvailabilityConfigurations", "AvailabilityConfigurations", "DomainName", "DomainName"),
    Kind("RegisterMailDomain", "DeregisterMailDomain", "DomainName", "ListMailDomains", "MailDomains", "DomainName",
         "DomainName"),
)  # fmt: skip
KINDS = {kind.create: kind for kind in (*IN_ORGANIZATION, ORGANIZATION)}


@dataclass(frozen=True)
class Setting:
    """What an organization has once or not at all."""

    put: str
    read: str
    delete: str
    mark: str  # the member by which a run finds again what it has put


SETTINGS = {
    setting.put: setting
    for setting in (
        Setting("PutRetentionPolicy", "GetDefaultRetentionPolicy", "DeleteRetentionPolicy", "Name"),
        Setting("PutEmailMonitoringConfiguration", "DescribeEmailMonitoringConfiguration",
                "DeleteEmailMonitoringConfiguration", "LogGroupArn"),
        Setting("PutIdentityProviderConfiguration", "DescribeIdentityProviderConfiguration",
                "DeleteIdentityProviderConfiguration", "IdentityCenterConfiguration"),
    )
}  # fmt: skip
DELETES_OF_SETTINGS = {setting.delete: setting for setting in SETTINGS.values()}

# Between things of the run: what is refused when it is undone goes with them.
UNDONE_BY = {
    "RegisterToWorkMail": "DeregisterFromWorkMail",
    "CreateAlias": "DeleteAlias",
    "AssociateMemberToGroup": "DisassociateMemberFromGroup",
    "AssociateDelegateToResource": "DisassociateDelegateFromResource",
    "PutMailboxPermissions": "DeleteMailboxPermissions",
    "PutMobileDeviceAccessOverride": "DeleteMobileDeviceAccessOverride",
    "StartMailboxExportJob": "CancelMailboxExportJob",
}
TAGS = {"TagResource", "UntagResource"}
# Change something of the run, or remove it; there is nothing to undo.
CHANGES = {
    *UNDONE_BY.values(),
    *(kind.delete for kind in KINDS.values()),
    *DELETES_OF_SETTINGS,
    "UntagResource",
    "AssumeImpersonationRole",
    "DeletePersonalAccessToken",
    "ResetPassword",
    "UpdateAvailabilityConfiguration",
    "UpdateGroup",
    "UpdateImpersonationRole",
    "UpdateMailboxQuota",
    "UpdateMobileDeviceAccessRule",
    "UpdatePrimaryEmailAddress",
    "UpdateResource",
    "UpdateUser",
}
# Change what everything in the organization shares.
ORGANIZATION_WIDE = {"PutInboundDmarcSettings", "UpdateDefaultMailDomain"}
WRITES = {*KINDS, *SETTINGS, *UNDONE_BY, *TAGS, *CHANGES, *ORGANIZATION_WIDE}


def is_read(operation):
    return operation.startswith(("Describe", "Get", "List", "Test"))

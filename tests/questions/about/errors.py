"""Errors."""

from question import question


@question(
    "Q-error-texts",
    "What are the texts of errors that no source quotes?",
    operations=["every operation"],
    answer={
        "an entity": "Entity an ID not found in organization the organization",
        "a role": "Resource an ID not found",
    },
    assumed="they follow the two that are known, of OrganizationStateException and about complexity categories",
    read_only=True,
)
def _(ask):
    return {
        "an entity": ask.text("DescribeUser", UserId=ask.new_id()),
        "a role": ask.text("GetImpersonationRole", ImpersonationRoleId=ask.new_id()),
    }


@question(
    "Q-broken-constraint",
    "Which error reports a broken constraint of the service model?",
    operations=["every operation"],
    answer={
        "where InvalidParameterException is declared": "InvalidParameterException",
        "elsewhere": "ValidationException",
    },
    read_only=True,
)
def _(ask):
    return {
        "where InvalidParameterException is declared": ask.outcome("DescribeUser", UserId="a" * 300),
        "elsewhere": ask.outcome("ListTagsForResource", ResourceARN="a" * 2000),
    }


question(
    "Q-access-denied-text",
    "Which reason does the text of an AccessDeniedException give?",
    operations=["every operation"],
    assumed="“because no identity-based policy allows the … action”",
    unaskable="needs a user of IAM without permissions",
)


@question(
    "Q-delete-missing",
    "Is deleting something that does not exist an error, where the operation declares none?",
    operations=[
        "DeleteAvailabilityConfiguration",
        "DeleteGroup",
        "DeleteImpersonationRole",
        "DeleteMailboxPermissions",
        "DeleteMobileDeviceAccessRule",
        "DeletePersonalAccessToken",
        "DeleteResource",
        "DeleteUser",
        "DeregisterMailDomain",
        "UntagResource",
    ],
    answer={
        "a role": "no error",
        "a mobile device rule": "no error",
        "an availability configuration": "no error",
        "a token": "no error",
        "a user": "no error",
        "a group": "no error",
        "a resource": "no error",
        "a domain": "no error",
        "a tag": "no error",
        "permissions": "no error",
    },
    assumed="no",
)
def _(ask):
    pair = {"EntityId": ask.group("owner", registered=True), "GranteeId": ask.group("grantee", registered=True)}
    return {
        "a role": ask.outcome("DeleteImpersonationRole", ImpersonationRoleId=ask.new_id()),
        "a mobile device rule": ask.outcome("DeleteMobileDeviceAccessRule", MobileDeviceAccessRuleId=ask.new_id()),
        "an availability configuration": ask.outcome("DeleteAvailabilityConfiguration", DomainName=ask.domain_name()),
        "a token": ask.outcome("DeletePersonalAccessToken", PersonalAccessTokenId=ask.new_id()),
        "a user": ask.outcome("DeleteUser", UserId=ask.new_id()),
        "a group": ask.outcome("DeleteGroup", GroupId=ask.new_id()),
        "a resource": ask.outcome("DeleteResource", ResourceId="r-" + "0" * 32),
        "a domain": ask.outcome("DeregisterMailDomain", DomainName=ask.domain_name()),
        "a tag": ask.outcome("UntagResource", ResourceARN=ask.arn, TagKeys=[ask.name("key")]),
        "permissions": ask.outcome("DeleteMailboxPermissions", **pair),
    }

"""States of entities."""

from question import question


def uses(ask, user):
    """What becomes of each use of a user."""
    group = ask.group(registered=True)
    room = ask.resource(registered=True)
    quota = {"UserId": user, "MailboxQuota": 1000}
    return {
        "UpdateUser": ask.outcome("UpdateUser", UserId=user, City="Here"),
        "ResetPassword": ask.outcome("ResetPassword", UserId=user, Password=ask.password),
        "CreateAlias": ask.outcome("CreateAlias", EntityId=user, Alias=ask.address("alias")),
        "ListAliases": ask.outcome("ListAliases", EntityId=user),
        "UpdatePrimaryEmailAddress": ask.outcome("UpdatePrimaryEmailAddress", EntityId=user, Email=ask.address("new")),
        "AssociateMemberToGroup": ask.outcome("AssociateMemberToGroup", GroupId=group, MemberId=user),
        "ListGroupsForEntity": ask.outcome("ListGroupsForEntity", EntityId=user),
        "AssociateDelegateToResource": ask.outcome("AssociateDelegateToResource", ResourceId=room, EntityId=user),
        "PutMailboxPermissions": ask.outcome(
            "PutMailboxPermissions", EntityId=user, GranteeId=group, PermissionValues=["SEND_AS"]
        ),
        "ListMailboxPermissions": ask.outcome("ListMailboxPermissions", EntityId=user),
        "GetMailboxDetails": ask.outcome("GetMailboxDetails", UserId=user),
        "UpdateMailboxQuota": ask.outcome("UpdateMailboxQuota", **quota),
        "PutMobileDeviceAccessOverride": ask.outcome(
            "PutMobileDeviceAccessOverride", UserId=user, DeviceId="wmldevice", Effect="ALLOW"
        ),
        "ListMobileDeviceAccessOverrides": ask.outcome("ListMobileDeviceAccessOverrides", UserId=user),
        "GetAccessControlEffect": ask.outcome(
            "GetAccessControlEffect", IpAddress="192.0.2.1", Action="EWS", UserId=user
        ),
        "ListPersonalAccessTokens": ask.outcome("ListPersonalAccessTokens", UserId=user),
    }


STATE = "EntityStateException"
NOT_FOUND = "EntityNotFoundException"
DISABLED = {
    "UpdateUser": STATE,
    "ResetPassword": "no error",
    "CreateAlias": STATE,
    "ListAliases": STATE,
    "UpdatePrimaryEmailAddress": STATE,
    "AssociateMemberToGroup": STATE,
    "ListGroupsForEntity": "no error",
    "AssociateDelegateToResource": STATE,
    "PutMailboxPermissions": STATE,
    "ListMailboxPermissions": "no error",
    "GetMailboxDetails": NOT_FOUND,
    "UpdateMailboxQuota": STATE,
    "PutMobileDeviceAccessOverride": STATE,
    "ListMobileDeviceAccessOverrides": "no error",
    "GetAccessControlEffect": "no error",
    "ListPersonalAccessTokens": "no error",
}


@question(
    "Q-state-disabled",
    "Which operations refuse a user who was never registered, and with which error?",
    operations=list(DISABLED),
    answer=DISABLED,
)
def _(ask):
    return uses(ask, ask.user())


@question(
    "Q-state-deregistered",
    "Which operations refuse a user who was registered once, and with which error?",
    operations=list(DISABLED),
    answer={**DISABLED, "GetMailboxDetails": "no error"},
)
def _(ask):
    user = ask.user(registered=True)
    ask.call("DeregisterFromWorkMail", EntityId=user)
    return uses(ask, user)


@question(
    "Q-state-group-or-resource",
    "Can a group and a resource be updated that are not registered?",
    operations=["UpdateGroup", "UpdateResource"],
    answer={"a group": "no error", "a resource": "no error"},
    assumed="yes",
)
def _(ask):
    hidden = {"HiddenFromGlobalAddressList": True}
    return {
        "a group": ask.outcome("UpdateGroup", GroupId=ask.group(), **hidden),
        "a resource": ask.outcome("UpdateResource", ResourceId=ask.resource(), **hidden),
    }


@question(
    "Q-state-deleted",
    "With which error do operations refuse a deleted user?",
    operations=list(DISABLED),
    answer={
        name: NOT_FOUND
        if name
        in (
            "ListMailboxPermissions",
            "GetMailboxDetails",
            "ListMobileDeviceAccessOverrides",
            "GetAccessControlEffect",
        )
        else STATE
        for name in DISABLED
    },
    assumed="`EntityStateException` where it is declared, else `EntityNotFoundException`",
)
def _(ask):
    user = ask.user()
    ask.call("DeleteUser", UserId=user)
    return uses(ask, user)


@question(
    "Q-deleted-described",
    "Is a deleted user still described, and how?",
    operations=["DescribeUser", "ListUsers"],
    answer={"by ID": "DELETED", "by name": "EntityNotFoundException", "listed": ["DELETED"]},
)
def _(ask):
    user = ask.user()
    ask.call("DeleteUser", UserId=user)
    return {
        "by ID": ask.call("DescribeUser", UserId=user)["State"],
        "by name": ask.outcome("DescribeUser", UserId=ask.name("user")),
        "listed": [each["State"] for each in ask.everything("ListUsers", "Users") if each["Id"] == user],
    }


@question(
    "Q-deleted-for-30-days",
    "How long is a deleted user listed?",
    operations=["DescribeUser", "DescribeGroup", "DescribeResource", "ListUsers", "ListGroups", "ListResources"],
    answer={"at once": "DELETED"},
    assumed="30 days, as its mailbox is kept",
    takes="30 days",
)
def _(ask):
    user = ask.user()
    ask.call("DeleteUser", UserId=user)
    return {"at once": ask.call("DescribeUser", UserId=user)["State"]}


@question(
    "Q-deleted-name-free",
    "Is the name of a deleted user free at once?",
    operations=["CreateGroup", "DeleteUser"],
    answer={"error": "no error"},
    assumed="yes",
)
def _(ask):
    ask.call("DeleteUser", UserId=ask.user())
    ask.call("CreateGroup", Name=ask.name("user"))


@question(
    "Q-delete-other",
    "What does a deletion do that names an entity of another kind, or any by its address?",
    operations=["DeleteUser", "DeleteGroup", "DeleteResource"],
    answer={
        "a group as a user": "InvalidParameterException",
        "a user as a group": "InvalidParameterException",
        "a resource as a user": "InvalidParameterException",
        "by its address": "InvalidParameterException",
    },
)
def _(ask):
    group = ask.group(registered=True)
    return {
        "a group as a user": ask.outcome("DeleteUser", UserId=group),
        "a user as a group": ask.outcome("DeleteGroup", GroupId=ask.user()),
        "a resource as a user": ask.outcome("DeleteUser", UserId=ask.resource()),
        "by its address": ask.outcome("DeleteGroup", GroupId=ask.address("group")),
    }

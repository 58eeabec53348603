"""Mailboxes."""

from question import question

question(
    "Q-quota-below-use",
    "May a quota be less than what is used?",
    operations=["UpdateMailboxQuota"],
    assumed="yes",
    unaskable="needs a mailbox with more than 1 MB of mail; the API puts none there",
)


@question(
    "Q-mailbox-dates",
    "Which dates of a mailbox does its user show after a deregistration?",
    operations=["DescribeUser", "DeregisterFromWorkMail"],
    answer=["MailboxDeprovisionedDate", "MailboxProvisionedDate"],
    assumed="both, until the user is registered again",
)
def _(ask):
    user = ask.user(registered=True)
    ask.call("DeregisterFromWorkMail", EntityId=user)
    return sorted(name for name in ask.call("DescribeUser", UserId=user) if name.startswith("Mailbox"))


@question(
    "Q-quota-range",
    "Which error refuses a quota out of 1 to 51,200 MB?",
    operations=["UpdateMailboxQuota"],
    answer={"error": "InvalidParameterException"},
)
def _(ask):
    ask.call("UpdateMailboxQuota", UserId=ask.user(registered=True), MailboxQuota=51201)


@question(
    "Q-permissions-empty",
    "Does an empty list of permissions remove all of a grantee?",
    operations=["PutMailboxPermissions"],
    answer=[],
    assumed="yes",
)
def _(ask):
    pair = {"EntityId": ask.group("owner", registered=True), "GranteeId": ask.group("grantee", registered=True)}
    ask.call("PutMailboxPermissions", PermissionValues=["SEND_AS"], **pair)
    ask.call("PutMailboxPermissions", PermissionValues=[], **pair)
    return ask.everything("ListMailboxPermissions", "Permissions", EntityId=pair["EntityId"])


@question(
    "Q-permissions-refused",
    "Which permissions are refused, and with which error?",
    operations=["PutMailboxPermissions"],
    answer={
        "FULL_ACCESS to what a group has": "InvalidParameterException",
        "FULL_ACCESS of a group": "no error",
        "on itself": "InvalidParameterException",
    },
    assumed="FULL_ACCESS to what a group has, and those on oneself, with `InvalidParameterException`. AWS contradicts"
    " itself on FULL_ACCESS of a group: the administrator guide gives groups only Send As and Send On Behalf, the CLI's"
    " examples grant it to “the specified user or group”, and so it is allowed",
)
def _(ask):
    group, room = ask.group(registered=True), ask.resource(registered=True)
    full, send = {"PermissionValues": ["FULL_ACCESS"]}, {"PermissionValues": ["SEND_AS"]}
    return {
        "FULL_ACCESS to what a group has": ask.outcome("PutMailboxPermissions", EntityId=group, GranteeId=room, **full),
        "FULL_ACCESS of a group": ask.outcome("PutMailboxPermissions", EntityId=room, GranteeId=group, **full),
        "on itself": ask.outcome("PutMailboxPermissions", EntityId=room, GranteeId=room, **send),
    }


@question(
    "Q-permissions-of-resource",
    "As which type does a resource appear among grantees?",
    operations=["ListMailboxPermissions"],
    answer=["USER"],
)
def _(ask):
    group, room = ask.group(registered=True), ask.resource(registered=True)
    ask.call("PutMailboxPermissions", EntityId=group, GranteeId=room, PermissionValues=["SEND_AS"])
    listed = ask.everything("ListMailboxPermissions", "Permissions", EntityId=group)
    return [each["GranteeType"] for each in listed]

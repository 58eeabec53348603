"""Users."""

from question import question


@question(
    "Q-user-empty-text",
    "Does an empty text clear an attribute of a user?",
    operations=["UpdateUser"],
    answer={"City": "absent", "Office": "1"},
    assumed="yes",
)
def _(ask):
    user = ask.user(registered=True)
    ask.call("UpdateUser", UserId=user, City="Here", Office="1")
    ask.call("UpdateUser", UserId=user, City="")
    described = ask.call("DescribeUser", UserId=user)
    return {"City": described.get("City", "absent"), "Office": described["Office"]}


@question(
    "Q-user-role",
    "Which error refuses a role that cannot be requested?",
    operations=["CreateUser", "UpdateUser"],
    answer={"RESOURCE": "InvalidParameterException", "SYSTEM_USER": "InvalidParameterException"},
)
def _(ask):
    def outcome(role):
        return ask.outcome("CreateUser", Role=role, Name=ask.name(role), DisplayName="wml", Password=ask.password)

    return {role: outcome(role) for role in ("RESOURCE", "SYSTEM_USER")}


@question(
    "Q-password-of-remote-user",
    "Which error refuses to reset the password of a user who has none in the directory?",
    operations=["ResetPassword"],
    answer={"error": "UnsupportedOperationException"},
)
def _(ask):
    ask.call("ResetPassword", UserId=ask.user(Role="REMOTE_USER"), Password=ask.password)


@question(
    "Q-user-becomes-remote",
    "Is the mailbox kept of a user who becomes a REMOTE_USER, and does it come back with the role USER?",
    operations=["UpdateUser", "GetMailboxDetails"],
    answer={"as a remote user": "no error", "as a user again": 2000},
    assumed="yes, for 30 days",
)
def _(ask):
    user = ask.user(registered=True)
    ask.call("UpdateMailboxQuota", UserId=user, MailboxQuota=2000)
    ask.call("UpdateUser", UserId=user, Role="REMOTE_USER")
    remote = ask.outcome("GetMailboxDetails", UserId=user)
    ask.call("UpdateUser", UserId=user, Role="USER")
    return {"as a remote user": remote, "as a user again": ask.call("GetMailboxDetails", UserId=user)["MailboxQuota"]}


@question(
    "Q-remote-user-mailbox",
    "Which errors do operations on the mailbox of a remote user return?",
    operations=["UpdateMailboxQuota", "GetMailboxDetails"],
    answer={"quota": "EntityStateException", "details": "EntityNotFoundException"},
)
def _(ask):
    user = ask.user(Role="REMOTE_USER", registered=True)
    return {
        "quota": ask.outcome("UpdateMailboxQuota", UserId=user, MailboxQuota=1000),
        "details": ask.outcome("GetMailboxDetails", UserId=user),
    }


@question(
    "Q-deleted-user-in-rules",
    "Do access control rules and impersonation roles keep the ID of a deleted user?",
    operations=["DeleteUser", "ListAccessControlRules", "GetImpersonationRole"],
    answer={"rule": ["the user user"], "role": ["the user target"]},
    assumed="yes",
)
def _(ask):
    user, target = ask.user(), ask.user("target", registered=True)
    ask.access_rule("rule", UserIds=[user])
    role = ask.role("role", TargetUsers=[target])
    ask.call("DeregisterFromWorkMail", EntityId=target)
    ask.call("DeleteUser", UserId=user)
    ask.call("DeleteUser", UserId=target)
    rules = ask.call("ListAccessControlRules")["Rules"]
    return {
        "rule": next(each["UserIds"] for each in rules if each["Name"] == ask.name("rule")),
        "role": ask.call("GetImpersonationRole", ImpersonationRoleId=role)["Rules"][0]["TargetUsers"],
    }


question(
    "Q-identity-center-user-twice",
    "Which error refuses a second WorkMail user for one Identity Center user?",
    operations=["CreateUser", "UpdateUser"],
    assumed="`InvalidParameterException`, whatever the letter case of its ID",
    unaskable="needs IAM Identity Center",
)

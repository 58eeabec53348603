"""Registration."""

from question import question


@question(
    "Q-register-again",
    "What does registering an entity do that is registered already?",
    operations=["RegisterToWorkMail"],
    answer={"with its address": "no error", "with another one": "EntityAlreadyRegisteredException"},
)
def _(ask):
    group = ask.group(registered=True)
    return {
        "with its address": ask.outcome("RegisterToWorkMail", EntityId=group, Email=ask.address("group")),
        "with another one": ask.outcome("RegisterToWorkMail", EntityId=group, Email=ask.address("other")),
    }


@question(
    "Q-deregister-address",
    "Is the address of a deregistered entity free at once?",
    operations=["DeregisterFromWorkMail", "RegisterToWorkMail"],
    answer={"error": "no error"},
    assumed="yes",
)
def _(ask):
    ask.call("DeregisterFromWorkMail", EntityId=ask.group("old", registered=True))
    ask.call("RegisterToWorkMail", EntityId=ask.group("new"), Email=ask.address("old"))


@question(
    "Q-deregister-memberships",
    "Does an entity that is deregistered stay in its groups, and a delegate of resources?",
    operations=["DeregisterFromWorkMail", "ListGroupMembers", "ListResourceDelegates"],
    answer={"members": ["the group inner"], "delegates": ["the group inner"]},
    assumed="yes",
)
def _(ask):
    inner, outer, room = ask.group("inner", True), ask.group("outer", True), ask.resource("room", True)
    ask.call("AssociateMemberToGroup", GroupId=outer, MemberId=inner)
    ask.call("AssociateDelegateToResource", ResourceId=room, EntityId=inner)
    ask.call("DeregisterFromWorkMail", EntityId=inner)
    return {
        "members": [each["Id"] for each in ask.everything("ListGroupMembers", "Members", GroupId=outer)],
        "delegates": [each["Id"] for each in ask.everything("ListResourceDelegates", "Delegates", ResourceId=room)],
    }


question(
    "Q-register-system-user",
    "With which error is a SYSTEM_USER refused?",
    operations=["RegisterToWorkMail"],
    assumed="`EntityStateException`",
    unaskable="the API makes no system user, and those of an organization are not the experiment's",
)

question(
    "Q-system-user-mailbox",
    "Can a SYSTEM_USER be registered without a mailbox?",
    operations=["DescribeUser"],
    assumed="yes, in a seed document, as a remote user is",
    unaskable="the API makes no system user",
)

"""Groups."""

from question import question


@question(
    "Q-group-resource-member",
    "Which error refuses a resource as a member of a group?",
    operations=["AssociateMemberToGroup"],
    answer={"error": "EntityNotFoundException"},
)
def _(ask):
    ask.call("AssociateMemberToGroup", GroupId=ask.group(registered=True), MemberId=ask.resource(registered=True))


@question(
    "Q-group-cycle",
    "Which error refuses a group as a member of a group that is in it?",
    operations=["AssociateMemberToGroup"],
    answer={"in itself": "InvalidParameterException", "in its member": "InvalidParameterException"},
)
def _(ask):
    inner, outer = ask.group("inner", registered=True), ask.group("outer", registered=True)
    ask.call("AssociateMemberToGroup", GroupId=outer, MemberId=inner)
    return {
        "in itself": ask.outcome("AssociateMemberToGroup", GroupId=outer, MemberId=outer),
        "in its member": ask.outcome("AssociateMemberToGroup", GroupId=inner, MemberId=outer),
    }


@question(
    "Q-group-not-a-member",
    "What does removing an entity from a group do that it is not in?",
    operations=["DisassociateMemberFromGroup"],
    answer={"error": "EntityNotFoundException"},
)
def _(ask):
    group, other = ask.group(registered=True), ask.group("other", registered=True)
    ask.call("DisassociateMemberFromGroup", GroupId=group, MemberId=other)

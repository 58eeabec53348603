"""Resources."""

from question import question


@question(
    "Q-booking-options",
    "Do booking options replace the old ones as a whole?",
    operations=["UpdateResource"],
    answer={
        "AutoAcceptRequests": True,
        "AutoDeclineRecurringRequests": False,
        "AutoDeclineConflictingRequests": False,
    },
    assumed="yes, an absent one becomes false",
)
def _(ask):
    room = ask.resource()
    on = {"AutoAcceptRequests": True, "AutoDeclineRecurringRequests": True, "AutoDeclineConflictingRequests": True}
    ask.call("UpdateResource", ResourceId=room, BookingOptions=on)
    ask.call("UpdateResource", ResourceId=room, BookingOptions={"AutoAcceptRequests": True})
    return ask.call("DescribeResource", ResourceId=room)["BookingOptions"]


@question(
    "Q-resource-description",
    "Does an empty description clear the one of a resource?",
    operations=["UpdateResource"],
    answer="absent",
    assumed="yes",
)
def _(ask):
    room = ask.resource(Description="large")
    ask.call("UpdateResource", ResourceId=room, Description="")
    return ask.call("DescribeResource", ResourceId=room).get("Description", "absent")


@question(
    "Q-not-a-delegate",
    "What does removing a delegate do that is none?",
    operations=["DisassociateDelegateFromResource"],
    answer={"error": "EntityNotFoundException"},
)
def _(ask):
    room, group = ask.resource(registered=True), ask.group(registered=True)
    ask.call("DisassociateDelegateFromResource", ResourceId=room, EntityId=group)


@question(
    "Q-last-delegate",
    "May the last delegate of a resource go that does not accept requests automatically?",
    operations=["DisassociateDelegateFromResource", "DeleteUser", "DeleteGroup"],
    answer={"by deletion": "no error", "by removal": "no error"},
    assumed="yes",
)
def _(ask):
    room = ask.resource(registered=True)
    first, second = ask.group("first", registered=True), ask.group("second", registered=True)
    for group in (first, second):
        ask.call("AssociateDelegateToResource", ResourceId=room, EntityId=group)
    ask.call("UpdateResource", ResourceId=room, BookingOptions={"AutoAcceptRequests": False})
    ask.call("DisassociateDelegateFromResource", ResourceId=room, EntityId=second)
    removal = ask.outcome("DisassociateDelegateFromResource", ResourceId=room, EntityId=first)
    ask.call("AssociateDelegateToResource", ResourceId=room, EntityId=first)
    ask.call("DeregisterFromWorkMail", EntityId=first)
    return {"by deletion": ask.outcome("DeleteGroup", GroupId=first), "by removal": removal}

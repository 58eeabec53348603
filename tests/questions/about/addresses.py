"""Addresses."""

from question import question


@question(
    "Q-delete-alias",
    "What does deleting an alias do that is the primary address, or unknown?",
    operations=["DeleteAlias"],
    answer={"primary": "InvalidParameterException", "unknown": "no error"},
)
def _(ask):
    group = ask.group(registered=True)
    return {
        "primary": ask.outcome("DeleteAlias", EntityId=group, Alias=ask.address("group")),
        "unknown": ask.outcome("DeleteAlias", EntityId=group, Alias=ask.address("unknown")),
    }


@question(
    "Q-alias-again",
    "Is giving an entity an address again that it has an error?",
    operations=["CreateAlias"],
    answer={"an alias": "no error", "the primary address": "no error"},
    assumed="no",
)
def _(ask):
    group = ask.group(registered=True)
    ask.call("CreateAlias", EntityId=group, Alias=ask.address("alias"))
    return {
        "an alias": ask.outcome("CreateAlias", EntityId=group, Alias=ask.address("alias")),
        "the primary address": ask.outcome("CreateAlias", EntityId=group, Alias=ask.address("group")),
    }


@question(
    "Q-alias-order",
    "Where in the list of aliases is the primary address?",
    operations=["ListAliases"],
    answer=["the address new", "the address group", "the address a"],
    assumed="it comes first",
)
def _(ask):
    group = ask.group(registered=True)
    ask.call("CreateAlias", EntityId=group, Alias=ask.address("a"))
    ask.call("UpdatePrimaryEmailAddress", EntityId=group, Email=ask.address("new"))
    return ask.everything("ListAliases", "Aliases", EntityId=group)


@question(
    "Q-address-case",
    "Which letter case does an address have that an alias becomes the primary one by?",
    operations=["UpdatePrimaryEmailAddress"],
    answer="the address alias",
    assumed="the one it came with as an alias",
)
def _(ask):
    group = ask.group(registered=True)
    ask.call("CreateAlias", EntityId=group, Alias=ask.address("alias"))
    ask.call("UpdatePrimaryEmailAddress", EntityId=group, Email=ask.address("alias").replace("wml-", "WML-"))
    return ask.call("DescribeGroup", GroupId=group)["Email"]


@question(
    "Q-alias-limit",
    "Does the primary address count toward the 100 aliases?",
    operations=["CreateAlias"],
    answer={"the hundredth": "no error", "one more": "LimitExceededException"},
    assumed="no",
    takes="101 aliases of one group",
)
def _(ask):
    group = ask.group(registered=True)
    for number in range(99):
        ask.call("CreateAlias", EntityId=group, Alias=ask.address(f"alias-{number}"))
    return {
        "the hundredth": ask.outcome("CreateAlias", EntityId=group, Alias=ask.address("hundredth")),
        "one more": ask.outcome("CreateAlias", EntityId=group, Alias=ask.address("more")),
    }

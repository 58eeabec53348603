"""Lists."""

from question import question


@question(
    "Q-list-order",
    "In which order does a list come?",
    operations=["ListGroups", "and every other list"],
    answer=["the group b", "the group a", "the group c"],
    assumed="of creation; export jobs the newest first",
)
def _(ask):
    made = [ask.group("b"), ask.group("a"), ask.group("c")]
    return [each["Id"] for each in ask.everything("ListGroups", "Groups") if each["Id"] in made]


@question(
    "Q-page-size",
    "How many does a page hold without MaxResults?",
    operations=["ListAliases", "and every other list"],
    answer=100,
    takes="101 aliases of one group",
)
def _(ask):
    group = ask.group(registered=True)
    for number in range(100):
        ask.call("CreateAlias", EntityId=group, Alias=ask.address(f"alias-{number}"))
    return len(ask.call("ListAliases", EntityId=group)["Aliases"])


@question(
    "Q-page-token",
    "What is a page token bound to?",
    operations=["ListGroups", "and every other list"],
    answer={
        "with another MaxResults": "no error",
        "with another filter": "InvalidParameterException",
        "with another operation": "InvalidParameterException",
    },
    assumed="the operation, the account, the region and all parameters but MaxResults; any other is an"
    " `InvalidParameterException`",
)
def _(ask):
    ask.group("one"), ask.group("two"), ask.resource("three"), ask.resource("four")
    token = ask.call("ListGroups", MaxResults=1)["NextToken"]
    other = {"NamePrefix": ask.name("one")}
    return {
        "with another MaxResults": ask.outcome("ListGroups", MaxResults=2, NextToken=token),
        "with another filter": ask.outcome("ListGroups", MaxResults=1, NextToken=token, Filters=other),
        "with another operation": ask.outcome("ListResources", MaxResults=1, NextToken=token),
    }

"""Names and filters."""

from question import question


@question(
    "Q-name-case",
    "Is a name taken that differs from another one in letter case alone?",
    operations=["CreateUser", "CreateGroup", "CreateResource", "UpdateResource"],
    answer={"error": "NameAvailabilityException"},
)
def _(ask):
    ask.group("case")
    ask.call("CreateResource", Name=ask.name("case").replace("case", "CASE"), Type="ROOM")


@question(
    "Q-reserved-names",
    "Which names are reserved, and for which entities?",
    operations=["CreateUser", "CreateGroup", "CreateResource"],
    answer={
        "krbtgt, a group": "ReservedNameException",
        "Domain Admins, a group": "ReservedNameException",
        "krbtgt, a resource": "ReservedNameException",
    },
    assumed="those of the accounts and groups that every Active Directory has, for users, groups and resources alike",
    takes="names that do not begin with wml-",
)
def _(ask):
    return {
        "krbtgt, a group": ask.outcome("CreateGroup", Name="krbtgt"),
        "Domain Admins, a group": ask.outcome("CreateGroup", Name="Domain Admins"),
        "krbtgt, a resource": ask.outcome("CreateResource", Name="krbtgt", Type="ROOM"),
    }


@question(
    "Q-rename-to-reserved",
    "Which error refuses a reserved name in UpdateResource, which does not declare ReservedNameException?",
    operations=["UpdateResource"],
    answer={"error": "NameAvailabilityException"},
    takes="a name that does not begin with wml-",
)
def _(ask):
    ask.call("UpdateResource", ResourceId=ask.resource(), Name="krbtgt")


@question(
    "Q-two-filters",
    "Which error refuses two filters at once?",
    operations=["ListUsers", "ListGroups", "ListResources"],
    answer={"error": "InvalidParameterException"},
    read_only=True,
)
def _(ask):
    ask.call("ListUsers", Filters={"UsernamePrefix": "wml-", "State": "ENABLED"})


@question(
    "Q-filter-case",
    "Do prefixes in filters ignore letter case?",
    operations=["ListUsers", "ListGroups", "ListResources", "ListGroupsForEntity"],
    answer=["the group case"],
    assumed="yes",
)
def _(ask):
    ask.group("case")
    filters = {"NamePrefix": ask.name("case").replace("wml-", "WML-")}
    return [each["Id"] for each in ask.everything("ListGroups", "Groups", Filters=filters)]

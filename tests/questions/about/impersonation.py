"""Impersonation."""

from question import question


@question(
    "Q-role-name",
    "Which error refuses the name of another impersonation role, and does its letter case count?",
    operations=["CreateImpersonationRole", "UpdateImpersonationRole"],
    answer={"error": "InvalidParameterException"},
    assumed="`InvalidParameterException`; it does not",
)
def _(ask):
    ask.role()
    ask.role(name=ask.name("role").replace("role", "ROLE"))


@question(
    "Q-role-rules",
    "Which rules of an impersonation role are refused?",
    operations=["CreateImpersonationRole", "UpdateImpersonationRole"],
    answer={
        "one ID twice": "InvalidParameterException",
        "one name twice, in other letter case": "InvalidParameterException",
        "both lists of users": "InvalidParameterException",
    },
)
def _(ask):
    target, other = ask.user("target", registered=True), ask.user("other", registered=True)

    def outcome(label, *rules):
        role = {"Name": ask.name(label), "Type": "READ_ONLY"}
        return ask.outcome("CreateImpersonationRole", Rules=[{"Effect": "DENY", **rule} for rule in rules], **role)

    one, two = {"ImpersonationRuleId": "one"}, {"ImpersonationRuleId": "two"}
    return {
        "one ID twice": outcome("ids", one, one),
        "one name twice, in other letter case": outcome("names", {**one, "Name": "wml"}, {**two, "Name": "WML"}),
        "both lists of users": outcome("lists", {**one, "TargetUsers": [target], "NotTargetUsers": [other]}),
    }


@question(
    "Q-role-replaced",
    "Does UpdateImpersonationRole clear a description that is absent?",
    operations=["UpdateImpersonationRole"],
    answer="absent",
    assumed="yes",
)
def _(ask):
    role = ask.role()
    rules = [{"ImpersonationRuleId": "wml", "Effect": "DENY"}]
    ask.call("UpdateImpersonationRole", ImpersonationRoleId=role, Name=ask.name("role"), Type="READ_ONLY", Rules=rules)
    return ask.call("GetImpersonationRole", ImpersonationRoleId=role).get("Description", "absent")


@question(
    "Q-role-users-by-id",
    "How does an impersonation role show a target user who was given by address?",
    operations=["CreateImpersonationRole", "GetImpersonationRole"],
    answer=["the user user"],
    assumed="by ID",
)
def _(ask):
    ask.user(registered=True)
    role = ask.role(TargetUsers=[ask.address("user")])
    return ask.call("GetImpersonationRole", ImpersonationRoleId=role)["Rules"][0]["TargetUsers"]


@question(
    "Q-role-target-state",
    "Which error refuses a target user who is not ENABLED?",
    operations=["CreateImpersonationRole", "UpdateImpersonationRole", "GetImpersonationRoleEffect"],
    answer={"error": "EntityStateException"},
)
def _(ask):
    ask.role(TargetUsers=[ask.user()])


@question(
    "Q-role-limit",
    "How many impersonation roles may an organization have?",
    operations=["CreateImpersonationRole"],
    answer={"roles": 20, "then": "LimitExceededException"},
    assumed="20, the most that a list can hold",
)
def _(ask):
    count, then = len(ask.everything("ListImpersonationRoles", "Roles")), ask.no_error
    while count < 40 and then == ask.no_error:
        role = {"Type": "READ_ONLY", "Rules": [{"ImpersonationRuleId": "wml", "Effect": "DENY"}]}
        then = ask.outcome("CreateImpersonationRole", Name=ask.name(f"role-{count}"), **role)
        count += then == ask.no_error
    return {"roles": count, "then": then}

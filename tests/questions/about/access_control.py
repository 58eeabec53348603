"""Access control."""

from question import question


@question(
    "Q-access-action",
    "Are actions distinguished by case, and which error refuses an unknown one?",
    operations=["PutAccessControlRule", "GetAccessControlEffect"],
    answer={"ews": "InvalidParameterException", "an unknown one": "InvalidParameterException"},
)
def _(ask):
    caller = {"IpAddress": "192.0.2.1", "UserId": ask.user()}
    return {
        "ews": ask.outcome("GetAccessControlEffect", Action="ews", **caller),
        "an unknown one": ask.outcome("GetAccessControlEffect", Action="Telnet", **caller),
    }


@question(
    "Q-access-caller",
    "Which errors does GetAccessControlEffect return for a caller that cannot be?",
    operations=["GetAccessControlEffect"],
    answer={
        "neither user nor role": "InvalidParameterException",
        "both": "InvalidParameterException",
        "a role with IMAP": "InvalidParameterException",
        "an unknown user": "EntityNotFoundException",
    },
)
def _(ask):
    user, role = {"UserId": ask.user()}, {"ImpersonationRoleId": ask.role()}

    def outcome(action, **caller):
        return ask.outcome("GetAccessControlEffect", IpAddress="192.0.2.1", Action=action, **caller)

    return {
        "neither user nor role": outcome("EWS"),
        "both": outcome("EWS", **user, **role),
        "a role with IMAP": outcome("IMAP", **role),
        "an unknown user": outcome("EWS", UserId=ask.new_id()),
    }


@question(
    "Q-access-both-lists",
    "May a rule name what is meant beside what is not meant, and do both hold?",
    operations=["PutAccessControlRule", "GetAccessControlEffect"],
    answer={"EWS": ["the name rule"], "IMAP": [], "SMTP": []},
    assumed="yes",
)
def _(ask):
    user = ask.user()
    ask.access_rule("rule", UserIds=[user], Actions=["EWS", "IMAP"], NotActions=["IMAP"])
    return {action: ask.matched_rules(UserId=user, Action=action) for action in ("EWS", "IMAP", "SMTP")}


@question(
    "Q-access-other-kind",
    "What does a list of users in a rule mean for an impersonation role, and the other way round?",
    operations=["GetAccessControlEffect"],
    answer={
        "users, a role": [],
        "roles, a user": [],
        "users and roles, a user": ["the name all"],
        "users and roles, a role": ["the name all"],
        "not users, a role": ["the name not"],
    },
    assumed="a rule for some users is not for roles, one for some users and some roles is for both, and one that leaves"
    " out users leaves out no role",
)
def _(ask):
    user, role = ask.user(), ask.role()

    def matched(label, caller, **conditions):
        ask.access_rule(label, **conditions)
        found = ask.matched_rules(**caller)
        ask.call("DeleteAccessControlRule", Name=ask.name(label))
        return found

    a_user, a_role = {"UserId": user}, {"ImpersonationRoleId": role}
    both = {"UserIds": [user], "ImpersonationRoleIds": [role]}
    return {
        "users, a role": matched("users", a_role, UserIds=[user]),
        "roles, a user": matched("roles", a_user, ImpersonationRoleIds=[role]),
        "users and roles, a user": matched("all", a_user, **both),
        "users and roles, a role": matched("all", a_role, **both),
        "not users, a role": matched("not", a_role, NotUserIds=[user]),
    }


@question(
    "Q-access-rule-case",
    "Are the names of rules case-sensitive?",
    operations=["PutAccessControlRule"],
    answer=["the name rule", "the name RULE"],
    assumed="yes",
)
def _(ask):
    ask.access_rule("rule")
    ask.access_rule("RULE")
    names = [each["Name"] for each in ask.call("ListAccessControlRules")["Rules"]]
    return [name for name in (ask.name("rule"), ask.name("RULE")) if name in names]


@question(
    "Q-access-rule-limit",
    "How many access control rules may an organization have?",
    operations=["PutAccessControlRule"],
    answer={"rules": 10, "then": "LimitExceededException"},
    assumed="10, the most that a list can hold",
)
def _(ask):
    count, then = len(ask.call("ListAccessControlRules")["Rules"]), ask.no_error
    while count < 20 and then == ask.no_error:
        rule = {"Effect": "ALLOW", "Description": "wml", "IpRanges": ["192.0.2.0/24"]}
        then = ask.outcome("PutAccessControlRule", Name=ask.name(f"rule-{count}"), **rule)
        count += then == ask.no_error
    return {"rules": count, "then": then}


@question(
    "Q-access-rule-of-deleted-role",
    "Does an access control rule keep the ID of a deleted impersonation role?",
    operations=["DeleteImpersonationRole", "ListAccessControlRules"],
    answer=["the role role"],
    assumed="yes",
)
def _(ask):
    role = ask.role()
    ask.access_rule("rule", ImpersonationRoleIds=[role])
    ask.call("DeleteImpersonationRole", ImpersonationRoleId=role)
    rules = ask.call("ListAccessControlRules")["Rules"]
    return next(each for each in rules if each["Name"] == ask.name("rule")).get("ImpersonationRoleIds", [])

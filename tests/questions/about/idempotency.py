"""Idempotency."""

from question import question


@question(
    "Q-client-token",
    "What does a ClientToken do that is used again?",
    operations=["CreateImpersonationRole", "and every other operation with a ClientToken"],
    answer={"with the same parameters": "the first response", "with other parameters": "InvalidParameterException"},
)
def _(ask):
    rules = [{"ImpersonationRuleId": "wml", "Effect": "DENY"}]
    role = {"Name": ask.name("role"), "Type": "READ_ONLY", "Rules": rules, "ClientToken": ask.new_id()}
    first = ask.call("CreateImpersonationRole", **role)["ImpersonationRoleId"]
    second = ask.call("CreateImpersonationRole", **role)["ImpersonationRoleId"]
    other = {**role, "Name": ask.name("other")}
    return {
        "with the same parameters": "the first response" if first == second else "another one",
        "with other parameters": ask.outcome("CreateImpersonationRole", **other),
    }


@question(
    "Q-client-token-failure",
    "Is a ClientToken remembered of a call that failed?",
    operations=["CreateImpersonationRole", "and every other operation with a ClientToken"],
    answer={"error": "no error"},
    assumed="no",
)
def _(ask):
    token = {"ClientToken": ask.new_id(), "Type": "READ_ONLY"}
    rule = {"ImpersonationRuleId": "wml", "Effect": "DENY"}
    ask.outcome("CreateImpersonationRole", Name=ask.name("role"), Rules=[rule, rule], **token)
    ask.call("CreateImpersonationRole", Name=ask.name("role"), Rules=[rule], **token)


question(
    "Q-client-token-time",
    "How long is a ClientToken remembered?",
    operations=["CreateImpersonationRole", "and every other operation with a ClientToken"],
    assumed="24 hours",
    unaskable="takes more than a day",
)

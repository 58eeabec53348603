"""Retention."""

from question import question

ALONE = "an organization of its own"
FOLDER = {"Name": "JUNK_EMAIL", "Action": "NONE"}


@question(
    "Q-retention-none",
    "What does GetDefaultRetentionPolicy return without a policy?",
    operations=["GetDefaultRetentionPolicy"],
    answer={"error": "EntityNotFoundException"},
    takes=ALONE,
    read_only=True,
)
def _(ask):
    return {"Name": ask.call("GetDefaultRetentionPolicy").get("Name", "absent")}


@question(
    "Q-retention-second",
    "Which errors refuse a second policy, and an unknown ID?",
    operations=["PutRetentionPolicy"],
    answer={"a second one": "LimitExceededException", "an unknown ID": "InvalidParameterException"},
    takes=ALONE,
)
def _(ask):
    policy = {"FolderConfigurations": [FOLDER]}
    unknown = ask.outcome("PutRetentionPolicy", Id=ask.new_id(), Name=ask.name("unknown"), **policy)
    ask.call("PutRetentionPolicy", Name=ask.name("first"), **policy)
    return {
        "a second one": ask.outcome("PutRetentionPolicy", Name=ask.name("second"), **policy),
        "an unknown ID": unknown,
    }


@question(
    "Q-retention-folders",
    "Are two configurations of one folder refused, and an action without a period?",
    operations=["PutRetentionPolicy"],
    answer={"one folder twice": "InvalidParameterException", "no period": "InvalidParameterException"},
    takes=ALONE,
)
def _(ask):
    def outcome(*folders):
        return ask.outcome("PutRetentionPolicy", Name=ask.name("policy"), FolderConfigurations=list(folders))

    return {
        "one folder twice": outcome(FOLDER, FOLDER),
        "no period": outcome({"Name": "DELETED_ITEMS", "Action": "DELETE"}),
    }

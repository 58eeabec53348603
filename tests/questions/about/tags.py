"""Tags."""

from question import question


@question(
    "Q-tag-keys",
    "Which errors refuse a key that begins with aws:, and one key twice?",
    operations=["TagResource"],
    answer={"a key of AWS": "InvalidParameterException", "twice": "InvalidParameterException"},
)
def _(ask):
    def outcome(*keys):
        return ask.outcome("TagResource", ResourceARN=ask.arn, Tags=[{"Key": key, "Value": "wml"} for key in keys])

    return {"a key of AWS": outcome(f"aws:{ask.name('key')}"), "twice": outcome(ask.name("key"), ask.name("key"))}


@question(
    "Q-tag-states",
    "What do tags of a deleted organization do?",
    operations=["TagResource", "UntagResource", "ListTagsForResource"],
    answer={"TagResource": "OrganizationStateException", "ListTagsForResource": "ResourceNotFoundException"},
    takes="an organization of its own",
)
def _(ask):
    own = ask.own_organization()
    arn = ask.call("DescribeOrganization", OrganizationId=own)["ARN"]
    ask.call("DeleteOrganization", OrganizationId=own, DeleteDirectory=True)
    return {
        "TagResource": ask.outcome("TagResource", ResourceARN=arn, Tags=[{"Key": ask.name("key"), "Value": "wml"}]),
        "ListTagsForResource": ask.outcome("ListTagsForResource", ResourceARN=arn),
    }

"""The examples that AWS publishes with its CLI: each command runs as it is printed, and the answer has the members of the
printed one, with the same JSON types.

The organization is seeded with the ids, names and account of the examples. The tables below list what an example needs
that another one must not have, and where one cannot be taken literally, with the reason."""

import json
import re
import shlex
from pathlib import Path

import awscli
import pytest

from test_cli import Cli

EXAMPLES = sorted((Path(awscli.__file__).parent / "examples" / "workmail").glob("*.rst"))

ORGANIZATION = "m-d281d0a2fd824be5b6cd3d3ce909fd27"
USER = "S-1-1-11-1111111111-2222222222-3333333333-3333"
GROUP = "S-1-1-11-1122222222-2222233333-3333334444-4444"
ROOM = "r-7afe0efbade843a58cdc10251fce992c"
ROOM_WITH_DELEGATE = "r-68bf2d3b1c0244aab7264c24b9217443"

SEED = {
    "Organizations": [
        {
            "OrganizationId": ORGANIZATION,
            "Account": "111122223333",
            "Region": "us-west-2",
            "Alias": "site",
            "Users": [
                {"UserId": USER, "Name": "exampleUser1", "DisplayName": "", "Email": "exampleUser1@site.awsapps.com"},
                {"Name": "exampleGuestUser"},
            ],
            "Groups": [
                {"GroupId": GROUP, "Name": "exampleGroup1", "Email": "exampleGroup1@site.awsapps.com"},
                {"GroupId": "S-4-4-44-1122222222-2222233333-3333334444-4444", "Name": "exampleGroup2"},
            ],
            "Resources": [
                {"ResourceId": ROOM, "Name": "exampleRoom1", "Type": "ROOM", "Email": "room1@site.awsapps.com"},
                {
                    "ResourceId": ROOM_WITH_DELEGATE,
                    "Name": "exampleRoom3",
                    "Type": "ROOM",
                    "Email": "room3@site.awsapps.com",
                },
            ],
        }
    ]
}

# Texts in the examples, their replacements, and the reasons.
NOT_LITERAL = [
    ("m-n1pq2345678r901st2u3vx45x6789yza", ORGANIZATION, "not hexadecimal, as the service model wants it"),
    ("\n    ws workmail", "\n    aws workmail", "a misprint"),
]

# The examples that must run before each one.
AFTER = {
    "delete-access-control-rule": ["put-access-control-rule"],
    "delete-alias": ["create-alias"],
    "delete-mailbox-permissions": ["put-mailbox-permissions"],
    "delete-user": ["deregister-from-work-mail"],
    "disassociate-delegate-from-resource": ["associate-delegate-to-resource"],
    "disassociate-member-from-group": ["associate-member-to-group"],
    "get-access-control-effect": ["put-access-control-rule"],
    "list-access-control-rules": ["put-access-control-rule"],
    "list-group-members": ["associate-member-to-group"],
    "list-mailbox-permissions": ["put-mailbox-permissions"],
    "list-resource-delegates": ["associate-delegate-to-resource"],
    "list-tags-for-resource": ["tag-resource"],
    "untag-resource": ["tag-resource"],
}

# Entities that must not be registered, or not exist, although other examples have them.
NOT_REGISTERED = {"delete-group": GROUP, "delete-resource": ROOM, "register-to-work-mail": GROUP}
NOT_THERE = {"create-group": GROUP, "create-resource": ROOM}

# Members of responses that the examples do not print, with the reason.
NEWER = "the API has had it only since after the example was written"
ENABLED = "what is ENABLED has an address and a date: RegisterToWorkMail takes no entity without an address"
LEFT_OUT = "the service model has it, and the example is from before, or shortened"
MORE = {
    "describe-group": {".Email": ENABLED, ".EnabledDate": ENABLED, ".HiddenFromGlobalAddressList": NEWER},
    "describe-organization": {".InteroperabilityEnabled": NEWER},
    "describe-resource": {".Email": ENABLED, ".EnabledDate": ENABLED, ".HiddenFromGlobalAddressList": NEWER},
    "describe-user": {".MailboxProvisionedDate": NEWER, ".HiddenFromGlobalAddressList": NEWER},
    "list-groups": {".Groups[].Email": ENABLED, ".Groups[].EnabledDate": ENABLED},
    "list-organizations": {".OrganizationSummaries[].DefaultMailDomain": LEFT_OUT},
    "list-resources": {".Resources[].Email": ENABLED, ".Resources[].EnabledDate": ENABLED},
    "list-users": {".Users[].DisplayName": LEFT_OUT},
}

# Responses that are identical, including the values.
SAME = {"get-access-control-effect", "list-resource-delegates", "list-tags-for-resource"}


def read(name):
    """The words of an example's command after `aws workmail`, and the printed answer, if there is one."""
    text = next(path for path in EXAMPLES if path.stem == name).read_text(encoding="utf-8")
    for printed, meant, _ in NOT_LITERAL:
        text = text.replace(printed, meant)
    command, *answer = re.findall(r"::\n\n((?: {4}.*\n)+)", text)
    program, service, *words = shlex.split(command.replace("\\\n", " "))
    assert (program, service) == ("aws", "workmail")
    return words, json.loads(answer[0]) if answer else None


def shape(value):
    """Every path to a member, or to what is in a list, with the JSON types that are there."""
    types = {}

    def visit(value, path):
        kind = "number" if isinstance(value, (int, float)) and not isinstance(value, bool) else type(value).__name__
        types.setdefault(path, set()).add(kind)
        for name, each in value.items() if isinstance(value, dict) else ():
            visit(each, f"{path}.{name}")
        for each in value if isinstance(value, list) else ():
            visit(each, f"{path}[]")

    visit(value, "")
    return types


@pytest.fixture
def aws(server, tmp_path):
    server.control("POST", "seed", SEED)
    return Cli(
        tmp_path,
        AWS_ENDPOINT_URL_WORKMAIL=server.url,
        AWS_ACCESS_KEY_ID="111122223333",
        AWS_DEFAULT_REGION="us-west-2",
    )


def prepare(aws, name):
    org = ("--organization-id", ORGANIZATION)
    for other in AFTER.get(name, ()):
        aws(*read(other)[0])
    if name in NOT_REGISTERED | NOT_THERE:
        aws("deregister-from-work-mail", *org, "--entity-id", (NOT_REGISTERED | NOT_THERE)[name])
    if name in NOT_THERE:
        kind = name.partition("-")[2]
        aws(f"delete-{kind}", *org, f"--{kind}-id", NOT_THERE[name])


@pytest.mark.parametrize("name", [path.stem for path in EXAMPLES])
def test_an_example_is_answered_as_it_is_printed(aws, name):
    prepare(aws, name)
    command, printed = read(name)
    answer = aws(*command)
    more = MORE.get(name, {})
    answered = shape(answer)
    assert more.keys() <= answered.keys()
    assert {path: types for path, types in answered.items() if path not in more} == shape(printed)
    if name in SAME:
        assert answer == printed


def test_there_are_examples():
    """The folder is where it is looked for, and every row of a table is about an example."""
    names = {path.stem for path in EXAMPLES}
    assert len(names) >= 40
    assert names >= {*AFTER, *NOT_REGISTERED, *NOT_THERE, *MORE, *SAME}

"""server/capture --check compares the answers of a copy with those of the source, and finds every difference."""

import json
import os
import random
import re
import subprocess
import sys

import pytest

from random_calls import RandomCalls
from test_capture import CAPTURE, EVERYTHING, NOW, OLD_GROUP, UNCHECKED, program, relay  # noqa: F401
from workmail_server import BINARY


def run(url, *options, account="000000000000", region="us-east-1"):
    keys = {"AWS_ACCESS_KEY_ID": account, "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": region}
    command = [sys.executable, CAPTURE, "--endpoint-url", url, "--check", "--program", BINARY, *options]
    return subprocess.run(command, env=os.environ | keys, capture_output=True, text=True)


@pytest.mark.parametrize("options", [[], ["--anonymize"]])
def test_finds_a_copy_whole(server, options):
    server.control("POST", "seed", EVERYTHING)
    checked = run(server.url, *options)
    assert checked.returncode == 0, checked.stderr
    assert re.fullmatch(r"The copy is whole: \d\d+ answers are the same\.\n", checked.stderr), checked.stderr
    assert len(json.loads(checked.stdout)["Organizations"]) == 1


def test_prints_the_program_s_error(server):
    server.control("POST", "seed", EVERYTHING)
    checked = run(server.url, "--program", "/bin/false")
    assert (checked.returncode, checked.stderr) == (1, "server/capture: the document cannot be seeded: \n")


def test_prints_what_the_copy_lacks_by_entity_and_member(relay):
    place = {"account": "444455556666", "region": "us-west-2"}
    checked = run(f"http://127.0.0.1:{relay.server_port}", **place)
    lines = checked.stderr.splitlines()
    # The group is ENABLED and has no address anywhere; AWS leaves out what the emulator shows.
    assert checked.returncode == 1
    assert f'  describe_group list ({OLD_GROUP}): State: "ENABLED", in the copy "DISABLED"' in lines, checked.stderr
    assert lines[-1].startswith("The copy is not whole: ")
    assert "Members that only the copy has:" in lines


@pytest.mark.parametrize("seed", range(2))
def test_finds_the_copy_of_what_random_calls_led_to_whole(start, connect, program, seed):
    one, other = start("--pace", "20s", "--journal", "0"), start("--pace", "20s", "--journal", "0")
    client, choice = connect(one, config=UNCHECKED), random.Random(seed)
    one.control("PUT", "clock", NOW)
    organization = client.create_organization(Alias="acme")["OrganizationId"]
    one.advance("PT1M")
    calls = RandomCalls(client, choice, organization, "acme")
    for _ in range(5):
        calls.run(60)
        one.advance(choice.choice(("PT7S", "PT10M", "P2D")))
    source = program.capture_check.Recorder(connect(one))
    organizations = program.organizations_of(source, [organization])
    other.control("PUT", "clock", {"now": one.control("GET", "clock")["now"], "frozen": True})
    other.control_bytes("POST", "seed", program.document_of(organizations, False).encode())
    lines = []
    program.capture_check.ask_more(source, organizations[0])
    copy = program.capture_check.Recorder(connect(other))
    program.capture_check.replay(source, copy)
    assert program.capture_check.report(source, copy, {}, lines.append) == 0, lines


CHANGES = {
    "describe_user {alice}: Department: \"Wonder\", in the copy nothing": ("update_user", "UserId", {"Department": ""}),
    "list_aliases {alice}: Aliases[al@acme.example]: \"al@acme.example\", in the copy nothing": (
        "delete_alias", "EntityId", {"Alias": "al@acme.example"}),
    "list_users: Users[{alice}].State: \"ENABLED\", in the copy \"DISABLED\"": ("deregister_from_work_mail", "EntityId", {}),
    "describe_entity al@acme.example: Name: \"alice\", in the copy nothing": ("deregister_from_work_mail", "EntityId", {}),
    "get_mailbox_details {alice}: MailboxQuota: 51200, in the copy 7": ("update_mailbox_quota", "UserId", {"MailboxQuota": 7}),
    "list_mailbox_permissions {alice}: Permissions[{bob}]: nothing, in the copy ": (
        "put_mailbox_permissions", "EntityId", {"GranteeId": "bob", "PermissionValues": ["SEND_AS"]}),
    "describe_inbound_dmarc_settings: Enforced: true, in the copy false": (
        "put_inbound_dmarc_settings", None, {"Enforced": False}),
    "list_access_control_rules: Rules[default]: ": ("delete_access_control_rule", None, {"Name": "default"}),
}  # fmt: skip


@pytest.mark.parametrize("line", CHANGES)
def test_finds_a_change_of_the_copy(start, connect, program, line):
    one, other = start(), start()
    one.control("POST", "seed", EVERYTHING)
    source = program.capture_check.Recorder(connect(one))
    [summary] = connect(one).list_organizations()["OrganizationSummaries"]
    organizations = program.organizations_of(source, [summary["OrganizationId"]])
    program.capture_check.ask_more(source, organizations[0])
    other.control_bytes("POST", "seed", program.document_of(organizations, False).encode())
    ids = {user["Name"]: user["UserId"] for user in organizations[0]["Users"]}
    operation, member, members = CHANGES[line]
    subject = {member: ids["alice"]} if member else {}
    getattr(connect(other), operation)(OrganizationId=summary["OrganizationId"], **subject, **members)
    copy, lines = program.capture_check.Recorder(connect(other)), []
    program.capture_check.replay(source, copy)
    assert program.capture_check.report(source, copy, {}, lines.append) > 0
    assert any(each.strip().startswith(line.format(**ids)) for each in lines), lines

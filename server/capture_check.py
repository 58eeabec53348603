"""server/capture --check: whether an emulator that is seeded with a document answers as the organizations it was captured from.

A Recorder keeps what the source has answered; the same calls then go to the copy. What no document can have is left out
of the comparison: deleted entities, tokens in DNS records, the progress of exports, and the migration administrator."""

import contextlib
import json
import os
import shutil
import subprocess
import tempfile
from datetime import datetime, timezone
from pathlib import Path

from botocore.exceptions import ClientError

BUILT = Path(__file__).resolve().parents[1] / "build/release/workmail-local"
NOT_COPIED = {"Records", "EstimatedProgress", "MigrationAdmin"}
# By what the elements of a list are recognized; their order does not count.
KEYS = (
    "Id EntityId OrganizationId UserId GroupId ResourceId GranteeId ImpersonationRoleId ImpersonationRuleId"
    " MobileDeviceAccessRuleId JobId PersonalAccessTokenId DomainName Key Name"
).split()
ABSENT = object()


class CheckFailed(Exception):
    """The copy could not be made; the text is for the user."""


class Recorder:
    """A client that keeps all answers, the pages of a list as one."""

    def __init__(self, client):
        self.client = client
        self.answers = {}  # by operation and members

    def __getattr__(self, operation):
        def call(**members):
            first = {name: value for name, value in members.items() if name != "NextToken"}
            key = (operation, json.dumps(first, sort_keys=True))
            try:
                answer = getattr(self.client, operation)(**members)
            except ClientError as error:
                self.answers[key] = {"error": error.response["Error"]["Code"]}
                raise
            kept = {name: value for name, value in answer.items() if name not in ("ResponseMetadata", "NextToken")}
            before = self.answers.get(key, {}) if "NextToken" in members else {}
            self.answers[key] = {**kept, **{name: before[name] + kept.get(name, []) for name in before}}
            return answer

        return call

    def all_pages(self, operation, **members):
        """The errors are answers too."""
        with contextlib.suppress(ClientError):
            answer = getattr(self, operation)(**members)
            while answer.get("NextToken"):
                answer = getattr(self, operation)(**members, NextToken=answer["NextToken"])


def ask_more(source, organization):
    """What a capture need not ask, because other answers have it."""
    place = {"OrganizationId": organization["OrganizationId"]}
    for kind, identifier in (("Users", "UserId"), ("Groups", "GroupId"), ("Resources", "ResourceId")):
        for entity in organization.get(kind, []):
            for address in [entity.get("Email"), *entity.get("Aliases", [])]:
                if address:
                    source.all_pages("describe_entity", **place, Email=address)
            if kind != "Resources":
                source.all_pages("list_groups_for_entity", **place, EntityId=entity[identifier])
    for one in organization.get("MobileDeviceAccessOverrides", []):
        source.all_pages("get_mobile_device_access_override", **place, UserId=one["UserId"], DeviceId=one["DeviceId"])
    for one in organization.get("PersonalAccessTokens", []):
        token = one["PersonalAccessTokenId"]
        source.all_pages("get_personal_access_token_metadata", **place, PersonalAccessTokenId=token)


@contextlib.contextmanager
def seeded(program, document):
    """The address of an emulator with the document."""
    program = program or shutil.which("workmail-local") or (BUILT if BUILT.exists() else None)
    if program is None:
        raise CheckFailed("--check needs workmail-local on the PATH, or --program.")
    with tempfile.TemporaryDirectory() as folder:
        seed, port, log = (Path(folder) / name for name in ("seed.json", "port", "log"))
        seed.write_text(document, encoding="utf-8")
        command = [program, "--listen", "localhost:0", "--port-file", port, "--seed", seed]
        settings = {name: value for name, value in os.environ.items() if not name.startswith("WORKMAIL_")}
        with open(log, "w", encoding="utf-8") as errors, subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, text=True, env=settings
        ) as process:
            try:
                if not any(line == "Ready.\n" for line in process.stdout):
                    process.wait()
                    raise CheckFailed(f"the document cannot be seeded: {log.read_text(encoding='utf-8').strip()}")
                yield f"http://127.0.0.1:{port.read_text().strip()}"
            finally:
                process.kill()


def replay(source, copy):
    """The calls of the source, to the copy."""
    for operation, members in list(source.answers):
        copy.all_pages(operation, **json.loads(members))


def plain(value):
    """Dates with the precision of a document: milliseconds."""
    if not isinstance(value, datetime):
        return value
    return value.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def key_of(element):
    if isinstance(element, dict):
        return next((str(element[name]) for name in KEYS if name in element), json.dumps(element, default=str, sort_keys=True))
    return str(plain(element)).lower()


def living(elements):
    return {key_of(each): each for each in elements if not (isinstance(each, dict) and each.get("State") == "DELETED")}


def differences(source, copy, path=""):
    """Path, value of the source, value of the copy."""
    if isinstance(source, dict) and isinstance(copy, dict):
        for name in sorted((source.keys() | copy.keys()) - NOT_COPIED):
            yield from differences(source.get(name, ABSENT), copy.get(name, ABSENT), f"{path}.{name}" if path else name)
    elif isinstance(source, list) and isinstance(copy, list):
        ours, theirs = living(source), living(copy)
        for key in sorted(ours.keys() | theirs.keys()):
            yield from differences(ours.get(key, ABSENT), theirs.get(key, ABSENT), f"{path}[{key}]")
    elif not same(source, copy):
        yield path, source, copy


def empty(value):
    """AWS leaves such a member out, or not."""
    return value is ABSENT or value is False or value in ("", [], {})


def same(one, other):
    return (empty(one) and empty(other)) or (one is not ABSENT and other is not ABSENT and plain(one) == plain(other))


def show(value):
    return "nothing" if value is ABSENT else json.dumps(value, default=plain, ensure_ascii=False)


def report(source, copy, names, print_line):
    """Prints the differences by entity and member; the number of those that make the copy incomplete."""
    missing, more = [], []
    for key, answer in source.answers.items():
        operation, members = key[0], json.loads(key[1])
        subject = " ".join(names.get(value, str(value)) for name, value in members.items() if name != "OrganizationId")
        for path, ours, theirs in differences(answer, copy.answers.get(key, {})):
            title = f"{operation}{' ' + subject if subject else ''}: {path}"
            # A member that AWS does not show is no loss; an element that it does not have is.
            only_copy = ours is ABSENT and not path.endswith("]")
            (more if only_copy else missing).append(f"{title}: {show(ours)}, in the copy {show(theirs)}")
    for line in missing:
        print_line(f"  {line}")
    if more:
        print_line("Members that only the copy has:")
    for line in more:
        print_line(f"  {line}")
    return len(missing)


def check(source, document, organizations, connect, program, print_line):
    """Whether the copy is whole."""
    names = {
        entity[identifier]: f"{entity['Name']} ({entity[identifier]})"
        for organization in organizations
        for kind, identifier in (("Users", "UserId"), ("Groups", "GroupId"), ("Resources", "ResourceId"))
        for entity in organization.get(kind, [])
    }
    for organization in organizations:
        if organization.get("State", "Active") == "Active":
            ask_more(source, organization)
    with seeded(program, document) as url:
        copy = Recorder(connect(url, organizations[0]["Account"], organizations[0]["Region"]))
        replay(source, copy)
        missing = report(source, copy, names, print_line)
    if missing:
        print_line(f"The copy is not whole: {missing} differences.")
    else:
        print_line(f"The copy is whole: {len(source.answers)} answers are the same.")
    return missing == 0

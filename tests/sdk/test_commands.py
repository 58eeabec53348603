"""The commands that the console offers for copying are really run, over requests that a hostile client has sent: they
call what the request called, every argument arrives byte for byte, and nothing else runs."""

import gzip
import http.client
import json
import re
import subprocess
import sys

import pytest
from botocore import xform_name

from workmail_server import GIVE_UP_AFTER

ENDPOINT = "http://127.0.0.1:1/';touch pwned;'\"+open('pwned','w').name+\""

# In values they are data.
HOSTILE = [
    "';touch pwned;'", "$(touch pwned)", "`touch pwned`", '"+open("pwned","w").name+"', "'''\n\"\"\"", "\\", "\\'", "\\\\n",
    "a\nb\r\n# c", "!history", "%s {} ${HOME} $HOME ~ *", "\x1b[201~\ntouch pwned\n", "\x9b1m\x7f\x85", "\u2028\u202e\ufeff",
    "-rf --help", "file://pwned", "äöü 😀", "********", "",
]  # fmt: skip

NAMES = ["OrganizationId=open('pwned','w').name,Name", "__proto__", "constructor", "x'y\"z", "a\nb", "**{}", "name", ""]

TARGETS = ["x;{touch,pwned};:", "CreateUser;touch pwned", "$(touch pwned)", "constructor", "__proto__", "CreateUsr"]

FAKE_AWS = """#!{python}
import json, os, sys
with open(os.environ["CALLS"], "a") as calls:
    calls.write(json.dumps([os.environ["AWS_ACCESS_KEY_ID"], *sys.argv[1:]]) + "\\n")
"""

FAKE_BOTO3 = """
import json, os

class Client:
    def __init__(self, *arguments, **options):
        self.made = [arguments, options]

    def __getattr__(self, method):
        def call(**members):
            with open(os.environ["CALLS"], "a") as calls:
                calls.write(json.dumps([*self.made, method, members]) + "\\n")
        return call

client = Client
"""

WRITE_COMMANDS = """
import { readFileSync } from 'node:fs';
const { awsCommand, botoCall, isCopyable } = modules.commands;
const [entries, endpoint] = JSON.parse(readFileSync(0));
console.log(JSON.stringify(entries.map((entry) => isCopyable(entry)
  ? { aws: awsCommand(entry, endpoint), boto: botoCall(entry, endpoint) } : null)));
"""


@pytest.fixture
def send(server):
    """Sends a body as a call of an operation, as only a hostile client does it."""

    def call(operation, body):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=GIVE_UP_AFTER)
        connection.request("POST", "/", json.dumps(body), {"X-Amz-Target": f"WorkMailService.{operation}"})
        connection.getresponse().read()
        connection.close()

    return call


@pytest.fixture
def commands_of(server, tmp_path):
    """What the code that the server serves makes of entries: None where it offers nothing."""
    # Each module is a block of the console's one file, which ends by assigning what it exports.
    blocks = re.split(r"(?<=^}\n)(?={\n)", gzip.decompress(console_file(server, "app.js")).decode(), flags=re.MULTILINE)
    code = [block for block in blocks if re.search(r"^modules\['(model|commands)'\] = ", block, re.MULTILINE)]
    (tmp_path / "write.mjs").write_text("\n".join(["const modules = {};", *code, WRITE_COMMANDS]), encoding="utf-8")

    def make(entries):
        text = json.dumps([entries, ENDPOINT])
        done = subprocess.run(["node", "write.mjs"], input=text, cwd=tmp_path, capture_output=True, check=True, encoding="utf-8")
        return json.loads(done.stdout)

    return make


def console_file(server, name):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=GIVE_UP_AFTER)
    connection.request("GET", f"/_workmail/console/{name}", headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    assert answer.status == 200
    return answer.read()


@pytest.fixture
def run(tmp_path):
    """Runs texts in an empty folder, with nothing but fakes in reach, and returns the calls. Nothing may be left there."""
    fakes = tmp_path / "fakes"
    fakes.mkdir()
    (fakes / "aws").write_text(FAKE_AWS.format(python=sys.executable))
    (fakes / "aws").chmod(0o755)
    (fakes / "boto3.py").write_text(FAKE_BOTO3)
    folder = tmp_path / "empty"
    folder.mkdir()
    calls = tmp_path / "calls"
    variables = {"PATH": f"{fakes}:/bin:/usr/bin", "PYTHONPATH": str(fakes), "CALLS": str(calls), "HOME": str(folder)}

    def in_folder(*command):
        calls.write_text("")
        subprocess.run(command, cwd=folder, env=variables, check=True, timeout=GIVE_UP_AFTER)
        assert list(folder.iterdir()) == []
        return [json.loads(line) for line in calls.read_text().splitlines()]

    return in_folder


def check(run, entry, texts, expected):
    for shell in ("sh", "bash"):
        [[account, *arguments]] = run(shell, "-c", texts["aws"])
        assert account == entry["account"]
        assert arguments[:-1] == [
            "workmail", xform_name(entry["operation"], "-"), "--endpoint-url", ENDPOINT, "--region", entry["region"],
            "--cli-input-json"]  # fmt: skip
        assert json.loads(arguments[-1]) == expected
    [[positional, options, method, members]] = run(sys.executable, "-c", texts["boto"])
    assert positional == ["workmail"]
    assert options == {
        "endpoint_url": ENDPOINT, "region_name": entry["region"], "aws_access_key_id": entry["account"],
        "aws_secret_access_key": "test"}  # fmt: skip
    assert (method, members) == (xform_name(entry["operation"]), expected)


def test_values_arrive_byte_for_byte(send, control, commands_of, run):
    body = {"Name": "x", "IpRanges": HOSTILE, "Description": "".join(HOSTILE), "Effect": None, "UserIds": [1, 1.5, True]}
    send("PutAccessControlRule", body)
    for value in [*HOSTILE, "\0"]:
        send("CreateUser", {"Name": value, "Password": value, "HiddenFromGlobalAddressList": False})
    entries = control("GET", "requests")["requests"]
    for entry, texts in zip(entries, commands_of(entries), strict=True):
        check(run, entry, texts, entry["request"])
    assert entries[0]["request"] == body


def test_names_that_the_model_does_not_have_are_left_out(send, control, commands_of, run):
    odd = dict.fromkeys(NAMES, "touch pwned")
    send("CreateAvailabilityConfiguration", {**odd, "DomainName": odd, "EwsProvider": {**odd, "EwsUsername": "al"}})
    send("TagResource", {"ResourceARN": "x", "Tags": [{**odd, "Key": "a"}, "b", [{**odd, "Value": "c"}]]})
    send("ListOrganizations", odd)
    entries = control("GET", "requests")["requests"]
    texts = commands_of(entries)
    check(run, entries[0], texts[0], {"DomainName": {}, "EwsProvider": {"EwsUsername": "al"}})
    check(run, entries[1], texts[1], {"ResourceARN": "x", "Tags": [{"Key": "a"}, "b", [{"Value": "c"}]]})
    check(run, entries[2], texts[2], {})
    for text in texts:
        assert "The request also had unknown members" in text["aws"]
        assert "The request also had unknown members" in text["boto"]


def test_operations_that_the_model_does_not_have_are_not_offered(send, control, commands_of):
    for target in TARGETS:
        send(target, {"Name": "x"})
    entries = control("GET", "requests")["requests"]
    assert len(entries) == len(TARGETS)
    assert commands_of(entries) == [None] * len(TARGETS)


def test_accounts_and_regions_are_quoted(commands_of, run):
    """Which the server only knows in forms that are harmless."""
    for hostile in HOSTILE:
        entry = {"operation": "ListOrganizations", "account": hostile, "region": hostile, "request": {}}
        [texts] = commands_of([entry])
        check(run, entry, texts, {})


def test_bodies_that_are_not_shown_are_not_made_up(send, control, commands_of, run):
    send("CreateUser", [1])
    send("CreateUser", {"Name": "x" * 9000})
    send("CreateUser", {"Name": "x", "Password": "secret"})
    entries = control("GET", "requests")["requests"]
    not_object, long, secret = commands_of(entries)
    check(run, entries[0], not_object, {})
    check(run, entries[1], long, {})
    assert "The journal cut this request" in long["aws"] and "The journal cut this request" in long["boto"]
    assert "Replace ******** with the secrets." in secret["aws"]
    assert "Replace ********" not in long["aws"] and "unknown members" not in secret["aws"]


def test_every_operation_has_its_name(commands_of, client):
    entries = [
        {"operation": operation, "account": "1", "region": "r", "request": {}}
        for operation in client.meta.service_model.operation_names
    ]
    for entry, texts in zip(entries, commands_of(entries), strict=True):
        assert f"aws workmail {xform_name(entry['operation'], '-')} " in texts["aws"]
        assert f"workmail.{xform_name(entry['operation'])}()" in texts["boto"]

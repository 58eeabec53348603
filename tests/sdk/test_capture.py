"""server/capture reads an organization so completely that a server seeded with it has the same state."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

CAPTURE = Path(__file__).resolve().parents[2] / "server" / "capture"
INSTANCE = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
APPLICATION = "arn:aws:sso::000000000000:application/ssoins-0123456789abcdef/apl-0123456789abcdef"
EVERYTHING = {
    "Organizations": [
        {
            "Alias": "acme",
            "Tags": [{"Key": "team", "Value": "blue"}],
            "Domains": [{"DomainName": "acme.example", "DefaultDomain": True}],
            "Users": [
                {"Name": "alice", "DisplayName": "Alice Liddell", "Email": "alice@acme.example",
                 "Aliases": ["al@acme.example"], "FirstName": "Alice", "Department": "Wonder"},
                {"Name": "bob", "DisplayName": "Bob", "Email": "bob@acme.example",
                 "MailboxPermissions": [{"GranteeId": "alice", "PermissionValues": ["FULL_ACCESS"]}]},
                {"Name": "carol", "DisplayName": "Carol"},
            ],
            "Groups": [{"Name": "all", "Email": "all@acme.example", "Members": ["alice", "bob"]}],
            "Resources": [{"Name": "room", "Type": "ROOM", "Email": "room@acme.example", "Delegates": ["alice"]}],
            "ImpersonationRoles": [
                {"Name": "migration", "Type": "FULL_ACCESS",
                 "Rules": [{"ImpersonationRuleId": "all", "Effect": "ALLOW"}]}
            ],
            "AvailabilityConfigurations": [
                {"DomainName": "partner.example", "ProviderType": "LAMBDA",
                 "LambdaProvider": {"LambdaArn": "arn:aws:lambda:us-east-1:123456789012:function:free-busy"}}
            ],
            "RetentionPolicy": {"Name": "year", "FolderConfigurations": [
                {"Name": "INBOX", "Action": "DELETE", "Period": 365}]},
            "IdentityProviderConfiguration": {
                "AuthenticationMode": "IDENTITY_PROVIDER_ONLY",
                "IdentityCenterConfiguration": {"InstanceArn": INSTANCE, "ApplicationArn": APPLICATION},
                "PersonalAccessTokenConfiguration": {"Status": "ACTIVE", "LifetimeInDays": 30},
            },
        }
    ],
    "IdentityCenterApplications": [
        {"Name": "WorkMail", "InstanceArn": INSTANCE, "ApplicationArn": APPLICATION}
    ],
}  # fmt: skip


@pytest.fixture
def capture():
    def run(server, *options):
        keys = {"AWS_ACCESS_KEY_ID": "000000000000", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "us-east-1"}
        command = [sys.executable, CAPTURE, "--endpoint-url", server.url, *options]
        return subprocess.run(command, env=os.environ | keys, check=True, capture_output=True, text=True).stdout

    return run


def test_a_captured_organization_seeds_the_same_state(start, capture):
    one, other = start(), start()
    one.control("POST", "seed", EVERYTHING)
    other.control("POST", "seed", json.loads(capture(one)))
    assert other.control("GET", "state") == one.control("GET", "state")


def test_an_anonymised_organization_is_the_same_but_for_its_names(start, capture):
    one, other = start(), start()
    one.control("POST", "seed", EVERYTHING)
    text = capture(one, "--anonymise")
    for name in ("acme", "alice", "Alice", "Liddell", "Wonder", "bob", "carol", "migration", "partner", "room\""):
        assert name not in text, name
    other.control("POST", "seed", json.loads(text))
    assert capture(other) == text


def test_an_organization_that_is_not_there_is_a_sentence(server):
    keys = {"AWS_ACCESS_KEY_ID": "000000000000", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "us-east-1"}
    command = [sys.executable, CAPTURE, "--endpoint-url", server.url, "--organization-id", "m-" + 32 * "0"]
    ended = subprocess.run(command, env=os.environ | keys, capture_output=True, text=True)
    assert ended.returncode == 1
    assert "OrganizationNotFoundException" in ended.stderr, ended.stderr

"""`workmail-local exec` runs a program with a server of its own, which SDKs find without configuration."""

import os
import subprocess
import sys

import pytest

from workmail_server import BINARY, GIVE_UP_AFTER

PROGRAM = """
import boto3
client = boto3.client("workmail")
organization = client.create_organization(Alias="acme")["OrganizationId"]
print(client.describe_organization(OrganizationId=organization)["ARN"])
"""


def run(*words, **environment):
    command = [BINARY, "exec", *words]
    variables = {**os.environ, **environment}
    return subprocess.run(command, capture_output=True, text=True, timeout=GIVE_UP_AFTER, env=variables)


def test_boto3_finds_the_server_automatically():
    done = run("--ids", "sequential", "--", sys.executable, "-c", PROGRAM)
    arn = "arn:aws:workmail:us-east-1:000000000000:organization/m-00000000000070008000000000000001"
    assert (done.returncode, done.stdout) == (0, f"{arn}\n"), done.stderr


def test_the_aws_cli_finds_the_server_automatically():
    aws = [sys.executable, os.path.join(os.path.dirname(sys.executable), "aws")]
    done = run("--", *aws, "workmail", "list-organizations", "--query", "OrganizationSummaries", "--output", "json")
    assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr


def test_the_account_and_region_are_those_of_the_options():
    done = run("--account", "123456789012", "--region", "eu-west-1", "--", sys.executable, "-c", PROGRAM)
    assert ":workmail:eu-west-1:123456789012:organization/m-" in done.stdout, done.stderr


def test_settings_of_the_user_do_not_lead_elsewhere():
    theirs = {"AWS_PROFILE": "theirs", "AWS_SESSION_TOKEN": "theirs", "AWS_ENDPOINT_URL": "http://127.0.0.1:1"}
    done = run("--", sys.executable, "-c", PROGRAM, **theirs)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("status", [0, 1, 42])
def test_the_exit_status_is_that_of_the_program(status):
    assert run("--", sys.executable, "-c", f"raise SystemExit({status})").returncode == status


def test_a_program_that_is_not_there_is_one_sentence():
    done = run("--", "./no-such-program")
    assert (done.returncode, len(done.stderr.splitlines())) == (127, 1)


def test_an_error_of_the_program_passes_through():
    describe = f"import boto3; boto3.client('workmail').describe_organization(OrganizationId='m-{'0' * 32}')"
    done = run("--", sys.executable, "-c", describe)
    assert done.returncode == 1
    assert "OrganizationNotFoundException" in done.stderr


def test_the_program_gets_the_address_of_the_control_plane():
    url = "os.environ['WORKMAIL_URL'] + '/_workmail/health'"
    ask = f"import os, urllib.request; print(urllib.request.urlopen({url}).status)"
    assert run("--", sys.executable, "-c", ask).stdout == "200\n"

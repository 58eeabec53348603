"""The AWS CLI as users run it: unmodified, with its own exit codes, error texts, paging and ways to name an endpoint."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from botocore import xform_name


class Version1:
    """The newest one, from PyPI."""

    command = [sys.executable, str(Path(sys.executable).parent / "aws")]
    service_error = usage_error = 255


class Version2:
    """Debian's, which is older and takes an endpoint only as an option."""

    command = ["/usr/bin/aws"]
    service_error = 254  # the service answered with an error
    usage_error = 252


class Cli:
    """Runs `aws workmail …` with nothing but the given options and environment."""

    def __init__(self, folder, *options, version=Version1, **environment):
        self.version = version
        self.options = options
        self.environment = {
            "PATH": os.defpath,
            "HOME": str(folder),
            "AWS_ACCESS_KEY_ID": "000000000000",
            "AWS_SECRET_ACCESS_KEY": "anything",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_PAGER": "",
            **environment,
        }

    def run(self, *arguments):
        return subprocess.run(
            [*self.version.command, *self.options, "workmail", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
        )

    def __call__(self, *arguments):
        """The output; nothing if the CLI prints nothing."""
        done = self.run(*arguments)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        return json.loads(done.stdout) if done.stdout else None

    def refused(self, error, *arguments):
        """The message after the CLI's own text."""
        done = self.run(*arguments)
        operation = "".join(word.capitalize() for word in arguments[0].split("-"))
        words = f"An error occurred ({error}) when calling the {operation} operation: "
        assert (done.returncode, done.stdout) == (self.version.service_error, ""), done.stderr
        assert words in done.stderr
        return done.stderr.strip().partition(words)[2]


@pytest.fixture
def aws(server, tmp_path):
    return Cli(tmp_path, AWS_ENDPOINT_URL_WORKMAIL=server.url, AWS_DEFAULT_REGION="us-east-1")


@pytest.fixture(params=[Version1, Version2], ids=["version-1", "version-2"])
def either_aws(request, server, tmp_path):
    if not Path(request.param.command[0]).exists():
        pytest.skip("the AWS CLI of version 2 is not here")
    options = ("--endpoint-url", server.url, "--region", "us-east-1")
    return Cli(tmp_path, *options, version=request.param)


@pytest.fixture
def org(organization):
    """Names an Active organization."""
    return ("--organization-id", organization)


def test_a_life_in_short(either_aws, server):
    aws = either_aws
    org = ("--organization-id", aws("create-organization", "--alias", "acme")["OrganizationId"])
    aws("register-mail-domain", *org, "--domain-name", "acme.test")
    alice = aws("create-user", *org, "--name", "alice", "--display-name", "Alice", "--password", "Str0ng!Enough")
    user = ("--user-id", alice["UserId"])
    entity = ("--entity-id", alice["UserId"])
    group = ("--group-id", aws("create-group", *org, "--name", "all")["GroupId"])
    assert aws("register-to-work-mail", *org, *entity, "--email", "alice@acme.test") is None
    aws("register-to-work-mail", *org, "--entity-id", group[1], "--email", "all@acme.test")
    aws("associate-member-to-group", *org, *group, "--member-id", alice["UserId"])
    aws("create-alias", *org, *entity, "--alias", "al@acme.test")
    assert aws("list-aliases", *org, *entity) == {"Aliases": ["alice@acme.test", "al@acme.test"]}
    assert [each["Name"] for each in aws("list-group-members", *org, *group)["Members"]] == ["alice"]
    room = ("--resource-id", aws("create-resource", *org, "--name", "room", "--type", "ROOM")["ResourceId"])
    aws("register-to-work-mail", *org, "--entity-id", room[1], "--email", "room@acme.test")
    aws("associate-delegate-to-resource", *org, *room, *entity)
    delegates = aws("list-resource-delegates", *org, *room)["Delegates"]
    assert delegates == [{"Id": alice["UserId"], "Type": "USER"}]

    # The mailbox is known by its quota: version 2 is too old to show its dates.
    aws("update-mailbox-quota", *org, *user, "--mailbox-quota", "7")
    aws("deregister-from-work-mail", *org, *entity)
    server.advance("P29D")
    aws("register-to-work-mail", *org, *entity, "--email", "alice@acme.test")
    assert aws("get-mailbox-details", *org, *user)["MailboxQuota"] == 7
    aws("deregister-from-work-mail", *org, *entity)
    server.advance("P31D")
    aws.refused("EntityNotFoundException", "get-mailbox-details", *org, *user)
    aws("delete-user", *org, *user)
    assert aws("describe-user", *org, *user)["State"] == "DELETED"
    server.advance("P31D")
    aws.refused("EntityNotFoundException", "describe-user", *org, *user)

    deleted = aws("delete-organization", *org, "--delete-directory")
    assert deleted == {"OrganizationId": org[1], "State": "Deleting"}
    assert aws("describe-organization", *org)["State"] == "Deleted"
    message = aws.refused("OrganizationStateException", "list-users", *org)
    assert message == f"Organization {org[1]} is not Active, state: Deleted"


def test_an_error_of_the_service_is_one_sentence_and_an_exit_status(either_aws, org):
    nobody = "00000000-0000-0000-0000-000000000000"
    done = either_aws.run("describe-user", *org, "--user-id", nobody)
    assert done.returncode == either_aws.version.service_error
    assert done.stdout == ""
    assert done.stderr.strip().removeprefix("aws: [ERROR]: ") == (
        "An error occurred (EntityNotFoundException) when calling the DescribeUser operation: "
        f"Entity {nobody} not found in organization {org[1]}"
    )


def test_a_violated_constraint_is_explained_as_aws_does(aws):
    message = aws.refused("InvalidParameterException", "describe-organization", "--organization-id", "m-" + "x" * 32)
    assert message == (
        f"1 validation error detected: Value 'm-{'x' * 32}' at 'organizationId' failed to satisfy constraint: "
        "Member must satisfy regular expression pattern: ^m-[0-9a-f]{32}$"
    )


def test_an_unknown_option_never_reaches_the_server(either_aws, server):
    done = either_aws.run("list-organizations", "--colour", "red")
    assert done.returncode == either_aws.version.usage_error
    assert "ListOrganizations" not in server.read_log()


@pytest.fixture
def five_users(client, org):
    names = [f"user-{number}" for number in range(5)]
    for name in names:
        client.create_user(OrganizationId=org[1], Name=name, DisplayName=name)
    return names


def names_of(answer):
    return [user["Name"] for user in answer["Users"]]


def calls_of(server, operation):
    return sum(operation in line for line in server.read_log().splitlines())


class TestPaging:
    def test_all_pages_come_automatically(self, aws, org, five_users, server):
        answer = aws("list-users", *org, "--page-size", "2")
        assert names_of(answer) == five_users
        assert "NextToken" not in answer
        assert calls_of(server, "ListUsers") == 3

    def test_no_paginate_is_one_call(self, aws, org, five_users, server):
        answer = aws("list-users", *org, "--no-paginate", "--max-results", "2")
        assert names_of(answer) == five_users[:2]
        assert "NextToken" in answer
        assert calls_of(server, "ListUsers") == 1

    def test_a_token_of_the_service_continues(self, aws, org, five_users):
        token = aws("list-users", *org, "--no-paginate", "--max-results", "2")["NextToken"]
        answer = aws("list-users", *org, "--no-paginate", "--max-results", "100", "--next-token", token)
        assert names_of(answer) == five_users[2:]

    def test_max_items_cuts_and_continues_within_a_page(self, aws, org, five_users):
        first = aws("list-users", *org, "--max-items", "3", "--page-size", "2")
        assert names_of(first) == five_users[:3]
        rest = aws("list-users", *org, "--starting-token", first["NextToken"], "--page-size", "2")
        assert names_of(rest) == five_users[3:]

    def test_a_token_of_another_list_is_refused(self, aws, org, five_users):
        token = aws("list-users", *org, "--no-paginate", "--max-results", "2")["NextToken"]
        aws.refused("InvalidParameterException", "list-groups", *org, "--no-paginate", "--next-token", token)

    def test_a_query_sees_every_page(self, aws, org, five_users):
        done = aws.run("list-users", *org, "--page-size", "2", "--query", "Users[].Name", "--output", "text")
        assert done.stdout.split() == five_users


class TestEndpoint:
    """The three ways to configure the CLI's endpoint."""

    def test_by_option(self, server, tmp_path):
        aws = Cli(tmp_path, AWS_DEFAULT_REGION="eu-west-1")
        answer = aws("create-organization", "--alias", "acme", "--endpoint-url", server.url)
        described = aws("describe-organization", "--endpoint-url", server.url, "--organization-id", answer["OrganizationId"])
        assert described["ARN"].startswith("arn:aws:workmail:eu-west-1:000000000000:organization/m-")

    def test_by_variable(self, server, tmp_path):
        aws = Cli(tmp_path, AWS_DEFAULT_REGION="us-east-1", AWS_ENDPOINT_URL_WORKMAIL=server.url)
        assert aws("list-organizations") == {"OrganizationSummaries": []}

    def test_by_configuration_file(self, server, tmp_path):
        (tmp_path / ".aws").mkdir()
        (tmp_path / ".aws/config").write_text(
            f"[default]\nregion = us-west-2\nservices = local\n\n[services local]\nworkmail =\n  endpoint_url = {server.url}\n"
        )
        aws = Cli(tmp_path)
        organization = aws("create-organization", "--alias", "acme")["OrganizationId"]
        described = aws("describe-organization", "--organization-id", organization)
        assert described["ARN"].split(":")[3] == "us-west-2"

    def test_a_key_of_twelve_digits_is_the_account(self, server, tmp_path):
        url = {"AWS_ENDPOINT_URL_WORKMAIL": server.url, "AWS_DEFAULT_REGION": "us-east-1"}
        one = Cli(tmp_path, **url, AWS_ACCESS_KEY_ID="111111111111")
        other = Cli(tmp_path, **url, AWS_ACCESS_KEY_ID="222222222222")
        one("create-organization", "--alias", "acme")
        assert len(one("list-organizations")["OrganizationSummaries"]) == 1
        assert other("list-organizations") == {"OrganizationSummaries": []}


def test_a_time_is_printed_as_each_version_does(either_aws, client, org, server):
    server.control("PUT", "clock", {"now": "2030-01-02T03:04:05.678Z", "frozen": True})
    alice = client.create_user(OrganizationId=org[1], Name="alice", DisplayName="Alice")["UserId"]
    client.register_to_work_mail(OrganizationId=org[1], EntityId="alice", Email="alice@acme.awsapps.com")
    time = either_aws("describe-user", *org, "--user-id", alice)["EnabledDate"]
    assert time == (1893553445.678 if either_aws.version is Version1 else "2030-01-02T03:04:05.678000+00:00")


def test_every_operation(aws, server):
    """The steps that the other SDKs take as well; the answers are what came over the wire."""
    steps = json.loads((Path(__file__).parent / "every_operation.json").read_text())
    kept = {}
    for step in steps:
        filled = re.sub(r"\{([\w-]+)\}", lambda name: kept[name[1]], json.dumps(step))
        step = json.loads(filled)
        if "simulate" in step:
            answer = server.control("POST", "simulate", step["simulate"])
        else:
            answer = aws(xform_name(step["operation"], "-"), "--cli-input-json", json.dumps(step["input"]))
        for name, member in step.get("keep", {}).items():
            kept[name] = answer[member]
    model = json.loads((Path(__file__).parents[2] / "api/model/workmail-2017-10-01.json").read_text())
    assert {step["operation"] for step in steps if "operation" in step} == model["operations"].keys()

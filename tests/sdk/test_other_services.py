"""Where AWS_ENDPOINT_URL sends the calls of all services here, or an endpoint has a path, the user reads why it fails."""

import subprocess

import boto3
import pytest
from botocore.exceptions import ClientError

from test_cli import Cli, Version1

VARIABLE = "If AWS_ENDPOINT_URL is set, set AWS_ENDPOINT_URL_WORKMAIL instead: it is for WorkMail only."


def client_of(service, url):
    """Uses the default retries."""
    return boto3.client(
        service, endpoint_url=url, region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test"
    )


def refusal(call, **members):
    with pytest.raises(ClientError) as refused:
        call(**members)
    response = refused.value.response
    assert response["ResponseMetadata"]["RetryAttempts"] == 0
    assert response["Error"]["Code"] == "UnknownOperationException"
    return response["Error"]["Message"]


@pytest.mark.parametrize(
    ("service", "operation", "members"),
    [
        ("sts", "get_caller_identity", {}),
        ("ses", "list_identities", {}),
        ("iam", "list_users", {}),
        ("ec2", "describe_regions", {}),
        ("s3", "list_buckets", {}),
        ("s3", "get_object", {"Bucket": "bucket", "Key": "key"}),
        ("s3", "put_object", {"Bucket": "bucket", "Key": "key", "Body": b"content"}),
        ("route53", "list_hosted_zones", {}),
        ("lambda", "list_functions", {}),
        ("dynamodb", "list_tables", {}),
    ],
)
def test_a_client_of_another_service_shows_which_variable_was_meant(server, service, operation, members):
    message = refusal(getattr(client_of(service, server.url), operation), **members)
    assert message.startswith("This is an emulator of Amazon WorkMail, and ")
    assert message.endswith(VARIABLE)
    if service != "dynamodb":
        assert f"the request is for {service}." in message


@pytest.mark.parametrize("path", ["/prefix", "/prefix/", "//", "/_workmail/"])
def test_an_endpoint_with_a_path_is_explained(server, path):
    message = refusal(client_of("workmail", server.url + path).list_organizations)
    assert message.startswith("The WorkMail API is at POST /, and this request is POST /")


@pytest.mark.parametrize(
    ("command", "operation"),
    [(("sts", "get-caller-identity"), "GetCallerIdentity"), (("s3", "ls"), "ListBuckets")],
    ids=["sts", "s3"],
)
def test_the_aws_cli_prints_which_variable_was_meant(server, tmp_path, command, operation):
    environment = Cli(tmp_path, AWS_ENDPOINT_URL=server.url, AWS_DEFAULT_REGION="us-east-1").environment
    done = subprocess.run(
        [*Version1.command, *command], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 255 or (command[0] == "s3" and done.returncode == 1)
    assert f"An error occurred (UnknownOperationException) when calling the {operation} operation: This is" in done.stderr
    assert done.stderr.strip().endswith(VARIABLE)


def test_curl_needs_no_content_type(server):
    """Which sends -d as a form."""
    command = ["curl", "-s", server.url, "-H", "X-Amz-Target: WorkMailService.ListOrganizations", "-d", "{}"]
    assert subprocess.run(command, capture_output=True, text=True, timeout=30).stdout == '{"OrganizationSummaries":[]}'

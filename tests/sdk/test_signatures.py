"""--signatures verify: what real signers send passes, and what they send with wrong keys and clocks fails as with AWS."""

import datetime
import sys

import botocore.auth
import pytest
from botocore.exceptions import ClientError

from conftest import ONCE
from test_cli import Cli
from test_exec import PROGRAM, run
from tour import Tour
from workmail_server import refusal_to_start

KEYS = """
[default]
aws_access_key_id = AKIDEXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY
[temporary]
aws_access_key_id = ASIAEXAMPLE
aws_secret_access_key = tEmPoRaRy
aws_session_token = AQoDYXdzEPT//////////wEXAMPLE==
[tenant]
aws_access_key_id = AKIATENANT
aws_secret_access_key = tEnAnT
workmail_account = 123456789012
"""
DEFAULT = ("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
TEMPORARY = ("ASIAEXAMPLE", "tEmPoRaRy", "AQoDYXdzEPT//////////wEXAMPLE==")
TENANT = ("AKIATENANT", "tEnAnT")

CALCULATED = (
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
    "and signing method. Consult the service documentation for details."
)
INVALID_TOKEN = "The security token included in the request is invalid."


@pytest.fixture
def keys(tmp_path):
    file = tmp_path / "keys"
    file.write_text(KEYS)
    return str(file)


@pytest.fixture
def server(start, keys):
    return start("--signatures", "verify", "--credentials", keys)


@pytest.fixture
def connect_as(server, session):
    """Makes a boto3 client with a key, its secret and perhaps a token."""

    def connect(key, secret, token=None, region="us-east-1", service="workmail"):
        return session.client(
            service,
            endpoint_url=server.url,
            region_name=region,
            aws_access_key_id=key,
            aws_secret_access_key=secret,
            aws_session_token=token,
            config=ONCE,
        )

    return connect


def refusal(call):
    with pytest.raises(ClientError) as refused:
        call()
    response = refused.value.response
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 400
    return response["Error"]["Code"], response["Error"]["Message"]


@pytest.mark.parametrize("credentials", [DEFAULT, TEMPORARY, TENANT], ids=["default", "temporary", "tenant"])
def test_right_keys_pass(connect_as, credentials):
    assert connect_as(*credentials).list_organizations()["OrganizationSummaries"] == []


def test_bodies_of_all_operations_are_signed_well(server, connect_as):
    tour = Tour(connect_as(*DEFAULT), server)
    tour.furnish()
    tour.clear()


def test_message_flow_is_a_service_of_its_own(connect_as):
    ask = {"messageId": "none"}
    code, message = refusal_of_message(connect_as(*DEFAULT, service="workmailmessageflow"), ask)
    assert (code, message) == ("ResourceNotFoundException", "Message none not found")
    code, _ = refusal_of_message(connect_as(DEFAULT[0], "wrong", service="workmailmessageflow"), ask)
    assert code == "InvalidSignatureException"


def refusal_of_message(client, ask):
    with pytest.raises(ClientError) as refused:
        client.get_raw_message_content(**ask)
    return refused.value.response["Error"]["Code"], refused.value.response["Error"]["Message"]


def test_a_wrong_secret(connect_as):
    client = connect_as(DEFAULT[0], "wrong")
    assert refusal(client.list_organizations) == ("InvalidSignatureException", CALCULATED)


def test_an_unknown_key(connect_as):
    client = connect_as("AKIAUNKNOWN", DEFAULT[1])
    assert refusal(client.list_organizations) == ("UnrecognizedClientException", INVALID_TOKEN)


@pytest.mark.parametrize("token", [None, "another"])
def test_a_missing_or_wrong_session_token(connect_as, token):
    client = connect_as(*TEMPORARY[:2], token)
    assert refusal(client.list_organizations) == ("UnrecognizedClientException", INVALID_TOKEN)


def test_a_clock_that_is_wrong(connect_as, monkeypatch):
    client = connect_as(*DEFAULT)
    real = botocore.auth.get_current_datetime
    for minutes, start, end in [(-6, "Signature expired: ", " - 5 min.)"), (6, "Signature not yet current: ", " + 5 min.)")]:
        wrong = datetime.timedelta(minutes=minutes)
        monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda *args, **names: real(*args, **names) + wrong)
        code, message = refusal(client.list_organizations)
        assert code == "InvalidSignatureException"
        assert message.startswith(start) and message.endswith(end), message
    monkeypatch.setattr(botocore.auth, "get_current_datetime", real)
    assert client.list_organizations()["OrganizationSummaries"] == []


def test_a_body_that_was_changed_on_its_way(connect_as):
    client = connect_as(*DEFAULT)

    def change(request, **_):
        request.body = request.body.replace(b"acme", b"evil")

    client.meta.events.register("before-send.workmail", change)
    assert refusal(lambda: client.create_organization(Alias="acme")) == ("InvalidSignatureException", CALCULATED)
    assert client.list_organizations()["OrganizationSummaries"] == []


def test_each_key_sees_its_account(connect_as):
    tenant = connect_as(*TENANT)
    organization = tenant.create_organization(Alias="acme")["OrganizationId"]
    arn = tenant.describe_organization(OrganizationId=organization)["ARN"]
    assert arn.split(":")[4] == "123456789012"
    assert len(tenant.list_organizations()["OrganizationSummaries"]) == 1
    assert connect_as(*DEFAULT).list_organizations()["OrganizationSummaries"] == []


def test_the_aws_cli_is_taken_and_refused_alike(server, tmp_path):
    def cli(key, secret, token=""):
        keys = {"AWS_ACCESS_KEY_ID": key, "AWS_SECRET_ACCESS_KEY": secret, "AWS_SESSION_TOKEN": token}
        return Cli(tmp_path, AWS_ENDPOINT_URL_WORKMAIL=server.url, AWS_DEFAULT_REGION="us-east-1", **keys)

    assert cli(*DEFAULT)("list-organizations") == {"OrganizationSummaries": []}
    assert cli(*TEMPORARY)("list-organizations") == {"OrganizationSummaries": []}
    assert cli(DEFAULT[0], "wrong").refused("InvalidSignatureException", "list-organizations") == CALCULATED
    assert cli("AKIAUNKNOWN", "x").refused("UnrecognizedClientException", "list-organizations") == INVALID_TOKEN


def test_the_file_of_the_server_serves_the_client_as_well(server, keys, tmp_path):
    aws = Cli(tmp_path, AWS_ENDPOINT_URL_WORKMAIL=server.url, AWS_DEFAULT_REGION="us-east-1")
    del aws.environment["AWS_ACCESS_KEY_ID"], aws.environment["AWS_SECRET_ACCESS_KEY"]
    aws.environment |= {"AWS_SHARED_CREDENTIALS_FILE": keys, "AWS_PROFILE": "tenant"}
    # The CLI wants to find the profile in its configuration or in this file.
    aws("create-organization", "--alias", "acme")
    assert [each["Alias"] for each in aws("list-organizations")["OrganizationSummaries"]] == ["acme"]


def test_exec_hands_the_first_key_to_its_program(keys):
    done = run("--signatures", "verify", "--credentials", keys, "--", sys.executable, "-c", PROGRAM)
    assert (done.returncode, done.stderr) == (0, "")


def test_options_that_cannot_take_effect_are_refused(keys, tmp_path):
    assert "--credentials" in refusal_to_start("--signatures", "verify")
    assert "--signatures" in refusal_to_start("--credentials", keys)
    assert "cannot be read" in refusal_to_start("--signatures", "verify", "--credentials", str(tmp_path))

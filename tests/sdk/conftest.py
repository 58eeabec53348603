"""Every test gets a server of its own, which is ready in a few milliseconds, and nothing of the user's AWS settings."""

import json
import os
from collections import defaultdict
from pathlib import Path

import boto3
import pytest
from botocore.config import Config

from hosts import Functions, Storage, running
from mail import NOW, Mail
from workmail_server import Refused, servers

# Each call once: errors must not be hidden by retries.
ONCE = Config(retries={"mode": "standard", "total_max_attempts": 1})


def pytest_addoption(parser):
    parser.addoption("--write-golden", action="store_true", help="write the golden files anew instead of comparing")


@pytest.fixture(autouse=True)
def _no_settings_of_the_user(monkeypatch, tmp_path):
    for name in [name for name in os.environ if name.startswith(("AWS_", "BOTO_", "WORKMAIL_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "no-config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "no-credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


# Maps a client and its version to the operations that succeeded, or were part of a failed test.
RESULTS = defaultdict(dict)
CLIENTS = {"Boto3": "boto3", "aws-cli": "AWS CLI"}
TEST_FAILED = pytest.StashKey()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    if report.when == "call":
        item.stash[TEST_FAILED] = report.failed
    return report


def note_calls(server, test_failed):
    """Reads the journal, if there is one."""
    if server.process.poll() is not None:
        return
    try:
        requests = server.control("GET", "requests")["requests"]
    except Refused:
        return
    for request in requests:
        name, _, version = request.get("userAgent", "").split(" ")[0].partition("/")
        if name in CLIENTS:
            results = RESULTS[CLIENTS[name], version]
            if test_failed:
                results[request["operation"]] = "failed"
            elif request["status"] == 200:
                results.setdefault(request["operation"], "passed")


def pytest_sessionfinish(exitstatus):
    """Writes the input of tests/sdk/conformance.py: a file for each client."""
    report = os.environ.get("WORKMAIL_CONFORMANCE")
    for (name, version), operations in RESULTS.items() if report else ():
        content = {
            "sdk": name,
            "version": version,
            "tests": "failed" if exitstatus else "passed",
            "operations": dict(sorted(operations.items())),
        }
        path = Path(report).with_name(f"python-{name.replace(' ', '-')}-{version}.conformance.json".lower())
        path.write_text(json.dumps(content))


@pytest.fixture(scope="session")
def session():
    """Reads the service model once for all clients."""
    return boto3.session.Session()


@pytest.fixture
def start(tmp_path, request):
    with servers(tmp_path, lambda server: note_calls(server, request.node.stash.get(TEST_FAILED, True))) as start_server:
        yield start_server


@pytest.fixture
def server(start):
    return start()


@pytest.fixture
def connect(session):
    """Makes a boto3 client of a server, for an account and a region."""

    def connect_to(server, account="000000000000", region="us-east-1", config=ONCE, service="workmail"):
        return session.client(
            service,
            endpoint_url=server.url,
            region_name=region,
            aws_access_key_id=account,
            aws_secret_access_key="anything",
            config=config,
        )

    return connect_to


@pytest.fixture
def client(server, connect):
    return connect(server)


@pytest.fixture
def organization(client):
    """The id of an Active organization, test domain acme.awsapps.com."""
    return client.create_organization(Alias="acme")["OrganizationId"]


@pytest.fixture
def control(server):
    return server.control


@pytest.fixture
def hosts():
    with running(Functions, Storage) as started:
        yield started


@pytest.fixture
def functions(hosts):
    return hosts[0]


@pytest.fixture
def storage(hosts):
    return hosts[1]


@pytest.fixture
def start_mail(start, connect, functions, storage):
    endpoints = ("--lambda-endpoint", functions.url, "--s3-endpoint", storage.url)
    return lambda *options: Mail(start(*endpoints, "--clock", NOW, *options), connect)


@pytest.fixture
def flow(start_mail):
    return start_mail()


@pytest.fixture
def without_hosts(server, connect):
    return Mail(server, connect)

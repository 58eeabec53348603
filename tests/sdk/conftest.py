"""Every test gets a server of its own, which is ready in a few milliseconds, and nothing of the user's AWS settings."""

import json
import os
from collections import defaultdict
from pathlib import Path

import boto3
import pytest
from botocore.config import Config

from workmail_server import Refused, Server

# Each call once: an error is to be seen, not retried.
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


# Client, as "boto3 1.2.3", to the operations that have succeeded for it.
SUCCESSES = defaultdict(set)
CLIENTS = {"Boto3": "boto3", "aws-cli": "AWS CLI"}


def note_successes(server):
    """Out of the journal, where there is one."""
    if server.process.poll() is not None:
        return
    try:
        requests = server.control("GET", "requests?status=200")["requests"]
    except Refused:
        return
    for request in requests:
        name, _, version = request.get("userAgent", "").split(" ")[0].partition("/")
        if name in CLIENTS:
            SUCCESSES[CLIENTS[name], version].add(request["operation"])


def pytest_sessionfinish():
    """What tests/sdk/conformance.py reads: a file for each client."""
    report = os.environ.get("WORKMAIL_CONFORMANCE")
    for (name, version), operations in SUCCESSES.items() if report else ():
        content = {"sdk": name, "version": version, "operations": dict.fromkeys(sorted(operations), "passed")}
        path = Path(report).with_name(f"python-{name.replace(' ', '-')}-{version}.conformance.json".lower())
        path.write_text(json.dumps(content))


@pytest.fixture(scope="session")
def session():
    """Reads the service model once for all clients."""
    return boto3.session.Session()


@pytest.fixture
def start(tmp_path):
    """Starts servers, each in a folder of its own, and stops them at the end."""
    servers = []

    def start_server(*options):
        folder = tmp_path / f"server-{len(servers)}"
        folder.mkdir()
        servers.append(Server(folder, *options))
        return servers[-1]

    yield start_server
    for server in servers:
        note_successes(server)
        server.stop()


@pytest.fixture
def server(start):
    return start()


@pytest.fixture
def connect(session):
    """Makes a boto3 client of a server, for an account and a region."""

    def connect_to(server, account="000000000000", region="us-east-1", config=ONCE):
        return session.client(
            "workmail",
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

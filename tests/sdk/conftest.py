"""Every test gets a server of its own, which is ready in a few milliseconds, and nothing of the user's AWS settings."""

import os

import boto3
import pytest
from botocore.config import Config

from workmail_server import Server

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

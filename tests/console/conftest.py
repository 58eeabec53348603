"""Every test gets a server of its own. The browser is shared: each server is another origin, with its own storage."""

import os

import boto3
import pytest
from botocore.config import Config
from browser import Browser
from workmail_server import servers


@pytest.fixture(autouse=True)
def _no_settings_of_the_user(monkeypatch):
    for name in [name for name in os.environ if name.startswith(("AWS_", "BOTO_", "WORKMAIL_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


@pytest.fixture(scope="session")
def window():
    with Browser() as browser:
        yield browser


@pytest.fixture
def browser(window):
    """The browser. What its pages complain of fails the test, but for the answers that WorkMail itself refuses."""
    window.size(1280, 860)
    window.scheme("light")
    window.log("browser")
    yield window
    messages = [entry["message"] for entry in window.log("browser")]
    complaints = [message for message in messages if "Failed to load resource" not in message]
    window.go("about:blank")
    assert not complaints


@pytest.fixture
def start(tmp_path):
    with servers(tmp_path) as start_server:
        yield start_server


@pytest.fixture
def server(start):
    return start()


@pytest.fixture
def program(server):
    """A client as programs have it, which retries at once."""
    return boto3.client(
        "workmail", endpoint_url=server.url, region_name="us-east-1", aws_access_key_id="000000000000",
        aws_secret_access_key="anything", config=Config(retries={"mode": "standard", "total_max_attempts": 3}))


@pytest.fixture
def visit(browser, server):
    """Opens a view of the server's console."""

    def go(view=""):
        browser.go("about:blank")
        browser.go(f"{server.url}/_workmail/{'#/' + view if view else ''}")

    return go

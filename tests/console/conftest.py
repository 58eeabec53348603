"""Every test has its own server. The browser is shared: each server is another origin, with its own storage."""

import os
from pathlib import Path

import boto3
import pytest
from botocore.config import Config
from browser import Browser
from workmail_server import servers


PICTURES = os.environ.get("WORKMAIL_PICTURES")

VIEWS = ["requests", "organizations", "clock", "faults", "snapshots", "setup"]
TABS = ["users", "rules", "jobs", "mail-flow", "effects", "users/alice"]

ACME = {"Organizations": [{
    "Alias": "acme",
    "Domains": [{"DomainName": "acme.test", "DefaultDomain": True}],
    "Users": [
        {"Name": "alice", "DisplayName": "Alice", "Email": "alice@acme.test", "Aliases": ["al@acme.test"]},
        {"Name": "bob", "DisplayName": "Bob"}],
    "Groups": [{"Name": "all", "Email": "all@acme.test", "Members": ["alice"]}],
    "Resources": [{"Name": "room-1", "Type": "ROOM", "Email": "room-1@acme.test", "Delegates": ["alice"]}]}]}


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
    """The browser. Errors in its log fail the test, except responses that are errors of WorkMail."""
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
def server(start, request):
    """A server with the options in the test's mark."""
    marked = request.node.get_closest_marker("options")
    return start(*(marked.args if marked else ()))


@pytest.fixture
def client_of(server):
    """Makes clients like those of programs, with retries."""

    def client(account):
        return boto3.client(
            "workmail", endpoint_url=server.url, region_name="us-east-1", aws_access_key_id=account,
            aws_secret_access_key="anything", config=Config(retries={"mode": "standard", "total_max_attempts": 3}))

    return client


@pytest.fixture
def program(client_of):
    return client_of("000000000000")


@pytest.fixture
def acme(server):
    """The IDs in a server that is seeded with ACME."""
    return server.control("POST", "seed", ACME)["Organizations"][0]


@pytest.fixture
def visit(browser, server):
    """Opens a view of the server's console."""

    def go(view=""):
        browser.go("about:blank")
        browser.go(f"{server.url}/_workmail/{'#/' + view if view else ''}")

    return go


@pytest.fixture
def visit_acme(visit, acme):
    """Opens a tab of the organization, or the page of an entity: "users/alice"."""

    def go(part):
        tab, _, name = part.partition("/")
        entity = acme[tab.capitalize()][name] if name else ""
        visit(f"organizations/{acme['OrganizationId']}/{tab}/{entity}")

    return go


@pytest.fixture
def picture(browser):
    """Saves a picture of the window, if WORKMAIL_PICTURES is set."""

    def take(name):
        if PICTURES:
            browser.picture(Path(PICTURES) / f"{name}.webp")

    return take


@pytest.fixture
def visit_all(browser, visit, visit_acme):
    """Visits every view with data, one after the other."""

    def views():
        for go, names in ((visit, VIEWS), (visit_acme, TABS)):
            for name in names:
                go(name)
                browser.wait("the view", lambda: browser.run("return !!document.querySelector('h1')"))
                for waiting in ["Loading…", "connecting"]:
                    browser.sees_no(waiting)
                yield name

    return views

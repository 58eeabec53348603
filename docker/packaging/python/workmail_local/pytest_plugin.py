"""pytest fixtures: a WorkMail server for tests.

One server runs for each session (for each worker of pytest-xdist), on a free port. Each test has an AWS account of its
own on it, which is empty at the start, or has the organizations of --workmail-seed.
"""

import itertools
import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from workmail_local import find_command

REGION = "us-east-1"
READY = "Ready.\n"


@dataclass(frozen=True)
class WorkMail:
    """The server as one test sees it."""

    url: str
    account: str
    region: str = REGION

    @property
    def environment(self) -> dict[str, str]:
        """The variables by which AWS's SDKs and tools find the server and sign for this account."""
        return {
            "AWS_ENDPOINT_URL_WORKMAIL": self.url,
            "AWS_ENDPOINT_URL_WORKMAILMESSAGEFLOW": self.url,
            "AWS_ACCESS_KEY_ID": self.account,
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": self.region,
            "AWS_DEFAULT_REGION": self.region,
        }

    def client(self, **arguments: Any) -> Any:
        """A boto3 client of this account. Needs boto3."""
        import boto3

        own = {
            "endpoint_url": self.url,
            "region_name": self.region,
            "aws_access_key_id": self.account,
            "aws_secret_access_key": "test",
        }
        return boto3.client("workmail", **(own | arguments))

    def control(self, method: str, path: str, document: Any = None) -> Any:
        """Calls an endpoint of the control plane: control("POST", "clock/advance", {"by": "P30D"})."""
        body = None if document is None else json.dumps(document).encode()
        request = urllib.request.Request(f"{self.url}/_workmail/{path}", data=body, method=method)
        try:
            with _direct.open(request, timeout=60) as response:
                content = response.read()
        except urllib.error.HTTPError as error:
            raise WorkMailError(f"{method} /_workmail/{path}", _sentence(error.read())) from None
        return json.loads(content) if content else None


class WorkMailError(RuntimeError):
    """The control plane rejected a request: with which sentence."""

    def __init__(self, request: str, sentence: str) -> None:
        super().__init__(f"{request}: {sentence}")
        self.sentence = sentence


def _sentence(body: bytes) -> str:
    try:
        return json.loads(body)["error"]["message"]
    except (ValueError, LookupError, TypeError):
        return body.decode(errors="replace")


class WorkMailClock:
    """The emulated time of the server. A test that uses it gets the whole server reset at its end."""

    def __init__(self, workmail: WorkMail) -> None:
        self._workmail = workmail

    @property
    def now(self) -> str:
        return self._workmail.control("GET", "clock")["now"]

    def advance(self, by: str) -> Any:
        """Moves the time by a duration such as "P30D" or "PT1H"; returns what happened meanwhile."""
        return self._workmail.control("POST", "clock/advance", {"by": by})

    def freeze(self, at: str | None = None) -> Any:
        """Stops the time, at this moment or at an RFC 3339 time."""
        return self._workmail.control("PUT", "clock", {"now": at or self.now, "frozen": True})


# Whatever proxy the machine uses, the server is on this one.
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_accounts = itertools.count(1)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("workmail-local")
    group.addoption(
        "--workmail-seed",
        metavar="PATH",
        help="a seed document, whose organizations each test that uses workmail finds in its account",
    )


@pytest.fixture(scope="session")
def workmail_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The endpoint of the server of this session."""
    folder = tmp_path_factory.mktemp("workmail-local")
    port_file = folder / "port"
    errors = folder / "errors"
    # Options of the environment are for another server.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("WORKMAIL_")}
    try:
        command = [find_command(), "--listen", "localhost:0", "--port-file", str(port_file), "--log-level", "warning"]
        with errors.open("w") as stderr:
            process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=stderr, text=True)
    except OSError as error:
        pytest.fail(f"workmail-local cannot be run: {error}", pytrace=False)
    with process:
        assert process.stdout is not None
        try:
            if READY not in iter(process.stdout.readline, ""):
                pytest.fail(f"workmail-local did not start: {errors.read_text().strip()}", pytrace=False)
            yield f"http://localhost:{port_file.read_text().strip()}"
        finally:
            process.terminate()
            process.stdout.close()


@pytest.fixture
def workmail(
    workmail_url: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[WorkMail]:
    """The server for one test: an account of its own, and the environment set so that AWS's SDKs find it."""
    server = WorkMail(workmail_url, f"{next(_accounts):012d}")
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    # boto3.client() keeps the credentials of its first call, which were those of another test.
    if "boto3" in sys.modules:
        monkeypatch.setattr(sys.modules["boto3"], "DEFAULT_SESSION", None)
    seed = request.config.getoption("--workmail-seed")
    if seed:
        try:
            _seed(server, _read_document(Path(seed)))
        except WorkMailError as error:
            pytest.fail(f"--workmail-seed {seed}: {error.sentence}", pytrace=False)
        except (OSError, ValueError) as error:
            pytest.fail(f"--workmail-seed {seed} cannot be read: {error}", pytrace=False)
    yield server
    server.control("POST", "reset", {"account": server.account})


@pytest.fixture
def workmail_clock(workmail: WorkMail) -> Iterator[WorkMailClock]:
    """The emulated time."""
    yield WorkMailClock(workmail)
    workmail.control("POST", "reset", {"to": "start"})


@pytest.fixture
def workmail_seed(workmail: WorkMail) -> Callable[[dict[str, Any]], Any]:
    """A function that adds a seed document to the account of the test; returns the ids that it made."""

    def seed(document: dict[str, Any]) -> Any:
        return _seed(workmail, document)

    return seed


@pytest.fixture
def workmail_requests(workmail: WorkMail) -> Callable[..., list[dict[str, Any]]]:
    """A function that returns the calls of the test so far, the oldest first, all or those of one operation."""

    def requests(operation: str | None = None) -> list[dict[str, Any]]:
        path = f"requests?account={workmail.account}&limit=1000"
        if operation is not None:
            path += f"&operation={operation}"
        return workmail.control("GET", path)["requests"]

    return requests


def _seed(server: WorkMail, document: Any) -> Any:
    organizations = document.get("Organizations") if isinstance(document, dict) else None
    if isinstance(organizations, list):
        here = {"Account": server.account, "Region": server.region}
        # What is no organization is for the server to reject.
        placed = [here | one if isinstance(one, dict) else one for one in organizations]
        document = document | {"Organizations": placed}
    return server.control("POST", "seed", document)


# Strings are kept; comments, and commas before a closing bracket, are left out, as seed documents allow them.
_JSON_WITH_COMMENTS = re.compile(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/|,(?=(?:\s|//[^\n]*|/\*.*?\*/)*[\]}])', re.S)


def _read_document(path: Path) -> Any:
    text = _JSON_WITH_COMMENTS.sub(lambda match: match[1] or "", path.read_text(encoding="utf-8-sig"))
    return json.loads(text)

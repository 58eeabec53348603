"""Fault rules against the automatic retries of SDKs."""

import socket
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError, ReadTimeoutError

from workmail_server import Refused

NEVER = "PT1H"  # much longer than any test


@pytest.fixture(autouse=True)
def _no_pauses_between_attempts(monkeypatch):
    monkeypatch.setattr("botocore.endpoint.time", SimpleNamespace(sleep=lambda seconds: None))


@pytest.fixture(params=["default", "standard"])
def retrying(request, server, connect):
    """A client that retries as boto3 does by default, and in standard mode."""
    return connect(server, config=Config(retries={"mode": "standard"}) if request.param == "standard" else Config())


@pytest.fixture
def org(organization):
    return {"OrganizationId": organization}


@pytest.fixture
def fault(control):
    """Adds a rule for calls of an operation."""

    def add(operation, answer=None, **members):
        rule = {"match": {"operation": operation}, **members}
        return control("POST", "faults", {**rule, "answer": answer} if answer else rule)

    return add


@pytest.fixture
def journal(control):
    return lambda operation: control("GET", f"requests?operation={operation}")["requests"]


class TestRetries:
    """A fault that is triggered once is hidden by the SDK, and the journal shows it."""

    ERRORS = [
        ({"error": "ThrottlingException"}, 400),
        ({"error": "InternalFailure"}, 500),
        ({"error": "ServiceUnavailable"}, 503),
        ({"error": "ThrottlingException", "status": 503}, 503),
    ]

    @pytest.mark.parametrize("answer, status", ERRORS)
    def test_an_error_that_is_worth_another_attempt(self, server, retrying, org, fault, journal, answer, status):
        server.may_fail = True
        rule = fault("CreateUser", answer, times=1)
        user = retrying.create_user(**org, Name="alice", DisplayName="Alice")
        assert user["ResponseMetadata"]["RetryAttempts"] == 1
        first, second = journal("CreateUser")
        assert (first["status"], first["error"], first["fault"]) == (status, answer["error"], rule["id"])
        assert (second["status"], second.get("error"), second.get("fault")) == (200, None, None)
        assert first["invocation"] == second["invocation"]
        assert (first["attempt"], second["attempt"]) == (1, 2)
        assert second["response"] == {"UserId": user["UserId"]}

    @pytest.mark.parametrize("connection", ["reset", "close"])
    def test_a_connection_that_breaks(self, retrying, org, fault, journal, connection):
        fault("CreateUser", {"connection": connection}, times=1)
        retrying.create_user(**org, Name="alice", DisplayName="Alice")
        first, second = journal("CreateUser")
        assert (first["status"], second["status"]) == (0, 200)
        assert first["invocation"] == second["invocation"]

    def test_a_connection_that_hangs(self, server, connect, org, fault, journal):
        hurried = connect(server, config=Config(read_timeout=1))
        fault("CreateUser", {"connection": "hang"}, times=1)
        hurried.create_user(**org, Name="alice", DisplayName="Alice")
        assert sorted(entry["status"] for entry in journal("CreateUser")) == [0, 200]

    def test_an_error_that_is_triggered_every_time_is_raised_at_the_end(self, retrying, org, fault, journal):
        fault("CreateUser", {"error": "ThrottlingException", "message": "Not so fast"})
        with pytest.raises(ClientError) as raised:
            retrying.create_user(**org, Name="alice", DisplayName="Alice")
        assert raised.value.response["Error"] == {"Code": "ThrottlingException", "Message": "Not so fast"}
        attempts = [entry["attempt"] for entry in journal("CreateUser")]
        assert attempts == list(range(1, len(attempts) + 1))
        assert len(attempts) >= 3

    def test_an_error_of_the_model_is_raised_at_once(self, retrying, org, fault, journal):
        fault("ListUsers", {"error": "OrganizationStateException"}, times=1)
        with pytest.raises(retrying.exceptions.OrganizationStateException):
            retrying.list_users(**org)
        assert len(journal("ListUsers")) == 1
        assert retrying.list_users(**org)["Users"] == []


class TestLostAnswers:
    """The call takes effect and its response is lost."""

    LOST = {"phase": "after", "times": 1, "answer": {"connection": "close"}}

    def test_a_client_token_makes_the_retry_harmless(self, retrying, fault, journal):
        fault("CreateOrganization", **self.LOST)
        made = retrying.create_organization(Alias="acme")["OrganizationId"]
        first, second = journal("CreateOrganization")
        assert first["request"]["ClientToken"] == second["request"]["ClientToken"]
        assert [each["OrganizationId"] for each in retrying.list_organizations()["OrganizationSummaries"]] == [made]

    def test_without_a_token_the_retry_finds_the_name_taken(self, retrying, org, fault):
        fault("CreateUser", **self.LOST)
        with pytest.raises(retrying.exceptions.NameAvailabilityException):
            retrying.create_user(**org, Name="alice", DisplayName="Alice")
        assert [user["Name"] for user in retrying.list_users(**org)["Users"]] == ["alice"]

    def test_before_the_change_nothing_has_happened(self, client, org, fault):
        fault("CreateUser", **{**self.LOST, "phase": "before"})
        with pytest.raises(ConnectionClosedError):
            client.create_user(**org, Name="alice", DisplayName="Alice")
        assert client.list_users(**org)["Users"] == []


class TestDelays:
    def test_a_delayed_call_takes_its_time(self, client, org, fault, journal):
        fault("ListUsers", delay="PT0.2S")
        assert client.list_users(**org)["Users"] == []
        [entry] = journal("ListUsers")
        assert entry["milliseconds"] >= 200

    def test_a_delayed_call_does_not_delay_others(self, server, connect, client, org, fault, control):
        fault("ListUsers", delay=NEVER)
        with ThreadPoolExecutor() as pool:
            delayed = pool.submit(connect(server).list_users, **org)
            while not control("GET", "faults")["faults"][0]["triggered"]:
                assert not delayed.done()
            client.create_user(**org, Name="alice", DisplayName="Alice")
            assert not delayed.done()
            server.kill()
            server.start()
            assert isinstance(delayed.exception(), ConnectionClosedError)

    def test_a_client_gives_up_on_a_delayed_call(self, server, connect, org, fault):
        fault("ListUsers", delay="PT1S")
        impatient = connect(server, config=Config(read_timeout=0.2, retries={"total_max_attempts": 1}))
        with pytest.raises(ReadTimeoutError):
            impatient.list_users(**org)
        assert impatient.list_groups(**org)["Groups"] == []


class TestMatching:
    def test_rules_choose_by_operation_account_and_input(self, server, connect, client, org, fault, control):
        answer = {"error": "ThrottlingException"}
        match = {"operation": ["CreateUser", "Delete*"], "account": "000000000000", "input": {"Name": "alice"}}
        control("POST", "faults", {"match": match, "answer": answer})
        client.create_group(**org, Name="alice")
        client.create_user(**org, Name="bob", DisplayName="Bob")
        with pytest.raises(ClientError):
            client.create_user(**org, Name="alice", DisplayName="Alice")
        elsewhere = connect(server, "111111111111")
        other = elsewhere.create_organization(Alias="other")["OrganizationId"]
        elsewhere.create_user(OrganizationId=other, Name="alice", DisplayName="Alice")
        [rule] = control("GET", "faults")["faults"]
        assert rule["triggered"] == 1

    def test_rules_skip_and_are_used_up(self, client, org, fault):
        def outcome():
            try:
                client.list_users(**org)
            except ClientError as error:
                return error.response["Error"]["Code"]
            return "success"

        fault("ListUsers", {"error": "ThrottlingException"}, skip=1, times=2)
        assert [outcome() for _ in range(4)] == ["success", "ThrottlingException", "ThrottlingException", "success"]

    def test_chance_is_the_same_every_time_with_sequential_identifiers(self, start, connect):
        def triggered(server):
            client = connect(server)
            rule = {"probability": 0.5, "answer": {"error": "ThrottlingException"}}
            server.control("POST", "faults", rule)
            for _ in range(20):
                try:
                    client.list_organizations()
                except ClientError:
                    pass
            return [entry["status"] for entry in server.control("GET", "requests")["requests"]]

        server = start("--ids", "sequential")
        first = triggered(server)
        assert set(first) == {200, 400}
        server.control("POST", "reset", {})
        assert triggered(server) == first
        assert triggered(start("--ids", "sequential")) == first

    def test_rules_are_taken_away_one_by_one_or_all(self, client, org, fault, control):
        rules = [fault("*", {"error": "AccessDeniedException"})["id"] for _ in range(3)]
        control("DELETE", f"faults/{rules[0]}")
        assert [rule["id"] for rule in control("GET", "faults")["faults"]] == rules[1:]
        control("DELETE", "faults")
        assert control("GET", "faults") == {"faults": []}
        client.list_users(**org)

    def test_an_error_that_the_operation_cannot_have_is_refused(self, fault):
        with pytest.raises(Refused) as refused:
            fault("ListUsers", {"error": "InvalidPasswordException"})
        assert refused.value.status == 400


class TestHalfClosedConnections:
    def test_a_client_that_sends_no_more_counts_as_gone_and_gets_its_response(self, server, fault, journal):
        fault("ListOrganizations", delay=NEVER)
        url = urlsplit(server.url)
        with socket.create_connection((url.hostname, url.port)) as client:
            client.sendall(
                b"POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 2\r\n"
                b"X-Amz-Target: WorkMailService.ListOrganizations\r\n\r\n{}"
            )
            client.shutdown(socket.SHUT_WR)
            response = b"".join(iter(lambda: client.recv(65536), b""))
        assert response.startswith(b"HTTP/1.1 200 "), response
        assert [entry["status"] for entry in journal("ListOrganizations")] == [0]

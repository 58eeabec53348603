"""What the control plane reports about the calls of real clients: journal, CloudTrail records, metrics, and no secret."""

import http.client
import json
import re
import shutil
import subprocess
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from botocore.exceptions import ClientError

from tour import PASSWORD, Tour
from workmail_server import GIVE_UP_AFTER, Refused


@pytest.fixture
def org(organization):
    return {"OrganizationId": organization}


class Stream:
    """Reads /_workmail/requests/stream, as a browser's EventSource does."""

    def __init__(self, server, query="", last_event_id=None):
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=GIVE_UP_AFTER)
        headers = {} if last_event_id is None else {"Last-Event-ID": str(last_event_id)}
        self.connection.request("GET", f"/_workmail/requests/stream{query}", headers=headers)
        self.answer = self.connection.getresponse()
        assert self.answer.headers["Content-Type"] == "text/event-stream"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.answer.close()
        self.connection.close()

    def event(self):
        """The next one: its id and its entry."""
        fields = {}
        while line := self.answer.readline().decode().rstrip("\n"):
            name, _, value = line.partition(": ")
            fields[name] = value
        return int(fields["id"]), json.loads(fields["data"])


class TestJournal:
    def test_an_entry_has_the_caller_the_call_and_the_outcome(self, client, org, control):
        with pytest.raises(client.exceptions.EntityNotFoundException):
            client.describe_user(**org, UserId="alice")
        created, refused = control("GET", "requests")["requests"]
        assert (created["operation"], created["status"], created["response"]) == ("CreateOrganization", 200, org)
        assert (refused["operation"], refused["status"]) == ("DescribeUser", 400)
        assert refused["error"] == "EntityNotFoundException"
        assert refused["request"] == {**org, "UserId": "alice"}
        assert (refused["account"], refused["region"]) == ("000000000000", "us-east-1")
        assert refused["accessKeyId"] == "000000000000"
        assert refused["userAgent"].startswith("Boto3/")
        assert (uuid.UUID(refused["invocation"]).version, refused["attempt"]) == (4, 1)
        assert refused["id"] > created["id"]

    def test_entries_are_chosen_by_what_they_are_about(self, server, connect, client, org, control):
        elsewhere = connect(server, "111111111111")
        elsewhere.list_organizations()
        with pytest.raises(ClientError):
            client.describe_user(**org, UserId="alice")
        for query, operations in (
            ("operation=List*", ["ListOrganizations"]),
            ("status=400", ["DescribeUser"]),
            ("error=EntityNotFoundException", ["DescribeUser"]),
            ("account=111111111111", ["ListOrganizations"]),
            (f"organization={org['OrganizationId']}", ["CreateOrganization", "DescribeUser"]),
            ("limit=1", ["CreateOrganization"]),
            ("after=2", ["DescribeUser"]),
        ):
            found = control("GET", f"requests?{query}")["requests"]
            assert [entry["operation"] for entry in found] == operations, query

    def test_an_entry_is_found_by_a_part_of_its_input(self, client, org, control):
        for name in ("alice", "bob"):
            client.create_user(**org, Name=name, DisplayName="", Role="USER")
        asked = {"operation": "CreateUser", "input": {"Name": "alice"}}
        [found] = control("POST", "requests/find", asked)["requests"]
        assert found["request"]["Name"] == "alice"
        assert control("POST", "requests/find", {"input": {"Name": "carol"}})["requests"] == []

    def test_a_password_is_neither_shown_nor_confirmed(self, client, org, control):
        client.create_user(**org, Name="alice", DisplayName="Alice", Password=PASSWORD)
        [found] = control("POST", "requests/find", {"input": {"DisplayName": "Alice"}})["requests"]
        assert found["request"] == {**org, "Name": "alice", "DisplayName": "Alice", "Password": "********"}
        for guess in ({"Password": PASSWORD}, {"password": PASSWORD}, {"Name": "alice", "Password": PASSWORD}):
            assert control("POST", "requests/find", {"input": guess})["requests"] == []

    def test_who_waits_is_answered_when_another_one_makes_the_call(self, client, org, control):
        with ThreadPoolExecutor() as pool:
            waiting = pool.submit(control, "GET", "requests?operation=CreateUser&wait=60")
            client.list_users(**org)
            client.create_user(**org, Name="alice", DisplayName="Alice")
            [entry] = waiting.result(GIVE_UP_AFTER)["requests"]
        assert entry["request"]["Name"] == "alice"

    def test_who_waits_in_vain_gets_an_empty_list(self, control):
        assert control("GET", "requests?operation=CreateUser&wait=0.05")["requests"] == []

    def test_only_the_latest_are_kept(self, start, connect):
        server = start("--journal", "3")
        client = connect(server)
        for _ in range(5):
            client.list_organizations()
        assert [entry["id"] for entry in server.control("GET", "requests")["requests"]] == [3, 4, 5]

    def test_it_can_be_off(self, start, connect):
        server = start("--journal", "0")
        connect(server).list_organizations()
        with pytest.raises(Refused) as refused:
            server.control("GET", "requests")
        assert refused.value.status == 422

    def test_it_is_forgotten_on_request(self, client, org, control):
        control("DELETE", "requests")
        assert control("GET", "requests")["requests"] == []


class TestStream:
    def test_calls_appear_as_they_are_made(self, server, client, org):
        with Stream(server, "?operation=Create*") as stream:
            client.list_users(**org)
            user = client.create_user(**org, Name="alice", DisplayName="Alice")
            number, entry = stream.event()
        assert (number, entry["id"]) == (3, 3)
        assert entry["response"] == {"UserId": user["UserId"]}

    def test_a_reader_goes_on_after_the_last_event_that_he_has_seen(self, server, client, org):
        for name in ("alice", "bob"):
            client.create_user(**org, Name=name, DisplayName=name)
        with Stream(server, last_event_id=0) as stream:
            seen = [stream.event() for _ in range(2)]
        assert [entry["operation"] for _, entry in seen] == ["CreateOrganization", "CreateUser"]
        client.create_user(**org, Name="carol", DisplayName="carol")
        with Stream(server, last_event_id=seen[-1][0]) as stream:
            assert [stream.event()[1]["request"]["Name"] for _ in range(2)] == ["bob", "carol"]

    def test_a_stream_shows_what_the_journal_shows(self, server, client, org, control):
        client.create_user(**org, Name="alice", DisplayName="Alice", Password=PASSWORD)
        with Stream(server, last_event_id=0) as stream:
            shown = [stream.event()[1] for _ in range(2)]
        assert shown == control("GET", "requests")["requests"]


class TestCloudTrail:
    def test_a_record_has_the_members_that_aws_publishes(self, client, org, control):
        user = client.create_user(**org, Name="alice", DisplayName="Alice", Password=PASSWORD)
        [_, record] = control("GET", "cloudtrail")["Records"]
        request_id = user["ResponseMetadata"]["RequestId"]
        assert re.fullmatch(r"20..-..-..T..:..:..Z", record.pop("eventTime"))
        assert record.pop("userAgent").startswith("Boto3/")
        event_id = record.pop("eventID")
        assert str(uuid.UUID(event_id)) == event_id != request_id
        assert record == {
            "eventVersion": "1.11",
            "userIdentity": {
                "type": "Root",
                "principalId": "000000000000",
                "arn": "arn:aws:iam::000000000000:root",
                "accountId": "000000000000",
                "accessKeyId": "000000000000",
            },
            "eventSource": "workmail.amazonaws.com",
            "eventName": "CreateUser",
            "awsRegion": "us-east-1",
            "sourceIPAddress": "127.0.0.1",
            "requestParameters": {
                "organizationId": org["OrganizationId"],
                "name": "alice",
                "displayName": "Alice",
            },
            "responseElements": {"userId": user["UserId"]},
            "requestID": request_id,
            "readOnly": False,
            "eventType": "AwsApiCall",
            "managementEvent": True,
            "recipientAccountId": "000000000000",
            "eventCategory": "Management",
        }

    def test_a_record_of_a_refused_call_has_the_error(self, client, org, control):
        with pytest.raises(ClientError):
            client.describe_user(**org, UserId="alice")
        record = control("GET", "cloudtrail")["Records"][-1]
        assert record["errorCode"] == "EntityNotFoundException"
        assert record["errorMessage"] == f"Entity alice not found in organization {org['OrganizationId']}"
        assert (record["readOnly"], record["responseElements"]) == (True, None)

    def test_a_file_gets_a_record_a_line_and_may_be_rotated(self, start, connect, tmp_path):
        file, rotated = tmp_path / "trail", tmp_path / "trail.1"

        def names(path):
            return [json.loads(line)["eventName"] for line in path.read_text().splitlines()]

        server = start("--cloudtrail", str(file))
        client = connect(server)
        client.create_organization(Alias="acme")
        client.list_organizations()
        file.rename(rotated)
        client.create_organization(Alias="other")
        assert names(rotated) == ["CreateOrganization", "ListOrganizations"]
        assert names(file) == ["CreateOrganization"]
        records = [json.loads(line) for path in (rotated, file) for line in path.read_text().splitlines()]
        assert records == server.control("GET", "cloudtrail")["Records"]
        server.stop()
        server.start()
        connect(server).list_organizations()
        assert names(file) == ["CreateOrganization", "ListOrganizations"]


def call_with_body(server, operation, body):
    """A call that no SDK would make."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=GIVE_UP_AFTER)
    headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"WorkMailService.{operation}"}
    connection.request("POST", "/", body.encode(), headers)
    answer = connection.getresponse().read().decode()
    connection.close()
    return answer


@pytest.mark.parametrize("log", ["text", "json"])
def test_no_secret_is_written_anywhere(start, connect, tmp_path, log):
    """Neither of calls that succeed, nor of those that are refused in any way."""
    trail, data = tmp_path / "trail", tmp_path / "data"
    server = start("--cloudtrail", str(trail), "--data", str(data), "--log", log, "--log-level", "debug")
    client = connect(server)
    tour = Tour(client, server)
    tour.furnish()
    org = {"OrganizationId": tour.organization}

    refused = {"eve": "weakpasswordonly", "adam": "Pa55word!" + "x" * 300, "alice": "Pa55word!of-another-alice"}
    for name, password in refused.items():
        with pytest.raises(ClientError) as raised:
            client.create_user(**org, Name=name, DisplayName="", Password=password)
        assert password not in str(raised.value)
    named = {**org, "Name": "eve", "DisplayName": "x" * 10_000, "Password": "Pa55word!in-a-long-body"}
    broken = '{"Name": "eve", "Password": "Pa55word!in-broken-json'
    secrets = [*tour.secrets, *refused.values()]
    secrets += ["Pa55word!in-a-long-body", "Pa55word!in-broken-json", "Pa55word!of-nothing"]
    secrets += ["Pa55word!in-small-letters", "Pa55word!inside", "Pa55word!as-a-list"]
    answers = [
        call_with_body(server, "CreateUser", json.dumps(named)),
        call_with_body(server, "CreateUser", broken),
        call_with_body(server, "CreateUsers", json.dumps({"Password": "Pa55word!of-nothing"})),
        call_with_body(server, "CreateUser", json.dumps({**org, "password": "Pa55word!in-small-letters"})),
        call_with_body(server, "CreateUser", json.dumps({**org, "User": {"Password": ["Pa55word!inside"]}})),
        call_with_body(server, "UpdateAvailabilityConfiguration", json.dumps({"EwsProvider": ["Pa55word!as-a-list"]})),
    ]

    with Stream(server, last_event_id=0) as stream:
        streamed = [stream.event() for _ in server.control("GET", "requests")["requests"]]
    server.control("PUT", "snapshots/now")
    written = {
        "answers": "".join(answers),
        "stream": json.dumps(streamed),
        "file of records": trail.read_text(),
        **{path: server.control_bytes("GET", path).decode() for path in ("requests", "cloudtrail", "state", "metrics")},
        "snapshot": server.control_bytes("GET", "snapshots/now").decode("latin-1"),
    }
    server.stop()
    written["log"] = server.read_log()
    written["data"] = data.read_bytes().decode("latin-1")
    assert '"EwsPassword": "********"' in written["stream"]
    found = [(where, secret) for where, text in written.items() for secret in secrets if secret in text]
    assert found == []


class TestMetrics:
    def test_calls_are_counted_by_operation_and_outcome(self, server, client, org):
        client.list_users(**org)
        with pytest.raises(ClientError):
            client.describe_user(**org, UserId="alice")
        text = server.control_bytes("GET", "metrics").decode()
        assert 'workmail_requests_total{operation="ListUsers",status="200",error=""} 1\n' in text
        assert (
            'workmail_requests_total{operation="DescribeUser",status="400",error="EntityNotFoundException"} 1\n' in text
        )
        assert 'workmail_organizations{state="Active"} 1\n' in text

    @pytest.mark.skipif(not shutil.which("promtool"), reason="promtool, of the Debian package prometheus, is not here")
    def test_prometheus_finds_nothing_to_criticize(self, server, client, org):
        client.list_users(**org)
        checked = subprocess.run(
            ["promtool", "check", "metrics"],
            input=server.control_bytes("GET", "metrics"),
            capture_output=True,
            timeout=GIVE_UP_AFTER,
        )
        assert (checked.returncode, checked.stdout, checked.stderr) == (0, b"", b"")

"""Organizations that are there from the beginning, and going back to a moment: seeds, the state, snapshots."""

import json
import sqlite3

import pytest

from tour import Tour
from workmail_server import Refused, refusal_to_start

EXAMPLE = """
{ "Organizations": [ { "Alias": "acme",
    "Domains":   [ { "DomainName": "acme.test", "DefaultDomain": true } ],
    "Users":     [ { "Name": "alice", "DisplayName": "Alice", "Email": "alice@acme.test", "Aliases": ["al@acme.test"] },   // an Email means: registered, ENABLED
                   { "Name": "bob" } ],
    "Groups":    [ { "Name": "all", "Email": "all@acme.test", "Members": ["alice"] } ],
    "Resources": [ { "Name": "room-1", "Type": "ROOM", "Email": "room-1@acme.test", "Delegates": ["alice"] } ], } ] }
"""
OTHER = """{ "Organizations": [ { "Alias": "other", "Account": "111111111111", "Region": "eu-west-1" } ] }"""


def assert_example(client):
    """What the example is to the API."""
    [organization] = client.list_organizations()["OrganizationSummaries"]
    assert (organization["Alias"], organization["State"]) == ("acme", "Active")
    assert organization["DefaultMailDomain"] == "acme.test"
    org = {"OrganizationId": organization["OrganizationId"]}
    users = client.list_users(**org)["Users"]
    assert [(user["Name"], user["State"], user.get("Email")) for user in users] == [
        ("alice", "ENABLED", "alice@acme.test"),
        ("bob", "DISABLED", None),
    ]
    alice = users[0]["Id"]
    assert client.list_aliases(**org, EntityId=alice)["Aliases"] == ["alice@acme.test", "al@acme.test"]
    assert client.get_mailbox_details(**org, UserId=alice)["MailboxSize"] == 0
    [group] = client.list_groups(**org)["Groups"]
    [member] = client.list_group_members(**org, GroupId=group["Id"])["Members"]
    [room] = client.list_resources(**org)["Resources"]
    [delegate] = client.list_resource_delegates(**org, ResourceId=room["Id"])["Delegates"]
    assert (group["Email"], member["Id"]) == ("all@acme.test", alice)
    assert (room["Email"], room["Type"], delegate["Id"]) == ("room-1@acme.test", "ROOM", alice)


@pytest.fixture
def documents(tmp_path):
    """A folder of two documents and a file that is none."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    (folder / "1-acme.jsonc").write_text(EXAMPLE)
    (folder / "2-other.json").write_text(OTHER)
    (folder / "README").write_text("These are the seeds.")
    return folder


class TestSeed:
    def test_a_file_is_there_when_the_server_is_ready(self, start, connect, documents):
        assert_example(connect(start("--seed", str(documents / "1-acme.jsonc"))))

    def test_a_folder_means_its_documents(self, start, connect, documents):
        server = start("--seed", str(documents))
        assert_example(connect(server))
        [other] = connect(server, "111111111111", "eu-west-1").list_organizations()["OrganizationSummaries"]
        assert other["Alias"] == "other"

    def test_several_seeds_are_added(self, start, connect, documents):
        server = start("--seed", str(documents / "1-acme.jsonc"), "--seed", str(documents / "2-other.json"))
        assert len(server.control("GET", "state")["Organizations"]) == 2

    def test_a_database_that_has_something_is_left_alone(self, start, connect, documents, tmp_path):
        server = start("--data", str(tmp_path / "data"), "--seed", str(documents))
        [organization] = connect(server).list_organizations()["OrganizationSummaries"]
        connect(server).create_group(OrganizationId=organization["OrganizationId"], Name="more")
        before = server.control("GET", "state")
        server.stop()
        server.start()
        assert server.control("GET", "state") == before

    def test_a_document_is_added_and_its_identifiers_are_returned(self, server, connect):
        made = json.loads(server.control_bytes("POST", "seed", EXAMPLE.encode()))
        client = connect(server)
        assert_example(client)
        [organization] = client.list_organizations()["OrganizationSummaries"]
        org = {"OrganizationId": organization["OrganizationId"]}
        assert organization["OrganizationId"] in json.dumps(made)
        for user in client.list_users(**org)["Users"]:
            assert user["Id"] in json.dumps(made)

    def test_what_the_api_would_refuse_is_refused_as_a_whole(self, server, client):
        bad = EXAMPLE.replace('"all@acme.test"', '"all@elsewhere.test"')
        with pytest.raises(Refused) as refused:
            server.control_bytes("POST", "seed", bad.encode())
        assert refused.value.status == 422
        assert "Organizations[0].Groups[0].Email: MailDomainNotFoundException: " in str(refused.value)
        assert client.list_organizations()["OrganizationSummaries"] == []

    def test_a_misspelt_member_is_refused_with_its_path(self, server):
        with pytest.raises(Refused) as refused:
            server.control("POST", "seed", {"Organizations": [{"Alias": "acme", "Users": [{"Nam": "alice"}]}]})
        assert refused.value.status == 400
        assert "Organizations[0].Users[0].Nam" in str(refused.value)

    def test_a_bad_file_ends_the_program(self, tmp_path):
        file = tmp_path / "seed.json"
        file.write_text('{"Organizations": [{"Alias": "no spaces"}]}')
        assert str(file) in refusal_to_start("--seed", str(file))


class TestState:
    def test_seeding_the_state_brings_it_back(self, server, client, control):
        """With DELETED entities, a mailbox that waits for its user, and something of everything else."""
        tour = Tour(client, server)
        tour.furnish()
        server.advance("P1D")
        deleted = client.create_organization(Alias="deleted")["OrganizationId"]
        client.delete_organization(OrganizationId=deleted, DeleteDirectory=True)
        before = control("GET", "state")
        assert len(before["Organizations"]) == 2
        control("POST", "reset", {"to": "empty"})
        assert control("GET", "state") != before
        control("POST", "seed", before)
        assert control("GET", "state") == before

        # The mailbox of carol and those who are DELETED have what is left of their 30 days.
        assert all(event["what"].endswith("leaves the history") for event in server.advance("P28D"))
        happened = sorted(event["what"] for event in server.advance("P2D"))
        assert happened == ["the deleted gone disappears"] * 3 + ["the mailbox of carol is deleted"]

    def test_another_server_answers_the_same_from_it(self, start, connect):
        one, other = start("--clock", "2026-05-01T00:00:00Z"), start("--clock", "2026-05-01T00:00:00Z")
        tour = Tour(connect(one), one)
        tour.furnish()
        other.control("POST", "seed", one.control("GET", "state"))
        org = {"OrganizationId": tour.organization}
        for operation in ("describe_organization", "list_users", "list_groups", "list_resources", "list_mail_domains"):
            answers = [getattr(connect(server), operation)(**org) for server in (one, other)]
            for answer in answers:
                del answer["ResponseMetadata"]
            assert answers[0] == answers[1]

    def test_it_can_be_of_one_account_region_or_organization(self, server, connect):
        here = connect(server, "000000000000", "us-east-1").create_organization(Alias="here")["OrganizationId"]
        connect(server, "000000000000", "eu-west-1").create_organization(Alias="there")
        connect(server, "111111111111", "eu-west-1").create_organization(Alias="theirs")
        for query, aliases in (
            ("account=111111111111", ["theirs"]),
            ("region=eu-west-1", ["there", "theirs"]),
            (f"organization={here}", ["here"]),
        ):
            state = server.control("GET", f"state?{query}")
            assert [organization["Alias"] for organization in state["Organizations"]] == aliases, query


class TestReset:
    def test_to_the_start_brings_the_seed_back(self, start, connect, documents):
        server = start("--seed", str(documents / "1-acme.jsonc"))
        client = connect(server)
        before = server.control("GET", "state")
        [organization] = client.list_organizations()["OrganizationSummaries"]
        client.delete_organization(
            OrganizationId=organization["OrganizationId"], DeleteDirectory=True, ForceDelete=True
        )
        client.create_organization(Alias="more")
        server.control("POST", "reset", {})
        assert server.control("GET", "state") == before
        assert_example(client)

    def test_of_an_account_leaves_the_others(self, server, connect):
        one, other = connect(server, "111111111111"), connect(server, "222222222222")
        for number, client in enumerate((one, other)):
            client.create_organization(Alias=f"acme-{number}")
        server.control("POST", "reset", {"to": "empty", "account": "111111111111"})
        assert one.list_organizations()["OrganizationSummaries"] == []
        assert len(other.list_organizations()["OrganizationSummaries"]) == 1


class TestSnapshots:
    def test_a_snapshot_brings_data_and_clock_back(self, server, client, organization, control):
        control("PUT", "clock", {"now": "2030-01-01T00:00:00Z", "frozen": True})
        control("PUT", "snapshots/before")
        before = control("GET", "state")
        client.create_user(OrganizationId=organization, Name="alice", DisplayName="Alice")
        server.advance("P1D")
        control("POST", "snapshots/before/restore")
        assert control("GET", "state") == before
        assert control("GET", "clock")["now"].startswith("2030-01-01T00:00:00")
        assert client.list_users(OrganizationId=organization)["Users"] == []

    def test_what_was_restored_survives_the_server(self, start, connect, tmp_path):
        server = start("--data", str(tmp_path / "data"))
        connect(server).create_organization(Alias="acme")
        server.control("PUT", "snapshots/before")
        before = server.control("GET", "state")
        connect(server).create_organization(Alias="other")
        server.control("POST", "snapshots/before/restore")
        server.kill()
        server.start()
        assert server.control("GET", "state") == before

    def test_snapshots_are_listed_and_deleted(self, control):
        for name in ("one", "two"):
            assert control("PUT", f"snapshots/{name}")["name"] == name
        assert [each["name"] for each in control("GET", "snapshots")["snapshots"]] == ["one", "two"]
        control("DELETE", "snapshots/one")
        assert [each["name"] for each in control("GET", "snapshots")["snapshots"]] == ["two"]
        for method, path in (("DELETE", ""), ("GET", ""), ("POST", "/restore")):
            with pytest.raises(Refused) as refused:
                control(method, f"snapshots/one{path}")
            assert refused.value.status == 404

    def test_a_snapshot_is_a_database_that_moves_to_another_server(self, start, connect, tmp_path):
        one, other = start(), start()
        organization = connect(one).create_organization(Alias="acme")["OrganizationId"]
        one.control("PUT", "snapshots/now")
        file = tmp_path / "now.sqlite3"
        file.write_bytes(one.control_bytes("GET", "snapshots/now"))
        database = sqlite3.connect(file)
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        database.close()
        other.control_bytes("PUT", "snapshots/theirs", file.read_bytes())
        other.control("POST", "snapshots/theirs/restore")
        assert connect(other).describe_organization(OrganizationId=organization)["Alias"] == "acme"

    def test_what_is_no_snapshot_is_refused(self, control, server):
        with pytest.raises(Refused) as refused:
            server.control_bytes("PUT", "snapshots/other", b"What is this?")
        assert refused.value.status == 400
        assert control("GET", "snapshots") == {"snapshots": []}

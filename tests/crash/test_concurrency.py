"""Many clients at once on the same entities: each call is done as if it were alone."""

import threading

import pytest
from api import Api, Refused, organization_of

CLIENTS = 64


@pytest.fixture(params=["memory", "file"])
def server(start, request, tmp_path):
    """Whose state at the end is one that calls can make: a seed refuses what the API refuses. With a file, calls that
    arrive together share one commit."""
    data = ["--data", str(tmp_path / "data.sqlite")] if request.param == "file" else []
    server = start("--log", "off", *data)
    yield server
    state = server.control("GET", "state")
    server.control("POST", "reset", {"to": "empty"})
    server.control("POST", "seed", state)
    assert server.control("GET", "state") == state


@pytest.fixture
def organization(server):
    return organization_of(server)


def at_once(server, organization, calls):
    """Makes these calls, (operation, members), each from a client of its own, all at the same moment. Returns the answer
    or the refusal of each."""
    outcomes = [None] * len(calls)
    ready = threading.Barrier(len(calls))

    def run(index, operation, members):
        api = Api(server.port, organization)
        api.connection.connect()
        ready.wait()
        try:
            outcomes[index] = api(operation, **members)
        except Refused as refusal:
            outcomes[index] = refusal

    threads = [threading.Thread(target=run, args=(i, *call)) for i, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def codes(outcomes):
    """Those of the refusals, "" for an answer."""
    return [outcome.code if isinstance(outcome, Refused) else "" for outcome in outcomes]


def state_of(server):
    return server.control("GET", "state")["Organizations"][0]


def address(i):
    return f"entity-{i}@acme.awsapps.com"


def make_users(api, count):
    members = {"DisplayName": "A User", "Password": "Secret-123"}
    return [api("CreateUser", Name=f"user-{i}", **members)["UserId"] for i in range(count)]


@pytest.mark.parametrize(
    ("kind", "members"),
    [
        ("User", {"Name": "alice", "DisplayName": "Alice", "Password": "Secret-123"}),
        ("Group", {"Name": "all"}),
        ("Resource", {"Name": "room", "Type": "ROOM"}),
    ],
)
def test_one_of_64_creates_wins(server, organization, kind, members):
    outcomes = at_once(server, organization, [(f"Create{kind}", members)] * CLIENTS)
    assert sorted(codes(outcomes)) == ["", *["NameAvailabilityException"] * (CLIENTS - 1)]
    [created] = [outcome[f"{kind}Id"] for outcome in outcomes if not isinstance(outcome, Refused)]
    listed = Api(server.port, organization)(f"List{kind}s")[f"{kind}s"]
    assert [(each["Id"], each["Name"]) for each in listed] == [(created, members["Name"])]
    assert [each[f"{kind}Id"] for each in state_of(server)[f"{kind}s"]] == [created]


def test_one_of_64_organizations_wins(server):
    outcomes = at_once(server, None, [("CreateOrganization", {"Alias": "same"})] * CLIENTS)
    assert sorted(codes(outcomes)) == ["", *["NameAvailabilityException"] * (CLIENTS - 1)]


def test_one_client_token_makes_one_organization(server):
    calls = [("CreateOrganization", {"Alias": "same", "ClientToken": "token-1"})] * CLIENTS
    outcomes = at_once(server, None, calls)
    assert codes(outcomes) == [""] * CLIENTS
    [organization] = server.control("GET", "state")["Organizations"]
    assert {outcome["OrganizationId"] for outcome in outcomes} == {organization["OrganizationId"]}


def test_addresses_are_swapped_and_never_shared(server, organization):
    api = Api(server.port, organization)
    users = make_users(api, 2)
    for i, user in enumerate(users):
        api("RegisterToWorkMail", EntityId=user, Email=address(i))
    swap = [("UpdatePrimaryEmailAddress", {"EntityId": user, "Email": address(i)}) for user in users for i in range(3)]
    outcomes = at_once(server, organization, swap * (CLIENTS // len(swap)))
    assert set(codes(outcomes)) == {"", "EmailAddressInUseException"}
    addresses = [
        address for user in state_of(server)["Users"] for address in [user["Email"], *user.get("Aliases", [])]
    ]
    assert len(addresses) == len(set(addresses)), addresses


def test_no_cycle_of_groups_comes_about(server, organization):
    api = Api(server.port, organization)
    groups = [api("CreateGroup", Name=f"group-{i}")["GroupId"] for i in range(8)]
    for i, group in enumerate(groups):
        api("RegisterToWorkMail", EntityId=group, Email=address(i))
    ring = [
        ("AssociateMemberToGroup", {"GroupId": group, "MemberId": groups[(i + step) % len(groups)]})
        for step in (1, 3)
        for i, group in enumerate(groups)
    ]
    results = codes(at_once(server, organization, ring))
    assert len(set(results)) == 2, results
    members = {group["GroupId"]: group.get("Members", []) for group in state_of(server)["Groups"]}
    while leaves := [group for group, inside in members.items() if not any(member in members for member in inside)]:
        for leaf in leaves:
            del members[leaf]
    assert not members, "these groups contain each other"


def test_a_user_is_registered_or_deleted(server, organization):
    users = make_users(Api(server.port, organization), CLIENTS // 2)
    calls = []
    for i, user in enumerate(users):
        calls.append(("RegisterToWorkMail", {"EntityId": user, "Email": address(i)}))
        calls.append(("DeleteUser", {"UserId": user}))
    results = codes(at_once(server, organization, calls))
    states = {user["UserId"]: user["State"] for user in state_of(server)["Users"]}
    for i, user in enumerate(users):
        registered, deleted = results[2 * i], results[2 * i + 1]
        assert sorted([registered == "", deleted == ""]) == [False, True], (registered, deleted)
        assert states[user] == ("ENABLED" if registered == "" else "DELETED")

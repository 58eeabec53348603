"""Many clients at once on the same entities: each call is done as if it were alone."""

import threading

import pytest
from api import Api, Refused, organization_of

CLIENTS = 64


@pytest.fixture
def server(start):
    return start("--log", "off")


@pytest.fixture
def organization(server):
    return organization_of(server)


def at_once(server, organization, calls):
    """Makes these calls, (operation, members), each from a client of its own, all at the same moment. Returns the codes of
    their errors, "" for a success."""
    results = [None] * len(calls)
    ready = threading.Barrier(len(calls))

    def run(index, operation, members):
        api = Api(server.port, organization)
        api.connection.connect()
        ready.wait()
        try:
            api(operation, **members)
            results[index] = ""
        except Refused as refusal:
            results[index] = refusal.code

    threads = [threading.Thread(target=run, args=(i, *call)) for i, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def state_of(server):
    return server.control("GET", "state")["Organizations"][0]


def address(i):
    return f"entity-{i}@acme.awsapps.com"


def make_users(api, count):
    members = {"DisplayName": "A User", "Password": "Secret-123"}
    return [api("CreateUser", Name=f"user-{i}", **members)["UserId"] for i in range(count)]


@pytest.mark.parametrize(
    ("operation", "members", "error"),
    [
        ("CreateUser", {"Name": "alice", "DisplayName": "Alice", "Password": "Secret-123"}, "NameAvailabilityException"),
        ("CreateGroup", {"Name": "all"}, "NameAvailabilityException"),
        ("CreateResource", {"Name": "room", "Type": "ROOM"}, "NameAvailabilityException"),
    ],
)
def test_one_of_64_creates_wins(server, organization, operation, members, error):
    results = at_once(server, organization, [(operation, members)] * CLIENTS)
    assert sorted(results) == sorted(["", *[error] * (CLIENTS - 1)])


def test_one_of_64_organizations_wins(server):
    results = at_once(server, None, [("CreateOrganization", {"Alias": "same"})] * CLIENTS)
    assert sorted(results) == sorted(["", *["NameAvailabilityException"] * (CLIENTS - 1)])


def test_one_client_token_makes_one_organization(server):
    calls = [("CreateOrganization", {"Alias": "same", "ClientToken": "token-1"})] * CLIENTS
    assert at_once(server, None, calls) == [""] * CLIENTS
    assert len(server.control("GET", "state")["Organizations"]) == 1


def test_addresses_are_swapped_and_never_shared(server, organization):
    api = Api(server.port, organization)
    users = make_users(api, 2)
    for i, user in enumerate(users):
        api("RegisterToWorkMail", EntityId=user, Email=address(i))
    swap = [("UpdatePrimaryEmailAddress", {"EntityId": user, "Email": address(i)}) for user in users for i in range(3)]
    results = at_once(server, organization, swap * (CLIENTS // len(swap)))
    assert set(results) == {"", "EmailAddressInUseException"}
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
    results = at_once(server, organization, ring)
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
    results = at_once(server, organization, calls)
    states = {user["UserId"]: user["State"] for user in state_of(server)["Users"]}
    for i, user in enumerate(users):
        registered, deleted = results[2 * i], results[2 * i + 1]
        assert sorted([registered == "", deleted == ""]) == [False, True], (registered, deleted)
        assert states[user] == ("ENABLED" if registered == "" else "DELETED")

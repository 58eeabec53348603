"""The life of a few entities that only one client touches, so that the client knows at each moment what must be there:
what was answered, and of the one call that was not answered, either all or nothing."""

import copy
import random

DOMAIN = "acme.awsapps.com"


class Life:
    """Changes its own users and its own group at random. `expected` is what they must be, by name:
    {"email", "aliases", "groups"}; `unsure` is what they are as well if the last call was carried out."""

    USERS = 4

    def __init__(self, number, seed):
        self.random = random.Random(f"{seed} {number}")
        self.group = f"group-of-life-{number}"
        self.group_id = None
        self.names = [f"member-{number}-{i:05}" for i in range(self.USERS)]
        self.expected = {}
        self.unsure = {}
        self.ids = {}
        self.answered = 0

    def step(self, api):
        """One call, which may end with an exception of the connection."""
        name = self.random.choice(self.names)
        user = self.expected.get(name)
        operation, members, change = self.random.choice(self.moves(name, user))
        self.unsure = copy.deepcopy(self.expected)
        change(self.unsure)
        answer = api(operation, **members)
        if "UserId" in answer:
            self.ids[name] = answer["UserId"]
        self.expected = self.unsure
        self.answered += 1

    def moves(self, name, user):
        """What can be done with the user now: operation, members, and what it changes."""
        if user is None:
            new = {"email": None, "aliases": [], "groups": []}
            members = {"Name": name, "DisplayName": name, "Password": "Secret-123"}
            return [("CreateUser", members, lambda all: all.update({name: new}))]
        email, alias = f"{name}@{DOMAIN}", f"{name}.{len(user['aliases'])}@{DOMAIN}"
        number = self.ids[name]
        if user["email"] is None:
            return [
                ("RegisterToWorkMail", {"EntityId": number, "Email": email}, lambda all: all[name].update(email=email)),
                ("DeleteUser", {"UserId": number}, lambda all: all.pop(name)),
            ]
        moves = [
            # Gives up all addresses.
            ("DeregisterFromWorkMail", {"EntityId": number}, lambda all: left(all, name)),
        ]
        if len(user["aliases"]) < 3:
            moves.append(
                ("CreateAlias", {"EntityId": number, "Alias": alias}, lambda all: all[name]["aliases"].append(alias))
            )
        if user["aliases"]:
            last = user["aliases"][-1]
            moves.append(("DeleteAlias", {"EntityId": number, "Alias": last}, lambda all: all[name]["aliases"].pop()))
        if self.group in user["groups"]:
            moves.append(
                (
                    "DisassociateMemberFromGroup",
                    {"GroupId": self.group_id, "MemberId": number},
                    lambda all: all[name]["groups"].remove(self.group),
                )
            )
        else:
            moves.append(
                (
                    "AssociateMemberToGroup",
                    {"GroupId": self.group_id, "MemberId": number},
                    lambda all: all[name]["groups"].append(self.group),
                )
            )
        return moves

    def check(self, organization):
        """Compares with the organization of a state document, and takes from it whether the last call was carried out."""
        self.ids = {user["Name"]: user["UserId"] for user in organization["Users"] if user["State"] != "DELETED"}
        found = observed(organization, self.names, self.group)
        assert found in (self.expected, self.unsure), f"{found} is neither {self.expected} nor {self.unsure}"
        self.expected = self.unsure = found


def left(all, name):
    all[name].update(email=None, aliases=[])


def observed(organization, names, group):
    users = {user["UserId"]: user for user in organization["Users"] if user["State"] != "DELETED"}
    members = next(each for each in organization["Groups"] if each["Name"] == group).get("Members", [])
    assert all(member in users for member in members), "a member that is not there"
    result = {}
    for number, user in users.items():
        if user["Name"] in names:
            assert (user["State"] == "ENABLED") == ("Email" in user), "registered by half"
            result[user["Name"]] = {
                "email": user.get("Email"),
                "aliases": user.get("Aliases", []),
                "groups": [group] if number in members else [],
            }
    return result


def prepare(api, lives):
    for life in lives:
        life.group_id = api("CreateGroup", Name=life.group)["GroupId"]
        api("RegisterToWorkMail", EntityId=life.group_id, Email=f"{life.group}@{DOMAIN}")

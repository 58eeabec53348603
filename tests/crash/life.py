"""The life of a few entities that only one client touches, so that the client knows at each moment what must be there:
what was answered, and of the one call that was not answered, either all or nothing."""

import copy
import random

DOMAIN = "acme.awsapps.com"
PERMISSIONS = ["FULL_ACCESS", "SEND_AS", "SEND_ON_BEHALF"]
# How many calls are about the organization of its own: a deleted one stays in the state for ever.
OF_ORGANIZATIONS = 0.03


class Life:
    """Changes its own users, its own group and its own organization at random. `expected` is what they must be:
    {"users": {name: {"email", "aliases", "groups", "permissions"}}, "domains": those of its organization, None without};
    `unsure` is what they are as well if the last call was carried out."""

    USERS = 4

    def __init__(self, number, seed):
        self.random = random.Random(f"{seed} {number}")
        self.group = f"group-of-life-{number}"
        self.group_id = None
        self.organization = f"life-{number}"
        self.organization_id = None
        self.names = [f"member-{number}-{i:05}" for i in range(self.USERS)]
        self.expected = {"users": {}, "domains": None}
        self.unsure = copy.deepcopy(self.expected)
        self.ids = {}
        self.answered = 0

    def step(self, api):
        """One call, which may end with an exception of the connection."""
        name = self.random.choice(self.names)
        if self.random.random() < OF_ORGANIZATIONS:
            operation, members, change = self.move_of_organization()
        else:
            operation, members, change = self.random.choice(self.moves_of_user(name))
        self.unsure = copy.deepcopy(self.expected)
        change(self.unsure)
        answer = api(operation, **members)
        if operation == "CreateUser":
            self.ids[name] = answer["UserId"]
        if operation == "CreateOrganization":
            self.organization_id = answer["OrganizationId"]
        self.expected = self.unsure
        self.answered += 1

    def move_of_organization(self):
        """What can be done with its organization now: operation, members, and what it changes."""
        if self.expected["domains"] is not None:
            members = {"OrganizationId": self.organization_id, "DeleteDirectory": True}
            return "DeleteOrganization", members, lambda all: all.update(domains=None)
        more = [f"{kind}-{self.organization}.example" for kind in ("mail", "shop")]
        members = {"Alias": self.organization, "Domains": [{"DomainName": domain} for domain in more]}
        domains = [f"{self.organization}.awsapps.com", *more]
        return "CreateOrganization", members, lambda all: all.update(domains=domains)

    def moves_of_user(self, name):
        """The same for what can be done with the user."""
        user = self.expected["users"].get(name)
        if user is None:
            new = {"email": None, "aliases": [], "groups": [], "permissions": {}}
            members = {"Name": name, "DisplayName": name, "Password": "Secret-123"}
            return [("CreateUser", members, lambda all: all["users"].update({name: new}))]
        email, alias = f"{name}@{DOMAIN}", f"{name}.{len(user['aliases'])}@{DOMAIN}"
        number = self.ids[name]
        if user["email"] is None:
            return [
                (
                    "RegisterToWorkMail",
                    {"EntityId": number, "Email": email},
                    lambda all: all["users"][name].update(email=email),
                ),
                ("DeleteUser", {"UserId": number}, lambda all: gone(all, name)),
            ]
        moves = [
            # Gives up all addresses.
            ("DeregisterFromWorkMail", {"EntityId": number}, lambda all: left(all, name)),
            *self.moves_of_permissions(name),
        ]
        if len(user["aliases"]) < 3:
            moves.append(
                (
                    "CreateAlias",
                    {"EntityId": number, "Alias": alias},
                    lambda all: all["users"][name]["aliases"].append(alias),
                )
            )
        if user["aliases"]:
            last = user["aliases"][-1]
            moves.append(
                ("DeleteAlias", {"EntityId": number, "Alias": last}, lambda all: all["users"][name]["aliases"].pop())
            )
        if self.group in user["groups"]:
            moves.append(
                (
                    "DisassociateMemberFromGroup",
                    {"GroupId": self.group_id, "MemberId": number},
                    lambda all: all["users"][name]["groups"].remove(self.group),
                )
            )
        else:
            moves.append(
                (
                    "AssociateMemberToGroup",
                    {"GroupId": self.group_id, "MemberId": number},
                    lambda all: all["users"][name]["groups"].append(self.group),
                )
            )
        return moves

    def moves_of_permissions(self, name):
        """Gives some to the mailbox of a registered user, or takes them away."""
        users = self.expected["users"]
        moves = []
        for other in sorted(users):
            members = {"EntityId": self.ids[name], "GranteeId": self.ids[other]}
            if other in users[name]["permissions"]:
                moves.append(
                    (
                        "DeleteMailboxPermissions",
                        members,
                        lambda all, other=other: all["users"][name]["permissions"].pop(other),
                    )
                )
            elif other != name and users[other]["email"] is not None:
                values = sorted(self.random.sample(PERMISSIONS, self.random.randint(1, len(PERMISSIONS))))
                new = {other: values}
                moves.append(
                    (
                        "PutMailboxPermissions",
                        members | {"PermissionValues": values},
                        lambda all, new=new: all["users"][name]["permissions"].update(new),
                    )
                )
        return moves

    def check(self, document):
        """Compares with a state document, and takes from it whether the last call was carried out."""
        acme = next(each for each in document["Organizations"] if each["Alias"] == "acme")
        own = [
            each
            for each in document["Organizations"]
            if each["Alias"] == self.organization and each["State"] != "Deleted"
        ]
        assert len(own) <= 1, "two organizations of one alias"
        self.organization_id = own[0]["OrganizationId"] if own else None
        self.ids = {user["Name"]: user["UserId"] for user in acme["Users"] if user["State"] != "DELETED"}
        found = {
            "users": users_of(acme, self.names, self.group),
            "domains": domains_of(own[0]) if own else None,
        }
        assert found in (self.expected, self.unsure), f"{found} is neither {self.expected} nor {self.unsure}"
        self.expected = self.unsure = found


def left(all, name):
    all["users"][name].update(email=None, aliases=[])


def gone(all, name):
    del all["users"][name]
    for user in all["users"].values():
        user["permissions"].pop(name, None)


def users_of(organization, names, group):
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
                "permissions": {
                    users[each["GranteeId"]]["Name"]: sorted(each["PermissionValues"])
                    for each in user.get("MailboxPermissions", [])
                },
            }
    return result


def domains_of(organization):
    assert organization["State"] == "Active"
    assert organization["AccessControlRules"] and organization["MobileDeviceAccessRules"], "made by half"
    return [domain["DomainName"] for domain in organization["Domains"]]


def prepare(api, lives):
    for life in lives:
        life.group_id = api("CreateGroup", Name=life.group)["GroupId"]
        api("RegisterToWorkMail", EntityId=life.group_id, Email=f"{life.group}@{DOMAIN}")

"""What stands for AWS in tests: an emulator behind a relay, with an organization that has users, groups and rules of its own.

Its asynchronous operations take 20 seconds of a frozen clock, which only the sleeping of the caller advances."""

import contextlib
import importlib.machinery
import importlib.util
import json
import os
from pathlib import Path

import boto3

from asking import ask
from ledger import Ledger
from question import Question
from relay import Relay
from workmail_server import Server

ORGANIZATION = "m-" + "7" * 32
ACCOUNT = "111122223333"
KEYS = {"aws_access_key_id": ACCOUNT, "aws_secret_access_key": "test"}
UNKNOWN_ID = "00000000-0000-0000-0000-000000000000"
# Names that look like those of a run.
OWN = {
    "Organizations": [
        {
            "OrganizationId": ORGANIZATION,
            "Account": ACCOUNT,
            "Region": "us-east-1",
            "Alias": "wml-acme",
            "Tags": [{"Key": "wml-team", "Value": "blue"}],
            "Domains": [{"DomainName": "wml-acme.example", "DefaultDomain": True}],
            "Users": [
                {"Name": "alice", "Email": "alice@wml-acme.example", "Aliases": ["wml-al@wml-acme.example"]},
                {"Name": "wml-bob", "Email": "wml-bob@wml-acme.example"},
                {"Name": "wml-0123abcd-carol", "DisplayName": "Carol"},
                {"Name": "WML-dave", "DisplayName": "Dave"},
            ],
            "Groups": [{"Name": "wml-all", "Email": "wml-all@wml-acme.example", "Members": ["alice", "wml-bob"]}],
            "Resources": [{"Name": "wml-room", "Type": "ROOM", "Email": "wml-room@wml-acme.example"}],
            "ImpersonationRoles": [
                {"Name": "wml-role", "Type": "READ_ONLY", "Rules": [{"ImpersonationRuleId": "all", "Effect": "ALLOW"}]}
            ],
            "AccessControlRules": [{"Name": "wml-rule", "Effect": "ALLOW", "Description": "ours"}],
            "AvailabilityConfigurations": [
                {"DomainName": "wml-partner.example", "ProviderType": "LAMBDA", "LambdaProvider": {
                    "LambdaArn": "arn:aws:lambda:us-east-1:111122223333:function:free-busy"}}
            ],
        }
    ]
}  # fmt: skip


def renamed(ask):
    user = ask.user("old", registered=True)
    ask.call("UpdatePrimaryEmailAddress", EntityId=user, Email=ask.address("new"))
    return sorted(ask.call("ListAliases", EntityId=user)["Aliases"])


def three_users(ask):
    users = [ask.user(label, registered=True) for label in ("a", "b", "c")]
    group = ask.group("all", registered=True)
    ask.call("AssociateMemberToGroup", GroupId=group, MemberId=users[0])
    ask.call("CreateAlias", EntityId=group, Alias=ask.address("alias"))
    ask.call("PutMailboxPermissions", EntityId=users[0], GranteeId=users[1], PermissionValues=["SEND_AS"])
    ask.call("DeregisterFromWorkMail", EntityId=users[1])
    ask.call("DeleteUser", UserId=users[1])
    return {"states": sorted(ask.call("DescribeUser", UserId=user)["State"] for user in users),
            "members": len(ask.call("ListGroupMembers", GroupId=group)["Members"])}  # fmt: skip


def same_name(ask):
    ask.user("twin")
    return ask.outcome("CreateUser", Name=ask.name("twin").upper(), DisplayName="Twin")


def settings(ask):
    room = ask.resource("room")
    ask.call("PutAccessControlRule", Name=ask.name("rule"), Effect="DENY", Description="x", IpRanges=["192.0.2.0/24"])
    ask.call("TagResource", ResourceARN=ask.arn, Tags=[{"Key": ask.name("key"), "Value": "1"}])
    ask.call("PutRetentionPolicy", Name=ask.name("policy"), FolderConfigurations=[{"Name": "INBOX", "Action": "NONE"}])
    ask.call("CreateMobileDeviceAccessRule", Name=ask.name("rule"), Effect="DENY", DeviceModels=[ask.name("model")])
    ask.call("CreateImpersonationRole", Name=ask.name("role"), Type="READ_ONLY", Rules=[
        {"ImpersonationRuleId": "all", "Effect": "ALLOW"}])
    ask.call("RegisterMailDomain", DomainName=ask.name("domain") + ".example")
    ask.call("CreateAvailabilityConfiguration", DomainName=ask.name("other") + ".example", LambdaProvider={
        "LambdaArn": "arn:aws:lambda:us-east-1:111122223333:function:free-busy"})
    return {"state": ask.call("DescribeResource", ResourceId=room)["State"],
            "policy": ask.call("GetDefaultRetentionPolicy")["Name"]}  # fmt: skip


def own_organization(ask):
    other = ask.call("CreateOrganization", Alias=ask.name("other"))["OrganizationId"]
    ask.call("CreateGroup", OrganizationId=other, Name="all")
    ask.user("user", registered=True)
    ask.call("PutInboundDmarcSettings", Enforced=False)
    return ask.call("DescribeInboundDmarcSettings")["Enforced"]


def no_user(ask):
    return ask.call("DescribeUser", UserId=UNKNOWN_ID)


def question(experiment, answer, *operations, **rest):
    name = experiment.__name__.replace("_", "-")
    return Question(f"Q-{name}", f"What is {name}?", operations, answer, experiment=experiment, **rest)


QUESTIONS = [
    question(renamed, ["the address new", "the address old"], "UpdatePrimaryEmailAddress", "ListAliases"),
    question(three_users, {"states": ["DELETED", "ENABLED", "ENABLED"], "members": 1}, "DeleteUser"),
    question(same_name, "NameAvailabilityException", "CreateUser"),
    question(settings, {"state": "DISABLED", "policy": "the name policy"}, "PutRetentionPolicy"),
    question(own_organization, False, "PutInboundDmarcSettings", takes="an organization of its own"),
    question(no_user, {"error": "EntityNotFoundException"}, "DescribeUser", read_only=True),
    Question("Q-console", "What does the console do?", unaskable="it needs the console"),
]
BY_ID = {each.id: each for each in QUESTIONS}


def load_run():
    """The command as a module."""
    loader = importlib.machinery.SourceFileLoader("run_of_questions", str(Path(__file__).with_name("run")))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


RUN = load_run()


class Aws:
    """The relay, the emulator behind it, and what the organization has."""

    def __init__(self, folder, session):
        self.folder = folder
        self.session = session
        self.server = Server(folder, "--pace", "20s", "--clock", "2027-01-10T00:00:00Z")
        self.server.control("POST", "seed", OWN)
        self.relay = Relay(self.server)
        self.before = self.state()

    def stop(self):
        self.relay.stop()
        self.server.stop()

    def sleep(self, seconds):
        """What the caller does when it waits."""
        self.server.advance(f"PT{max(1, round(seconds))}S")

    def state(self):
        """What is there, but for the remains of what is deleted."""
        self.server.advance("PT20S")
        kept = []
        for organization in self.server.control("GET", "state")["Organizations"]:
            if organization.get("State") == "Deleted":
                continue
            for kind in ("Users", "Groups", "Resources"):
                organization[kind] = [each for each in organization.get(kind, []) if each.get("State") != "DELETED"]
            kept.append(organization)
        return kept

    def client(self, url=None):
        return self.session.client("workmail", endpoint_url=url or self.relay.url, region_name="us-east-1", **KEYS,
                                   config=RUN.CONFIG)  # fmt: skip

    def service(self, **options):
        path = self.folder / "ledger"
        ledger = Ledger.create(path, organization=ORGANIZATION, region="us-east-1", endpoint=self.relay.url)
        return RUN.GuardedService(self.client(), ledger, sleep=self.sleep, **options)

    def program(self, plan, questions=None):
        """The command, which sleeps by advancing the clock, and has asked its emulator before."""
        program = RUN.Program(questions or QUESTIONS, ask, self.sleep, self.session)
        program.ask_emulator = lambda options: plan
        return program

    def options(self, *more):
        """Its arguments."""
        return ["--aws", "--organization", ORGANIZATION, "--region", "us-east-1", "--endpoint-url", self.relay.url,
                RUN.UNDERSTOOD, "--own-organizations", "--pace", "20s", "--ledger", str(self.folder / "ledger"),
                "--output", str(self.folder / "answers"), *more]  # fmt: skip

    def clean_up(self):
        return self.program(None).main(["--clean-up", "--ledger", str(self.folder / "ledger"), "--pace", "0s"])

    def answers(self):
        document = json.loads((self.folder / "answers.json").read_text())
        return {each["id"]: each for each in document["answers"]}


@contextlib.contextmanager
def settings_of_tests():
    """Nothing of the user's AWS settings."""
    before = dict(os.environ)
    for name in [name for name in os.environ if name.startswith(("AWS_", "BOTO_"))]:
        del os.environ[name]
    os.environ |= {"AWS_ACCESS_KEY_ID": ACCOUNT, "AWS_SECRET_ACCESS_KEY": "test", "AWS_EC2_METADATA_DISABLED": "true",
                   "AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}  # fmt: skip
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def new_session():
    return boto3.session.Session()

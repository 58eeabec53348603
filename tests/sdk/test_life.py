"""The whole life of an organization and of what is in it, and the same again while the server is killed in between.

The steps run in order, a minute of the emulated clock apart. Each asserts what AWS answers; everything that was answered
is kept as well, so that lives can be compared."""

import re
from datetime import datetime, timedelta, timezone

import pytest

from tour import Tour

BEGIN = datetime(2026, 5, 1, 12, tzinfo=timezone.utc)
IDENTIFIER = re.compile(r"\b([mrd]-)?[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}\b|\bd-[0-9a-f]{10}\b")


class Life:
    """A server, the expected clock, and the responses so far."""

    def __init__(self, server, connect):
        self.server = server
        self.connect = connect
        self.now = BEGIN
        self.answers = []
        self.names = {}
        self.reconnect()

    def reconnect(self):
        self.client = self.connect(self.server)
        self.client.meta.events.register("after-call.workmail", self.note)

    def kill_and_restart(self):
        self.server.kill()
        self.server.start()
        self.reconnect()

    def note(self, model, parsed, **_):
        answer = {name: value for name, value in parsed.items() if name != "ResponseMetadata"}
        # Identifiers are random, so they are replaced by the order in which they appear.
        named = IDENTIFIER.sub(lambda found: self.names.setdefault(found[0], f"<{len(self.names)}>"), repr(answer))
        self.answers.append((model.name, parsed["ResponseMetadata"]["HTTPStatusCode"], named))

    def advance(self, **duration):
        """Moves both clocks and returns the events that were applied, with the name of the entity."""
        step = timedelta(**duration)
        self.now += step
        return [event["what"] for event in self.server.advance(f"PT{int(step.total_seconds())}S")]

    def user(self, user_id=None):
        return self.client.describe_user(OrganizationId=self.organization, UserId=user_id or self.alice)


def refused(error, call, **parameters):
    """The message of the typed exception that the call raises."""
    with pytest.raises(error) as raised:
        call(**parameters)
    assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    return raised.value.response["Error"]["Message"]


def create_the_organization(life):
    life.organization = life.client.create_organization(Alias="acme")["OrganizationId"]
    assert re.fullmatch("m-[0-9a-f]{32}", life.organization)
    described = life.client.describe_organization(OrganizationId=life.organization)
    assert described["State"] == "Active"
    assert described["Alias"] == "acme"
    assert described["DefaultMailDomain"] == "acme.awsapps.com"
    assert described["CompletedDate"] == life.now
    assert described["ARN"] == f"arn:aws:workmail:us-east-1:000000000000:organization/{life.organization}"
    assert re.fullmatch("d-90[0-9a-f]{8}", described["DirectoryId"])
    summaries = life.client.list_organizations()["OrganizationSummaries"]
    assert [(each["Alias"], each["State"]) for each in summaries] == [("acme", "Active")]


def register_a_domain(life):
    domain = {"OrganizationId": life.organization, "DomainName": "acme.test"}
    life.client.register_mail_domain(**domain)
    got = life.client.get_mail_domain(**domain)
    assert (got["OwnershipVerificationStatus"], got["DkimVerificationStatus"]) == ("VERIFIED", "VERIFIED")
    assert (got["IsTestDomain"], got["IsDefault"]) == (False, False)
    assert {record["Type"] for record in got["Records"]} == {"TXT", "MX", "CNAME"}
    life.client.update_default_mail_domain(**domain)
    assert life.client.list_mail_domains(OrganizationId=life.organization)["MailDomains"] == [
        {"DomainName": "acme.awsapps.com", "DefaultDomain": False},
        {"DomainName": "acme.test", "DefaultDomain": True},
    ]


def create_users_a_group_and_a_resource(life):
    org = {"OrganizationId": life.organization}
    life.alice = life.client.create_user(**org, Name="alice", DisplayName="Alice", Password="Str0ng!Enough")["UserId"]
    life.bob = life.client.create_user(**org, Name="bob", DisplayName="Bob")["UserId"]
    life.group = life.client.create_group(**org, Name="all")["GroupId"]
    life.room = life.client.create_resource(**org, Name="room", Type="ROOM")["ResourceId"]
    assert re.fullmatch("r-[0-9a-f]{32}", life.room)
    described = life.user()
    assert (described["State"], described["UserRole"]) == ("DISABLED", "USER")
    dates = {"Email", "EnabledDate", "DisabledDate", "MailboxProvisionedDate", "MailboxDeprovisionedDate"}
    assert not dates & described.keys()
    refused(life.client.exceptions.EntityNotFoundException, life.client.get_mailbox_details, **org, UserId=life.alice)
    states = [each["State"] for each in life.client.list_users(**org)["Users"]]
    assert states == ["DISABLED", "DISABLED"]


def register_them(life):
    org = {"OrganizationId": life.organization}
    life.registered = life.now
    for entity, address in (
        (life.alice, "alice@acme.test"),
        (life.bob, "bob@acme.test"),
        (life.group, "all@acme.test"),
        (life.room, "room@acme.test"),
    ):
        life.client.register_to_work_mail(**org, EntityId=entity, Email=address)
        assert life.client.describe_entity(**org, Email=address)["EntityId"] == entity
    described = life.user()
    assert (described["State"], described["Email"]) == ("ENABLED", "alice@acme.test")
    assert described["EnabledDate"] == described["MailboxProvisionedDate"] == life.now
    assert life.client.get_mailbox_details(**org, UserId=life.alice)["MailboxQuota"] == 51200
    assert life.client.describe_group(**org, GroupId=life.group)["State"] == "ENABLED"
    assert life.client.describe_resource(**org, ResourceId=life.room)["State"] == "ENABLED"


def give_an_alias_a_member_and_a_delegate(life):
    org = {"OrganizationId": life.organization}
    life.client.create_alias(**org, EntityId=life.alice, Alias="al@acme.test")
    assert life.client.list_aliases(**org, EntityId=life.alice)["Aliases"] == ["alice@acme.test", "al@acme.test"]
    assert life.client.describe_entity(**org, Email="al@acme.test")["Name"] == "alice"
    refused(
        life.client.exceptions.EmailAddressInUseException,
        life.client.create_alias,
        **org,
        EntityId=life.bob,
        Alias="AL@acme.test",
    )
    life.client.associate_member_to_group(**org, GroupId=life.group, MemberId=life.alice)
    members = life.client.list_group_members(**org, GroupId=life.group)["Members"]
    assert [(each["Id"], each["Type"], each["State"]) for each in members] == [(life.alice, "USER", "ENABLED")]
    life.client.associate_delegate_to_resource(**org, ResourceId=life.room, EntityId=life.alice)
    delegates = life.client.list_resource_delegates(**org, ResourceId=life.room)["Delegates"]
    assert delegates == [{"Id": life.alice, "Type": "USER"}]


def deregister(life):
    org = {"OrganizationId": life.organization}
    error = life.client.exceptions.EntityStateException
    refused(error, life.client.delete_user, **org, UserId=life.alice)
    life.client.deregister_from_work_mail(**org, EntityId=life.alice)
    described = life.user()
    assert described["State"] == "DISABLED"
    assert "Email" not in described
    assert described["DisabledDate"] == described["MailboxDeprovisionedDate"] == life.now
    assert described["MailboxProvisionedDate"] == life.registered
    refused(error, life.client.deregister_from_work_mail, **org, EntityId=life.alice)
    refused(error, life.client.list_aliases, **org, EntityId=life.alice)
    for address in ("alice@acme.test", "al@acme.test"):
        refused(life.client.exceptions.EntityNotFoundException, life.client.describe_entity, **org, Email=address)
    groups = life.client.list_groups_for_entity(**org, EntityId=life.alice)["Groups"]
    assert groups == [{"GroupId": life.group, "GroupName": "all"}]


def wait_29_days(life):
    assert life.advance(days=29) == []
    assert life.client.get_mailbox_details(OrganizationId=life.organization, UserId=life.alice)["MailboxQuota"] == 51200
    assert life.user()["MailboxProvisionedDate"] == life.registered


def register_again(life):
    org = {"OrganizationId": life.organization}
    life.client.register_to_work_mail(**org, EntityId="alice", Email="alice@acme.test")
    described = life.user()
    assert (described["State"], described["EnabledDate"]) == ("ENABLED", life.now)
    assert described["MailboxProvisionedDate"] == life.registered
    assert not {"DisabledDate", "MailboxDeprovisionedDate"} & described.keys()
    assert life.client.list_aliases(**org, EntityId=life.alice)["Aliases"] == ["alice@acme.test"]


def deregister_again(life):
    life.client.deregister_from_work_mail(OrganizationId=life.organization, EntityId=life.alice)
    assert life.user()["MailboxDeprovisionedDate"] == life.now


def wait_31_days(life):
    assert life.advance(days=31) == ["the mailbox of alice is deleted"]
    error = life.client.exceptions.EntityNotFoundException
    refused(error, life.client.get_mailbox_details, OrganizationId=life.organization, UserId=life.alice)
    assert life.user()["State"] == "DISABLED"


def delete(life):
    org = {"OrganizationId": life.organization}
    life.client.delete_user(**org, UserId=life.alice)
    assert life.user()["State"] == "DELETED"
    listed = life.client.list_users(**org)["Users"]
    assert [(each["Name"], each["State"]) for each in listed] == [("alice", "DELETED"), ("bob", "ENABLED")]
    error = life.client.exceptions.EntityStateException
    refused(error, life.client.register_to_work_mail, **org, EntityId=life.alice, Email="alice@acme.test")
    assert life.client.list_group_members(**org, GroupId=life.group)["Members"] == []
    assert life.client.list_resource_delegates(**org, ResourceId=life.room)["Delegates"] == []


def wait_31_days_more(life):
    org = {"OrganizationId": life.organization}
    assert life.advance(days=31) == ["the deleted alice disappears"]
    refused(life.client.exceptions.EntityNotFoundException, life.client.describe_user, **org, UserId=life.alice)
    assert [each["Name"] for each in life.client.list_users(**org)["Users"]] == ["bob"]
    life.client.delete_user(**org, UserId=life.alice)


def delete_the_group_and_the_resource(life):
    org = {"OrganizationId": life.organization}
    for entity in (life.group, life.room):
        life.client.deregister_from_work_mail(**org, EntityId=entity)
    life.client.delete_group(**org, GroupId=life.group)
    life.client.delete_resource(**org, ResourceId=life.room)
    assert life.client.describe_group(**org, GroupId=life.group)["State"] == "DELETED"
    assert life.client.describe_resource(**org, ResourceId=life.room)["State"] == "DELETED"


def delete_the_organization(life):
    org = {"OrganizationId": life.organization}
    error = life.client.exceptions.OrganizationStateException
    refused(error, life.client.delete_organization, **org, DeleteDirectory=True)  # bob is enabled
    deleted = life.client.delete_organization(**org, DeleteDirectory=True, ForceDelete=True)
    assert deleted["State"] == "Deleting"
    assert life.client.describe_organization(**org)["State"] == "Deleted"
    assert [each["State"] for each in life.client.list_organizations()["OrganizationSummaries"]] == ["Deleted"]
    message = refused(error, life.client.list_users, **org)
    assert message == f"Organization {life.organization} is not Active, state: Deleted"


STEPS = (
    create_the_organization,
    register_a_domain,
    create_users_a_group_and_a_resource,
    register_them,
    give_an_alias_a_member_and_a_delegate,
    deregister,
    wait_29_days,
    register_again,
    deregister_again,
    wait_31_days,
    delete,
    wait_31_days_more,
    delete_the_group_and_the_resource,
    delete_the_organization,
)


@pytest.fixture
def live(start, connect):
    """Lives a whole life and returns everything that was answered; `killed_after` lists the steps after which to kill."""

    def live_through(killed_after, *options):
        life = Life(start("--clock", BEGIN.isoformat().replace("+00:00", "Z"), *options), connect)
        for step in STEPS:
            life.advance(minutes=1)
            step(life)
            if step in killed_after:
                life.kill_and_restart()
        return life.answers

    return live_through


def test_a_whole_life_in_memory(live):
    assert len(live(killed_after=())) > 60


def test_a_life_in_a_file_is_the_same(live, tmp_path):
    assert live((), "--data", str(tmp_path / "data")) == live(())


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_a_life_goes_on_after_the_server_was_killed(step, live, tmp_path):
    assert live((step,), "--data", str(tmp_path / "data")) == live(())


def test_a_life_goes_on_when_the_server_is_killed_after_every_step(live, tmp_path):
    assert live(STEPS, "--data", str(tmp_path / "data")) == live(())


def test_a_restart_keeps_everything(start, connect, tmp_path):
    server = start("--data", str(tmp_path / "data"))
    tour = Tour(connect(server), server)
    tour.furnish()
    before = server.control("GET", "state")
    server.stop()
    server.start()
    assert server.control("GET", "state") == before
    server.kill()
    server.start()
    assert server.control("GET", "state") == before
    tour.client = connect(server)
    tour.clear()

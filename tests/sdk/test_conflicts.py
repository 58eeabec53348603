"""Where AWS's documents contradict each other or are incomplete, the emulator had to choose. Each choice is a test here,
so that it is only changed deliberately."""

import json
import urllib.request
import uuid
from datetime import datetime, timezone

import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def org(organization):
    return {"OrganizationId": organization}


def make_user(client, org, name, address=None):
    user = client.create_user(**org, Name=name, DisplayName=name)["UserId"]
    if address:
        client.register_to_work_mail(**org, EntityId=user, Email=address)
    return user


def error_of(call, **parameters):
    """The code of the error that the call ends with; None when it succeeds."""
    try:
        call(**parameters)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None


class TestRegisteringAgain:
    """According to one page an enabled entity is refused, according to another it stays as it is: the address decides."""

    @pytest.mark.parametrize("address", ["alice@acme.awsapps.com", "Alice@ACME.awsapps.com"])
    def test_with_its_address_changes_nothing(self, client, org, server, address):
        user = make_user(client, org, "alice", "alice@acme.awsapps.com")
        before = client.describe_user(**org, UserId=user)
        server.advance("PT1M")
        client.register_to_work_mail(**org, EntityId=user, Email=address)
        after = client.describe_user(**org, UserId=user)
        assert {**before, "ResponseMetadata": None} == {**after, "ResponseMetadata": None}

    def test_with_another_address_is_refused(self, client, org):
        user = make_user(client, org, "alice", "alice@acme.awsapps.com")
        with pytest.raises(client.exceptions.EntityAlreadyRegisteredException):
            client.register_to_work_mail(**org, EntityId=user, Email="other@acme.awsapps.com")


class TestDeletedEntities:
    """They stay for 30 days without an address; their name is free at once."""

    @pytest.fixture
    def deleted(self, client, org):
        user = make_user(client, org, "alice", "alice@acme.awsapps.com")
        client.deregister_from_work_mail(**org, EntityId=user)
        client.delete_user(**org, UserId=user)
        return user

    def test_are_described_and_listed(self, client, org, deleted):
        described = client.describe_user(**org, UserId=deleted)
        assert (described["State"], described.get("Email")) == ("DELETED", None)
        [listed] = client.list_users(**org)["Users"]
        assert (listed["Id"], listed["State"], listed.get("Email")) == (deleted, "DELETED", None)
        filtered = client.list_users(**org, Filters={"State": "DELETED"})["Users"]
        assert [each["Id"] for each in filtered] == [deleted]

    @pytest.mark.parametrize("days, there", [(29, True), (31, False)])
    def test_disappear_after_thirty_days(self, client, org, server, deleted, days, there):
        server.advance(f"P{days}D")
        assert bool(client.list_users(**org)["Users"]) == there
        expected = None if there else "EntityNotFoundException"
        assert error_of(client.describe_user, **org, UserId=deleted) == expected

    def test_give_their_name_and_address_to_another_one(self, client, org, deleted):
        user = make_user(client, org, "alice", "alice@acme.awsapps.com")
        assert user != deleted
        assert client.describe_user(**org, UserId="alice")["UserId"] == user
        assert [each["State"] for each in client.list_users(**org)["Users"]] == ["DELETED", "ENABLED"]

    def test_are_left_out_of_lists_on_request(self, start, connect):
        client = connect(start("--deleted", "hide"))
        org = {"OrganizationId": client.create_organization(Alias="acme")["OrganizationId"]}
        group = client.create_group(**org, Name="all")["GroupId"]
        client.delete_group(**org, GroupId=group)
        assert client.list_groups(**org)["Groups"] == []
        assert client.describe_group(**org, GroupId=group)["State"] == "DELETED"


class TestMailboxes:
    """They wait for 30 days for the same user to be registered again; a new user gets a new one."""

    def test_a_mailbox_comes_back_with_another_address_too(self, client, org, server):
        user = make_user(client, org, "alice", "alice@acme.awsapps.com")
        client.update_mailbox_quota(**org, UserId=user, MailboxQuota=7)
        provisioned = client.describe_user(**org, UserId=user)["MailboxProvisionedDate"]
        client.deregister_from_work_mail(**org, EntityId=user)
        server.advance("P29D")
        client.register_to_work_mail(**org, EntityId=user, Email="new@acme.awsapps.com")
        assert client.describe_user(**org, UserId=user)["MailboxProvisionedDate"] == provisioned
        assert client.get_mailbox_details(**org, UserId=user)["MailboxQuota"] == 7

    def test_after_thirty_days_it_is_a_new_one(self, client, org, server):
        user = make_user(client, org, "alice", "alice@acme.awsapps.com")
        client.update_mailbox_quota(**org, UserId=user, MailboxQuota=7)
        client.deregister_from_work_mail(**org, EntityId=user)
        server.advance("P31D")
        client.register_to_work_mail(**org, EntityId=user, Email="alice@acme.awsapps.com")
        described = client.describe_user(**org, UserId=user)
        assert described["MailboxProvisionedDate"] == described["EnabledDate"]
        assert client.get_mailbox_details(**org, UserId=user)["MailboxQuota"] == 51200


class TestAddresses:
    """They are compared without regard to case and listed with the primary one first."""

    def test_the_list_of_aliases_includes_the_primary_address(self, client, org):
        user = make_user(client, org, "alice", "alice@acme.awsapps.com")
        assert client.list_aliases(**org, EntityId=user)["Aliases"] == ["alice@acme.awsapps.com"]
        client.create_alias(**org, EntityId=user, Alias="al@acme.awsapps.com")
        assert client.list_aliases(**org, EntityId=user)["Aliases"] == ["alice@acme.awsapps.com", "al@acme.awsapps.com"]

    @pytest.mark.parametrize("address", ["alice@acme.awsapps.com", "AL@acme.awsapps.com"])
    def test_an_address_that_the_entity_has_already_is_no_error(self, client, org, address):
        user = make_user(client, org, "alice", "alice@acme.awsapps.com")
        client.create_alias(**org, EntityId=user, Alias="al@acme.awsapps.com")
        client.create_alias(**org, EntityId=user, Alias=address)
        assert len(client.list_aliases(**org, EntityId=user)["Aliases"]) == 2

    def test_an_address_of_another_entity_is_refused_whatever_its_case(self, client, org):
        make_user(client, org, "alice", "alice@acme.awsapps.com")
        bob = make_user(client, org, "bob")
        with pytest.raises(client.exceptions.EmailAddressInUseException):
            client.register_to_work_mail(**org, EntityId=bob, Email="ALICE@acme.awsapps.com")

    def test_the_old_primary_address_becomes_an_alias(self, client, org):
        user = make_user(client, org, "alice", "alice@acme.awsapps.com")
        client.update_primary_email_address(**org, EntityId=user, Email="boss@acme.awsapps.com")
        assert client.list_aliases(**org, EntityId=user)["Aliases"] == ["boss@acme.awsapps.com", "alice@acme.awsapps.com"]

    def test_the_primary_address_cannot_be_deleted_as_an_alias(self, client, org):
        user = make_user(client, org, "alice", "alice@acme.awsapps.com")
        with pytest.raises(client.exceptions.InvalidParameterException):
            client.delete_alias(**org, EntityId=user, Alias="alice@acme.awsapps.com")

    def test_an_address_belongs_to_a_domain_of_the_organization(self, client, org):
        user = make_user(client, org, "alice")
        with pytest.raises(client.exceptions.MailDomainNotFoundException):
            client.register_to_work_mail(**org, EntityId=user, Email="alice@acme.test")


class TestDomains:
    """They are verified automatically, unless an option prevents it."""

    def status(self, client, org, name="acme.test"):
        return client.get_mail_domain(**org, DomainName=name)["OwnershipVerificationStatus"]

    def test_a_domain_is_verified_by_the_next_call(self, client, org):
        client.register_mail_domain(**org, DomainName="acme.test")
        assert self.status(client, org) == "VERIFIED"

    def test_a_domain_stays_pending_on_request(self, start, connect):
        server = start("--domains", "pending")
        client = connect(server)
        org = {"OrganizationId": client.create_organization(Alias="acme")["OrganizationId"]}
        client.register_mail_domain(**org, DomainName="acme.test")
        server.advance("P30D")
        assert self.status(client, org) == "PENDING"
        server.simulate("domainVerified", organizationId=org["OrganizationId"], domain="acme.test")
        assert self.status(client, org) == "VERIFIED"

    def test_a_domain_belongs_to_one_organization_of_an_account_and_region(self, server, connect):
        def register(account, region, alias):
            client = connect(server, account, region)
            org = client.create_organization(Alias=alias)["OrganizationId"]
            return error_of(client.register_mail_domain, OrganizationId=org, DomainName="acme.test")

        assert register("111111111111", "us-east-1", "one") is None
        assert register("222222222222", "us-east-1", "two") is None
        assert register("111111111111", "eu-west-1", "three") is None
        assert register("111111111111", "us-east-1", "four") == "MailDomainInUseException"

    def test_registering_a_domain_again_changes_nothing(self, client, org):
        for name in ("acme.test", "ACME.test"):
            client.register_mail_domain(**org, DomainName=name)
        names = [each["DomainName"] for each in client.list_mail_domains(**org)["MailDomains"]]
        assert names == ["acme.awsapps.com", "acme.test"]

    def test_default_and_test_domain_cannot_be_removed(self, client, org):
        for name in ("acme.test", "other.test"):
            client.register_mail_domain(**org, DomainName=name)
        client.update_default_mail_domain(**org, DomainName="acme.test")
        for name in ("acme.test", "acme.awsapps.com"):
            assert error_of(client.deregister_mail_domain, **org, DomainName=name) == "MailDomainInUseException"
        client.deregister_mail_domain(**org, DomainName="other.test")


class TestOrganizations:
    """A deleted one stays, can be described and listed, and gives its alias to another one."""

    def test_a_deleted_organization_stays(self, client, org):
        client.delete_organization(**org, DeleteDirectory=True)
        assert client.describe_organization(**org)["State"] == "Deleted"
        client.create_organization(Alias="acme")
        listed = client.list_organizations()["OrganizationSummaries"]
        assert [(each["Alias"], each["State"]) for each in listed] == [("acme", "Deleted"), ("acme", "Active")]

    def test_an_alias_is_unique_in_the_whole_world(self, server, connect, organization):
        other = connect(server, "222222222222", "eu-west-1")
        assert error_of(other.create_organization, Alias="acme") == "NameAvailabilityException"

    def test_an_organization_passes_every_state_at_the_pace_of_aws(self, start, connect):
        server = start("--pace", "20s")
        client = connect(server)
        org = {"OrganizationId": client.create_organization(Alias="acme")["OrganizationId"]}
        states = [client.describe_organization(**org)["State"]]
        assert error_of(client.list_users, **org) == "OrganizationStateException"
        for _ in range(2):
            server.advance("PT10S")
            states.append(client.describe_organization(**org)["State"])
        client.delete_organization(**org, DeleteDirectory=True)
        states.append(client.describe_organization(**org)["State"])
        server.advance("PT20S")
        states.append(client.describe_organization(**org)["State"])
        assert states == ["Requested", "Creating", "Active", "Deleting", "Deleted"]

    def test_only_enabled_users_need_force_to_delete_an_organization(self, client, org):
        group = client.create_group(**org, Name="all")["GroupId"]
        client.register_to_work_mail(**org, EntityId=group, Email="all@acme.awsapps.com")
        user = make_user(client, org, "alice", "alice@acme.awsapps.com")
        delete = {**org, "DeleteDirectory": True}
        assert error_of(client.delete_organization, **delete) == "OrganizationStateException"
        client.deregister_from_work_mail(**org, EntityId=user)
        assert error_of(client.delete_organization, **delete) is None

    def test_a_new_organization_has_no_users_and_its_default_rules(self, client, org):
        assert client.list_users(**org)["Users"] == []
        assert client.list_access_control_rules(**org)["Rules"] == [
            {
                "Name": "default",
                "Effect": "ALLOW",
                "Description": "Default WorkMail Rule",
                "DateCreated": datetime(1970, 1, 1, tzinfo=timezone.utc),
                "DateModified": datetime(1970, 1, 1, tzinfo=timezone.utc),
            }
        ]
        [rule] = client.list_mobile_device_access_rules(**org)["Rules"]
        assert (rule["Name"], rule["Effect"]) == ("default", "ALLOW")


class TestDeletingWhatIsNotThere:
    UNKNOWN = "00000000-0000-0000-0000-000000000000"

    @pytest.mark.parametrize(
        "operation, members",
        [
            ("delete_access_control_rule", {"Name": "unknown"}),
            ("delete_availability_configuration", {"DomainName": "unknown.test"}),
            ("delete_email_monitoring_configuration", {}),
            ("delete_group", {"GroupId": UNKNOWN}),
            ("delete_identity_provider_configuration", {}),
            ("delete_impersonation_role", {"ImpersonationRoleId": UNKNOWN}),
            ("delete_mobile_device_access_override", {"UserId": "alice", "DeviceId": "unknown"}),
            ("delete_mobile_device_access_rule", {"MobileDeviceAccessRuleId": UNKNOWN}),
            ("delete_personal_access_token", {"PersonalAccessTokenId": UNKNOWN}),
            ("delete_resource", {"ResourceId": "r-" + "0" * 32}),
            ("delete_retention_policy", {"Id": "unknown"}),
            ("delete_user", {"UserId": UNKNOWN}),
            ("deregister_mail_domain", {"DomainName": "unknown.test"}),
        ],
    )
    def test_succeeds_where_no_error_for_it_is_declared(self, client, org, operation, members):
        make_user(client, org, "alice")
        assert error_of(getattr(client, operation), **org, **members) is None

    @pytest.mark.parametrize(
        "operation, members",
        [
            ("cancel_mailbox_export_job", {"JobId": UNKNOWN}),
            ("delete_alias", {"EntityId": UNKNOWN, "Alias": "unknown@acme.awsapps.com"}),
            ("delete_mailbox_permissions", {"EntityId": UNKNOWN, "GranteeId": UNKNOWN}),
            ("delete_mobile_device_access_override", {"UserId": UNKNOWN, "DeviceId": "unknown"}),
            ("deregister_from_work_mail", {"EntityId": UNKNOWN}),
        ],
    )
    def test_is_refused_where_an_error_for_it_is_declared(self, client, org, operation, members):
        assert error_of(getattr(client, operation), **org, **members) == "EntityNotFoundException"

    def test_an_alias_that_is_not_there_is_no_error(self, client, org):
        user = make_user(client, org, "alice", "alice@acme.awsapps.com")
        assert error_of(client.delete_alias, **org, EntityId=user, Alias="unknown@acme.awsapps.com") is None


class TestLists:
    def test_are_in_the_order_of_creation_a_hundred_to_a_page(self, client, org):
        names = [f"user-{(number * 37) % 101:03}" for number in range(101)]
        for name in names:
            make_user(client, org, name)
        first = client.list_users(**org)
        assert [each["Name"] for each in first["Users"]] == names[:100]
        rest = client.list_users(**org, NextToken=first["NextToken"])
        assert [each["Name"] for each in rest["Users"]] == names[100:]
        assert "NextToken" not in rest

    def test_take_one_filter(self, client, org):
        make_user(client, org, "alice")
        both = {"UsernamePrefix": "a", "State": "DISABLED"}
        assert error_of(client.list_users, **org, Filters=both) == "InvalidParameterException"
        assert len(client.list_users(**org, Filters={"UsernamePrefix": "AL"})["Users"]) == 1
        assert len(client.list_users(**org, Filters={})["Users"]) == 1


class TestViolatedConstraints:
    """InvalidParameterException where the operation declares it, else ValidationException."""

    BAD = "m-" + "x" * 32

    def test_of_an_operation_that_declares_invalid_parameter(self, client):
        assert error_of(client.describe_organization, OrganizationId=self.BAD) == "InvalidParameterException"

    def test_of_an_operation_that_does_not(self, client):
        assert error_of(client.list_access_control_rules, OrganizationId=self.BAD) == "ValidationException"

    def test_are_reported_all_at_once(self, client):
        with pytest.raises(client.exceptions.InvalidParameterException) as raised:
            client.create_resource(OrganizationId=self.BAD, Name="x" * 21, Type="BOAT")
        message = raised.value.response["Error"]["Message"]
        assert message.startswith("3 validation errors detected: ")
        for path in ("'organizationId'", "'name'", "'type'"):
            assert path in message


@pytest.mark.parametrize("password", [str(uuid.UUID(int=0xABC123)), "12345abcde!#", "abcDEF123!@$#%&/"])
def test_passwords_that_programs_make_are_good_enough(client, org, password):
    client.create_user(**org, Name="alice", DisplayName="", Password=password)


@pytest.mark.parametrize("password", ["Sh0rt!x", "onlylowercaseletters", "Good1" + "x" * 59])
def test_passwords_that_break_the_policy(client, org, password):
    with pytest.raises(client.exceptions.InvalidPasswordException):
        client.create_user(**org, Name="alice", DisplayName="", Password=password)


def test_an_answer_without_members_is_an_empty_object(server, org):
    def call(operation, body):
        request = urllib.request.Request(
            server.url,
            json.dumps(body).encode(),
            {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"WorkMailService.{operation}"},
        )
        with urllib.request.urlopen(request) as answer:
            return answer.headers["Content-Type"], answer.read()

    made = call("RegisterMailDomain", {**org, "DomainName": "acme.test", "ClientToken": "x"})
    assert made == ("application/x-amz-json-1.1", b"{}")
    assert call("ListGroups", org)[1] == b'{"Groups":[]}'

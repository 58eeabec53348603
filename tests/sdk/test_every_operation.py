"""Every operation succeeds and is refused with every error that it declares, except those of CANNOT_HAPPEN.

The tests are scenarios by topic. What each call ended with is kept, and the last test compares it with the service model
that boto3 has: an operation or an error that a new model brings fails here until it has a test."""

import itertools
from datetime import timedelta
from unittest.mock import ANY

import botocore.session
import pytest
from botocore import xform_name

from outcomes import SUCCESS, Outcomes, members_of

MODEL = botocore.session.get_session().get_service_model("workmail")
OPERATIONS = {name: MODEL.operation_model(name) for name in MODEL.operation_names}
DECLARED = {
    name: {shape.name for shape in operation.error_shapes} for name, operation in OPERATIONS.items()
}
OF_AN_ORGANIZATION = [name for name, model in OPERATIONS.items() if "OrganizationId" in model.input_shape.members]


def declaring(error, *but):
    return {name for name, errors in DECLARED.items() if error in errors} - set(but)


# Errors that are declared and only returned by fault rules: error, operations, reason.
CANNOT_HAPPEN = [
    (
        "DirectoryServiceAuthenticationFailedException",
        declaring("DirectoryServiceAuthenticationFailedException"),
        "Only a directory of the customer's own asks for credentials; here all are WorkMail's.",
    ),
    (
        "DirectoryUnavailableException",
        declaring("DirectoryUnavailableException", "CreateOrganization"),
        "WorkMail's own directories are always there; only CreateOrganization can name one that is not.",
    ),
    (
        "UnsupportedOperationException",
        {"DescribeResource", "ListResourceDelegates", "ListResources"},
        "A directory that is read-only can be read.",
    ),
    (
        "OrganizationStateException",
        {"DeleteIdentityCenterApplication"},
        "The call names no organization, and does not affect those that are configured with the application.",
    ),
    (
        "InvalidCustomSesConfigurationException",
        {"DeregisterMailDomain"},
        "There is no Amazon SES whose configuration could be in the way.",
    ),
    ("EntityNotFoundException", {"ListGroups"}, "The call names no entity."),
    ("LimitExceededException", {"UpdateImpersonationRole"}, "More than ten rules break a constraint of the model first."),
    (
        "ResourceNotFoundException",
        {"PutEmailMonitoringConfiguration"},
        "Log group and role are in other services, which the emulator cannot ask.",
    ),
    *(
        (error, {"UpdateResource"}, "Its input names no address; older versions of the API renamed the address too.")
        for error in ("EmailAddressInUseException", "MailDomainNotFoundException", "MailDomainStateException")
    ),
]

# Members of answers that never come: path, operations, reason.
NEVER_ANSWERED = [
    (".MigrationAdmin", {"DescribeOrganization"}, "Migration is turned on in the console only."),
]

UNKNOWN_ID = "00000000-0000-0000-0000-000000000000"
NO_ORGANIZATION = "m-" + "0" * 32
INSTANCE = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
NO_APPLICATION = "arn:aws:sso::000000000000:application/ssoins-0123456789abcdef/apl-0123456789abcdef"
ROLE = "arn:aws:iam::000000000000:role/mail"
LOG_GROUP = "arn:aws:logs:us-east-1:000000000000:log-group:/aws/workmail/events:*"
LAMBDA = "arn:aws:lambda:us-east-1:000000000000:function:availability"
EWS = {"EwsEndpoint": "https://ews.example.test/EWS/Exchange.asmx", "EwsUsername": "reader", "EwsPassword": "secret"}
GOOD_PASSWORD = "Str0ng!Enough"

# A valid value for shapes whose constraints the first thing at hand does not meet.
EXAMPLES = {
    "AmazonResourceName": f"arn:aws:workmail:us-east-1:000000000000:organization/{NO_ORGANIZATION}",
    "ApplicationArn": NO_APPLICATION,
    "EmailAddress": "nobody@acme.test",
    "InstanceArn": INSTANCE,
    "IpAddress": "192.0.2.1",
    "KmsKeyArn": "arn:aws:kms:us-east-1:000000000000:key/one",
    "LogGroupArn": LOG_GROUP,
    "Password": GOOD_PASSWORD,
    "ResourceId": "r-" + "0" * 32,
    "RoleArn": ROLE,
    "WorkMailIdentifier": UNKNOWN_ID,
}
EXPORT = {"RoleArn": ROLE, "KmsKeyArn": EXAMPLES["KmsKeyArn"], "S3BucketName": "archive", "S3Prefix": "mail"}


def example(shape):
    """The smallest value of the shape."""
    if shape.name in EXAMPLES:
        return EXAMPLES[shape.name]
    if shape.type_name == "structure":
        return {name: example(shape.members[name]) for name in shape.required_members}
    if shape.type_name == "list":
        return [example(shape.member)] if shape.metadata.get("min") else []
    if shape.type_name == "string":
        return shape.enum[0] if shape.enum else "example"
    return {"boolean": False, "integer": 1}[shape.type_name]


def least_input(operation, **members):
    return {**example(OPERATIONS[operation].input_shape), **members}


class Acme:
    """An organization with users, groups and resources in every state, and short ways to call about it."""

    def __init__(self, client, server):
        self.client = client
        self.server = server
        self.id = client.create_organization(Alias="acme")["OrganizationId"]
        self.arn = client.describe_organization(OrganizationId=self.id)["ARN"]
        self.of_another_kind = {}
        self("RegisterMailDomain", DomainName="acme.test")
        self.alice, self.bob, self.carol, self.gone = map(self.user, ("alice", "bob", "carol", "gone"))
        self.everyone, self.idle, self.gone_group = map(self.group, ("everyone", "idle", "gone-group"))
        self.room, self.closet, self.gone_room = map(self.resource, ("room", "closet", "gone-room"))
        for name, entity in (("alice", self.alice), ("bob", self.bob), ("everyone", self.everyone), ("room", self.room)):
            self.register(entity, f"{name}@acme.test")
        self("DeleteUser", UserId=self.gone)
        self("DeleteGroup", GroupId=self.gone_group)
        self("DeleteResource", ResourceId=self.gone_room)

    def __call__(self, operation, **members):
        if operation in OF_AN_ORGANIZATION:
            members.setdefault("OrganizationId", self.id)
        return getattr(self.client, xform_name(operation))(**members)

    def refuses(self, error, operation, **members):
        with pytest.raises(getattr(self.client.exceptions, error)) as raised:
            self(operation, **members)
        assert raised.value.response["Error"]["Code"] == error
        assert raised.value.operation_name == operation

    def all_pages(self, operation, **members):
        """Everything that a list has, one by one: with boto3's paginator where it has one."""
        members = {"OrganizationId": self.id, **members} if operation in OF_AN_ORGANIZATION else members
        name = xform_name(operation)
        if self.client.can_paginate(name):
            pages = list(self.client.get_paginator(name).paginate(**members, PaginationConfig={"PageSize": 1}))
        else:
            pages = [getattr(self.client, name)(**members, MaxResults=1)]
            while "NextToken" in pages[-1]:
                pages.append(getattr(self.client, name)(**members, MaxResults=1, NextToken=pages[-1]["NextToken"]))
        items = []
        for page in pages:
            [(_, found)] = [(key, value) for key, value in page.items() if isinstance(value, list)]
            assert len(found) == 1
            items += found
        return items

    def user(self, name):
        return self("CreateUser", Name=name, DisplayName=name.title())["UserId"]

    def group(self, name):
        return self("CreateGroup", Name=name)["GroupId"]

    def resource(self, name):
        return self("CreateResource", Name=name, Type="ROOM")["ResourceId"]

    def register(self, entity, address):
        self("RegisterToWorkMail", EntityId=entity, Email=address)


@pytest.fixture(scope="module")
def outcomes():
    return Outcomes()


@pytest.fixture
def client(server, connect, outcomes):
    return outcomes.watch(connect(server))


@pytest.fixture
def acme(client, server):
    return Acme(client, server)


@pytest.mark.parametrize("operation", OF_AN_ORGANIZATION)
def test_an_organization_that_is_unknown_or_deleted(operation, client):
    call = getattr(client, xform_name(operation))
    with pytest.raises(client.exceptions.OrganizationNotFoundException):
        call(**least_input(operation, OrganizationId=NO_ORGANIZATION))
    deleted = client.create_organization(Alias="deleted")["OrganizationId"]
    client.delete_organization(OrganizationId=deleted, DeleteDirectory=True)
    if operation == "DescribeOrganization":
        assert call(OrganizationId=deleted)["State"] == "Deleted"
    else:
        with pytest.raises(client.exceptions.OrganizationStateException):
            call(**least_input(operation, OrganizationId=deleted))


@pytest.mark.parametrize("operation", OF_AN_ORGANIZATION)
def test_a_violated_constraint(operation, client):
    with pytest.raises(client.exceptions.ClientError) as raised:
        getattr(client, xform_name(operation))(**least_input(operation, OrganizationId="m-" + "x" * 32))
    error = raised.value.response["Error"]
    declared = "InvalidParameterException" in DECLARED[operation]
    assert error["Code"] == ("InvalidParameterException" if declared else "ValidationException")
    assert error["Message"].startswith("1 validation error detected: Value 'm-xxxx")


def test_organizations(acme):
    first = acme("CreateOrganization", Alias="second", ClientToken="once")
    again = acme("CreateOrganization", Alias="second", ClientToken="once")
    assert first["OrganizationId"] == again["OrganizationId"]
    acme.refuses("InvalidParameterException", "CreateOrganization", Alias="no spaces")
    acme.refuses("NameAvailabilityException", "CreateOrganization", Alias="acme")
    directory = acme("DescribeOrganization")["DirectoryId"]
    acme.refuses("DirectoryInUseException", "CreateOrganization", Alias="acme", DirectoryId=directory)
    acme.refuses("DirectoryUnavailableException", "CreateOrganization", Alias="third", DirectoryId="d-9000000000")
    acme.refuses("InvalidParameterException", "ListOrganizations", NextToken="made up")

    acme.server.simulate("organizationState", organizationId=first["OrganizationId"], state="Failed", message="No quota")
    failed = acme("DescribeOrganization", OrganizationId=first["OrganizationId"])
    assert (failed["State"], failed["ErrorMessage"]) == ("Failed", "No quota")
    assert {"Failed", "Active"} == {each["State"] for each in acme.all_pages("ListOrganizations")}

    acme.refuses("OrganizationStateException", "DeleteOrganization", DeleteDirectory=True)
    assert acme("DeleteOrganization", DeleteDirectory=True, ForceDelete=True)["State"] == "Deleting"


def test_a_hundred_organizations(acme):
    for number in range(99):
        acme("CreateOrganization", Alias=f"organization-{number}")
    acme.refuses("LimitExceededException", "CreateOrganization", Alias="one-more")


def test_tags(acme):
    tags = [{"Key": f"key-{number}", "Value": ""} for number in range(50)]
    acme("TagResource", ResourceARN=acme.arn, Tags=tags)
    one_more = [{"Key": "one-more", "Value": "x"}]
    acme.refuses("TooManyTagsException", "TagResource", ResourceARN=acme.arn, Tags=one_more)
    acme("UntagResource", ResourceARN=acme.arn, TagKeys=[tag["Key"] for tag in tags])
    acme("TagResource", ResourceARN=acme.arn, Tags=one_more)
    assert acme("ListTagsForResource", ResourceARN=acme.arn)["Tags"] == one_more
    acme.refuses("InvalidParameterException", "TagResource", ResourceARN=acme.arn, Tags=[{"Key": "aws:x", "Value": ""}])
    unknown = EXAMPLES["AmazonResourceName"]
    acme.refuses("ResourceNotFoundException", "TagResource", ResourceARN=unknown, Tags=one_more)
    acme.refuses("ResourceNotFoundException", "UntagResource", ResourceARN=unknown, TagKeys=["one-more"])
    acme.refuses("ResourceNotFoundException", "ListTagsForResource", ResourceARN=unknown)
    acme("DeleteOrganization", DeleteDirectory=True, ForceDelete=True)
    acme.refuses("OrganizationStateException", "TagResource", ResourceARN=acme.arn, Tags=one_more)


def test_domains(acme, connect, server, outcomes):
    records = acme("GetMailDomain", DomainName="acme.test")["Records"]
    assert {record["Type"] for record in records} == {"TXT", "MX", "CNAME"}
    acme("UpdateDefaultMailDomain", DomainName="acme.awsapps.com")
    assert len(acme.all_pages("ListMailDomains")) == 2
    for operation in ("GetMailDomain", "UpdateDefaultMailDomain"):
        acme.refuses("MailDomainNotFoundException", operation, DomainName="elsewhere.test")
    acme("RegisterMailDomain", DomainName="pending.test")
    server.simulate("domainPending", organizationId=acme.id, domain="pending.test")
    acme.refuses("MailDomainStateException", "UpdateDefaultMailDomain", DomainName="pending.test")
    acme.refuses("MailDomainInUseException", "DeregisterMailDomain", DomainName="acme.test")
    acme("DeregisterMailDomain", DomainName="pending.test")
    second = acme("CreateOrganization", Alias="second")["OrganizationId"]
    acme.refuses("MailDomainInUseException", "RegisterMailDomain", OrganizationId=second, DomainName="acme.test")


def test_a_thousand_domains(acme):
    for number in range(1000 - 2):
        acme("RegisterMailDomain", DomainName=f"d{number}.test")
    acme.refuses("LimitExceededException", "RegisterMailDomain", DomainName="one-more.test")


def test_users(acme):
    acme.refuses("ReservedNameException", "CreateUser", Name="Administrator", DisplayName="")
    acme.refuses("NameAvailabilityException", "CreateUser", Name="ALICE", DisplayName="")
    acme.refuses("InvalidPasswordException", "CreateUser", Name="eve", DisplayName="", Password="password")
    acme.refuses("InvalidParameterException", "CreateUser", Name="eve", DisplayName="", Role="SYSTEM_USER")
    texts = ("Initials", "Telephone", "Street", "JobTitle", "City", "Company", "ZipCode", "Department", "Country", "Office")
    identity = "0123456789-00000000-0000-0000-0000-000000000001"
    attributes = {name: "text" for name in ("FirstName", "LastName", *texts)}
    acme("UpdateUser", UserId="alice", IdentityProviderUserId=identity, **attributes)
    described = acme("DescribeUser", UserId="alice@acme.test")
    assert {name: described[name] for name in attributes} == attributes
    assert described["IdentityProviderUserId"] == identity
    acme.refuses("EntityNotFoundException", "DescribeUser", UserId=UNKNOWN_ID)
    acme.refuses("EntityNotFoundException", "UpdateUser", UserId=UNKNOWN_ID)
    acme.refuses("EntityStateException", "UpdateUser", UserId=acme.gone)
    listed = acme.all_pages("ListUsers")
    assert [user["State"] for user in listed] == ["ENABLED", "ENABLED", "DISABLED", "DELETED"]
    acme.refuses("InvalidParameterException", "ListUsers", Filters={"State": "ENABLED", "UsernamePrefix": "a"})

    acme("ResetPassword", UserId=acme.alice, Password=GOOD_PASSWORD)
    acme.refuses("InvalidPasswordException", "ResetPassword", UserId=acme.alice, Password="password")
    acme.refuses("EntityNotFoundException", "ResetPassword", UserId=UNKNOWN_ID, Password=GOOD_PASSWORD)
    acme.refuses("EntityStateException", "ResetPassword", UserId=acme.gone, Password=GOOD_PASSWORD)
    remote = acme("CreateUser", Name="remote", DisplayName="", Role="REMOTE_USER")["UserId"]
    acme.refuses("UnsupportedOperationException", "ResetPassword", UserId=remote, Password=GOOD_PASSWORD)
    acme.register(remote, "remote@acme.test")
    assert "MailboxProvisionedDate" not in acme("DescribeUser", UserId=remote)
    acme("UpdateUser", UserId=remote, Role="USER")
    assert "MailboxProvisionedDate" in acme("DescribeUser", UserId=remote)
    acme("UpdateUser", UserId=remote, Role="REMOTE_USER")
    assert "MailboxDeprovisionedDate" in acme("DescribeUser", UserId=remote)

    acme.refuses("InvalidParameterException", "DeleteUser", UserId="alice@acme.test")
    acme.refuses("InvalidParameterException", "DeleteUser", UserId=acme.room)
    acme.refuses("EntityStateException", "DeleteUser", UserId=acme.alice)
    acme("DeregisterFromWorkMail", EntityId=acme.alice)
    assert "DisabledDate" in acme("ListUsers")["Users"][0]
    acme("DeleteUser", UserId=acme.alice)


def test_groups(acme):
    acme.refuses("ReservedNameException", "CreateGroup", Name="Domain Admins")
    acme.refuses("NameAvailabilityException", "CreateGroup", Name="Everyone")
    acme.refuses("EntityNotFoundException", "DescribeGroup", GroupId=UNKNOWN_ID)
    acme.refuses("EntityNotFoundException", "UpdateGroup", GroupId=UNKNOWN_ID)
    acme.refuses("EntityStateException", "UpdateGroup", GroupId=acme.gone_group)
    acme("UpdateGroup", GroupId=acme.everyone, HiddenFromGlobalAddressList=True)
    assert acme("DescribeGroup", GroupId="everyone")["HiddenFromGlobalAddressList"] is True
    assert [group["State"] for group in acme.all_pages("ListGroups")] == ["ENABLED", "DISABLED", "DELETED"]

    everyone = {"GroupId": acme.everyone}
    for operation in ("AssociateMemberToGroup", "DisassociateMemberFromGroup"):
        acme.refuses("EntityNotFoundException", operation, **everyone, MemberId=UNKNOWN_ID)
        acme.refuses("EntityStateException", operation, **everyone, MemberId=acme.gone)
    acme.refuses("EntityStateException", "AssociateMemberToGroup", GroupId=acme.idle, MemberId=acme.alice)
    acme("AssociateMemberToGroup", **everyone, MemberId=acme.alice)
    acme("AssociateMemberToGroup", **everyone, MemberId=acme.bob)
    acme("DeregisterFromWorkMail", EntityId=acme.bob)
    assert [each["State"] for each in acme.all_pages("ListGroupMembers", **everyone)] == ["ENABLED", "DISABLED"]
    acme.register(acme.idle, "idle@acme.test")
    acme("AssociateMemberToGroup", GroupId=acme.idle, MemberId=acme.alice)
    assert len(acme.all_pages("ListGroupsForEntity", EntityId=acme.alice)) == 2
    for operation, member, gone in (
        ("ListGroupMembers", "GroupId", acme.gone_group),
        ("ListGroupsForEntity", "EntityId", acme.gone),
    ):
        acme.refuses("EntityNotFoundException", operation, **{member: UNKNOWN_ID})
        acme.refuses("EntityStateException", operation, **{member: gone})
    acme("DisassociateMemberFromGroup", **everyone, MemberId=acme.alice)

    acme.refuses("EntityStateException", "DeleteGroup", **everyone)
    acme("DeregisterFromWorkMail", EntityId=acme.everyone)
    assert "DisabledDate" in acme("DescribeGroup", **everyone)
    assert "DisabledDate" in acme("ListGroups")["Groups"][0]
    acme("DeleteGroup", **everyone)


def test_resources(acme):
    room = {"ResourceId": acme.room}
    acme.refuses("NameAvailabilityException", "CreateResource", Name="ALICE", Type="ROOM")
    acme.refuses("ReservedNameException", "CreateResource", Name="Guest", Type="ROOM")
    acme.refuses("EntityNotFoundException", "DescribeResource", ResourceId=UNKNOWN_ID)
    acme.refuses("EntityNotFoundException", "UpdateResource", ResourceId=UNKNOWN_ID)
    acme.refuses("EntityStateException", "UpdateResource", ResourceId=acme.gone_room)
    acme.refuses("NameAvailabilityException", "UpdateResource", **room, Name="closet")
    nobody_answers = {"AutoAcceptRequests": False}
    acme.refuses("InvalidConfigurationException", "UpdateResource", **room, BookingOptions=nobody_answers)
    acme("UpdateResource", **room, Description="With a view")
    assert acme("DescribeResource", **room)["Description"] == "With a view"
    assert [each["State"] for each in acme.all_pages("ListResources")] == ["ENABLED", "DISABLED", "DELETED"]

    for operation in ("AssociateDelegateToResource", "DisassociateDelegateFromResource"):
        acme.refuses("EntityNotFoundException", operation, **room, EntityId=UNKNOWN_ID)
        acme.refuses("EntityStateException", operation, **room, EntityId=acme.gone)
    acme("AssociateDelegateToResource", **room, EntityId=acme.alice)
    acme("AssociateDelegateToResource", **room, EntityId=acme.everyone)
    assert [each["Type"] for each in acme.all_pages("ListResourceDelegates", **room)] == ["USER", "GROUP"]
    acme.refuses("EntityNotFoundException", "ListResourceDelegates", ResourceId=UNKNOWN_ID)
    acme.refuses("EntityStateException", "ListResourceDelegates", ResourceId=acme.gone_room)
    acme("DisassociateDelegateFromResource", **room, EntityId=acme.alice)

    acme.refuses("EntityStateException", "DeleteResource", **room)
    acme("DeregisterFromWorkMail", EntityId=acme.room)
    assert "DisabledDate" in acme("DescribeResource", **room)
    assert "DisabledDate" in acme("ListResources")["Resources"][0]
    acme("DeleteResource", **room)


def test_a_directory_that_was_kept(acme):
    directory = acme("DescribeOrganization")["DirectoryId"]
    acme("DeleteOrganization", DeleteDirectory=False, ForceDelete=True)
    of_it = {"DirectoryId": directory}
    acme.refuses("InvalidParameterException", "CreateOrganization", **of_it, Alias="other")
    acme.refuses("InvalidParameterException", "CreateOrganization", **of_it, Alias="acme", EnableInteroperability=True)
    again = acme("CreateOrganization", **of_it, Alias="acme")["OrganizationId"]
    listed = acme("ListUsers", OrganizationId=again)["Users"]
    assert [(user["Name"], user["State"]) for user in listed] == [(name, "DISABLED") for name in ("alice", "bob", "carol")]


def test_interoperability(acme):
    organization = {
        "Alias": "exchange",
        "DirectoryId": "d-0123456789",
        "InteroperabilityEnabled": True,
        "Users": [{"Name": "alice", "Email": "alice@exchange.awsapps.com"}],
        "Groups": [{"Name": "staff", "Email": "staff@exchange.awsapps.com"}],
        "Resources": [{"Name": "room", "Type": "ROOM"}],
    }
    acme.server.control("POST", "seed", {"Organizations": [organization]})
    here = {"OrganizationId": acme("ListOrganizations")["OrganizationSummaries"][-1]["OrganizationId"]}
    alice = acme("DescribeUser", **here, UserId="alice")["UserId"]
    for operation, members in (
        ("CreateUser", {"Name": "x", "DisplayName": ""}),
        ("CreateGroup", {"Name": "x"}),
        ("CreateResource", {"Name": "x", "Type": "ROOM"}),
        ("UpdateUser", {"UserId": "alice", "City": "Oxford"}),
        ("UpdateGroup", {"GroupId": "staff"}),
        ("UpdateResource", {"ResourceId": "room", "Name": "hall"}),
        ("DeleteUser", {"UserId": "alice"}),
        ("DeleteGroup", {"GroupId": "staff"}),
        ("DeleteResource", {"ResourceId": "room"}),
        ("ResetPassword", {"UserId": alice, "Password": GOOD_PASSWORD}),
        ("AssociateMemberToGroup", {"GroupId": "staff", "MemberId": "alice"}),
        ("DisassociateMemberFromGroup", {"GroupId": "staff", "MemberId": "alice"}),
        ("AssociateDelegateToResource", {"ResourceId": "room", "EntityId": "alice"}),
        ("DisassociateDelegateFromResource", {"ResourceId": "room", "EntityId": "alice"}),
        ("RegisterToWorkMail", {"EntityId": "room", "Email": "room@exchange.awsapps.com"}),
        ("UpdatePrimaryEmailAddress", {"EntityId": alice, "Email": "al@exchange.awsapps.com"}),
    ):
        acme.refuses("UnsupportedOperationException", operation, **here, **members)
    # AWS's model does not declare it for these; SDKs report it anyway.
    for operation in ("CreateAlias", "DeleteAlias"):
        acme.refuses("UnsupportedOperationException", operation, **here, EntityId=alice, Alias="al@exchange.awsapps.com")
    acme("DeregisterFromWorkMail", **here, EntityId="alice")


def test_registration(acme):
    alice, carol = {"EntityId": acme.alice}, {"EntityId": acme.carol}
    acme("RegisterToWorkMail", **carol, Email="carol@acme.test")
    acme("RegisterToWorkMail", **carol, Email="carol@acme.test")
    acme.refuses("EntityAlreadyRegisteredException", "RegisterToWorkMail", **carol, Email="other@acme.test")
    acme("DeregisterFromWorkMail", **carol)
    assert "MailboxDeprovisionedDate" in acme("DescribeUser", UserId=acme.carol)
    acme.refuses("EntityStateException", "DeregisterFromWorkMail", **carol)
    acme.refuses("EntityNotFoundException", "DeregisterFromWorkMail", EntityId=UNKNOWN_ID)
    acme.refuses("EntityStateException", "RegisterToWorkMail", EntityId=acme.gone, Email="gone@acme.test")
    assert acme("DescribeEntity", Email="alice@acme.test")["Type"] == "USER"
    acme.refuses("EntityNotFoundException", "DescribeEntity", Email="nobody@acme.test")

    acme("RegisterMailDomain", DomainName="pending.test")
    acme.server.simulate("domainPending", organizationId=acme.id, domain="pending.test")
    for operation, entity, member in (
        ("RegisterToWorkMail", carol, "Email"),
        ("CreateAlias", alice, "Alias"),
        ("UpdatePrimaryEmailAddress", alice, "Email"),
    ):
        acme.refuses("EmailAddressInUseException", operation, **entity, **{member: "bob@acme.test"})
        acme.refuses("MailDomainNotFoundException", operation, **entity, **{member: "alice@elsewhere.test"})
        acme.refuses("MailDomainStateException", operation, **entity, **{member: "alice@pending.test"})
        acme.refuses("EntityNotFoundException", operation, EntityId=UNKNOWN_ID, **{member: "nobody@acme.test"})
    for operation, member in (("CreateAlias", "Alias"), ("DeleteAlias", "Alias"), ("UpdatePrimaryEmailAddress", "Email")):
        acme.refuses("EntityStateException", operation, **carol, **{member: "carol@acme.test"})
    acme.refuses("EntityStateException", "ListAliases", **carol)
    acme.refuses("EntityNotFoundException", "ListAliases", EntityId=UNKNOWN_ID)
    acme.refuses("EntityNotFoundException", "DeleteAlias", EntityId=UNKNOWN_ID, Alias="alice@acme.test")

    acme("CreateAlias", **alice, Alias="al@acme.test")
    acme("UpdatePrimaryEmailAddress", **alice, Email="al@acme.test")
    assert acme.all_pages("ListAliases", **alice) == ["al@acme.test", "alice@acme.test"]
    acme("DeleteAlias", **alice, Alias="alice@acme.test")


def test_a_hundred_aliases(acme):
    for number in range(100):
        acme("CreateAlias", EntityId=acme.alice, Alias=f"alice-{number}@acme.test")
    acme.refuses("LimitExceededException", "CreateAlias", EntityId=acme.alice, Alias="one-more@acme.test")


def test_mailboxes(acme):
    acme("UpdateMailboxQuota", UserId=acme.alice, MailboxQuota=1024)
    assert acme("GetMailboxDetails", UserId=acme.alice)["MailboxQuota"] == 1024
    acme.server.simulate("mailboxUsed", userId=acme.alice, megabytes=12.5)
    assert acme("GetMailboxDetails", UserId=acme.alice)["MailboxSize"] == 12.5
    acme.refuses("InvalidParameterException", "UpdateMailboxQuota", UserId=acme.alice, MailboxQuota=51201)
    acme.refuses("EntityStateException", "UpdateMailboxQuota", UserId=acme.carol, MailboxQuota=1)
    acme.refuses("EntityNotFoundException", "UpdateMailboxQuota", UserId=UNKNOWN_ID, MailboxQuota=1)
    acme.refuses("EntityNotFoundException", "GetMailboxDetails", UserId=acme.carol)

    alice = {"EntityId": acme.alice}
    acme("PutMailboxPermissions", **alice, GranteeId=acme.bob, PermissionValues=["FULL_ACCESS", "SEND_AS"])
    acme("PutMailboxPermissions", **alice, GranteeId=acme.everyone, PermissionValues=["SEND_ON_BEHALF"])
    assert len(acme.all_pages("ListMailboxPermissions", **alice)) == 2
    acme("DeleteMailboxPermissions", **alice, GranteeId=acme.bob)
    for operation, rest in (("PutMailboxPermissions", {"PermissionValues": ["SEND_AS"]}), ("DeleteMailboxPermissions", {})):
        acme.refuses("EntityNotFoundException", operation, **alice, GranteeId=UNKNOWN_ID, **rest)
        acme.refuses("EntityStateException", operation, EntityId=acme.carol, GranteeId=acme.bob, **rest)
    acme.refuses("EntityNotFoundException", "ListMailboxPermissions", EntityId=UNKNOWN_ID)


def test_export_jobs(start, connect, outcomes):
    server = start("--pace", "1h")
    acme = Acme.__new__(Acme)
    acme.client, acme.server = outcomes.watch(connect(server)), server
    acme.id = acme.client.create_organization(Alias="acme")["OrganizationId"]
    server.advance("PT2H")
    names = ("alice", "bob", "carol", "dora")
    users = [acme.user(name) for name in names]
    for name, user in zip(names, users):
        acme.register(user, f"{name}@acme.awsapps.com")
    acme.refuses("EntityNotFoundException", "StartMailboxExportJob", EntityId=UNKNOWN_ID, **EXPORT)
    jobs = [
        acme("StartMailboxExportJob", EntityId=user, Description="Leaving", **EXPORT)["JobId"] for user in users
    ]
    acme.refuses("LimitExceededException", "StartMailboxExportJob", EntityId=users[0], **EXPORT)
    assert acme("DescribeMailboxExportJob", JobId=jobs[0])["State"] == "RUNNING"
    acme("CancelMailboxExportJob", JobId=jobs[0])
    server.simulate("exportJobFailed", jobId=jobs[1], reason="The key is disabled")
    server.simulate("exportJobCompleted", jobId=jobs[2])
    assert acme("DescribeMailboxExportJob", JobId=jobs[2])["State"] == "COMPLETED"
    assert acme("DescribeMailboxExportJob", JobId=jobs[3])["State"] == "RUNNING"
    server.advance("PT2H")
    described = [acme("DescribeMailboxExportJob", JobId=job) for job in jobs]
    assert [job["State"] for job in described] == ["CANCELLED", "FAILED", "COMPLETED", "COMPLETED"]
    assert described[1]["ErrorInfo"] == "The key is disabled"
    assert [job["EstimatedProgress"] for job in described[2:]] == [100, 100]
    assert [job["JobId"] for job in acme.all_pages("ListMailboxExportJobs")] == jobs[::-1]
    for operation in ("DescribeMailboxExportJob", "CancelMailboxExportJob"):
        acme.refuses("EntityNotFoundException", operation, JobId=UNKNOWN_ID)


def test_access_control(acme):
    role = acme("CreateImpersonationRole", Name="reader", Type="READ_ONLY", Rules=[])["ImpersonationRoleId"]
    rule = {"Effect": "DENY", "Description": "From outside"}
    acme(
        "PutAccessControlRule",
        Name="outside",
        **rule,
        IpRanges=["0.0.0.0/0"],
        NotIpRanges=["10.0.0.0/8"],
        Actions=["EWS"],
        NotActions=["IMAP"],
        UserIds=[acme.alice],
        NotUserIds=[acme.bob],
        ImpersonationRoleIds=[role],
        NotImpersonationRoleIds=[role],
    )
    acme.refuses("EntityNotFoundException", "PutAccessControlRule", Name="x", **rule, UserIds=[UNKNOWN_ID])
    acme.refuses("ResourceNotFoundException", "PutAccessControlRule", Name="x", **rule, ImpersonationRoleIds=[UNKNOWN_ID])
    acme.refuses("InvalidParameterException", "PutAccessControlRule", Name="x", **rule, Actions=["Telnet"])
    assert [each["Name"] for each in acme("ListAccessControlRules")["Rules"]] == ["default", "outside"]

    asked = {"IpAddress": "192.0.2.1", "Action": "EWS"}
    effect = acme("GetAccessControlEffect", **asked, UserId=acme.alice)
    assert (effect["Effect"], effect["MatchedRules"]) == ("DENY", ["outside"])
    acme.refuses("InvalidParameterException", "GetAccessControlEffect", **asked)
    acme.refuses("EntityNotFoundException", "GetAccessControlEffect", **asked, UserId=UNKNOWN_ID)
    acme.refuses("ResourceNotFoundException", "GetAccessControlEffect", **asked, ImpersonationRoleId=UNKNOWN_ID)

    for number in range(8):
        acme("PutAccessControlRule", Name=f"rule-{number}", **rule)
    acme.refuses("LimitExceededException", "PutAccessControlRule", Name="one-more", **rule)
    acme("DeleteAccessControlRule", Name="rule-0")
    acme("DeleteAccessControlRule", Name="rule-0")


def test_impersonation(acme):
    rule = {"ImpersonationRuleId": "one", "Name": "First", "Description": "Alice only", "Effect": "ALLOW"}
    role = {"Type": "FULL_ACCESS", "Description": "Calendar"}
    others = {**rule, "ImpersonationRuleId": "two", "Name": "Second", "NotTargetUsers": [acme.alice]}
    rules = [{**rule, "TargetUsers": [acme.alice]}, others]
    made = acme("CreateImpersonationRole", Name="calendar", **role, Rules=rules)["ImpersonationRoleId"]
    this = {"ImpersonationRoleId": made}
    got = acme("GetImpersonationRole", **this)
    assert got["Rules"] == rules
    assert got["DateModified"] - got["DateCreated"] == timedelta(0)
    for operation, rest in (("CreateImpersonationRole", {}), ("UpdateImpersonationRole", this)):
        whom = {**rest, "Name": "other", "Type": "READ_ONLY"}
        acme.refuses("EntityNotFoundException", operation, **whom, Rules=[{**rule, "TargetUsers": [UNKNOWN_ID]}])
        acme.refuses("EntityStateException", operation, **whom, Rules=[{**rule, "TargetUsers": [acme.gone]}])
        acme.refuses("InvalidParameterException", operation, **whom, Rules=[rule, rule])
    acme("UpdateImpersonationRole", **this, Name="calendar", **role, Rules=rules)

    assert acme("AssumeImpersonationRole", **this)["ExpiresIn"] == 900
    effect = acme("GetImpersonationRoleEffect", **this, TargetUser=acme.alice)
    assert (effect["Effect"], effect["MatchedRules"]) == ("ALLOW", [{"ImpersonationRuleId": "one", "Name": "First"}])
    acme.refuses("EntityNotFoundException", "GetImpersonationRoleEffect", **this, TargetUser=UNKNOWN_ID)
    acme.refuses("EntityStateException", "GetImpersonationRoleEffect", **this, TargetUser=acme.carol)
    unknown = {"ImpersonationRoleId": UNKNOWN_ID}
    acme.refuses("ResourceNotFoundException", "GetImpersonationRoleEffect", **unknown, TargetUser=acme.alice)
    acme.refuses("ResourceNotFoundException", "GetImpersonationRole", **unknown)
    acme.refuses("ResourceNotFoundException", "AssumeImpersonationRole", **unknown)
    acme.refuses("ResourceNotFoundException", "UpdateImpersonationRole", **unknown, Name="x", Type="READ_ONLY", Rules=[])

    for number in range(19):
        acme("CreateImpersonationRole", Name=f"role-{number}", Type="READ_ONLY", Rules=[])
    acme.refuses("LimitExceededException", "CreateImpersonationRole", Name="one-more", Type="READ_ONLY", Rules=[])
    assert len(acme.all_pages("ListImpersonationRoles")) == 20
    acme("DeleteImpersonationRole", **this)
    acme("DeleteImpersonationRole", **this)


def test_mobile_devices(acme):
    properties = ("DeviceTypes", "DeviceModels", "DeviceOperatingSystems", "DeviceUserAgents")
    lists = {f"{no}{name}": ["x"] for no, name in itertools.product(("", "Not"), properties)}
    rule = acme("CreateMobileDeviceAccessRule", Name="strange", Effect="ALLOW", Description="Odd", **lists)
    this = {"MobileDeviceAccessRuleId": rule["MobileDeviceAccessRuleId"], "Name": "strange", "Effect": "DENY"}
    acme("UpdateMobileDeviceAccessRule", **this, **lists)
    unknown = {**this, "MobileDeviceAccessRuleId": UNKNOWN_ID}
    acme.refuses("EntityNotFoundException", "UpdateMobileDeviceAccessRule", **unknown)
    acme("CreateMobileDeviceAccessRule", Name="no phones", Effect="DENY", DeviceTypes=["phone"])
    assert len(acme("ListMobileDeviceAccessRules")["Rules"]) == 3
    effect = acme("GetMobileDeviceAccessEffect", DeviceType="Phone 7")
    assert (effect["Effect"], [each["Name"] for each in effect["MatchedRules"]]) == ("DENY", ["no phones"])
    for number in range(7):
        acme("CreateMobileDeviceAccessRule", Name=f"rule-{number}", Effect="ALLOW")
    acme.refuses("LimitExceededException", "CreateMobileDeviceAccessRule", Name="one-more", Effect="ALLOW")
    for _ in range(2):
        acme("DeleteMobileDeviceAccessRule", MobileDeviceAccessRuleId=this["MobileDeviceAccessRuleId"])

    device = {"UserId": acme.alice, "DeviceId": "A1"}
    acme("PutMobileDeviceAccessOverride", **device, Effect="ALLOW", Description="The boss")
    acme("PutMobileDeviceAccessOverride", UserId="bob", DeviceId="B2", Effect="DENY")
    assert acme("GetMobileDeviceAccessOverride", **device)["Description"] == "The boss"
    assert len(acme.all_pages("ListMobileDeviceAccessOverrides")) == 2
    acme.refuses("ResourceNotFoundException", "GetMobileDeviceAccessOverride", UserId=acme.alice, DeviceId="C3")
    of_unknown = {"UserId": UNKNOWN_ID, "DeviceId": "A1"}
    acme.refuses("EntityNotFoundException", "GetMobileDeviceAccessOverride", **of_unknown)
    acme.refuses("EntityNotFoundException", "ListMobileDeviceAccessOverrides", UserId=UNKNOWN_ID)
    acme.refuses("EntityNotFoundException", "PutMobileDeviceAccessOverride", **of_unknown, Effect="DENY")
    acme.refuses("EntityNotFoundException", "DeleteMobileDeviceAccessOverride", **of_unknown)
    acme.refuses("EntityStateException", "PutMobileDeviceAccessOverride", UserId=acme.carol, DeviceId="A1", Effect="DENY")
    for _ in range(2):
        acme("DeleteMobileDeviceAccessOverride", **device)


def test_availability(acme):
    one, other, missing = ({"DomainName": name} for name in ("one.test", "other.test", "missing.test"))
    by_lambda = {"LambdaProvider": {"LambdaArn": LAMBDA}}
    acme("CreateAvailabilityConfiguration", **one, EwsProvider=EWS)
    acme("CreateAvailabilityConfiguration", **other, **by_lambda)
    acme.refuses("NameAvailabilityException", "CreateAvailabilityConfiguration", **one, EwsProvider=EWS)
    for operation in ("CreateAvailabilityConfiguration", "UpdateAvailabilityConfiguration"):
        acme.refuses("InvalidParameterException", operation, **one, EwsProvider=EWS, **by_lambda)
    listed = acme.all_pages("ListAvailabilityConfigurations")
    assert [each["ProviderType"] for each in listed] == ["EWS", "LAMBDA"]
    assert "EwsPassword" not in listed[0]["EwsProvider"]
    acme("UpdateAvailabilityConfiguration", **other, EwsProvider=EWS)
    acme.refuses("ResourceNotFoundException", "UpdateAvailabilityConfiguration", **missing, EwsProvider=EWS)

    assert acme("TestAvailabilityConfiguration", **one)["TestPassed"] is True
    unreachable = {**EWS, "EwsEndpoint": "https://ews.invalid/"}
    failed = acme("TestAvailabilityConfiguration", EwsProvider=unreachable)
    assert failed["TestPassed"] is False
    assert failed["FailureReason"]
    acme.refuses("ResourceNotFoundException", "TestAvailabilityConfiguration", **missing)

    for number in range(98):
        acme("CreateAvailabilityConfiguration", DomainName=f"d{number}.test", **by_lambda)
    acme.refuses("LimitExceededException", "CreateAvailabilityConfiguration", DomainName="one-more.test", **by_lambda)
    for _ in range(2):
        acme("DeleteAvailabilityConfiguration", **one)


def test_retention(acme):
    folders = [{"Name": "INBOX", "Action": "DELETE", "Period": 30}, {"Name": "DRAFTS", "Action": "NONE"}]
    acme.refuses("EntityNotFoundException", "GetDefaultRetentionPolicy")
    acme("PutRetentionPolicy", Name="keep", Description="A month", FolderConfigurations=folders)
    policy = acme("GetDefaultRetentionPolicy")
    assert policy["FolderConfigurations"] == folders
    acme.refuses("LimitExceededException", "PutRetentionPolicy", Name="second", FolderConfigurations=folders)
    acme.refuses("InvalidParameterException", "PutRetentionPolicy", Id="unknown", Name="x", FolderConfigurations=folders)
    acme("PutRetentionPolicy", Id=policy["Id"], Name="keep", FolderConfigurations=folders[1:])
    for _ in range(2):
        acme("DeleteRetentionPolicy", Id=policy["Id"])


def test_email_monitoring_and_dmarc(acme):
    acme.refuses("ResourceNotFoundException", "DescribeEmailMonitoringConfiguration")
    acme("PutEmailMonitoringConfiguration", LogGroupArn=LOG_GROUP, RoleArn=ROLE)
    described = acme("DescribeEmailMonitoringConfiguration")
    assert (described["LogGroupArn"], described["RoleArn"]) == (LOG_GROUP, ROLE)
    for _ in range(2):
        acme("DeleteEmailMonitoringConfiguration")

    assert acme("DescribeInboundDmarcSettings")["Enforced"] is True
    acme("PutInboundDmarcSettings", Enforced=False)
    assert acme("DescribeInboundDmarcSettings")["Enforced"] is False


def test_identity_center(acme):
    made = {"Name": "mail", "InstanceArn": INSTANCE}
    acme.refuses("InvalidParameterException", "CreateIdentityCenterApplication", Name="", InstanceArn=INSTANCE)
    application = acme("CreateIdentityCenterApplication", **made, ClientToken="once")
    assert acme("CreateIdentityCenterApplication", **made, ClientToken="once")["ApplicationArn"] == application["ApplicationArn"]
    this = {"ApplicationArn": application["ApplicationArn"]}
    configuration = {
        "AuthenticationMode": "IDENTITY_PROVIDER_AND_DIRECTORY",
        "PersonalAccessTokenConfiguration": {"Status": "ACTIVE", "LifetimeInDays": 90},
    }
    center = {"InstanceArn": INSTANCE}
    acme.refuses("ResourceNotFoundException", "DescribeIdentityProviderConfiguration")
    acme.refuses(
        "ResourceNotFoundException",
        "PutIdentityProviderConfiguration",
        **configuration,
        IdentityCenterConfiguration={**center, "ApplicationArn": NO_APPLICATION},
    )
    acme("PutIdentityProviderConfiguration", **configuration, IdentityCenterConfiguration={**center, **this})
    described = acme("DescribeIdentityProviderConfiguration")
    assert described["PersonalAccessTokenConfiguration"] == configuration["PersonalAccessTokenConfiguration"]
    acme("DeleteIdentityCenterApplication", **this)
    assert acme("DescribeIdentityProviderConfiguration") == {**described, "ResponseMetadata": ANY}
    for _ in range(2):
        acme("DeleteIdentityProviderConfiguration")
    for _ in range(2):
        acme("DeleteIdentityCenterApplication", **this)
    acme.refuses("InvalidParameterException", "DeleteIdentityCenterApplication", ApplicationArn="arn:aws:sns:::topic")


def test_a_user_of_an_identity_store(acme):
    identity = {"IdentityProviderUserId": "0123456789-" + UNKNOWN_ID, "IdentityProviderIdentityStoreId": "d-0123456789"}
    seed = {"Organizations": [{"Alias": "federated", "Users": [{"Name": "alice", **identity}]}]}
    acme.server.control("POST", "seed", seed)
    federated = acme("ListOrganizations")["OrganizationSummaries"][-1]["OrganizationId"]
    [listed] = acme("ListUsers", OrganizationId=federated)["Users"]
    described = acme("DescribeUser", OrganizationId=federated, UserId="alice")
    for answer in (listed, described):
        assert {name: answer[name] for name in identity} == identity


def test_personal_access_tokens(acme):
    tokens = [
        acme.server.simulate("personalAccessTokenCreated", userId=acme.alice, name=name, scopes=["imap"])["id"]
        for name in ("phone", "laptop")
    ]
    acme.server.simulate("personalAccessTokenUsed", personalAccessTokenId=tokens[0])
    this = {"PersonalAccessTokenId": tokens[0]}
    got = acme("GetPersonalAccessTokenMetadata", **this)
    assert (got["Name"], got["Scopes"]) == ("phone", ["imap"])
    assert got["ExpiresTime"] - got["DateCreated"] == timedelta(days=365)
    assert [each["Name"] for each in acme.all_pages("ListPersonalAccessTokens", UserId=acme.alice)] == ["phone", "laptop"]
    acme.refuses("EntityNotFoundException", "ListPersonalAccessTokens", UserId=UNKNOWN_ID)
    acme.refuses("EntityStateException", "ListPersonalAccessTokens", UserId=acme.gone)
    for _ in range(2):
        acme("DeletePersonalAccessToken", **this)
    acme.refuses("ResourceNotFoundException", "GetPersonalAccessTokenMetadata", **this)


def test_nothing_was_left_out(request, outcomes):
    here = {item.name for item in request.session.items if item.path == request.path}
    everything = {name for name in globals() if name.startswith("test_")}
    if not everything <= {name.partition("[")[0] for name in here}:
        pytest.skip("only some of the scenarios ran")

    cannot_happen = {(operation, error) for error, operations, _ in CANNOT_HAPPEN for operation in operations}
    declared = {(name, error) for name, errors in DECLARED.items() for error in errors}
    expected = {(name, SUCCESS) for name in OPERATIONS} | declared - cannot_happen
    assert sorted(expected - outcomes.seen) == [], "never happened"
    assert sorted(cannot_happen - declared) == [], "cannot happen, but is not even declared"
    assert sorted(cannot_happen & outcomes.seen) == [], "cannot happen, but did"

    never = {(operation, path) for path, operations, _ in NEVER_ANSWERED for operation in operations}
    members = {(name, path) for name, model in OPERATIONS.items() for path in members_of(model)}
    assert sorted(members - never - outcomes.members) == [], "was never part of an answer"
    assert sorted(never & outcomes.members) == [], "is never answered, but was"

"""GuardedService refuses what would touch anything that a run has not made, whatever an experiment tries."""

import pytest
from botocore.exceptions import ClientError

from aws_of_tests import ACCOUNT, UNKNOWN_ID, ORGANIZATION, RUN

ARN = f"arn:aws:workmail:us-east-1:{ACCOUNT}:organization/{ORGANIZATION}"


@pytest.fixture
def service(aws):
    service = aws.service(own_organizations=True)
    yield service
    service.ledger.close()


def own(aws, kind="Users", name="wml-bob"):
    [organization] = aws.before
    return next(each for each in organization[kind] if each["Name"] == name)


def refuse(aws, service, operation, **parameters):
    calls = len(aws.relay.operations(operation))
    with pytest.raises(RUN.NotAllowed):
        service.call(operation, **parameters)
    assert len(aws.relay.operations(operation)) == calls


def test_refuses_names_that_do_not_begin_as_those_of_a_run(aws, service):
    for name in ("alice", "wml-bob", "wml-0123abc-x", "xwml-0123abcd-x", ""):
        refuse(aws, service, "CreateUser", Name=name, DisplayName="x")
        refuse(aws, service, "CreateOrganization", Alias=name)
    user = service.call("CreateUser", Name="wml-0123abcd-x", DisplayName="x")["UserId"]
    refuse(aws, service, "RegisterToWorkMail", EntityId=user, Email="x@wml-acme.example")
    refuse(aws, service, "RegisterMailDomain", DomainName="wml.example")
    refuse(aws, service, "TagResource", ResourceARN=ARN, Tags=[{"Key": "wml-team", "Value": "x"}])
    refuse(aws, service, "UntagResource", ResourceARN=ARN, TagKeys=["wml-team"])
    service.undo()
    assert aws.state() == aws.before


def test_refuses_entities_that_the_run_has_not_made(aws, service):
    bob, group = own(aws)["UserId"], own(aws, "Groups", "wml-all")["GroupId"]
    made = service.call("CreateUser", Name="wml-0123abcd-x", DisplayName="x")["UserId"]
    for one in (bob, "wml-bob", "wml-bob@wml-acme.example"):
        refuse(aws, service, "DeleteUser", UserId=one)
        refuse(aws, service, "DeregisterFromWorkMail", EntityId=one)
        refuse(aws, service, "CreateAlias", EntityId=one, Alias="wml-0123abcd-x@wml-acme.example")
        refuse(aws, service, "PutMailboxPermissions", EntityId=one, GranteeId=made, PermissionValues=["SEND_AS"])
        refuse(aws, service, "PutMailboxPermissions", EntityId=made, GranteeId=one, PermissionValues=["SEND_AS"])
    refuse(aws, service, "AssociateMemberToGroup", GroupId=group, MemberId=made)
    role = own(aws, "ImpersonationRoles", "wml-role")["ImpersonationRoleId"]
    refuse(aws, service, "DeleteImpersonationRole", ImpersonationRoleId=role)
    service.undo()
    assert aws.state() == aws.before


def test_refuses_what_the_whole_organization_has(aws, service):
    refuse(aws, service, "PutInboundDmarcSettings", Enforced=False)
    refuse(aws, service, "UpdateDefaultMailDomain", DomainName="wml-0123abcd-x.example")
    refuse(aws, service, "DeleteOrganization", OrganizationId=ORGANIZATION, DeleteDirectory=True)
    refuse(aws, service, "CreateIdentityCenterApplication", Name="wml-0123abcd-x", InstanceArn="x")
    refuse(aws, service, "DeleteAccessControlRule", Name="default")
    rule = {"Name": "wml-0123abcd-x", "Effect": "DENY", "Description": "x"}
    for conditions in ({}, {"IpRanges": ["10.0.0.0/8"]}, {"IpRanges": ["192.0.2.0/8"]}, {"NotIpRanges": ["192.0.2.0/24"]},
                       {"UserIds": [own(aws)["UserId"]]}, {"Actions": ["EWS"]}):  # fmt: skip
        refuse(aws, service, "PutAccessControlRule", **rule, **conditions)
    refuse(aws, service, "CreateMobileDeviceAccessRule", Name="wml-0123abcd-x", Effect="DENY")
    assert aws.state() == aws.before


def test_refuses_settings_that_exist(aws, service):
    client = aws.client(aws.server.url)
    here = {"OrganizationId": ORGANIZATION}
    policy = {"Name": "year", "FolderConfigurations": [{"Name": "INBOX", "Action": "NONE"}]}
    client.put_retention_policy(**here, **policy)
    client.put_email_monitoring_configuration(**here, LogGroupArn="arn:aws:logs:us-east-1:111122223333:log-group:ours:*")
    before = aws.state()
    refuse(aws, service, "PutRetentionPolicy", **policy | {"Name": "wml-0123abcd-x"})
    refuse(aws, service, "DeleteRetentionPolicy", Id=before[0]["RetentionPolicy"]["Id"])
    refuse(aws, service, "PutEmailMonitoringConfiguration",
                LogGroupArn="arn:aws:logs:us-east-1:111122223333:log-group:wml:*")  # fmt: skip
    refuse(aws, service, "DeleteEmailMonitoringConfiguration")
    service.undo()
    assert aws.state() == before


def test_refuses_a_fourth_registered_user(aws, service):
    for name in "abcd":
        service.call("CreateUser", Name=f"wml-0123abcd-{name}", DisplayName=name)
    address = "wml-0123abcd-{}@wml-acme.example".format
    for name in "abc":
        service.call("RegisterToWorkMail", EntityId=f"wml-0123abcd-{name}", Email=address(name))
    refuse(aws, service, "RegisterToWorkMail", EntityId="wml-0123abcd-d", Email=address("d"))
    service.call("DeregisterFromWorkMail", EntityId="wml-0123abcd-a")
    service.call("RegisterToWorkMail", EntityId="wml-0123abcd-d", Email=address("d"))
    service.undo()
    assert aws.state() == aws.before


def test_lets_deletions_of_nothing_pass(aws, service):
    service.call("DeleteUser", UserId=UNKNOWN_ID)
    service.call("DeleteEmailMonitoringConfiguration")
    service.call("DeleteAccessControlRule", Name="wml-0123abcd-x")
    service.undo()
    assert aws.state() == aws.before


def test_leaves_what_has_the_name_of_a_run_and_was_there_before(aws, service):
    """The user wml-0123abcd-carol has the form of a name of a run, but no run has made it."""
    with pytest.raises(ClientError, match="NameAvailabilityException"):
        service.call("CreateUser", Name="wml-0123abcd-carol", DisplayName="x")
    service.undo()
    service.undoing.sweep()
    assert aws.state() == aws.before

"""Organizations: what WorkMail holds, what users and AWS do to it, and what its rules mean."""

import pytest
from browser import ENTER

ROWS = "[role=search] + div tbody tr"


def test_an_organization_shows_its_state_domains_and_counts(browser, acme, visit):
    visit("organizations")
    browser.click("acme")
    browser.sees("alice@acme.test")
    for text in ["Active", "acme.test", "VERIFIED", "Users 2", "Groups 1", "Resources 1", "Rules", "Jobs"]:
        assert text in browser.text()
    browser.click("Resources 1")
    browser.sees("room-1@acme.test")


def test_a_state_is_a_colored_word(browser, program, acme, visit_acme):
    organization = acme["OrganizationId"]
    for name in ("idle", "gone"):
        program.create_group(OrganizationId=organization, Name=name)
    program.delete_group(OrganizationId=organization, GroupId="gone")
    visit_acme("groups")
    browser.sees("all@acme.test")
    colours = browser.run("""
        return [...document.querySelectorAll(arguments[0])].map((one) => [one.innerText, getComputedStyle(one).color])
        """, f"{ROWS} .state")
    assert sorted(word for word, _ in colours) == ["DELETED", "DISABLED", "ENABLED"]
    assert len({colour for _, colour in colours}) == 3


def test_many_users_are_paged_and_filtered(browser, server, visit):
    many = {"Organizations": [{"Alias": "many", "Users": [
        {"Name": f"user-{number:06}", "DisplayName": f"User {number}"} for number in range(100_000)]}]}
    organization = server.control("POST", "seed", many)["Organizations"][0]["OrganizationId"]
    visit(f"organizations/{organization}/users")
    browser.sees("user-000099")
    browser.sees("100+")
    browser.click("Next")
    browser.sees("user-000199")
    browser.sees_no("user-000099")
    browser.click("Previous")
    browser.sees("user-000099")
    browser.type("Begins with", "user-09999")
    browser.sees("user-099999")
    assert browser.text().count("user-0") == 10
    browser.choose("Filter by", "state")
    browser.choose("State is", "ENABLED")
    browser.sees("No users match this filter.")
    assert browser.run("return document.querySelectorAll('*').length") < 5000


def test_deleted_entities_have_their_days_left(browser, server, program, acme, visit_acme):
    program.delete_user(OrganizationId=acme["OrganizationId"], UserId="bob")
    server.advance("P10D")
    visit_acme("users")
    browser.sees("20 days left")
    browser.click("bob")
    browser.sees("20 of 30 days left until it is removed")


@pytest.mark.parametrize("count", [150, 1150])
def test_every_page_shows_the_days_left(browser, server, visit, count):
    """Also when so many disappear that the list of scheduled events does not reach the last."""
    server.control("PUT", "clock", {"now": "2030-01-31T00:00:00Z", "frozen": True})
    users = [{"Name": f"user-{number:04}", "DisplayName": "One", "State": "DELETED",
              "DeletedDate": f"2030-01-{1 + number * 29 // count:02}T12:00:00Z"} for number in range(count)]
    seed = {"Organizations": [{"Alias": "many", "Users": users}]}
    organization = server.control("POST", "seed", seed)["Organizations"][0]["OrganizationId"]
    visit(f"organizations/{organization}/users")
    for page in range(1, 1 + (count - 1) // 100):
        browser.sees(f"user-{page * 100 - 1:04}")
        browser.click("Next")
        browser.sees(f"Page {page + 1}")
    browser.sees(f"user-{count - 1:04}")
    rows = browser.run(f"return [...document.querySelectorAll('{ROWS}')].map((one) => one.innerText)")
    expected = [1 + number * 29 // count for number in range(count // 100 * 100, count)]
    assert [f"{days} days left" in row for row, days in zip(rows, expected, strict=True)] == [True] * len(expected)


def test_a_deleted_organization_is_shown(browser, program, acme, visit):
    program.delete_organization(OrganizationId=acme["OrganizationId"], DeleteDirectory=True, ForceDelete=True)
    visit(f"organizations/{acme['OrganizationId']}")
    browser.sees("is not Active, state: Deleted")


def test_a_user_has_a_page_with_everything(browser, program, acme, visit_acme, picture):
    organization, alice = acme["OrganizationId"], acme["Users"]["alice"]
    program.register_to_work_mail(
        OrganizationId=organization, EntityId=acme["Users"]["bob"], Email="bob@acme.test")
    program.put_mailbox_permissions(
        OrganizationId=organization, EntityId=alice, GranteeId=acme["Users"]["bob"], PermissionValues=["SEND_AS"])
    program.put_mobile_device_access_override(
        OrganizationId=organization, UserId=alice, DeviceId="device1", Effect="ALLOW", Description="an old phone")
    visit_acme("users/alice")
    for text in ["al@acme.test", "SEND_AS", "an old phone", "0 of 51200 MB", "PutMailboxPermissions"]:
        browser.sees(text)
    assert "EnabledDate" in browser.text()
    browser.run("window.scrollTo(0, 0)")
    picture("user")
    browser.click("all")
    browser.sees("All groups")


def test_groups_and_resources_have_pages(browser, visit_acme, acme):
    visit_acme("groups/all")
    browser.click("alice")
    browser.sees("al@acme.test")
    visit_acme("resources/room-1")
    browser.sees("Delegates")
    browser.click(acme["Users"]["alice"])
    browser.sees("al@acme.test")


def test_the_thirty_days_of_a_mailbox_are_a_bar(browser, server, program, acme, visit_acme):
    program.deregister_from_work_mail(OrganizationId=acme["OrganizationId"], EntityId=acme["Users"]["alice"])
    server.advance("P12D")
    visit_acme("users/alice")
    browser.sees("18 of 30 days left until the mailbox is deleted")
    browser.sees("DeregisterFromWorkMail")
    value, most = browser.run("const { value, max } = document.querySelector('meter'); return [value, max]")
    assert 17 < value <= 18 and most == 30


def test_what_users_do_is_simulated(browser, visit_acme):
    visit_acme("users/alice")
    browser.type("Simulate a size, MB", "50000")
    browser.press(ENTER)
    browser.sees("50000 of 51200 MB")
    browser.type("Simulate a new one, named", "laptop")
    browser.click("Create")
    browser.sees("The token, shown this once")
    browser.sees("never")
    browser.click("Use: laptop")
    browser.sees_no("never")


def test_what_aws_does_is_simulated(browser, program, acme, visit_acme):
    visit_acme("users")
    browser.click("Fail: acme.test")
    browser.sees("FAILED")
    browser.click("Verify: acme.test")
    browser.sees_no("FAILED")
    browser.click("Simulate another state")
    browser.choose("State", "Impaired")
    browser.type("Error message", "the directory is gone")
    browser.click("Set")
    browser.sees("the directory is gone")
    assert program.describe_organization(OrganizationId=acme["OrganizationId"])["State"] == "Impaired"


@pytest.mark.options("--pace", "1h")
def test_a_job_fails_and_another_completes(browser, program, acme, visit_acme):
    bob = acme["Users"]["bob"]
    program.register_to_work_mail(OrganizationId=acme["OrganizationId"], EntityId=bob, Email="bob@acme.test")
    jobs = [program.start_mailbox_export_job(
        OrganizationId=acme["OrganizationId"], EntityId=user, S3BucketName="mail", S3Prefix="out",
        RoleArn="arn:aws:iam::000000000000:role/export", KmsKeyArn="arn:aws:kms:us-east-1:000000000000:key/one",
    )["JobId"] for user in (acme["Users"]["alice"], bob)]
    visit_acme("jobs")
    browser.click(f"Fail: {jobs[0]}")
    browser.sees("FAILED")
    browser.click(f"Complete: {jobs[1]}")
    browser.sees("COMPLETED")
    browser.sees_no("RUNNING")
    states = [program.describe_mailbox_export_job(
        OrganizationId=acme["OrganizationId"], JobId=job)["State"] for job in jobs]
    assert states == ["FAILED", "COMPLETED"]


def test_what_would_happen_if_a_client_opens_a_mailbox(browser, program, acme, visit_acme):
    program.put_access_control_rule(
        OrganizationId=acme["OrganizationId"], Name="no-imap", Effect="DENY", Description="not from outside",
        Actions=["IMAP"])
    visit_acme("rules")
    browser.sees("no-imap")
    browser.click("What if")
    browser.choose("With", "IMAP")
    browser.type("User ID", acme["Users"]["alice"])
    browser.type("From address", "192.0.2.1")
    browser.press(ENTER)
    browser.sees("Matched: no-imap")
    assert "DENY" in browser.text()


def test_what_would_happen_if_a_device_connects(browser, program, acme, visit_acme):
    program.create_mobile_device_access_rule(
        OrganizationId=acme["OrganizationId"], Name="no-tablets", Effect="DENY", DeviceTypes=["tablet"])
    visit_acme("effects")
    browser.type("Type", "tablet")
    browser.press(ENTER)
    browser.sees("Matched: no-tablets")
    assert "DENY" in browser.text()


def test_what_would_happen_if_a_role_acts_for_a_user(browser, program, acme, visit_acme):
    program.create_impersonation_role(
        OrganizationId=acme["OrganizationId"], Name="archive", Type="READ_ONLY",
        Rules=[{"ImpersonationRuleId": "1", "Name": "all-but-none", "Effect": "ALLOW"}])
    visit_acme("effects")
    browser.type("User: ID, name or address", "alice")
    browser.press(ENTER)
    browser.sees("READ_ONLY Matched: all-but-none")
    assert "ALLOW" in browser.text()

"""Organizations: their contents, simulated actions of users and AWS, and the effects of rules."""

import pytest
from browser import ENTER

ROWS = "[role=search] + div tbody tr"


def test_an_organization_shows_its_state_domains_and_counts(browser, acme, visit):
    visit("organizations")
    browser.click("acme")
    browser.sees("alice@acme.test")
    for text in ["Active", "acme.test", "Users 2", "Groups 1", "Resources 1", "Rules", "Jobs"]:
        assert text in browser.text()
    assert "VERIFIED" not in browser.text()
    browser.click("Domains 2")
    browser.sees("VERIFIED")
    browser.click("Resources 1")
    browser.sees("room-1@acme.test")


def test_a_state_is_a_colored_word(browser, program, acme, visit_acme):
    organization = acme["OrganizationId"]
    for name in ("idle", "gone"):
        program.create_group(OrganizationId=organization, Name=name)
    program.delete_group(OrganizationId=organization, GroupId="gone")
    visit_acme("groups")
    browser.sees("all@acme.test")
    colors = browser.run("""
        return [...document.querySelectorAll(arguments[0])].map((one) => [one.innerText, getComputedStyle(one).color])
        """, f"{ROWS} .state")
    assert sorted(word for word, _ in colors) == ["DELETED", "DISABLED", "ENABLED"]
    assert len({color for _, color in colors}) == 3


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
    """Also if so many are removed that the list of scheduled events does not contain the last."""
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


def test_tabs_come_before_the_details_and_a_click_does_not_move_the_page(browser, visit_acme):
    browser.size(1280, 300)
    visit_acme("users")
    browser.sees("alice@acme.test")
    tabs, details, list_ = browser.run("""
        return ['.tabs', 'details', '[role=search]'].map((one) => document.querySelector(one).getBoundingClientRect().y)
        """)
    assert tabs < details < list_
    browser.run("window.scrollTo(0, 70)")
    for tab, seen in [("Groups 1", "all@acme.test"), ("Jobs", "Mailbox export jobs"), ("Users 2", "alice@acme.test")]:
        browser.click(tab)
        browser.sees(seen)
        assert browser.run("return [window.scrollY, document.activeElement.innerText.trim()]") == [70, tab]


def test_attributes_and_domains_fold(browser, acme, visit_acme):
    visit_acme("users")
    browser.sees("alice@acme.test")
    assert acme["OrganizationId"] not in browser.text()
    browser.click("Attributes acme.test")
    browser.sees(acme["OrganizationId"])
    browser.click("Attributes acme.test")
    browser.sees_no(acme["OrganizationId"])


def test_fifty_domains_are_usable(browser, server, visit):
    domains = [{"DomainName": f"domain-{number}.test"} for number in range(50)]
    [acme] = server.control("POST", "seed", {"Organizations": [{"Alias": "acme", "Domains": domains}]})["Organizations"]
    visit(f"organizations/{acme['OrganizationId']}")
    browser.sees("This organization has no users.")
    assert browser.run("return document.documentElement.scrollHeight") < 1500
    browser.click("Domains 51")
    browser.sees("domain-7.test")
    browser.sees_no("Loading…")
    asked = server.control("GET", "requests?operation=GetMailDomain")["requests"]
    assert len(asked) == 10
    browser.type("Find a domain", "domain-49")
    browser.sees("1 of 51")
    browser.click("domain-49.test VERIFIED")
    browser.click("Fail: domain-49.test")
    browser.sees("FAILED")
    browser.type("Find a domain", "domain")
    browser.click("Show all 50")
    browser.sees("domain-48.test")


def test_a_hundred_organizations_are_usable(browser, server, visit):
    all_ = {"Organizations": [{"Alias": f"org-{number}"} for number in reversed(range(100))]}
    server.control("POST", "seed", all_)
    visit("organizations")
    browser.sees("100 of 100")
    aliases = "return [...document.querySelectorAll('tbody th')].map((one) => one.innerText)"
    assert browser.run(aliases) == sorted(browser.run(aliases))
    browser.type("Find", "org-77.")
    browser.sees("1 of 100")
    browser.click("org-77")
    browser.sees("org-77.awsapps.com")


def test_dns_records_and_ids_are_copied(browser, server, acme, visit_acme):
    browser.allow_clipboard(server.url)
    visit_acme("users")
    browser.click("Domains 2")
    browser.sees("MX")
    records = browser.run("""
        return [...document.querySelectorAll('.domain .copy')].map((one) => [
          one.getAttribute('aria-label'), one.previousElementSibling.innerText])""")
    assert len(records) > 8
    for name, value in records[:2]:
        browser.click(name)
        browser.wait("the copy", lambda value=value: browser.clipboard() == value)
    browser.click("Attributes acme.test")
    browser.click(f"Copy {acme['OrganizationId']}")
    browser.wait("the copy", lambda: browser.clipboard() == acme["OrganizationId"])
    visit_acme("users/alice")
    browser.click(f"Copy {acme['Users']['alice']}")
    browser.wait("the copy", lambda: browser.clipboard() == acme["Users"]["alice"])


def test_tags_are_shown(browser, program, acme, visit_acme):
    arn = program.describe_organization(OrganizationId=acme["OrganizationId"])["ARN"]
    program.tag_resource(ResourceARN=arn, Tags=[{"Key": "team", "Value": "blue"}])
    visit_acme("users")
    browser.click("Attributes acme.test")
    browser.sees("blue")


def test_identity_center_applications_are_shown(browser, program, client_of, visit_acme):
    instance = "arn:aws:sso:::instance/ssoins-1234567890abcdef"
    for client, name in [(program, "mail-app"), (client_of("111111111111"), "of-another")]:
        client.create_identity_center_application(Name=name, InstanceArn=instance)
    visit_acme("rules")
    browser.sees("mail-app")
    assert instance in browser.text() and "of-another" not in browser.text()


def test_without_a_retention_policy_it_is_none(browser, program, acme, visit_acme):
    visit_acme("rules")
    browser.sees("Default retention policy")
    browser.sees_no("Loading…")
    assert not browser.run("return document.querySelector('[role=alert]')")
    card = """
        const cards = [...document.querySelectorAll('.card')];
        return cards.find((one) => one.innerText.includes(arguments[0])).innerText"""
    assert browser.run(card, "Default retention policy").split("\n")[-1] == "None."
    program.put_retention_policy(OrganizationId=acme["OrganizationId"], Name="short", FolderConfigurations=[
        {"Name": "INBOX", "Action": "DELETE", "Period": 30}])
    visit_acme("rules")
    browser.sees("short")


def test_what_is_deleted_has_its_date_its_mailbox_and_its_color(browser, server, program, acme, visit_acme):
    server.control("PUT", "clock", {"now": "2030-01-01T12:00:00Z", "frozen": True})
    ids = {"OrganizationId": acme["OrganizationId"]}
    server.control("POST", "simulate", {
        "event": "mailboxUsed", "userId": acme["Users"]["alice"], "megabytes": 1234.5})
    program.deregister_from_work_mail(**ids, EntityId=acme["Users"]["alice"])
    colors = """
        const color = (one, part) => getComputedStyle(one, part).backgroundColor;
        const bar = (one) => [...document.styleSheets[0].cssRules].find(({ selectorText }) => selectorText?.includes(
          `meter.${one.className}::-webkit`)).style.background;
        return [document.querySelector('h1 .state').classList[1], document.querySelector('meter').className,
          bar(document.querySelector('meter'))]"""
    visit_acme("users/alice")
    browser.sees("30 of 30 days left until the mailbox is deleted, on 2030-01-31 12:00:00 UTC")
    browser.sees("Retained mailbox")
    browser.sees("1234.5 of 51200 MB")
    assert browser.run(colors) == ["still", "still", "var(--quiet)"]
    program.delete_user(**ids, UserId=acme["Users"]["alice"])
    visit_acme("users/alice")
    browser.sees("30 of 30 days left until it is removed, on 2030-01-31 12:00:00 UTC")
    browser.sees("1234.5 of 51200 MB")
    assert browser.run(colors) == ["bad", "bad", "var(--bad)"]
    visit_acme("users")
    browser.sees("30 days left, until 2030-01-31")


def test_permissions_are_shown_in_both_directions_by_name(browser, program, acme, visit_acme):
    ids = {"OrganizationId": acme["OrganizationId"]}
    program.register_to_work_mail(**ids, EntityId=acme["Users"]["bob"], Email="bob@acme.test")
    program.put_mailbox_permissions(**ids, EntityId=acme["Users"]["alice"], GranteeId=acme["Users"]["bob"],
                                    PermissionValues=["SEND_AS"])
    visit_acme("users/alice")
    browser.click("bob")
    browser.sees("bob@acme.test")
    browser.sees("Permissions for other mailboxes")
    browser.sees("SEND_AS")
    browser.click("alice")
    browser.sees("al@acme.test")


def test_a_user_has_a_page_with_everything(browser, program, acme, visit_acme, picture):
    organization, alice = acme["OrganizationId"], acme["Users"]["alice"]
    program.register_to_work_mail(
        OrganizationId=organization, EntityId=acme["Users"]["bob"], Email="bob@acme.test")
    program.put_mailbox_permissions(
        OrganizationId=organization, EntityId=alice, GranteeId=acme["Users"]["bob"], PermissionValues=["SEND_AS"])
    program.put_mobile_device_access_override(
        OrganizationId=organization, UserId=alice, DeviceId="device1", Effect="ALLOW", Description="an old phone")
    visit_acme("users/alice")
    for text in ["Alice", "al@acme.test", "SEND_AS", "an old phone", "0 of 51200 MB", "PutMailboxPermissions"]:
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
    browser.click("alice")
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
    browser.click("Domains 2")
    browser.click("Fail: acme.test")
    browser.sees("FAILED")
    browser.click("Verify: acme.test")
    browser.sees_no("FAILED")
    browser.click("Attributes acme.test")
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
    for user in ["alice", "alice@acme.test", acme["Users"]["alice"]]:
        browser.type("User", user)
        browser.type("From address", "192.0.2.1")
        browser.press(ENTER)
        browser.sees("Matched: no-imap")
        assert "DENY" in browser.text()
        browser.type("User", "no-such-user")
        browser.type("From address", "192.0.2.1")
        browser.press(ENTER)
        browser.sees("EntityNotFoundException")


def test_what_if_completes_names_and_addresses(browser, visit_acme):
    visit_acme("effects")
    for beginning in ["al", "Ali", "alice@"]:
        browser.type("User", beginning)
        browser.wait("the user", lambda: browser.run(
            "return [...document.querySelectorAll('#of-user option')].map((one) => one.value)") == ["alice@acme.test"])
        browser.type("User", "-")
        browser.wait("no user", lambda: browser.run("return !document.querySelector('#of-user option')"))


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
    browser.type("For the user", "alice")
    browser.press(ENTER)
    browser.sees("READ_ONLY Matched: all-but-none")
    assert "ALLOW" in browser.text()

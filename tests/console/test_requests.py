"""What a person does in the console, from the empty start to the restored snapshot."""

import base64
import json
import os
import re
import subprocess
import urllib.parse
from pathlib import Path

import pytest

PICTURES = os.environ.get("WORKMAIL_PICTURES")

VIEWS = ["requests", "organizations", "clock", "faults", "snapshots", "setup"]

ACME = {"Organizations": [{
    "Alias": "acme",
    "Domains": [{"DomainName": "acme.test", "DefaultDomain": True}],
    "Users": [
        {"Name": "alice", "DisplayName": "Alice", "Email": "alice@acme.test", "Aliases": ["al@acme.test"]},
        {"Name": "bob", "DisplayName": "Bob"}],
    "Groups": [{"Name": "all", "Email": "all@acme.test", "Members": ["alice"]}],
    "Resources": [{"Name": "room-1", "Type": "ROOM", "Email": "room-1@acme.test", "Delegates": ["alice"]}]}]}

DROP = """
const data = new DataTransfer();
data.items.add(new File([arguments[1]], arguments[0]));
for (const type of ['dragover', 'drop']) {
  document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
}"""

NAMELESS = """
return [...document.querySelectorAll('button, a, input:not([hidden]), select')].filter((one) => {
  const label = one.labels?.[0]?.textContent ?? one.getAttribute('aria-label') ?? one.textContent;
  return !label.trim();
}).map((one) => one.outerHTML)"""


@pytest.fixture
def acme(server):
    return server.control("POST", "seed", ACME)["Organizations"][0]


def picture(browser, name):
    if PICTURES:
        browser.picture(Path(PICTURES) / f"{name}.png")


def opened(browser, acme, part):
    return f"organizations/{acme['OrganizationId']}/{part}"


def test_an_empty_server_shows_how_to_begin_and_adds_an_example(browser, server):
    browser.go(server.url + "/")
    browser.sees("Point a program at it")
    browser.sees(f"export AWS_ENDPOINT_URL_WORKMAIL={server.url}")
    picture(browser, "setup")
    browser.click("Add an example organisation")
    browser.sees("alice@example.test")
    assert "ENABLED" in browser.text()
    picture(browser, "organization")


def test_requests_of_a_program_appear_live(browser, program, visit):
    visit("requests")
    browser.sees("No program has called WorkMail here yet.")
    organization = program.create_organization(Alias="acme")["OrganizationId"]
    browser.sees("CreateOrganization")
    program.create_user(OrganizationId=organization, Name="alice", DisplayName="Alice", Password="Secret-12345")
    with pytest.raises(program.exceptions.EntityNotFoundException):
        program.describe_user(OrganizationId=organization, UserId="nobody")
    browser.sees("EntityNotFoundException")
    assert "ListOrganizations" not in browser.text(), "the console shows its own calls"

    browser.type("Filter", "createuser 200")
    browser.sees_no("DescribeUser")
    browser.click("CreateUser")
    browser.sees('"Password": "********"')
    browser.click("Show the commands")
    browser.sees("aws workmail create-user --endpoint-url")
    browser.sees("workmail.create_user(")
    picture(browser, "request")
    browser.type("Filter", "nothing like this")
    browser.sees("No request passes this filter.")
    browser.type("Filter", " ")
    browser.choose("Outcome", "failed")
    browser.sees_no("CreateUser")

    browser.choose("Outcome", "every outcome")
    browser.click("Pause")
    program.list_users(OrganizationId=organization)
    browser.sees("paused, 1 new")
    assert "ListUsers" not in browser.text()
    browser.click("Resume")
    browser.sees("ListUsers")
    browser.click("Clear")
    browser.sees("No program has called WorkMail here yet.")


def test_the_commands_do_the_request_again(browser, program, server, visit):
    visit("requests")
    description = "the 'best' \"rule\" \\ äöü $HOME %s"
    organization = program.create_organization(Alias="acme")["OrganizationId"]
    rule = {"Name": "mine", "Effect": "DENY", "Description": description, "IpRanges": ["192.0.2.0/24"]}
    program.put_access_control_rule(OrganizationId=organization, **rule)
    browser.click("PutAccessControlRule")
    browser.click("Show the commands")
    in_shell, in_python = browser.run(
        "return [...document.querySelectorAll('.detail > pre')].map((one) => one.innerText)")
    for run in (lambda: exec(in_python, {}), lambda: subprocess.run(in_shell, shell=True, check=True)):
        program.delete_access_control_rule(OrganizationId=organization, Name="mine")
        run()
        rules = program.list_access_control_rules(OrganizationId=organization)["Rules"]
        [again] = [one for one in rules if one["Name"] == "mine"]
        assert {name: again[name] for name in rule} == rule


def test_thirty_days_later_a_mailbox_is_gone(browser, program, server, acme, visit):
    alice = acme["Users"]["alice"]
    program.deregister_from_work_mail(OrganizationId=acme["OrganizationId"], EntityId=alice)
    visit(opened(browser, acme, f"users/{alice}"))
    browser.sees("30 of 30 days left until the mailbox is deleted")
    browser.sees("DeregisterFromWorkMail")
    picture(browser, "user")
    visit("clock")
    browser.sees("the mailbox of alice is deleted")
    browser.click("+1 day")
    browser.sees("Nothing was due in that time.")
    browser.click("Go there")
    browser.wait("the event", lambda: "What happened" in browser.text() and "nothing is waiting" not in browser.text())
    browser.sees("Nothing: no mailbox")
    picture(browser, "clock")
    assert "MailboxDeprovisionedDate" not in program.describe_user(OrganizationId=acme["OrganizationId"], UserId=alice)
    browser.click("Freeze")
    browser.sees("frozen")
    browser.wait("the frozen clock", lambda: server.control("GET", "clock")["mode"] == "frozen")


def test_a_throttled_call_is_retried(browser, program, server, acme, visit):
    visit("faults")
    browser.sees("No fault rule")
    browser.type("Operation", "DescribeUser")
    browser.click("Throttle once")
    browser.sees("ThrottlingException")
    program.describe_user(OrganizationId=acme["OrganizationId"], UserId="alice")
    browser.click("Refresh the counts")
    browser.wait("the count", lambda: server.control("GET", "faults")["faults"][0]["struck"] == 1)
    picture(browser, "faults")
    browser.click("Requests")
    browser.sees("injected")
    browser.sees("retry 1")
    browser.sees("1 of 2")
    picture(browser, "requests")
    visit("faults")
    browser.click("Delete all")
    browser.click("Yes")
    browser.sees("No fault rule")


def test_a_rule_of_ones_own(browser, server, visit):
    visit("faults")
    browser.type("Operations", "CreateUser, List*")
    browser.type("Strike how often", "3")
    browser.type("Wait, seconds", "1.5")
    browser.choose("Answer", "connection: close")
    browser.choose("When", "after the change")
    browser.click("Add")
    browser.sees("waits 1.5 s; closes the connection; after the change was made")
    rule = server.control("GET", "faults")["faults"][0]
    assert rule["match"] == {"operation": ["CreateUser", "List*"]}
    assert (rule["times"], rule["delay"], rule["phase"], rule["answer"]) == (3, 1.5, "after", {"connection": "close"})


def test_a_snapshot_survives_a_reset(browser, server, acme, visit):
    visit("snapshots")
    browser.type("Name", "before")
    browser.click("Take a snapshot")
    browser.sees("Took before.")
    picture(browser, "snapshots")
    browser.click("To nothing")
    browser.click("No")
    assert server.control("GET", "state")["Organizations"]
    browser.click("To nothing")
    browser.click("Yes")
    browser.sees("It is empty.")
    assert not server.control("GET", "state")["Organizations"]
    browser.click("Restore")
    browser.sees("Restored before.")
    browser.click("Organisations")
    browser.click("acme")
    browser.sees("alice@acme.test")


def test_files_are_dropped(browser, server, visit):
    visit("organizations")
    browser.sees("No organisation belongs to the default account")
    browser.run(DROP, "acme.json", "// a comment\n" + json.dumps(ACME))
    browser.sees("Added acme")
    browser.sees("acme.test")
    browser.run(DROP, "acme.json", json.dumps(ACME))
    browser.wait("the refusal", lambda: re.search(r"acme\.json: .*Organizations", browser.text()))
    server.control_bytes("PUT", "snapshots/one")
    content = server.control_bytes("GET", "snapshots/one")
    script = "const bytes = Uint8Array.from(atob(arguments[1]), (c) => c.charCodeAt(0));" + DROP.replace(
        "[arguments[1]]", "[bytes]")
    browser.run(script, "my copy.sqlite3", base64.b64encode(content).decode())
    browser.sees("The snapshot my-copy is kept.")


def test_many_users_are_paged_and_filtered(browser, server, visit):
    many = {"Organizations": [{"Alias": "acme", "Users": [
        {"Name": f"user-{number:06}", "DisplayName": f"User {number}"} for number in range(100_000)]}]}
    acme = server.control("POST", "seed", many)["Organizations"][0]
    visit(opened(browser, acme, "users"))
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
    browser.sees("None of the users passes this filter.")
    assert browser.run("return document.querySelectorAll('*').length") < 5000


def test_what_people_and_aws_do_is_simulated(browser, program, acme, visit):
    organization = acme["OrganizationId"]
    visit(opened(browser, acme, "users"))
    browser.click("Fail: acme.test")
    browser.sees("FAILED")
    browser.click("Verify: acme.test")
    browser.sees_no("FAILED")
    browser.click("Simulate another state")
    browser.choose("State", "Impaired")
    browser.type("Error message", "the directory is gone")
    browser.click("Set")
    browser.sees("the directory is gone")
    assert program.describe_organization(OrganizationId=organization)["State"] == "Impaired"

    browser.choose("State", "Active")
    browser.click("Set")
    browser.wait("Active", lambda: program.describe_organization(OrganizationId=organization)["State"] == "Active")
    visit(opened(browser, acme, f"users/{acme['Users']['alice']}"))
    browser.sees("al@acme.test")
    browser.type("Simulate a size, MB", "50000")
    browser.run("document.querySelector('[name=megabytes]').form.requestSubmit()")
    browser.sees("50000 of 51200 MB")


def test_a_deleted_organization_is_shown(browser, program, acme, visit):
    program.delete_organization(OrganizationId=acme["OrganizationId"], DeleteDirectory=True, ForceDelete=True)
    visit(f"organizations/{acme['OrganizationId']}")
    browser.sees("is not Active, state: Deleted")


def test_deleted_entities_have_their_days_left(browser, server, program, acme, visit):
    program.delete_user(OrganizationId=acme["OrganizationId"], UserId="bob")
    server.control("POST", "clock/advance", {"by": "P10D"})
    visit(opened(browser, acme, "users"))
    browser.sees("20 days left")
    browser.click("bob")
    browser.sees("20 of 30 days left until it disappears")


def test_groups_and_resources_have_pages(browser, acme, visit):
    visit(opened(browser, acme, "groups"))
    browser.click("all")
    browser.sees("alice")
    visit(opened(browser, acme, f"resources/{acme['Resources']['room-1']}"))
    browser.sees("Delegates")
    browser.click(acme["Users"]["alice"])
    browser.sees("al@acme.test")


def test_what_would_happen_if(browser, program, acme, visit):
    organization = acme["OrganizationId"]
    program.put_access_control_rule(
        OrganizationId=organization, Name="no-imap", Effect="DENY", Description="not from outside", Actions=["IMAP"])
    visit(opened(browser, acme, "rules"))
    browser.sees("no-imap")
    visit(opened(browser, acme, "effects"))
    browser.type("From address", "192.0.2.1")
    browser.type("User id", acme["Users"]["alice"])
    browser.choose("With", "IMAP")
    browser.run("document.querySelector('[name=IpAddress]').form.requestSubmit()")
    browser.sees("Matched: no-imap")
    assert "DENY" in browser.text()


def test_text_of_strangers_stays_text(browser, program, acme, visit):
    hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
    organization = acme["OrganizationId"]
    user = program.create_user(OrganizationId=organization, Name="mallory", DisplayName=hostile, FirstName=hostile)
    program.create_resource(OrganizationId=organization, Name="room", Type="ROOM", Description=hostile[:64])
    visit(opened(browser, acme, "users"))
    browser.sees(hostile)
    visit(opened(browser, acme, f"users/{user['UserId']}"))
    browser.sees(hostile)
    browser.click("CreateUser")
    browser.sees("onerror")
    visit(opened(browser, acme, "resources"))
    browser.sees(hostile[:64])
    assert browser.run("return document.querySelectorAll('img, main script').length") == 0
    assert browser.run("return document.title") == "Organisations · workmail-local"


def test_nothing_is_asked_of_another_host(browser, server, acme, visit):
    browser.log("performance")
    for view in [*VIEWS, opened(browser, acme, "rules"), opened(browser, acme, f"users/{acme['Users']['alice']}")]:
        visit(view)
        browser.wait("the view", lambda: browser.run("return !!document.querySelector('h1')"))
    asked = set()
    for entry in browser.log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            asked.add(urllib.parse.urlsplit(message["params"]["request"]["url"]))
    hosts = {url.netloc for url in asked if url.scheme not in ("data", "about")}
    assert hosts == {urllib.parse.urlsplit(server.url).netloc}


def test_another_account_is_another_workmail(browser, program, acme, visit):
    visit("organizations")
    browser.sees("acme")
    browser.type("Account", "111111111111")
    browser.press("\ue007")
    browser.sees("No organisation belongs to 111111111111")
    browser.type("Account", "000000000000")
    browser.press("\ue007")
    browser.sees("acme")


def test_the_token_is_asked_for(browser, start):
    server = start("--control-token", "open-sesame")
    browser.go(f"{server.url}/_workmail/#/clock")
    browser.type("Token", "wrong")
    browser.click("Use it")
    browser.type("Token", "open-sesame")
    browser.click("Use it")
    browser.sees("What falls due next")
    browser.click("Requests")
    browser.sees("No program has called WorkMail here yet.")


@pytest.mark.parametrize("token", [(), ("--control-token", "open-sesame")], ids=["open", "with a token"])
def test_signatures_are_not_wanted_from_the_console(browser, start, tmp_path, token):
    keys, seed = tmp_path / "keys", tmp_path / "seed.json"
    keys.write_text("[default]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = wJalrXUtnFEMI\n")
    seed.write_text('{"Organizations": [{"Alias": "acme"}]}')
    server = start("--signatures", "verify", "--credentials", str(keys), "--seed", str(seed), *token)
    browser.go(f"{server.url}/_workmail/#/organizations")
    if token:
        browser.type("Token", token[1])
        browser.click("Use it")
    browser.sees("acme")


def test_a_server_without_a_journal_says_so(browser, start):
    server = start("--journal", "0")
    browser.go(f"{server.url}/_workmail/#/requests")
    browser.sees("The journal is off")


def test_a_reset_empties_the_requests(browser, program, visit):
    program.list_organizations()
    visit("requests")
    browser.sees("ListOrganizations")
    browser.click("Snapshots")
    browser.click("To the start")
    browser.click("Yes")
    browser.sees("It is as it started.")
    browser.click("Requests")
    browser.sees("No program has called WorkMail here yet.")


def test_a_server_that_ends_is_told(browser, server, visit):
    visit("requests")
    browser.sees("live")
    server.kill()
    browser.sees("The server does not answer.")
    server.start()


def test_the_keyboard_is_enough(browser, program, acme, visit):
    program.list_users(OrganizationId=acme["OrganizationId"])
    visit("requests")
    browser.sees("ListUsers")
    for _ in range(40):
        browser.press("\ue004")
        if browser.run("return document.activeElement.innerText") == "ListUsers":
            break
    browser.press("\ue007")
    browser.sees("Copy as aws command")
    assert browser.run("return document.activeElement.getAttribute('aria-expanded')") == "true"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_control_has_a_name_and_a_phone_is_wide_enough(browser, acme, visit, scheme):
    browser.scheme(scheme)
    browser.size(390, 844)
    alice = f"users/{acme['Users']['alice']}"
    for view in [*VIEWS, *(opened(browser, acme, part) for part in ["users", "rules", "jobs", "effects", alice])]:
        visit(view)
        browser.wait("the view", lambda: browser.run("return !!document.querySelector('h1')"))
        browser.sees_no("Loading…")
        assert browser.run(NAMELESS) == [], view
        assert browser.run("return document.documentElement.scrollWidth") <= 390, view
        picture(browser, f"{view.split('/')[-1] if alice not in view else 'user'}-phone-{scheme}")

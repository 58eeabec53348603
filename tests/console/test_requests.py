"""Requests: the calls of clients, live."""

import http.client
import subprocess

import pytest


def headings(browser):
    return browser.run("return [...document.querySelectorAll('thead th')].map((one) => one.innerText)")


def operations(browser):
    return browser.run("return [...document.querySelectorAll('tbody th')].map((one) => one.innerText)")


def shows(browser, *expected):
    browser.wait(f"{expected}", lambda: operations(browser) == list(expected))


@pytest.fixture
def some_requests(program, acme):
    """A user who is created, and one who is not found."""
    program.create_user(
        OrganizationId=acme["OrganizationId"], Name="carol", DisplayName="Carol", Password="Secret-12345")
    with pytest.raises(program.exceptions.EntityNotFoundException):
        program.describe_user(OrganizationId=acme["OrganizationId"], UserId="no-such-user")


def test_requests_of_a_program_appear_live(browser, program, visit):
    visit("requests")
    browser.sees("No client has called this server yet.")
    program.list_organizations()
    shows(browser, "ListOrganizations")
    with pytest.raises(program.exceptions.OrganizationNotFoundException):
        program.list_users(OrganizationId="m-" + "0" * 32)
    browser.sees("OrganizationNotFoundException")
    shows(browser, "ListUsers", "ListOrganizations")
    assert headings(browser) == [
        "Real time", "Emulated time", "Operation", "What", "Status", "Error", "ms", "Attempt", "Account"]


def test_times_numbers_and_accounts_stay_on_one_line(browser, program, acme, some_requests, visit):
    program.create_user(OrganizationId=acme["OrganizationId"], Name="u" * 64, DisplayName="U")
    with pytest.raises(program.exceptions.OrganizationNotFoundException):
        program.list_users(OrganizationId="m-" + "0" * 32)
    visit("requests")
    browser.sees("OrganizationNotFoundException")
    assert browser.run("""
        const cells = document.querySelectorAll('.requests tbody :is(.time, .number, .account)');
        return [...cells].filter((one) => {
          const range = document.createRange();
          range.selectNodeContents(one);
          return range.getBoundingClientRect().height > 30;
        }).map((one) => one.innerText)""") == []
    assert browser.run("""
        const { scrollWidth, clientWidth } = document.querySelector('.requests').parentElement;
        return scrollWidth <= clientWidth""")


def test_calls_of_the_console_are_shown_only_on_demand(browser, visit):
    visit("organizations")
    browser.sees("No organization")
    browser.click("Requests")
    browser.sees("No client has called this server yet.")
    browser.check("the console's own")
    browser.sees("ListOrganizations")


def test_the_tail_pauses_and_is_cleared(browser, program, acme, visit):
    visit("requests")
    browser.sees("live")
    browser.click("Pause")
    program.list_users(OrganizationId=acme["OrganizationId"])
    browser.sees("1 new")
    assert operations(browser) == []
    browser.click("Resume")
    shows(browser, "ListUsers")
    browser.click("Clear")
    browser.sees("No client has called this server yet.")


def test_requests_are_filtered_as_one_types(browser, client_of, some_requests, visit):
    client_of("111111111111").list_organizations()
    visit("requests")
    shows(browser, "ListOrganizations", "DescribeUser", "CreateUser")
    browser.type("Filter", "createu 200")
    shows(browser, "CreateUser")
    browser.type("Filter", "111111111111")
    shows(browser, "ListOrganizations")
    browser.type("Filter", "notfound")
    shows(browser, "DescribeUser")
    browser.type("Filter", "nothing like this")
    browser.sees("No request matches this filter.")
    browser.type("Filter", " ")
    browser.choose("Outcome", "failed")
    shows(browser, "DescribeUser")
    browser.choose("Outcome", "succeeded")
    shows(browser, "ListOrganizations", "CreateUser")


def test_a_row_shows_what_it_is_about_and_why_it_failed(browser, program, acme, visit):
    organization, alice = acme["OrganizationId"], acme["Users"]["alice"]
    program.create_user(OrganizationId=organization, Name="carol", DisplayName="Carol")
    program.create_alias(OrganizationId=organization, EntityId=alice, Alias="ally@acme.test")
    program.describe_user(OrganizationId=organization, UserId=alice)
    program.create_alias(OrganizationId=organization, EntityId=alice, Alias="lia@acme.test")
    with pytest.raises(program.exceptions.EntityNotFoundException):
        program.delete_alias(OrganizationId=organization, EntityId="no-such-user", Alias="x@acme.test")
    program.describe_organization(OrganizationId=organization)
    visit("requests")
    browser.sees("DescribeOrganization")
    about = "return [...document.querySelectorAll('td.what')].map((one) => one.innerText)"
    assert browser.run(about) == [
        "acme", "no-such-user, x@acme.test", "alice, lia@acme.test", "alice", "alice, ally@acme.test", "carol"]
    errors = browser.run("return [...document.querySelectorAll('td.error')].map((one) => one.innerText)")
    assert errors[1].split("\n") == [
        "EntityNotFoundException", f"Entity no-such-user not found in organization {organization}"]


def test_the_filter_finds_inputs_and_responses(browser, program, acme, visit):
    organization = acme["OrganizationId"]
    for number in (4, 5, 6):
        program.create_user(OrganizationId=organization, Name=f"user{number}", DisplayName="One")
    program.list_users(OrganizationId=organization)
    visit("requests")
    browser.type("Filter", "user5")
    shows(browser, "ListUsers", "CreateUser")


@pytest.mark.parametrize("kind, name", [("Users", "alice"), ("Groups", "all"), ("Resources", "room-1")])
def test_an_id_links_to_its_page(browser, program, acme, visit, kind, name):
    """In the row and in the request, for IDs of every kind."""
    program.list_aliases(OrganizationId=acme["OrganizationId"], EntityId=acme[kind][name])
    for inside in ("//td[@class='what']", "//pre"):
        visit("requests")
        if inside == "//pre":
            browser.click("ListAliases")
        browser.find(f"{inside}//a[normalize-space()='{acme[kind][name]}']")
        browser.run("document.evaluate(arguments[0], document).iterateNext().click()",
                    f"{inside}//a[normalize-space()='{acme[kind][name]}']")
        browser.sees(f"All {kind.lower()}")
        browser.sees(f"{name}")
        assert browser.run("return location.hash").endswith(f"/{kind.lower()}/{acme[kind][name]}")


def test_an_id_of_another_account_links_to_its_page(browser, client_of, visit):
    other = client_of("111111111111")
    organization = other.create_organization(Alias="other")["OrganizationId"]
    visit("requests")
    browser.click("other")
    browser.sees("other.awsapps.com")
    assert browser.run("return document.querySelector('header select').value") == "111111111111 us-east-1"


def test_the_emulated_time_is_beside_the_real_one_in_one_zone(browser, server, program, visit):
    server.control("PUT", "clock", {"now": "2031-02-03T04:05:06Z", "frozen": True})
    program.list_organizations()
    browser.devtools("Emulation.setTimezoneOverride", timezoneId="Asia/Tokyo")
    try:
        visit("requests")
        shows(browser, "ListOrganizations")
        browser.sees("times in UTC")
        [entry] = server.control("GET", "requests")["requests"]
        real, emulated = browser.run("return [...document.querySelectorAll('td.time')].map((one) => one.innerText)")
        assert (real, emulated) == (entry["at"][11:23], "2031-02-03 04:05:06")
    finally:
        browser.devtools("Emulation.setTimezoneOverride", timezoneId="")


def top_of(browser, operation):
    return browser.run("return document.evaluate(arguments[0], document).iterateNext().getBoundingClientRect().top",
                       f"//tbody//th[normalize-space()='{operation}']")


def test_rows_stay_while_one_is_open(browser, program, acme, visit):
    program.list_organizations()
    visit("requests")
    browser.click("ListOrganizations")
    browser.sees("Copy as aws command")
    before = top_of(browser, "ListOrganizations")
    for _ in range(3):
        program.list_users(OrganizationId=acme["OrganizationId"])
    browser.sees("3 new")
    assert operations(browser) == ["ListOrganizations"]
    assert top_of(browser, "ListOrganizations") == before
    browser.click("3 new")
    shows(browser, "ListUsers", "ListUsers", "ListUsers", "ListOrganizations")
    program.list_groups(OrganizationId=acme["OrganizationId"])
    browser.sees("1 new")
    browser.click("ListOrganizations")
    browser.move_to("h1")
    browser.wait("the new row", lambda: operations(browser)[0] == "ListGroups")


def test_rows_stay_while_the_pointer_is_on_them(browser, program, acme, visit):
    program.list_organizations()
    visit("requests")
    shows(browser, "ListOrganizations")
    browser.move_to("tbody tr")
    program.list_users(OrganizationId=acme["OrganizationId"])
    browser.sees("1 new")
    assert operations(browser) == ["ListOrganizations"]
    browser.move_to("h1")
    shows(browser, "ListUsers", "ListOrganizations")


def test_attempts_are_counted_whatever_is_filtered(browser, server, program, visit):
    server.control("POST", "faults", {"times": 2, "answer": {"error": "ThrottlingException"}})
    program.list_organizations()
    visit("requests")
    browser.choose("Outcome", "failed")
    shows(browser, "ListOrganizations", "ListOrganizations")
    browser.sees("1 of 3")


def test_a_request_opens_with_its_response_beside_it(browser, some_requests, visit, picture):
    visit("requests")
    browser.type("Filter", "createuser")
    shows(browser, "CreateUser")
    browser.click("CreateUser")
    browser.sees('"Password": "********"')
    browser.sees('{\n  "UserId": "')
    left, right = browser.run(
        "return [...document.querySelectorAll('.sides pre')].map((one) => one.getBoundingClientRect())")
    assert left["top"] == right["top"] and left["right"] < right["left"]
    browser.click("Show the commands")
    browser.sees("workmail.create_user(")
    picture("request")


def test_the_copied_commands_do_the_request_again(browser, program, server, acme, visit):
    description = "the 'best' \"rule\" \\ äöü $HOME %s"
    organization = acme["OrganizationId"]
    rule = {"Name": "mine", "Effect": "DENY", "Description": description, "IpRanges": ["192.0.2.0/24"]}
    program.put_access_control_rule(OrganizationId=organization, **rule)
    visit("requests")
    browser.allow_clipboard(server.url)
    browser.click("PutAccessControlRule")
    for name, run in {
        "aws command": lambda text: subprocess.run(text, shell=True, check=True),
        "boto3 call": lambda text: exec(text, {}),
    }.items():
        browser.click(f"Copy as {name}")
        browser.sees("Copied")
        program.delete_access_control_rule(OrganizationId=organization, Name="mine")
        run(browser.clipboard())
        rules = program.list_access_control_rules(OrganizationId=organization)["Rules"]
        [again] = [one for one in rules if one["Name"] == "mine"]
        assert {member: again[member] for member in rule} == rule


def test_what_is_no_operation_is_not_offered_for_copying(browser, server, visit):
    hostile = "x;{touch,pwned};:"
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("POST", "/", "{}", {"X-Amz-Target": f"WorkMailService.{hostile}"})
    assert connection.getresponse().status == 400
    connection.close()
    visit("requests")
    browser.click(hostile)
    browser.sees("no command can repeat the request")
    browser.sees_no("Copy as")
    browser.sees_no("Show the commands")


def test_a_hidden_page_holds_no_connection(browser, program, visit):
    """Browsers allow six connections to a server, in all tabs together."""
    hide = """
        Object.defineProperty(document, 'hidden', { value: arguments[0], configurable: true });
        document.dispatchEvent(new Event('visibilitychange'))"""
    visit("requests")
    browser.sees("live")
    browser.log("performance")
    browser.run(hide, True)
    browser.wait("the end of the stream", lambda: "Network.loadingFailed" in str(browser.log("performance")))
    program.list_organizations()
    browser.run(hide, False)
    shows(browser, "ListOrganizations")


@pytest.mark.options("--journal", "0")
def test_a_journal_that_is_off_is_shown_as_off(browser, visit):
    visit("requests")
    browser.sees("The journal is off")


def test_the_end_of_the_server_is_shown(browser, server, visit):
    visit("requests")
    browser.sees("live")
    server.kill()
    browser.sees("The server does not answer.")
    browser.click("Clock")
    browser.sees("Try again")
    server.start()

"""Requests: what programs asked, live."""

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
    """A created user, and one that is not found."""
    program.create_user(
        OrganizationId=acme["OrganizationId"], Name="carol", DisplayName="Carol", Password="Secret-12345")
    with pytest.raises(program.exceptions.EntityNotFoundException):
        program.describe_user(OrganizationId=acme["OrganizationId"], UserId="nobody")


def test_requests_of_a_program_appear_live(browser, program, visit):
    visit("requests")
    browser.sees("No client has called this server yet.")
    program.list_organizations()
    shows(browser, "ListOrganizations")
    with pytest.raises(program.exceptions.OrganizationNotFoundException):
        program.list_users(OrganizationId="m-" + "0" * 32)
    browser.sees("OrganizationNotFoundException")
    shows(browser, "ListUsers", "ListOrganizations")
    assert headings(browser) == ["Time", "Operation", "Status", "Error", "ms", "Attempt", "Account"]


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
    browser.sees("paused, 1 new")
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
    """Browsers allow six to a server, for all their tabs."""
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

"""The header: the account and region, a changed clock, and active fault rules."""

import json

import pytest
from conftest import ACME

OTHER = "111122223333"


@pytest.fixture
def elsewhere(server):
    """Two organizations of another account, and one of another region."""
    for region, alias in (("eu-west-1", "one"), ("eu-west-1", "two"), ("us-west-2", "three")):
        server.control("POST", "seed", {"Organizations": [{"Account": OTHER, "Region": region, "Alias": alias}]})


def head(browser):
    return browser.run("return document.querySelector('header').innerText")


def places(browser):
    return browser.run("return [...document.querySelectorAll('header option')].map((one) => one.innerText)")


def test_the_head_shows_that_the_clock_is_moved_or_frozen(browser, server, visit):
    visit("requests")
    browser.sees("All accounts and regions")
    assert "Clock" not in head(browser).replace("Clock\n", "", 1).replace("ClockFaults", "")
    server.advance("P10D")
    browser.sees("Clock 10 days ahead")
    server.control("PUT", "clock", {"now": "2040-01-02T03:04:05Z", "frozen": True})
    browser.sees("Clock frozen at 2040-01-02 03:04:05 UTC")
    browser.click("Clock frozen at 2040-01-02 03:04:05 UTC")
    browser.sees("Scheduled events")


def test_the_head_counts_the_fault_rules_that_are_active(browser, server, program, visit):
    server.control("POST", "faults", {"times": 1, "answer": {"error": "ThrottlingException"}})
    server.control("POST", "faults", {"delay": 0.001, "match": {"operation": "CreateUser"}})
    visit("requests")
    browser.click("2 active fault rules")
    browser.sees("Add a preset rule")
    program.list_organizations()
    browser.sees("1 active fault rule")
    browser.click("Delete all")
    browser.click("Yes")
    browser.wait("the end of the rule", lambda: "active" not in head(browser))


@pytest.mark.parametrize("width", [320, 390, 768])
def test_the_header_is_never_wider_than_the_window(browser, server, acme, visit, width):
    browser.size(width, 800)
    server.control("PUT", "clock", {"now": "2040-01-02T03:04:05Z", "frozen": True})
    server.control("POST", "faults", {"delay": 0.001, "match": {"operation": "CreateUser"}})
    visit("organizations")
    browser.sees("Clock frozen at")
    browser.sees("1 active fault rule")
    assert browser.run("return document.documentElement.scrollWidth") <= width


def test_accounts_and_regions_that_exist_are_offered_with_counts(browser, acme, elsewhere, client_of, visit):
    client_of("444444444444").list_organizations()
    visit("organizations")
    browser.sees("acme")
    browser.wait("the journal", lambda: len(places(browser)) == 5)
    assert places(browser) == [
        "000000000000 us-east-1 (1)", f"{OTHER} eu-west-1 (2)", f"{OTHER} us-west-2 (1)",
        "444444444444 us-east-1 (0)", "Other"]
    browser.choose("Account and region", f"{OTHER} eu-west-1 (2)")
    browser.sees("two")
    browser.sees_no("acme")
    browser.choose("Account and region", "000000000000 us-east-1 (1)")
    browser.sees("acme")


def test_another_account_is_typed(browser, server, visit):
    visit("organizations")
    browser.choose("Account and region", "Other")
    browser.type("Account", "222222222222")
    browser.type("Region", "eu-west-1")
    browser.click("Use")
    browser.sees("No organization belongs to 222222222222 in eu-west-1")
    visit("setup")
    browser.click("Add an example organization")
    browser.sees("alice@example.test")
    [organization] = server.control("GET", "state")["Organizations"]
    assert (organization["Account"], organization["Region"]) == ("222222222222", "eu-west-1")


@pytest.mark.parametrize("view", ["requests", "clock", "faults", "snapshots"])
def test_views_of_all_accounts_are_marked(browser, acme, visit, view):
    visit(view)
    browser.sees("All accounts and regions")
    assert places(browser) == []
    for bound in ("organizations", "setup"):
        visit(bound)
        browser.wait("the selector", lambda: places(browser))
        assert "All accounts and regions" not in head(browser)


def test_a_server_seeded_for_another_account_does_not_look_empty(browser, server, elsewhere):
    browser.go(server.url + "/")
    browser.sees("Requests")
    browser.click("Organizations")
    browser.sees("No organization belongs to the default account")
    browser.click(f"{OTHER} eu-west-1: 2 organizations")
    browser.sees("two")
    browser.sees_no("No organization belongs")


def test_an_address_leads_to_an_organization_of_another_account(browser, server, visit):
    document = json.loads(json.dumps(ACME))
    document["Organizations"][0]["Account"] = OTHER
    other = server.control("POST", "seed", document)["Organizations"][0]
    visit(f"organizations/{other['OrganizationId']}/users/{other['Users']['alice']}")
    browser.sees("al@acme.test")
    visit(f"organizations/{'m-' + '0' * 32}")
    browser.sees("There is no organization")

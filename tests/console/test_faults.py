"""Faults: fault injection, and its effect on clients."""

import botocore.exceptions
import pytest


def rules(server):
    return server.control("GET", "faults")["faults"]


def test_a_throttled_call_is_retried(browser, program, server, acme, visit, picture):
    visit("faults")
    browser.sees("No fault rule")
    browser.type("Operation", "DescribeUser")
    browser.click("Throttle once")
    browser.sees("ThrottlingException")
    program.describe_user(OrganizationId=acme["OrganizationId"], UserId="alice")
    browser.click("Refresh the counts")
    browser.wait("the count", lambda: browser.run("return document.querySelectorAll('td.number')[1].innerText") == "1")
    picture("faults")
    program.list_users(OrganizationId=acme["OrganizationId"])
    browser.click("Requests")
    for text in ["injected", "retry 1", "1 of 2"]:
        browser.sees(text)
    picture("requests")
    browser.choose("Outcome", "retries")
    browser.sees_no("1 of 2")
    browser.choose("Outcome", "injected faults")
    browser.sees("ThrottlingException")
    browser.sees_no("retry 1")


def test_503_for_all(browser, program, visit):
    visit("faults")
    browser.click("503 for all")
    browser.sees("ServiceUnavailable, 503")
    with pytest.raises(botocore.exceptions.ClientError, match="ServiceUnavailable"):
        program.list_organizations()
    browser.click("Delete the rule for every operation")
    browser.sees("No fault rule")
    program.list_organizations()


def test_a_slow_answer(browser, server, visit):
    visit("faults")
    browser.click("Slow: 2 s")
    browser.sees("waits 2 s")
    assert [rule["delay"] for rule in rules(server)] == [2]


def test_a_lost_answer(browser, program, server, acme, visit):
    """The change is made, so the name already exists when the client retries."""
    visit("faults")
    browser.click("Lose the next response")
    browser.sees("resets the connection, after the change was made")
    with pytest.raises(program.exceptions.NameAvailabilityException):
        program.create_user(OrganizationId=acme["OrganizationId"], Name="carol", DisplayName="Carol")
    browser.click("Requests")
    browser.sees("retry 1")
    browser.sees("NameAvailabilityException")


def test_a_rule_of_ones_own(browser, server, visit):
    visit("faults")
    browser.type("Operations", "CreateUser, List*")
    browser.type("Trigger how often", "3")
    browser.type("Delay, seconds", "1.5")
    browser.choose("Answer", "connection: close")
    browser.choose("When", "after the change")
    browser.click("Add")
    browser.sees("waits 1.5 s, closes the connection, after the change was made")
    [rule] = rules(server)
    assert rule["match"] == {"operation": ["CreateUser", "List*"]}
    assert (rule["times"], rule["delay"], rule["phase"], rule["answer"]) == (3, 1.5, "after", {"connection": "close"})
    browser.click("Delete all")
    browser.click("Yes")
    browser.sees("No fault rule")


def offered(browser, label):
    return browser.run(
        "const label = [...document.querySelectorAll('label')].find((one) => one.innerText.trim() === arguments[0]);"
        "return [...label.querySelector('input').list.options].map((one) => one.value)", label)


def test_names_are_offered_while_one_types(browser, client_of, server, acme, visit):
    client_of("111122223333").list_organizations()
    visit("faults")
    browser.wait("the errors", lambda: offered(browser, "Error code"))
    assert {"NameAvailabilityException", "ThrottlingException"} <= set(offered(browser, "Error code"))
    browser.wait("the accounts", lambda: set(offered(browser, "Account")) == {"000000000000", "111122223333"})
    for label in ("Operation", "Operations"):
        assert len(offered(browser, label)) == 92
        assert "CreateUser" in offered(browser, label)
        browser.type(label, "DeleteUser, Cre")
        assert "DeleteUser, CreateUser" in offered(browser, label)


def test_a_refusal_repeats_the_value_and_the_nearest_name(browser, visit):
    visit("faults")
    browser.type("Operation", "CreateUsr")
    browser.click("Throttle once")
    browser.sees('"CreateUsr" names no operation of WorkMail; did you mean CreateUser?')
    browser.type("Error code", "ThrotlingException")
    browser.click("Add")
    browser.sees('"ThrotlingException" is not an error of WorkMail; did you mean ThrottlingException?')

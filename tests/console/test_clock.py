"""Clock: moving the emulated time, and the events that this triggers."""

import datetime

import pytest


@pytest.fixture
def retained(program, acme):
    """The ID of a user whose mailbox will be deleted in thirty days."""
    program.deregister_from_work_mail(OrganizationId=acme["OrganizationId"], EntityId=acme["Users"]["alice"])
    return acme["Users"]["alice"]


def now(server):
    return datetime.datetime.fromisoformat(server.control("GET", "clock")["now"].replace("Z", "+00:00"))


@pytest.mark.parametrize("button, hours", [("+1 hour", 1), ("+1 day", 24), ("+30 days", 720)])
def test_time_is_advanced(browser, server, visit, button, hours):
    visit("clock")
    browser.sees("real time")
    before = now(server)
    browser.click(button)
    browser.sees("No scheduled events in that time.")
    browser.sees("offset, running")
    assert 0 <= (now(server) - before - datetime.timedelta(hours=hours)).total_seconds() < 60


def test_thirty_days_later_a_mailbox_is_gone(browser, program, acme, retained, visit, picture):
    visit("clock")
    browser.sees("the mailbox of alice is deleted")
    browser.click("+30 days")
    browser.sees("What happened")
    browser.sees("None: no mailbox")
    assert "the mailbox of alice is deleted" in browser.text()
    with pytest.raises(program.exceptions.EntityNotFoundException):
        program.get_mailbox_details(OrganizationId=acme["OrganizationId"], UserId=retained)


def test_each_scheduled_event_has_a_button(browser, server, program, acme, retained, visit, picture):
    server.advance("P1D")
    program.delete_user(OrganizationId=acme["OrganizationId"], UserId="bob")
    visit("clock")
    browser.sees("the deleted bob disappears")
    browser.click("Go to when the mailbox of alice is deleted")
    browser.sees("What happened")
    picture("clock")
    browser.click("Go to when the deleted bob disappears")
    browser.sees("None: no mailbox")


def test_time_goes_to_the_next_event(browser, retained, visit):
    visit("clock")
    browser.sees("30 days\tGo there")
    browser.click("To the next event")
    browser.sees("What happened")
    browser.sees("None: no mailbox")
    assert "the mailbox of alice is deleted" in browser.text()


def test_the_clock_is_frozen_set_and_real_again(browser, server, visit):
    visit("clock")
    browser.click("Freeze")
    browser.sees("frozen")
    browser.sees("Unfreeze")
    browser.run("document.querySelector('[name=now]').value = '2040-05-06T07:08:09'")
    browser.click("Set")
    browser.sees("2040-05-06 07:08:09 UTC")
    assert server.control("GET", "clock")["mode"] == "frozen"
    browser.click("Unfreeze")
    browser.sees("offset, running")
    browser.click("Back to real time")
    browser.sees("real time")
    assert now(server).year < 2040


def test_what_happened_stands_under_the_buttons(browser, retained, visit):
    visit("clock")
    browser.click("+30 days")
    browser.sees("What happened")
    inside = browser.run("""
        const heading = [...document.querySelectorAll('h2')].find((one) => one.innerText === 'What happened');
        const buttons = heading.closest('.card').querySelector('[aria-label="Move the clock"]');
        return !!buttons && heading.getBoundingClientRect().top < window.innerHeight""")
    assert inside


def test_scheduled_events_are_a_table_with_links(browser, retained, visit):
    visit("clock")
    browser.click("the mailbox of alice is deleted")
    browser.sees("30 of 30 days left until the mailbox is deleted")


def test_many_events_are_grouped(browser, server, visit):
    server.control("PUT", "clock", {"now": "2030-01-31T00:00:00Z", "frozen": True})
    users = [{"Name": f"user-{number:04}", "State": "DELETED", "DeletedDate": f"2030-01-{day:02}T12:00:00Z"}
             for number, day in enumerate([10] * 100 + [20] * 50)]
    server.control("POST", "seed", {"Organizations": [{"Alias": "many", "Users": users}]})
    visit("clock")
    browser.sees("and 99 more")
    browser.sees("and 49 more")
    assert browser.run("return document.querySelectorAll('tbody tr').length") == 2
    browser.click("and 99 more")
    browser.sees("the deleted user-0099 disappears")
    browser.click("Go to when the deleted user-0000 disappears and 99 more")
    browser.sees("What happened")
    browser.sees("49 more")
    assert server.control("GET", "clock")["now"].startswith("2030-02-09T12:00")


def test_events_are_grouped_whatever_is_between_them(browser, server, visit):
    server.control("PUT", "clock", {"now": "2030-01-31T00:00:00Z", "frozen": True})
    for alias, minute in (("one", 0), ("two", 1)):
        users = [{"Name": f"{alias}-{number}", "State": "DELETED",
                  "DeletedDate": f"2030-01-20T12:{2 * number + minute:02}:00Z"} for number in range(10)]
        server.control("POST", "seed", {"Organizations": [{"Alias": alias, "Users": users}]})
    visit("clock")
    browser.sees("the deleted one-0 disappears")
    browser.sees("the deleted two-0 disappears")
    assert browser.run("return document.querySelectorAll('tbody tr').length") == 2

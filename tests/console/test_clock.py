"""Clock: moving the emulated time, and the events that follow."""

import datetime

import pytest


@pytest.fixture
def retained(program, acme):
    """A mailbox that will be deleted in thirty days, of this user."""
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
    browser.sees("in 30 days")
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

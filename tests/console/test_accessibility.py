"""Accessibility: violations found by axe-core, focus, Escape, names, targets under the pointer, forced colors, zoom."""

from pathlib import Path

import axe_core_python
import pytest
from browser import ENTER, TAB

AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
VIOLATIONS = f"""{AXE};
return axe.run().then(({{ violations }}) => violations.flatMap(({{ id, nodes }}) => nodes.map((one) => (
  `${{id}}: ${{one.html}} ${{one.failureSummary}}`))))"""

ESCAPE = "\ue00c"

# Names that several buttons have, except buttons that copy the same text.
AMBIGUOUS = """
const names = [...document.querySelectorAll('button')].filter((one) => one.checkVisibility())
  .map((one) => one.getAttribute('aria-label') ?? one.textContent.trim().replace(/\\s+/g, ' '))
  .filter((name) => !name.startsWith('Copy '));
return names.filter((name, index) => names.indexOf(name) !== index)"""

FOCUSED = "return document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText.trim()"


@pytest.fixture
def busy(server, program, acme):
    """Data for every view."""
    ids = {"OrganizationId": acme["OrganizationId"]}
    for name in ("gone", "carol"):
        program.create_user(**ids, Name=name, DisplayName=name.title())
    program.delete_user(**ids, UserId="gone")
    program.deregister_from_work_mail(**ids, EntityId=acme["Groups"]["all"])
    program.put_access_control_rule(**ids, Name="no-imap", Effect="DENY", Description="none", Actions=["IMAP"])
    program.create_impersonation_role(**ids, Name="archive", Type="READ_ONLY", Rules=[
        {"ImpersonationRuleId": "1", "Name": "all", "Effect": "ALLOW"}])
    for name, operation in (("one", "CreateUser"), ("two", "CreateGroup")):
        server.control("PUT", f"snapshots/{name}")
        server.control("POST", "faults", {
            "match": {"operation": operation}, "answer": {"error": "ThrottlingException"}})
        server.control("PUT", f"organizations/{acme['OrganizationId']}/email-flow-rules/{name}", {
            "FlowDirection": "INBOUND", "SenderPatterns": [f"{name}.test"], "Action": "DROP"})
    return acme


def open_all(browser):
    """Opens everything that expands, also when nested."""
    for _ in range(2):
        browser.run("for (const one of document.querySelectorAll('details')) one.open = true")
        browser.sees_no("Loading…")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_view_violates_a_rule_of_axe(browser, busy, visit_all, scheme):
    browser.scheme(scheme)
    for view in visit_all():
        open_all(browser)
        assert browser.run(VIOLATIONS) == [], view


def test_an_open_request_and_a_question_violate_no_rule_of_axe(browser, busy, visit, visit_acme):
    visit("requests")
    browser.click("CreateImpersonationRole")
    browser.sees("Copy as aws command")
    assert browser.run(VIOLATIONS) == []
    visit_acme("mail-flow")
    browser.click("Delete one")
    assert browser.run(VIOLATIONS) == []


def test_buttons_have_distinct_names(browser, busy, visit_all):
    for view in visit_all():
        open_all(browser)
        assert browser.run(AMBIGUOUS) == [], view


def test_after_delete_and_yes_the_focus_goes_to_what_follows(browser, busy, visit_acme):
    visit_acme("mail-flow")
    for deleted, next_ in [("one", "Delete two"), ("two", "Email flow rules")]:
        browser.click(f"Delete {deleted}")
        browser.wait("the focus on No", lambda: browser.run(FOCUSED) == "No")
        browser.click("Yes")
        browser.sees(f"Deleted {deleted}.")
        browser.wait("the focus on what follows", lambda next_=next_: browser.run(FOCUSED) == next_)


def test_after_delete_without_a_question_the_focus_goes_to_what_follows(browser, busy, visit):
    visit("faults")
    for operation, next_ in [("CreateUser", "Delete the rule for CreateGroup"), ("CreateGroup", "Faults")]:
        browser.click(f"Delete the rule for {operation}")
        browser.wait("the focus on what follows", lambda next_=next_: browser.run(FOCUSED) == next_)


def test_escape_closes_a_question_and_the_focus_returns(browser, busy, visit_acme):
    visit_acme("mail-flow")
    browser.click("Delete two")
    browser.press(ESCAPE)
    browser.wait("the end of the question", lambda: browser.run("return !document.querySelector('dialog')"))
    assert browser.run(FOCUSED) == "Delete two"


def test_escape_closes_a_request(browser, program, visit):
    program.list_organizations()
    visit("requests")
    browser.click("ListOrganizations")
    browser.sees("Copy as aws command")
    browser.press(ESCAPE)
    browser.sees_no("Copy as aws command")


def test_escape_closes_a_message(browser, server, acme, visit_acme):
    visit_acme("mail-flow")
    browser.click("Send")
    browser.sees("Sent.")
    browser.click("Hello")
    browser.sees("Message ID")
    browser.press(ESCAPE)
    browser.sees_no("Message ID")


def test_a_question_is_never_under_the_pointer(browser, busy, visit_acme):
    """A double click on Delete does not answer the question."""
    for height in (860, 420):
        browser.size(1280, height)
        visit_acme("mail-flow")
        browser.click("Delete one")
        above = browser.run("""
            const { top, bottom } = document.querySelector('dialog').getBoundingClientRect();
            const button = document.querySelector('[aria-label="Delete one"]').getBoundingClientRect();
            return [top >= button.bottom || bottom <= button.top, top >= 0 && bottom <= window.innerHeight]""")
        assert above == [True, True]


def test_no_button_moves_or_becomes_another_under_the_pointer(browser, server, visit_acme):
    places = """
      return [...document.querySelectorAll('[open].domain :is(.actions button, .copy)')].map((one) => {
        const { x, width } = one.getBoundingClientRect();
        return [one.getAttribute('aria-label'), x, width];
      })"""
    browser.allow_clipboard(server.url)
    visit_acme("users")
    browser.click("Domains 2")
    browser.sees("MX")
    before = browser.run(places)
    browser.click("Fail: acme.test")
    browser.sees("FAILED")
    assert browser.run(places) == before
    browser.click(before[-1][0])
    browser.sees("Copied")
    assert browser.run(places) == before


def test_the_first_key_skips_to_the_content(browser, acme, visit):
    visit("organizations")
    browser.sees("acme.test")
    browser.press(TAB)
    assert browser.run(FOCUSED) == "Skip to the content"
    assert browser.run("return document.activeElement.getBoundingClientRect().width") > 50
    browser.press(ENTER)
    assert browser.run("return document.activeElement.localName") == "main"
    assert browser.run("return window.location.hash") == "#/organizations"


@pytest.mark.parametrize("part, title", [
    ("users", "Users · acme · workmail-local"), ("effects", "What if · acme · workmail-local"),
    ("users/alice", "Alice · user · acme · workmail-local"), ("groups/all", "all · group · acme · workmail-local")])
def test_titles_name_the_thing(browser, visit_acme, part, title):
    visit_acme(part)
    browser.wait(title, lambda: browser.run("return document.title") == title)


def test_forced_colors_leave_states_and_the_current_tab_visible(browser, busy, visit_acme):
    features = [{"name": "forced-colors", "value": "active"}]
    browser.devtools("Emulation.setEmulatedMedia", features=features)
    visit_acme("users")
    browser.sees("DELETED")
    assert browser.run("return matchMedia('(forced-colors: active)').matches")
    widths = browser.run("""return ['.state', '[aria-current=page]'].map((one) => {
        const { borderTopWidth, outlineStyle, outlineWidth } = getComputedStyle(document.querySelector(one));
        return borderTopWidth !== '0px' || (outlineStyle !== 'none' && outlineWidth !== '0px');
      })""")
    assert widths == [True, True]


def test_a_zoom_of_200_percent_needs_no_sideways_scrolling(browser, busy, visit_all):
    browser.devtools("Emulation.setDeviceMetricsOverride", width=640, height=430, deviceScaleFactor=2, mobile=False)
    for view in visit_all():
        open_all(browser)
        assert browser.run("return document.documentElement.scrollWidth") <= 640, view

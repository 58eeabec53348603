"""Names of 200 characters, right-to-left names and emoji, in every width: nothing is cut off, and the layout holds."""

import pytest

NAMES = {
    "long": "x" * 200, "words": "Very long name " * 13, "arabic": "محمد علي " * 20,
    "hebrew": "שלום עולם", "emoji": "👩‍👩‍👧‍👦" * 18}

# Elements whose content is wider than they are: cut off, or scrolled horizontally.
CUT = """
return [...document.querySelectorAll('main *')].filter((one) => {
  const { overflowX, clipPath } = getComputedStyle(one);
  return one.checkVisibility() && clipPath === 'none' && overflowX !== 'visible' && one.localName !== 'input'
    && !one.querySelector('.requests') && one.scrollWidth > one.clientWidth;
}).map((one) => one.outerHTML.slice(0, 200))"""


@pytest.fixture
def names(program, acme):
    """The IDs of users with such names; the second has permissions for the mailbox of the first."""
    ids = {"OrganizationId": acme["OrganizationId"]}
    users = []
    for index, name in enumerate(NAMES.values()):
        user = program.create_user(**ids, Name=f"{'u' * 60}{index}", DisplayName=name.strip())["UserId"]
        program.register_to_work_mail(**ids, EntityId=user, Email=f"{'u' * 60}{index}@acme.test")
        users.append(user)
    program.put_mailbox_permissions(**ids, EntityId=users[0], GranteeId=users[1], PermissionValues=["FULL_ACCESS"])
    program.create_resource(**ids, Name="r" * 20, Type="ROOM", Description="d" * 64)
    return users


@pytest.mark.parametrize("width", [320, 390, 599, 601, 768, 1280])
def test_names_keep_the_layout(browser, acme, names, visit, width):
    browser.size(width, 800)
    organization = f"organizations/{acme['OrganizationId']}"
    for view in ["users", "resources", "rules", "jobs", "mail-flow", "effects", *(f"users/{one}" for one in names)]:
        visit(f"{organization}/{view}")
        browser.wait("the view", lambda: browser.run("return !!document.querySelector('h1')"))
        browser.sees_no("Loading…")
        assert browser.run("return document.documentElement.scrollWidth") <= width, view
        assert browser.run(CUT) == [], view


def test_tables_become_lists_on_a_phone(browser, acme, visit_acme):
    browser.size(390, 844)
    visit_acme("users")
    browser.sees("alice@acme.test")
    [email] = browser.run("""return [...document.querySelectorAll('td')].filter((one) => (
        one.innerText.includes('alice@'))).map((one) => [getComputedStyle(one).display, one.dataset.title,
        getComputedStyle(one, '::before').content])""")
    assert email == ["block", "Address", '"Address" ": "'] or email == ["block", "Address", '"Address: "']
    hidden = browser.run("""return [...document.querySelectorAll('td')].filter((one) => (
        one.innerText && !one.checkVisibility())).length""")
    assert hidden == 0

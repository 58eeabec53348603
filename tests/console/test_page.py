"""All views: setup, accounts, the token, keyboard, phone, colors, security."""

import json
import os
import pathlib
import re
import subprocess
import sys
import urllib.parse

import pytest
from browser import ENTER

NAMELESS = """
return [...document.querySelectorAll('button, a, input:not([hidden]), select, textarea, meter')].filter((one) => {
  const label = one.labels?.[0]?.textContent ?? one.getAttribute('aria-label') ?? one.textContent;
  return !label.trim();
}).map((one) => one.outerHTML)"""

# Text with less contrast than WCAG 2 requires (1.4.3, level AA).
PALE = """
const numbers = (color) => color.match(/[\\d.]+/g).map(Number);
const light = (color) => {
  const [red, green, blue] = numbers(color).map((one) => one / 255)
    .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const background = (one) => {
  const color = getComputedStyle(one).backgroundColor;
  return numbers(color)[3] === 0 && one.parentElement ? background(one.parentElement) : color;
};
return [...document.querySelectorAll('body *')].filter((one) => {
  const hasText = [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  if (!hasText || one.disabled || !one.checkVisibility()) return false;
  const [less, more] = [light(getComputedStyle(one).color), light(background(one))].sort((a, b) => a - b);
  return (more + 0.05) / (less + 0.05) < 4.5;
}).map((one) => one.outerHTML)"""


def test_an_empty_server_shows_how_to_begin_and_adds_an_example(browser, server, picture):
    browser.go(server.url + "/")
    browser.sees("Point a program at it")
    browser.sees(f"export AWS_ENDPOINT_URL_WORKMAIL={server.url}")
    browser.sees(f"export AWS_ENDPOINT_URL_WORKMAILMESSAGEFLOW={server.url}")
    browser.click("Python")
    browser.size(1280, 602)  # above the server's options, which name a folder of this test
    picture("setup")
    browser.size(1280, 860)
    browser.click("Add an example organization")
    browser.sees("alice@example.test")
    picture("organization")


LANGUAGES = ["Environment variables", "AWS CLI", "~/.aws/config", "curl", "Python", "JavaScript v3", "Go v2", "Java v2",
             "Rust", ".NET", "PHP", "Ruby", "C++", "Terraform", "CDK"]


def snippet(browser, language):
    browser.click(language)
    return browser.run("return document.querySelector('pre').innerText")


def test_every_snippet_has_address_credentials_and_region_and_is_not_cut(browser, server, visit):
    visit("setup")
    for language in LANGUAGES:
        text = snippet(browser, language)
        for part in (server.url, "test", "us-east-1"):
            assert part in text, language
        width, needed = browser.run(
            "const { clientWidth, scrollWidth } = document.querySelector('pre'); return [clientWidth, scrollWidth]")
        assert needed <= width, language


def test_the_setup_has_every_language_of_the_page_on_clients():
    page = (pathlib.Path(__file__).parents[2] / "server" / "clients.md").read_text()
    marks = set(re.findall(r"^```(\w+)$", page.split("## In code")[1], re.MULTILINE))
    assert marks == {"python", "sh", "js", "go", "java", "rust", "csharp", "php", "ruby", "cpp", "hcl", "ts"}


def test_a_snippet_works_when_it_is_pasted_alone(browser, server, visit, tmp_path):
    visit("setup")
    programs = {"AWS CLI": "sh", "curl": "sh", "Python": sys.executable}
    for language, program in programs.items():
        server.control("DELETE", "requests")
        file = tmp_path / "snippet"
        file.write_text(snippet(browser, language))
        environment = {"PATH": f"{pathlib.Path(sys.executable).parent}:{os.environ['PATH']}", "HOME": str(tmp_path)}
        subprocess.run([program, str(file)], env=environment, check=True, capture_output=True)
        [entry] = server.control("GET", "requests")["requests"]
        assert (entry["status"], entry["region"], entry["accessKeyId"]) == (200, "us-east-1", "test"), language


def test_snippets_are_for_the_chosen_account(browser, server, visit):
    server.control("POST", "seed", {"Organizations": [
        {"Alias": "one", "Account": "111122223333", "Region": "eu-west-1"}]})
    visit("setup")
    browser.choose("Account and region", "111122223333 eu-west-1 (1)")
    browser.sees("AWS_ACCESS_KEY_ID=111122223333")
    browser.sees("AWS_REGION=eu-west-1")


def test_a_server_in_use_shows_the_requests_first(browser, program, visit):
    program.list_organizations()
    visit()
    browser.sees("ListOrganizations")


@pytest.mark.options("--pace", "90s", "--journal", "77")
def test_the_set_up_shows_version_and_options(browser, server, visit):
    visit("setup")
    browser.sees(server.control("GET", "health")["version"])
    browser.sees("--journal 77")
    browser.sees("--pace")


def test_requests_do_not_disturb_who_types(browser, client_of, visit):
    visit("organizations")
    browser.choose("Account and region", "Other")
    browser.type("Account", "1111")
    client_of("555555555555").list_organizations()
    browser.wait("the request", lambda: browser.run(
        "return performance.getEntriesByType('resource').filter((one) => one.name.endsWith('overview')).length > 1"))
    assert browser.run("return document.activeElement.value") == "1111"


@pytest.mark.options("--control-token", "open-sesame")
def test_the_token_is_asked_for(browser, visit):
    visit("clock")
    browser.type("Token", "wrong")
    browser.click("Use it")
    browser.type("Token", "open-sesame")
    browser.click("Use it")
    browser.sees("Scheduled events")
    browser.click("Requests")
    browser.sees("No client has called this server yet.")


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


def test_the_key_of_an_earlier_start_is_asked_for_anew(browser, acme, visit):
    visit("requests")
    browser.sees("No client has called this server yet.")
    browser.run("""
        const real = window.fetch;
        let old = true;
        window.fetch = (path, options) => {
          if (old && options.headers['X-Workmail-Console']) {
            options.headers['X-Workmail-Console'] = 'of-an-earlier-start';
            old = false;
          }
          return real(path, options);
        };""")
    browser.click("Organizations")
    browser.sees("acme")


def test_waiting_is_shown(browser, visit_acme):
    browser.latency(1000)
    try:
        visit_acme("users")
        browser.sees("Loading…")
    finally:
        browser.latency(0)
    browser.sees("alice@acme.test")


def test_errors_are_shown(browser, acme, visit):
    visit(f"organizations/{acme['OrganizationId']}/users/00000000-0000-0000-0000-000000000000")
    browser.sees("EntityNotFoundException")
    assert "EntityNotFoundException" in browser.run("return document.querySelector('[role=alert]').innerText")
    browser.click("Try again")
    browser.sees("EntityNotFoundException")


def test_the_keyboard_is_enough(browser, program, acme, visit):
    program.list_users(OrganizationId=acme["OrganizationId"])
    visit("requests")
    browser.sees("ListUsers")
    browser.tab_to("ListUsers")
    browser.press(ENTER)
    browser.sees("Copy as aws command")
    assert browser.run("return document.activeElement.getAttribute('aria-expanded')") == "true"
    visit("requests")
    browser.tab_to("Organizations")
    browser.press(ENTER)
    browser.sees("acme.test")
    browser.tab_to("acme")
    browser.press(ENTER)
    browser.sees("alice@acme.test")
    browser.tab_to("alice")
    browser.press(ENTER)
    browser.sees("al@acme.test")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_view_is_legible(browser, program, acme, visit_all, scheme):
    browser.scheme(scheme)
    program.delete_user(OrganizationId=acme["OrganizationId"], UserId="bob")
    for view in visit_all():
        assert browser.run(NAMELESS) == [], view
        assert browser.run(PALE) == [], view
    [red, *_] = browser.run("return getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    assert (red < 64) == (scheme == "dark")


def test_a_phone_is_wide_enough(browser, program, acme, visit_all, picture):
    program.list_users(OrganizationId=acme["OrganizationId"])
    browser.scheme("dark")
    browser.size(390, 844)
    for view in visit_all():
        assert browser.run("return document.documentElement.scrollWidth") <= 390, view
        picture(f"phone-{view.replace('/', '-')}")


def test_text_of_strangers_stays_text(browser, program, acme, visit, visit_acme):
    hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
    organization = acme["OrganizationId"]
    user = program.create_user(OrganizationId=organization, Name="mallory", DisplayName=hostile, FirstName=hostile)
    program.create_resource(OrganizationId=organization, Name="room", Type="ROOM", Description=hostile[:64])
    visit_acme("users")
    browser.sees(hostile)
    visit(f"organizations/{organization}/users/{user['UserId']}")
    browser.sees(hostile)
    browser.click("CreateUser")
    browser.sees("onerror")
    visit_acme("resources")
    browser.sees(hostile[:64])
    assert browser.run("return document.querySelectorAll('img, main script').length") == 0
    assert browser.run("return document.title") == "Resources · acme · workmail-local"


def test_nothing_is_asked_of_another_host(browser, server, visit_all):
    browser.log("performance")
    list(visit_all())
    asked = set()
    for entry in browser.log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            asked.add(urllib.parse.urlsplit(message["params"]["request"]["url"]))
    hosts = {url.netloc for url in asked if url.scheme not in ("data", "about")}
    assert hosts == {urllib.parse.urlsplit(server.url).netloc}


@pytest.mark.parametrize("script", [
    "const one = document.createElement('img'); one.src = 'http://192.0.2.1/x'; document.body.append(one)",
    "fetch('http://192.0.2.1/').catch(() => {})",
    "const one = document.createElement('style'); one.textContent = 'p {}'; document.head.append(one)",
])
def test_the_policy_holds(browser, visit, script):
    """A violation is logged as an error, which fails every other test."""
    visit("setup")
    browser.sees("Setup")
    browser.run(script)
    browser.wait("the complaint", lambda: "Content Security Policy" in str(browser.log("browser")))

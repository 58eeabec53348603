"""Mail flow: messages, the invocations of functions, and the email flow rules."""

import http.server
import json
import re
import threading
import urllib.request

import pytest
from browser import ENTER
from test_page import NAMELESS, PALE

JUNK = {"actions": [{"action": {"type": "MOVE_TO_JUNK"}, "allRecipients": True}]}


@pytest.fixture
def functions():
    """A host of Lambda functions, which answer all events with its `answer`: a status and a value."""

    class Host(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            status, value = self.server.answer
            body = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Host) as host:
        host.answer = (200, JUNK)
        thread = threading.Thread(target=host.serve_forever)
        thread.start()
        yield host
        host.shutdown()
        thread.join()


@pytest.fixture
def server(start, functions):
    return start("--lambda-endpoint", f"http://127.0.0.1:{functions.server_port}")


@pytest.fixture
def rules(server, acme):
    path = f"organizations/{acme['OrganizationId']}/email-flow-rules"
    return lambda: server.control("GET", path)["EmailFlowRules"]


@pytest.fixture
def send(server, acme):
    """Sends a message from outside with this subject."""

    def send_message(subject="Hello", recipient="alice@acme.test", text="Good day."):
        content = f"From: carol@example.com\r\nTo: {recipient}\r\nSubject: {subject}\r\n\r\n{text}\r\n".encode()
        url = f"{server.url}/_workmail/organizations/{acme['OrganizationId']}/messages"
        fields = {"Content-Type": "message/rfc822"}
        with urllib.request.urlopen(urllib.request.Request(url, content, fields)) as answer:
            return json.load(answer)

    return send_message


@pytest.fixture
def add_rule(server, acme):
    def put(name, **members):
        path = f"organizations/{acme['OrganizationId']}/email-flow-rules/{name}"
        return server.control("PUT", path, {"FlowDirection": "INBOUND", **members})

    return put


@pytest.fixture
def guard(add_rule):
    arn = "arn:aws:lambda:us-east-1:000000000000:function:guard"
    return add_rule("guard", Action="RUN_LAMBDA", Lambda={"Arn": arn, "Synchronous": True, "RuleTimeoutMinutes": 5})


def subjects(browser):
    return browser.run("return [...document.querySelectorAll('.messages th > button')].map((one) => one.innerText)")


def test_a_rule_is_added_and_applies_to_a_message(browser, rules, visit_acme):
    visit_acme("users")
    browser.click("Mail flow")
    browser.wait("no message and no rule", lambda: browser.text().count("None.") == 2)
    browser.type("Name", "block")
    browser.type("Senders", "example.com, *.example.org")
    browser.choose("Action", "BOUNCE")
    browser.click("Save the rule")
    browser.sees("Added block.")
    assert rules() == [{
        "Name": "block", "FlowDirection": "INBOUND", "SenderPatterns": ["example.com", "*.example.org"],
        "DestinationPatterns": ["*"], "Action": "BOUNCE"}]
    assert browser.run("return document.activeElement.name") == "name"
    browser.click("Send")
    browser.sees("Sent.")
    browser.wait("the message", lambda: subjects(browser) == ["Hello"])
    row = browser.run("return document.querySelector('.messages tbody tr').innerText")
    for text in ["carol@example.com", "INBOUND", "BOUNCED", "alice@acme.test", "rule block: BOUNCE"]:
        assert text in row
    browser.click("Delete")
    browser.click("No")
    assert rules()
    browser.click("Delete")
    browser.click("Yes")
    browser.sees("Deleted block.")
    assert not rules()
    browser.click("Send")
    browser.sees("DELIVERED")


def test_messages_are_the_newest_first_and_filtered(browser, send, visit_acme):
    send("First")
    visit_acme("mail-flow")
    browser.sees("First")
    send("Second", "missing@acme.test")
    browser.click("Refresh")
    browser.wait("both", lambda: subjects(browser) == ["Second", "First"])
    assert "NOT_FOUND" in browser.text()
    browser.type("Only to", "alice@acme.test")
    browser.press(ENTER)
    browser.wait("one", lambda: subjects(browser) == ["First"])
    browser.type("Only to", "bob@acme.test")
    browser.click("Filter")
    browser.sees("No message matches this filter.")


def test_an_invocation_shows_event_and_response(browser, rules, visit_acme, picture):
    visit_acme("mail-flow")
    browser.type("Name", "guard")
    browser.choose("Action", "RUN_LAMBDA")
    browser.type("Function: name or ARN", "guard")
    browser.choose("Fallback", "DROP")
    browser.click("Save the rule")
    browser.sees("synchronous, fallback DROP, no retries")
    assert rules()[0]["Lambda"] == {
        "Arn": "arn:aws:lambda:us-east-1:000000000000:function:guard", "Synchronous": True, "FallbackAction": "DROP",
        "RuleTimeoutMinutes": 0}
    browser.click("Send")
    browser.sees("Sent.")
    browser.wait("the message", lambda: subjects(browser) == ["Hello"])
    browser.run("document.querySelector('.tabs').scrollIntoView()")
    picture("mail-flow")
    browser.click("Hello")
    detail = browser.wait("the detail", lambda: browser.run("return document.querySelector('.detail')?.innerText"))
    for text in ["JUNK", "guard, attempt 1", "Milliseconds", '"summaryVersion": "2018-10-10"',
                 '"type": "MOVE_TO_JUNK"']:
        assert text in detail
    assert re.search(r"Status\s+200\b", detail)
    browser.run("document.querySelector('.messages').scrollIntoView()")
    picture("message")
    browser.click("Hello")
    browser.wait("the end of it", lambda: browser.run("return !document.querySelector('.detail')"))


def test_a_failed_invocation_is_shown_with_its_retry(browser, functions, send, guard, visit_acme):
    functions.answer = (500, {"message": "out of order"})
    retry = send()["retryAt"]
    visit_acme("mail-flow")
    browser.sees("PENDING")
    assert retry[:19].replace("T", " ") in browser.run("return document.querySelector('.messages').innerText")
    browser.click("Hello")
    for text in ["guard, attempt 1", "500", "out of order"]:
        browser.sees(text)
    assert browser.run("return document.querySelector('.detail .failure').innerText")


def test_the_content_is_shown_and_downloaded(browser, server, send, acme, visit_acme, tmp_path):
    message = send(text="x" * 79 + "\r\n" + "Good day.\r\n" * 7000)["messageId"]
    browser.downloads_to(tmp_path)
    visit_acme("mail-flow")
    browser.click("Hello")
    for name, version in [("Original content", "original"), ("Delivered content", "delivered")]:
        browser.click(name)
        browser.sees("From: carol@example.com")
        browser.sees("These are the first 64 KiB.")
        browser.click("Download")
        file = tmp_path / f"{message}-{version}.eml"
        browser.wait("the file", file.exists)
        path = f"organizations/{acme['OrganizationId']}/messages/{message}/content?version={version}"
        assert file.read_bytes() == server.control_bytes("GET", path)


def test_the_box_sends_lines_with_crlf_and_an_envelope(browser, server, acme, visit_acme):
    visit_acme("mail-flow")
    browser.type("Message, as MIME", "From: carol@example.com\nTo: alice@acme.test\nSubject: By hand\n\nGood day.")
    browser.type("Envelope sender", "alice@acme.test")
    browser.type("Envelope recipients", "al@acme.test, dave@example.org")
    browser.click("Send")
    browser.sees("SENT")
    browser.sees("dave@example.org")
    path = f"organizations/{acme['OrganizationId']}/messages"
    [message] = server.control("GET", path)["messages"]
    assert (message["mailFrom"], message["flowDirection"]) == ("alice@acme.test", "OUTBOUND")
    content = server.control_bytes("GET", f"{path}/{message['messageId']}/content?version=original")
    assert content == b"From: carol@example.com\r\nTo: alice@acme.test\r\nSubject: By hand\r\n\r\nGood day."


def test_what_cannot_be_sent_is_shown_in_place(browser, visit_acme):
    visit_acme("mail-flow")
    browser.type("Message, as MIME", "Subject: to whom?\n\nGood day.")
    browser.click("Send")
    browser.sees("neither Sender nor From")
    assert browser.run("return document.querySelector('textarea').value").startswith("Subject: to whom?")
    browser.type("Name", "wrong")
    browser.type("Senders", "a+b@example.com")
    browser.click("Save the rule")
    browser.sees("must not contain +")
    assert browser.run("return document.querySelector('[name=senders]').value") == "a+b@example.com"
    assert browser.run("return document.querySelectorAll('[role=alert]').length") == 2


def test_a_rule_is_edited(browser, rules, guard, visit_acme):
    visit_acme("mail-flow")
    browser.click("Edit guard")
    browser.sees("Cancel")
    browser.type("Retry for, minutes", "7")
    browser.choose("Fallback", "BYPASS_SPAM_CHECK")
    browser.choose("Direction", "OUTBOUND")
    browser.click("Save the rule")
    browser.sees("Replaced guard.")
    browser.sees_no("Cancel")
    [rule] = rules()
    assert rule["FlowDirection"] == "OUTBOUND"
    assert rule["Lambda"] == {**guard["Lambda"], "FallbackAction": "DEFAULT", "RuleTimeoutMinutes": 7}


def test_a_rule_can_have_any_name_but_dots(browser, rules, visit_acme):
    visit_acme("mail-flow")
    for refused in ("..", "a/b"):
        browser.type("Name", refused)
        browser.click("Save the rule")
        assert browser.run("return document.querySelector('[name=name]').validity.patternMismatch")
    assert not rules()
    browser.type("Name", "No. 1_a - b")
    browser.click("Save the rule")
    browser.sees("Added No. 1_a - b.")
    assert [rule["Name"] for rule in rules()] == ["No. 1_a - b"]
    browser.click("Delete")
    browser.click("Yes")
    browser.sees("Deleted No. 1_a - b.")
    assert not rules()


def test_which_rule_applies_is_asked(browser, add_rule, visit_acme):
    add_rule("block", SenderPatterns=["example.com"], Action="DROP")
    visit_acme("mail-flow")
    browser.sees("block")
    browser.type("Sender", "carol@example.com")
    browser.type("Recipient", "alice@acme.test")
    browser.press(ENTER)
    browser.sees("The rule block: DROP")
    browser.type("Sender", "carol@example.org")
    browser.click("Ask")
    browser.sees("No rule; this is the default: DEFAULT")


def test_the_keyboard_opens_a_message(browser, send, visit_acme):
    send("With keys")
    visit_acme("mail-flow")
    browser.sees("With keys")
    browser.tab_to("With keys")
    browser.press(ENTER)
    browser.sees("No function was invoked.")
    assert browser.run("return document.activeElement.getAttribute('aria-expanded')") == "true"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_messages_are_legible_and_fit_on_a_phone(browser, functions, send, guard, visit_acme, scheme):
    hostile = "<img src=x onerror='document.title=1'>" + "x" * 200
    send()
    functions.answer = (500, {})
    send(hostile)
    browser.scheme(scheme)
    browser.size(390, 844)
    visit_acme("mail-flow")
    browser.choose("Action", "RUN_LAMBDA")
    browser.sees("PENDING")
    for subject in ("Hello", hostile):
        browser.click(subject)
        browser.wait("the detail", lambda: browser.run("return !!document.querySelector('.detail')"))
        assert browser.run(NAMELESS) == []
        assert browser.run(PALE) == []
        assert browser.run("return document.documentElement.scrollWidth") <= 390
    assert browser.run("return document.querySelectorAll('main img').length") == 0

"""State: snapshots, restore, reset, undo, and files."""

import base64
import json
import re
import subprocess

from browser import ENTER, SHIFT, TAB
from conftest import ACME

DROP = """
const content = Uint8Array.from(atob(arguments[1]), (letter) => letter.charCodeAt(0));
const data = new DataTransfer();
data.items.add(new File([content], arguments[0]));
for (const type of ['dragover', 'drop']) {
  document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


def drop(browser, name, content):
    browser.run(DROP, name, base64.b64encode(content).decode())


def organizations(server):
    return server.control("GET", "state")["Organizations"]


def test_a_snapshot_survives_a_reset(browser, server, acme, visit, picture):
    visit("snapshots")
    browser.type("Name", "before")
    browser.click("Take a snapshot")
    browser.sees("Took before.")
    picture("snapshots")
    browser.click("Delete everything")
    browser.click("No")
    assert organizations(server)
    browser.click("Delete everything")
    browser.click("Yes")
    browser.sees("Everything is deleted.")
    assert not organizations(server)
    browser.click("Restore before")
    browser.click("Yes")
    browser.sees("Restored before.")
    browser.click("Organizations")
    browser.click("acme")
    browser.sees("alice@acme.test")


def test_a_reset_to_the_start_empties_the_requests(browser, program, visit):
    program.list_organizations()
    visit("requests")
    browser.sees("ListOrganizations")
    browser.click("State")
    browser.click("Reset to the start")
    browser.click("Yes")
    browser.sees("Back at the start.")
    browser.click("Requests")
    browser.sees("No client has called this server yet.")


def test_a_reset_wants_more_than_one_key(browser, server, acme, visit):
    visit("snapshots")
    browser.tab_to("Delete everything")
    browser.press(ENTER)
    browser.sees("Delete everything?")
    browser.press(ENTER)
    browser.sees_no("Delete everything?")
    assert organizations(server)
    browser.tab_to("Delete everything")
    browser.press(ENTER)
    browser.press(SHIFT + TAB)
    browser.press(ENTER)
    browser.sees("Everything is deleted.")


def test_a_snapshot_goes_to_a_file_and_comes_back(browser, server, acme, visit, tmp_path):
    server.control_bytes("PUT", "snapshots/one")
    browser.downloads_to(tmp_path)
    visit("snapshots")
    browser.click("Download")
    file = tmp_path / "one.sqlite3"
    browser.wait("the file", file.exists)
    assert file.read_bytes() == server.control_bytes("GET", "snapshots/one")
    browser.click("Delete")
    browser.click("Yes")
    browser.sees("No snapshot.")
    browser.upload("Upload one", file)
    browser.sees("Uploaded the snapshot one.")
    browser.click("Delete everything")
    browser.click("Yes")
    browser.sees("Everything is deleted.")
    browser.click("Restore one")
    browser.click("Yes")
    browser.sees("Restored one.")
    assert [one["Alias"] for one in organizations(server)] == ["acme"]


def test_the_state_is_downloaded_and_added_again(browser, server, acme, visit, tmp_path):
    before = organizations(server)
    browser.downloads_to(tmp_path)
    visit("snapshots")
    browser.click("Download the state")
    file = tmp_path / "state.json"
    browser.wait("the file", file.exists)
    browser.click("Delete everything")
    browser.click("Yes")
    browser.sees("Everything is deleted.")
    browser.upload("Choose a document", file)
    browser.sees("Added acme")
    assert organizations(server) == before


def test_files_are_dropped_on_the_page(browser, server, visit):
    visit("organizations")
    browser.sees("No organization belongs to the default account")
    document = json.dumps(ACME).encode()
    drop(browser, "acme.json", b"// a comment\n" + document)
    browser.sees("Added acme")
    browser.sees("acme.test")
    drop(browser, "acme.json", document)
    browser.wait("the refusal", lambda: re.search(r"acme\.json: .*Organizations", browser.text()))
    server.control_bytes("PUT", "snapshots/one")
    drop(browser, "my copy.sqlite3", server.control_bytes("GET", "snapshots/one"))
    browser.sees("Uploaded the snapshot my-copy.")


def test_the_view_explains_how_to_share_the_state(browser, server, acme, visit):
    visit("snapshots")
    for text in ["Share this state", "It contains", "It leaves out", "workmail-local --seed state.json", "drop it",
                 f"curl --data-binary @state.json {server.url}/_workmail/seed"]:
        browser.sees(text)


def test_the_commands_to_load_the_state_work(browser, server, start, acme, visit, tmp_path):
    server.control("PUT", "clock", {"now": "2031-01-01T00:00:00Z", "frozen": True})
    browser.downloads_to(tmp_path)
    visit("snapshots")
    browser.click("Download the state")
    file = tmp_path / "state.json"
    browser.wait("the file", file.exists)
    state = server.control_bytes("GET", "state")
    assert file.read_bytes() == state
    assert start("--seed", str(file)).control_bytes("GET", "state") == state
    post = browser.run("return [...document.querySelectorAll('pre')].map((one) => one.innerText)")[1]
    empty = start()
    subprocess.run(["sh", "-c", post.replace(server.url, empty.url)], cwd=tmp_path, check=True, capture_output=True)
    assert empty.control_bytes("GET", "state") == state


def test_a_reset_can_be_undone(browser, server, program, acme, visit):
    server.control("POST", "faults", {"match": {"operation": "CreateUser"}, "times": 3, "probability": 0.5,
                                      "answer": {"error": "ThrottlingException"}})
    server.control("PUT", "clock", {"now": "2031-01-01T00:00:00Z", "frozen": True})
    before = server.control("GET", "state")
    visit("snapshots")
    browser.click("Delete everything")
    browser.click("Yes")
    browser.sees("possible for a minute")
    assert not organizations(server) and not server.control("GET", "faults")["faults"]
    browser.click("Undo")
    browser.sees("Everything is as it was before")
    assert server.control("GET", "state") == before
    [rule] = server.control("GET", "faults")["faults"]
    assert (rule["match"], rule["times"], rule["probability"], rule["answer"]) == (
        {"operation": ["CreateUser"]}, 3, 0.5, {"error": "ThrottlingException"})
    assert server.control("GET", "snapshots")["snapshots"] == []


def test_a_restore_asks_and_can_be_undone(browser, server, acme, visit):
    server.control_bytes("PUT", "snapshots/full")
    server.control("POST", "reset", {"to": "empty"})
    visit("snapshots")
    browser.click("Restore full")
    browser.click("No")
    assert not organizations(server)
    browser.click("Restore full")
    browser.click("Yes")
    browser.sees("Restored full.")
    assert organizations(server)
    browser.click("Undo")
    browser.sees("Everything is as it was before")
    assert not organizations(server)


def test_a_reset_can_be_undone_for_a_minute_only(browser, server, acme, visit):
    visit("snapshots")
    browser.sees("Share this state")
    browser.run("""
        const real = window.setTimeout;
        window.setTimeout = (work, after) => real(work, after === 60000 ? 1 : after);""")
    browser.click("Delete everything")
    browser.click("Yes")
    browser.sees("can no longer be undone")
    browser.sees_no("possible for a minute")
    assert server.control("GET", "snapshots")["snapshots"] == []

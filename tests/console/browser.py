"""Debian's chromium, controlled through chromedriver with the WebDriver protocol, which is HTTP and JSON."""

import base64
import json
import pathlib
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
PATIENCE = 15
TAB, ENTER, SHIFT = "\ue004", "\ue007", "\ue008"

# The browser makes no requests on its own. --no-sandbox because the user is root in a container.
ARGUMENTS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]


class Failed(Exception):
    """The browser rejected a command."""


class Browser:
    """One window. A context manager, which closes the browser at its end."""

    def __init__(self, width=1280, height=860):
        self._folder = tempfile.TemporaryDirectory()
        self._driver = subprocess.Popen(
            ["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self._address = f"http://127.0.0.1:{self._port()}"
        options = {"args": [*ARGUMENTS, f"--user-data-dir={self._folder.name}", f"--window-size={width},{height}"]}
        capabilities = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}
        session = self._send("POST", "/session", {"capabilities": {"alwaysMatch": capabilities}})
        self._address += f"/session/{session['sessionId']}"
        self.size(width, height)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self._send("DELETE", "")
        finally:
            self._driver.terminate()
            self._driver.wait()
            self._driver.stdout.close()
            self._folder.cleanup()

    def _port(self):
        for line in self._driver.stdout:
            if "successfully on port" in line:
                return int(line.rstrip(".\n").rsplit(" ", 1)[1])
        raise Failed("chromedriver did not start")

    def _send(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        fields = {"Content-Type": "application/json"}
        request = urllib.request.Request(self._address + path, data, fields, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise Failed(json.load(error)["value"]["message"].splitlines()[0]) from None

    def go(self, url):
        self._send("POST", "/url", {"url": url})

    def run(self, script, *arguments):
        """Runs the body of a function in the page and returns its result."""
        return self._send("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def devtools(self, command, **parameters):
        return self._send("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def size(self, width, height):
        screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.devtools("Emulation.setDeviceMetricsOverride", **screen)

    def scheme(self, name):
        self.devtools("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": name}])

    def picture(self, path):
        shot = self.devtools("Page.captureScreenshot", format="webp", quality=70)
        pathlib.Path(path).write_bytes(base64.b64decode(shot["data"]))

    def latency(self, milliseconds):
        """Delays every request of the page."""
        speed = {"offline": False, "downloadThroughput": -1, "uploadThroughput": -1}
        self.devtools("Network.emulateNetworkConditions", latency=milliseconds, **speed)

    def downloads_to(self, folder):
        self.devtools("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder))

    def allow_clipboard(self, origin):
        permissions = ["clipboardReadWrite", "clipboardSanitizedWrite"]
        self.devtools("Browser.grantPermissions", origin=origin, permissions=permissions)

    def clipboard(self):
        return self.run("return navigator.clipboard.readText()")

    def text(self):
        return self.run("return document.body.innerText")

    def wait(self, what, found):
        """Waits until `found` returns a true value, and returns it."""
        end = time.monotonic() + PATIENCE
        while True:
            value = found()
            if value:
                return value
            if time.monotonic() > end:
                raise AssertionError(f"{what} did not come in {PATIENCE} s; the page shows:\n{self.text()}")
            time.sleep(0.05)

    def sees(self, text):
        self.wait(repr(text), lambda: text in self.text())

    def sees_no(self, text):
        self.wait(f"the end of {text!r}", lambda: text not in self.text())

    def find(self, xpath):
        return self.wait(xpath, lambda: self._send("POST", "/elements", {"using": "xpath", "value": xpath}))[0][ELEMENT]

    def click(self, words):
        """Clicks the button, link or summary with this text or ARIA label."""
        quoted = json.dumps(words)
        named = f"normalize-space()={quoted} or @aria-label={quoted}"
        found = self.find(f"//*[self::button or self::a or self::summary][{named}]")
        self._send("POST", f"/element/{found}/click", {})

    def type(self, label, text):
        """Replaces the value of the field with this label by `text`."""
        labelled = f"//label[span[normalize-space()={json.dumps(label)}]]"
        field = self.find(f"{labelled}/*[self::input or self::textarea]")
        self._send("POST", f"/element/{field}/clear", {})
        self._send("POST", f"/element/{field}/value", {"text": text})

    def check(self, label):
        found = self.find(f"//label[span[normalize-space()={json.dumps(label)}]]/input[@type='checkbox']")
        self._send("POST", f"/element/{found}/click", {})

    def choose(self, label, option):
        select = f"//label[span[normalize-space()={json.dumps(label)}]]/select"
        found = self.find(f"{select}/option[normalize-space()={json.dumps(option)}]")
        self._send("POST", f"/element/{found}/click", {})

    def upload(self, button, path):
        """Chooses a file for the input of this button."""
        field = self.find(f"//button[normalize-space()={json.dumps(button)}]/following-sibling::input[@type='file'][1]")
        self._send("POST", f"/element/{field}/value", {"text": str(path)})

    def move_to(self, selector):
        """Moves the pointer to the middle of an element."""
        [x, y] = self.run(
            "const { left, top, width, height } = document.querySelector(arguments[0]).getBoundingClientRect();"
            "return [left + width / 2, top + height / 2]", selector)
        self.devtools("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def tab_to(self, words):
        """Presses Tab until the button or link with this text has the focus."""
        for _ in range(60):
            self.press(TAB)
            if self.run("return document.activeElement.innerText.trim()") == words:
                return
        raise AssertionError(f"the key Tab does not come to {words!r}")

    def press(self, keys):
        """Sends keys to the focused element."""
        active = self._send("GET", "/element/active")[ELEMENT]
        self._send("POST", f"/element/{active}/value", {"text": keys})

    def log(self, kind):
        return self._send("POST", "/se/log", {"type": kind})

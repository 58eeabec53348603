"""The program under test as a process, and what a test needs to talk to its control plane."""

import contextlib
import json
import os
import signal
import subprocess
import threading
import urllib.error
import urllib.request
from pathlib import Path

BINARY = os.environ.get("WORKMAIL_BINARY") or str(
    Path(__file__).resolve().parents[2] / "build/release/workmail-local"
)
GIVE_UP_AFTER = 30  # seconds


class Refused(Exception):
    """The control plane answered with an error."""

    def __init__(self, status, error):
        super().__init__(f"{status} {error['code']}: {error['message']}")
        self.status = status
        self.code = error["code"]


def refusal_to_start(*options):
    """What the program prints when it cannot start with these options."""
    command = [BINARY, "--listen", "localhost:0", *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=GIVE_UP_AFTER)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
    return done.stderr


@contextlib.contextmanager
def servers(folder, at_the_end=lambda server: None):
    """Gives a function that starts servers, each in a folder of its own below this one. Stops them at the end."""
    started = []

    def start_server(*options):
        own = folder / f"server-{len(started)}"
        own.mkdir()
        started.append(Server(own, *options))
        return started[-1]

    yield start_server
    for server in started:
        at_the_end(server)
        server.stop()


class Server:
    """One server on a free port. Starting returns when it is ready, after its last line."""

    def __init__(self, folder, *options):
        self.folder = Path(folder)
        self.options = options
        self.may_fail = False  # whether an InternalFailure is what the test wants
        self.port = None
        self.process = None
        self.start()

    def start(self):
        port_file = self.folder / "port"
        self.log = open(self.folder / "log", "a", encoding="utf-8")
        self.process = subprocess.Popen(
            [BINARY, "--listen", "localhost:0", "--port-file", str(port_file), *self.options],
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )
        printed = []
        too_late = threading.Timer(GIVE_UP_AFTER, self.process.kill)
        too_late.start()
        for line in self.process.stdout:
            printed.append(line)
            if line == "Ready.\n":
                too_late.cancel()
                self.port = int(port_file.read_text())
                return
        too_late.cancel()
        raise RuntimeError(f"The server ended before it was ready: {''.join(printed)}{self.read_log()}")

    def kill(self):
        """Kills it. If it has ended before, the test fails."""
        self.process.kill()
        status = self._ended()
        assert status == -signal.SIGKILL, f"exit status {status}: {self.read_log()}"

    def stop(self):
        """Stops it gracefully. If that fails, or it had an internal failure, the test fails."""
        if self.process.poll() is None:
            self.process.terminate()
        status = self._ended()
        assert status == 0, f"exit status {status}: {self.read_log()}"
        assert self.may_fail or "InternalFailure" not in self.read_log(), self.read_log()

    def _ended(self):
        status = self.process.wait(GIVE_UP_AFTER)
        self.process.stdout.close()
        self.log.close()
        return status

    def read_log(self):
        return (self.folder / "log").read_text(encoding="utf-8")

    def resident_bytes(self):
        lines = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS:"))

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def control(self, method, path, body=None):
        """Calls /_workmail/PATH with JSON and returns the answer; raises Refused."""
        return json.loads(self.control_bytes(method, path, None if body is None else json.dumps(body).encode()))

    def control_bytes(self, method, path, body=None, seconds=GIVE_UP_AFTER):
        """The same for bodies that are not JSON, or for slow endpoints."""
        request = urllib.request.Request(
            f"{self.url}/_workmail/{path}", body, {"Content-Type": "application/json"}, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=seconds) as answer:
                return answer.read()
        except urllib.error.HTTPError as refusal:
            raise Refused(refusal.code, json.load(refusal)["error"]) from None

    def advance(self, duration):
        """Advances the emulated clock and returns the applied events."""
        return self.control("POST", "clock/advance", {"by": duration})["happened"]

    def simulate(self, event, **members):
        return self.control("POST", "simulate", {"event": event, **members})

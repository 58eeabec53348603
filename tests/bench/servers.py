"""What is loaded: the program, the bare server, and moto where it is installed; each on a free port."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/sdk"))
import workmail_server  # noqa: E402
from calls import organization_of  # noqa: E402

os.environ.pop("WORKMAIL_BINARY", None)  # the program knows no such option

RUNNING = []  # those that were started and not stopped


class Program(workmail_server.Server):
    """The program under test, with an organization of `users` registered users and `more` that are not registered."""

    refuses = True  # what is wrong

    def __init__(self, folder, *options, users=0, more=0):
        folder.mkdir(parents=True)
        super().__init__(folder, "--log", "off", *options)
        self.pid = self.process.pid
        RUNNING.append(self)
        document = folder / "seed.json"
        document.write_text(json.dumps(organization_of(users, more)))
        self.control_bytes("POST", "seed", document.read_bytes(), seconds=600)  # a million users
        document.unlink()
        self.organization = self.call("ListOrganizations", {})["OrganizationSummaries"][0]["OrganizationId"]

    def stop(self):
        super().stop()
        RUNNING.remove(self)

    def keep(self):
        self.control("PUT", "snapshots/start")

    def go_back(self):
        self.control("POST", "snapshots/start/restore", {})

    def call(self, operation, members):
        return json.loads(self.answer(operation, members))

    def answer(self, operation, members):
        request = urllib.request.Request(
            self.url,
            json.dumps(members).encode(),
            {"X-Amz-Target": f"WorkMailService.{operation}", "Content-Type": "application/x-amz-json-1.1"},
        )
        with urllib.request.urlopen(request) as answer:
            return answer.read()


class BareServer:
    """What the same libraries can do at best; its answer has a body of so many bytes."""

    refuses = False

    def __init__(self, folder, size=300):
        folder.mkdir(parents=True)
        self.process = subprocess.Popen([ROOT / "build/bench/tests/bench/bare_server", folder / "port", str(size)])
        self.pid = self.process.pid
        RUNNING.append(self)
        while not (folder / "port").exists():
            time.sleep(0.01)
        self.port = int((folder / "port").read_text())

    def go_back(self):
        """It never changes."""

    def stop(self):
        self.process.kill()
        self.process.wait()
        RUNNING.remove(self)


class Moto:
    """moto's server. It has no WorkMail; IAM Identity Center's store has users too, and the same protocol."""

    STORE = "d-1234567890"
    refuses = True

    @staticmethod
    def command():
        command = os.environ.get("MOTO_SERVER") or shutil.which("moto_server")
        return command and Path(command).resolve()

    def __init__(self, folder):
        folder.mkdir(parents=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        log = open(folder / "log", "w", encoding="utf-8")
        self.process = subprocess.Popen([self.command(), "-p", str(self.port)], stdout=log, stderr=log)
        self.pid = self.process.pid
        RUNNING.append(self)
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                if self.process.poll() is not None:
                    raise RuntimeError((folder / "log").read_text(encoding="utf-8")) from None
                time.sleep(0.05)

    @classmethod
    def members_of(cls, name):
        """Of CreateUser."""
        person = {"GivenName": "A New", "FamilyName": "User"}
        return {"IdentityStoreId": cls.STORE, "UserName": name, "DisplayName": "A New User", "Name": person}

    def create_user(self, name):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/",
            json.dumps(self.members_of(name)).encode(),
            {
                "X-Amz-Target": "AWSIdentityStore.CreateUser",
                "Content-Type": "application/x-amz-json-1.1",
                "Authorization": "AWS4-HMAC-SHA256 Credential=test/20260501/us-east-1/identitystore/aws4_request, "
                "SignedHeaders=host, Signature=0",
            },
        )
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)["UserId"]

    def go_back(self):
        """To nothing at all."""
        reset = urllib.request.Request(f"http://127.0.0.1:{self.port}/moto-api/reset", method="POST")
        urllib.request.urlopen(reset).close()

    def stop(self):
        self.process.kill()
        self.process.wait()
        RUNNING.remove(self)

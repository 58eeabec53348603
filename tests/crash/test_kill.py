"""Kills the program at random moments while clients change things: every answered write is there afterwards, and none is
half there. The moments come from a seed, which a failure shows; the operating system adds its own chance to them."""

import http.client
import random
import shutil
import sqlite3
import threading
import time

import pytest
from api import Api, organization_of
from life import Life, prepare

KILLS = 200
KILLS_OF_A_SEED = 25
CLIENTS = 6
LONGEST = 200  # answers until the kill
GONE = (http.client.HTTPException, OSError)
SEED = random.SystemRandom().randrange(10**9)


def check_file(data):
    """SQLite's own checks, on a copy, because they would tidy up the file that the program has to cope with."""
    copy = data.with_name("copy.sqlite")
    for suffix in ("", "-wal"):
        if data.with_name(data.name + suffix).exists():
            shutil.copy(data.with_name(data.name + suffix), copy.with_name(copy.name + suffix))
    with sqlite3.connect(copy) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
    for file in data.parent.glob("copy.sqlite*"):
        file.unlink()


class Load:
    """Clients that each lead a life until the server is gone; the one with the answer of a certain number kills it, while
    the others wait for theirs."""

    def __init__(self, server, organization, lives, answers):
        self.server, self.organization = server, organization
        self.left = answers
        self.lock = threading.Lock()
        self.failures = []
        self.threads = [threading.Thread(target=self.run, args=(life,)) for life in lives]

    def until_killed(self):
        for thread in self.threads:
            thread.start()
        for thread in self.threads:
            thread.join()
        self.server.kill()
        assert not self.failures, self.failures

    def run(self, life):
        try:
            api = Api(self.server.port, self.organization)
            while True:
                life.step(api)
                with self.lock:
                    self.left -= 1
                    if self.left == 0:
                        self.server.process.kill()
        except GONE:
            pass
        except Exception as failure:  # noqa: BLE001: the thread has no other way to report it
            self.failures.append(failure)
            self.server.process.kill()


def test_what_was_answered_is_there_after_a_kill(start, tmp_path):
    chance = random.Random(SEED)
    data = tmp_path / "data.sqlite"
    server = start("--data", str(data), "--log", "off", "--journal", "0")
    organization = organization_of(server)
    lives = [Life(number, SEED) for number in range(CLIENTS)]
    prepare(Api(server.port, organization), lives)
    for _ in range(KILLS):
        Load(server, organization, lives, chance.randrange(1, LONGEST)).until_killed()
        check_file(data)
        server.start()
        document = server.control("GET", "state")
        for life in lives:
            try:
                life.check(document)
            except AssertionError as failure:
                pytest.fail(f"seed {SEED}: {failure}")
    answered = sum(life.answered for life in lives)
    print(f"{KILLS} kills survived; {answered} answered writes are there")
    assert answered > KILLS


@pytest.mark.parametrize("clock", [{}, {"Clock": {"Frozen": "2030-01-01T00:00:00.000Z"}}], ids=["alone", "with clock"])
def test_a_seed_is_all_there_or_not_at_all(start, tmp_path, clock):
    chance = random.Random(SEED)
    data = tmp_path / "data.sqlite"
    server = start("--data", str(data), "--log", "off")
    users = [{"Name": f"user-{i}", "Email": f"user-{i}@bulk.awsapps.com"} for i in range(2000)]
    begin = time.perf_counter()
    server.control("POST", "seed", clock | {"Organizations": [{"Alias": "bulk", "Users": users}]})
    takes = time.perf_counter() - begin
    whole = server.control("GET", "state")
    assert clock.items() <= whole.items()
    for _ in range(KILLS_OF_A_SEED):
        server.control("POST", "reset", {"to": "empty"})
        kill_during(lambda: server.control("POST", "seed", whole), chance.uniform(0, 2 * takes), server, data)
        document = server.control("GET", "state")
        assert document in (whole, {"Organizations": []}), f"seed {SEED}: half a document is there"
        mode = "frozen" if clock and document == whole else "real"
        assert server.control("GET", "clock")["mode"] == mode, f"seed {SEED}: the clock is not that of the document"


def kill_during(work, seconds, server, data):
    """Kills the server so many seconds after it was asked for this work, or when that is done, and starts it again."""

    def ask():
        try:
            work()
        except GONE:
            pass

    asking = threading.Thread(target=ask)
    asking.start()
    end = time.perf_counter() + seconds
    while time.perf_counter() < end and asking.is_alive():
        pass
    server.kill()
    asking.join()
    check_file(data)
    server.start()


def test_a_restore_is_done_or_not_at_all(start, tmp_path):
    chance = random.Random(SEED)
    data = tmp_path / "data.sqlite"
    server = start("--data", str(data), "--log", "off")
    # Two worlds that share nothing, not even the time; a kill forgets the snapshots, so each is a file.
    worlds, files = [], []
    for alias, now in (("one", "2026-05-01T12:00:00Z"), ("other", "2027-01-01T00:00:00Z")):
        server.control("POST", "reset", {"to": "empty"})
        server.control("PUT", "clock", {"now": now, "frozen": True})
        users = [{"Name": f"{alias}-{i}", "Email": f"{alias}-{i}@{alias}.awsapps.com"} for i in range(2000)]
        server.control("POST", "seed", {"Organizations": [{"Alias": alias, "Users": users}]})
        worlds.append(world_of(server))
        server.control("PUT", f"snapshots/{alias}")
        files.append(server.control_bytes("GET", f"snapshots/{alias}"))
    begin = time.perf_counter()
    server.control("POST", "snapshots/other/restore", {})
    takes = time.perf_counter() - begin
    here = 1
    for _ in range(KILLS_OF_A_SEED):
        server.control_bytes("PUT", "snapshots/next", files[1 - here])
        restore = "snapshots/next/restore"
        kill_during(lambda: server.control("POST", restore, {}), chance.uniform(0, 2 * takes), server, data)
        world = world_of(server)
        assert world in worlds, f"seed {SEED}: half a restore is there"
        here = worlds.index(world)


def world_of(server):
    return server.control("GET", "state"), server.control("GET", "clock")["now"]


@pytest.mark.parametrize("to", ["empty", "start"])
def test_a_reset_is_done_or_not_at_all(start, tmp_path, to):
    chance = random.Random(SEED)
    data = tmp_path / "data.sqlite"
    server = start("--data", str(data), "--log", "off", "--ids", "sequential", "--clock", "2026-05-01T12:00:00Z")
    # Empty or not, the clock stands still where --clock has it.
    after = server.control("GET", "state")
    organization_of(server)
    before = server.control("GET", "state")
    for _ in range(KILLS_OF_A_SEED):
        kill_during(lambda: server.control("POST", "reset", {"to": to}), chance.uniform(0, 0.004), server, data)
        document = server.control("GET", "state")
        assert document in (before, after), f"seed {SEED}: half a reset is there"
        if document == after:
            server.control("POST", "seed", before)

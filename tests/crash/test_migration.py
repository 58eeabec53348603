"""Kills the program while it brings a file of the first version up to date: the file is always all of the old or all of
the new, with every row, and the next start goes on from there."""

import random
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest
from workmail_server import BINARY, Server

FIRST_VERSION = Path(__file__).resolve().parents[1] / "unit/store/schema-1.sql"
USERS = 20_000
KILLS = 12
SEED = random.SystemRandom().randrange(10**9)


def make_first_version(path):
    with sqlite3.connect(path) as connection:
        connection.executescript(FIRST_VERSION.read_text(encoding="utf-8"))
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(
            "WITH RECURSIVE count(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM count WHERE i < ?)"
            " INSERT INTO entity (organization, kind, id, name, name_key, state, hidden, role)"
            " SELECT 1, 0, printf('0190aaaa-0000-7000-8000-%012x', i), 'user' || i, 'user' || i, 0, 0, 'USER' FROM count",
            [USERS],
        )
    connection.close()


def count_users(path):
    """Of a copy, with the log beside it."""
    copy = path.with_name("copy.sqlite")
    for suffix in ("", "-wal"):
        if path.with_name(path.name + suffix).exists():
            shutil.copy(path.with_name(path.name + suffix), copy.with_name(copy.name + suffix))
    with sqlite3.connect(copy) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        users = connection.execute("SELECT count(*) FROM entity WHERE kind = 0").fetchone()[0]
    connection.close()
    for file in path.parent.glob("copy.sqlite*"):
        file.unlink()
    return version, users


def written(path):
    """Bytes beside the file: what is made of it, and the log in which that takes its place."""
    files = [path.with_name(path.name + suffix) for suffix in ("-migration", "-wal")]
    return sum(file.stat().st_size for file in files if file.exists())


def kill_when_written(path, much):
    """Starts the program and kills it when it has written that much, or has done all."""
    process = subprocess.Popen([BINARY, "--listen", "localhost:0", "--data", str(path)], stdout=subprocess.DEVNULL)
    copy = path.with_name(path.name + "-migration")
    begun = ended = False
    try:
        while process.poll() is None and not ended:
            begun, ended = begun or copy.exists(), begun and not copy.exists()
            try:
                ended = ended or written(path) >= much
            except FileNotFoundError:
                pass  # taken away between two looks
        assert process.poll() is None, "it ended without a kill"
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("seed", [SEED])
def test_a_killed_migration_leaves_all_of_the_old_or_all_of_the_new(tmp_path, seed):
    chance = random.Random(seed)
    original, path = tmp_path / "original.sqlite", tmp_path / "data.sqlite"
    make_first_version(original)
    expected = count_users(original)[1]
    most = 2 * original.stat().st_size  # the copy, and once more in the log
    versions = set()
    for _ in range(KILLS):
        for file in tmp_path.glob("data.sqlite*"):
            file.unlink()
        shutil.copy(original, path)
        kill_when_written(path, chance.randrange(1, most))
        version, users = count_users(path)
        assert users == expected
        versions.add(version)
    assert 1 in versions

    server = Server(tmp_path, "--data", str(path))
    try:
        assert count_users(path) == (3, expected)
        assert not path.with_name(path.name + "-migration").exists()
    finally:
        server.stop()

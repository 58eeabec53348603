"""A disk that is full or cannot be written: writes are refused in clear words, reads go on, and nothing that was answered
is lost."""

import os
import resource
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path

import pytest
from api import Api, Refused, organization_of
from workmail_server import BINARY, GIVE_UP_AFTER
from workmail_server import Refused as ControlRefused

NOBODY = 65534


def users_until_refused(api, names):
    made = []
    for name in names:
        try:
            api("CreateUser", Name=name, DisplayName=name, Password="Secret-123")
            made.append(name)
        except Refused as refusal:
            return made, refusal
    raise AssertionError("the disk has never been full")


def names_of(api):
    answer = api("ListUsers", MaxResults=100)
    names = {user["Name"] for user in answer["Users"]}
    while "NextToken" in answer:
        answer = api("ListUsers", MaxResults=100, NextToken=answer["NextToken"])
        names |= {user["Name"] for user in answer["Users"]}
    return names


def check_recovery(server, api, make_full, make_room):
    """Fills the disk, looks, makes room, and looks again."""
    server.may_fail = True
    assert names_of(api) == set()
    make_full()
    made, refusal = users_until_refused(api, (f"user-{i}" for i in range(100_000)))
    assert (refusal.status, refusal.code) == (500, "InternalFailure")
    assert names_of(api) == set(made), "reads go on"
    # Its own write is a small one, and takes the last of the room.
    with pytest.raises(ControlRefused) as unhealthy:
        for _ in range(1000):
            server.control("GET", "health")
    assert unhealthy.value.status == 503
    assert "cannot be written" in str(unhealthy.value)

    make_room()
    assert server.control("GET", "health")["status"] == "ok"
    api("CreateUser", Name="after", DisplayName="after", Password="Secret-123")
    assert names_of(api) == {*made, "after"}
    server.kill()
    server.start()
    assert names_of(Api(server.port, api.organization)) == {*made, "after"}


def test_writes_are_refused_while_files_cannot_grow(start, tmp_path):
    data = tmp_path / "data.sqlite"
    server = start("--data", str(data))
    api = Api(server.port, organization_of(server))
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]

    log = data.with_name("data.sqlite-wal")

    def limit_to(size):
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (size, hard))

    check_recovery(server, api, lambda: limit_to(log.stat().st_size + 100_000), lambda: limit_to(hard))


def test_calls_that_share_a_failed_commit_are_all_refused(start, tmp_path):
    data = tmp_path / "data.sqlite"
    server = start("--data", str(data))
    server.may_fail = True
    organization = organization_of(server)
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    size = data.with_name("data.sqlite-wal").stat().st_size
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (size + 1_000_000, hard))
    made, codes = set(), set()

    def create(client):
        names = (f"user-{client}-{i}" for i in range(100_000))
        mine, refusal = users_until_refused(Api(server.port, organization), names)
        made.update(mine)
        codes.add(refusal.code)

    clients = [threading.Thread(target=create, args=(i,)) for i in range(16)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    assert codes == {"InternalFailure"}
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (hard, hard))
    assert names_of(Api(server.port, organization)) == made


def test_writes_are_refused_while_the_disk_is_full(start, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("a small disk can only be mounted by root, and not everywhere")
    try:
        server = start("--data", str(disk / "data.sqlite"))
        api = Api(server.port, organization_of(server))
        ballast = disk / "ballast"
        check_recovery(server, api, lambda: ballast.write_bytes(bytes(600_000)), ballast.unlink)
        server.stop()
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_a_folder_that_cannot_be_written_is_told_at_the_start():
    folder = Path(tempfile.mkdtemp())
    try:
        folder.chmod(0o555)
        done = subprocess.run(
            [BINARY, "--listen", "localhost:0", "--data", str(folder / "data.sqlite")],
            capture_output=True,
            text=True,
            timeout=GIVE_UP_AFTER,
            check=False,
            **({"user": NOBODY} if os.geteuid() == 0 else {}),
        )
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
        assert "data.sqlite cannot be used" in done.stderr
        assert not list(folder.iterdir())
    finally:
        shutil.rmtree(folder)

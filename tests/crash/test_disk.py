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


def succeeds(*command):
    return shutil.which(command[0]) is not None and subprocess.run(command, capture_output=True).returncode == 0


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
    assert "data.sqlite cannot be written: " in str(unhealthy.value)

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
    if os.geteuid() != 0 or not succeeds("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)):
        pytest.skip("a small disk can only be mounted by root, and not everywhere")
    try:
        server = start("--data", str(disk / "data.sqlite"))
        api = Api(server.port, organization_of(server))
        ballast = disk / "ballast"
        check_recovery(server, api, lambda: ballast.write_bytes(bytes(600_000)), ballast.unlink)
        server.stop()
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def make_immutable(path, immutable):
    return succeeds("chattr", "+i" if immutable else "-i", str(path))


def is_refused(file):
    try:
        os.write(file.fileno(), b"x")
        return False
    except OSError:
        return True


def test_writes_are_refused_while_the_files_are_read_only(start, tmp_path):
    probe = tmp_path / "probe"
    with open(probe, "wb") as file:
        possible = make_immutable(probe, True) and is_refused(file)
        make_immutable(probe, False)
    if not possible:
        pytest.skip("open files can only be made immutable by root, and not on every file system")
    data = tmp_path / "data.sqlite"
    server = start("--data", str(data))
    api = Api(server.port, organization_of(server))
    files = [data, data.with_name("data.sqlite-wal")]

    def make_all_immutable(immutable):
        assert all(make_immutable(path, immutable) for path in files)

    try:
        check_recovery(server, api, lambda: make_all_immutable(True), lambda: make_all_immutable(False))
    finally:
        make_all_immutable(False)


class FaultyDisk:
    """A file system that can be made to find a fault in itself, after which Linux allows no writes to it until it is
    mounted again."""

    def __init__(self, folder):
        self.image, self.folder = folder / "image", folder / "disk"
        self.image.write_bytes(bytes(16_000_000))
        self.folder.mkdir()

    def format(self):
        return succeeds("mkfs.ext4", "-q", str(self.image))

    def mount(self):
        return succeeds("mount", "-t", "ext4", "-o", "loop,errors=remount-ro", str(self.image), str(self.folder))

    def unmount(self):
        succeeds("umount", "--lazy", str(self.folder))

    def trigger(self):
        findmnt = ["findmnt", "--noheadings", "--output", "SOURCE", str(self.folder)]
        device = subprocess.run(findmnt, capture_output=True, text=True, check=True).stdout.strip()
        return Path("/sys/fs/ext4", Path(device).name, "trigger_fs_error")

    def fail(self):
        # What has not come to the disk by then is lost, as in a power cut.
        assert succeeds("sync", "--file-system", str(self.folder))
        self.trigger().write_text("a test")


@pytest.fixture
def faulty_disk(tmp_path):
    disk = FaultyDisk(tmp_path)
    try:
        usable = os.geteuid() == 0 and disk.format() and disk.mount() and os.access(disk.trigger(), os.W_OK)
        if not usable:
            pytest.skip("a disk with a fault can only be mounted by root, and not everywhere")
        yield disk
    finally:
        disk.unmount()


def test_writes_are_refused_after_the_file_system_turned_read_only(start, faulty_disk):
    server = start("--data", str(faulty_disk.folder / "data.sqlite"))
    server.may_fail = True
    api = Api(server.port, organization_of(server))
    for i in range(20):
        api("CreateUser", Name=f"user-{i}", DisplayName="A User", Password="Secret-123")
    before = server.control("GET", "state")
    faulty_disk.fail()
    for _ in range(2):
        with pytest.raises(Refused) as refusal:
            api("CreateGroup", Name="later")
        assert (refusal.value.status, refusal.value.code) == (500, "InternalFailure")
        with pytest.raises(ControlRefused) as unhealthy:
            server.control("GET", "health")
        assert (unhealthy.value.status, "cannot be written" in str(unhealthy.value)) == (503, True)
        assert server.control("GET", "state") == before, "reads go on"

    server.kill()
    faulty_disk.unmount()
    assert faulty_disk.mount()
    server.start()
    assert server.control("GET", "state") == before
    Api(server.port, api.organization)("CreateGroup", Name="later")
    server.stop()


def test_a_folder_that_cannot_be_written_is_reported_at_the_start():
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
        assert "data.sqlite cannot be written" in done.stderr
        assert not list(folder.iterdir())
    finally:
        shutil.rmtree(folder)

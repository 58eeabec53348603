"""tests/platforms where it cannot do its work: it reports that, and no failure."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def run(tmp_path):
    """A function that runs a copy of the script, which touches nothing of this clone, with these programs instead of the real
    ones. Returns its status, what it prints, and the reason that tests/summary.py would read."""

    def run_copy(*arguments, **programs):
        (tmp_path / "bin").mkdir()
        for name, lines in programs.items():
            (tmp_path / "bin" / name).write_text(f"#!/bin/sh\n{lines}\n")
        for name in ("tests/platforms", "tests/not_run", "docker/debian-mirror"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / name)
        (tmp_path / "docker/install-packages").write_text("#!/bin/sh\n")
        for program in (*(tmp_path / "bin").iterdir(), tmp_path / "docker/install-packages"):
            program.chmod(0o755)
        environment = {"PATH": f"{tmp_path}/bin:{os.environ['PATH']}", "WORKMAIL_REPORT": str(tmp_path / "report.xml")}
        done = subprocess.run([tmp_path / "tests/platforms", *arguments], env=environment, capture_output=True, text=True)
        reason = tmp_path / "report.reason"
        return done.returncode, done.stderr, reason.read_text().strip() if reason.exists() else ""

    return run_copy


def test_a_platform_that_it_does_not_know_is_refused(run):
    status, errors, _ = run("plan9")
    assert (status, errors) == (2, "tests/platforms does not know plan9; see --help.\n")


def test_without_root_it_is_not_run(run):
    status, _, reason = run("trixie", id="echo 1000")
    assert (status, reason) == (77, "only root can make the root of another platform")


@pytest.mark.parametrize("platform", ["trixie", "arm64"])
def test_without_a_mirror_it_is_not_run(run, platform):
    status, _, reason = run(platform, id="echo 0", debootstrap="echo 'E: cannot reach the mirror'; exit 1")
    assert (status, reason) == (77, f"a root of {platform} cannot be made: E: cannot reach the mirror")


def test_without_the_keys_of_ubuntu_it_is_not_run(run):
    status, _, reason = run("noble", id="echo 0", **{"apt-get": "echo 'E: no network'; exit 100"})
    assert (status, reason) == (77, "a root of noble cannot be made: E: no network")


def test_where_nothing_can_be_mounted_it_is_not_run(run):
    status, _, reason = run("trixie", id="echo 0", debootstrap="true", unshare="echo 'unshare: not permitted' >&2; exit 1")
    assert (status, reason) == (77, "nothing can be mounted in the root of trixie: unshare: not permitted")

"""The workflows of GitHub: what they call exists and is tested here, and actionlint finds nothing wrong with them."""

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.7"
# What prepares the machine of GitHub. All else is a script of this repository.
PREPARES = ("apt-get ", "sudo apt-get ", "git config ")


@pytest.fixture(autouse=True)
def _there_are_workflows():
    if not WORKFLOWS:
        pytest.skip("there is no .github here")


def commands():
    for workflow in WORKFLOWS:
        text = workflow.read_text()
        assert not re.search(r"run: *[|>]", text), f"{workflow.name} has a script of its own"
        yield from re.findall(r"run: (.*)", text)
        for matrix in re.findall(r"command: \[(.*)\]", text):
            yield from matrix.split(", ")


def test_the_steps_call_scripts_of_this_repository():
    own = [command for command in commands() if not command.startswith((*PREPARES, "${{ matrix.command }}"))]
    programs = {command.split()[0] for command in own}
    assert {"tests/run", "tests/platforms", "docker/release", "docker/packaging/publish"} <= programs
    assert [program for program in programs if not os.access(ROOT / program, os.X_OK)] == []


def test_actionlint_finds_nothing():
    if shutil.which("go") is None:
        pytest.skip("go is not installed, which builds actionlint")
    folder = ROOT / "build/packages/go"
    built = subprocess.run(["go", "install", ACTIONLINT], capture_output=True, text=True,
                           env=os.environ | {"GOBIN": str(folder)})  # fmt: skip
    if built.returncode != 0:
        pytest.skip(f"actionlint cannot be fetched: {built.stderr.strip().splitlines()[-1]}")
    done = subprocess.run([folder / "actionlint", *WORKFLOWS], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def write_program(path, calls):
    """One that writes down how it is called, and what it reads when it is to log in."""
    path.write_text(f'#!/bin/sh\necho "{path.name} $*" >>"{calls}"\n[ "$1" != login ] || sed "s/^/  /" >>"{calls}"\n')
    path.chmod(0o755)


def test_a_release_is_published_with_its_image_and_its_notes(tmp_path, monkeypatch):
    calls = tmp_path / "calls"
    write_program(tmp_path / "skopeo", calls)
    write_program(tmp_path / "gh", calls)
    packages = tmp_path / "packages"
    packages.mkdir()
    image = packages / "workmail-local-9.9.9-image.tar"
    image.write_bytes(b"image")
    sums = packages / "SHA256SUMS"
    sums.write_text(f"{hashlib.sha256(b'image').hexdigest()}  {image.name}\n")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("IMAGE", "registry.example/Owner/it")
    monkeypatch.setenv("GITHUB_REPOSITORY", "Owner/it")
    monkeypatch.setenv("GITHUB_ACTOR", "alice")
    monkeypatch.setenv("GH_TOKEN", "secret")

    publish = [ROOT / "docker/packaging/publish", "9.9.9", packages, "notes.md"]
    subprocess.run(publish, check=True)
    assert calls.read_text().splitlines() == [
        "skopeo login --username alice --password-stdin registry.example",
        "  secret",
        f"skopeo copy --all oci-archive:{image} docker://registry.example/owner/it:9.9.9",
        f"skopeo copy --all oci-archive:{image} docker://registry.example/owner/it:latest",
        "gh release create v9.9.9 --repo Owner/it --draft --verify-tag --title v9.9.9 --notes-file notes.md "
        f"{sums} {image}",
    ]

    # Nothing is published of packages that are not those of docker/release.
    calls.unlink()
    image.write_bytes(b"another")
    assert subprocess.run(publish, capture_output=True).returncode != 0
    assert not calls.exists()

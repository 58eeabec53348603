"""The wheel: what pip makes of it, and of the source archive."""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILDER = ROOT / "docker/packaging/wheel.py"
BINARY = Path(os.environ.get("WORKMAIL_BINARY") or ROOT / "build/release/workmail-local")


def build(folder, *options):
    command = [sys.executable, "-B", str(BUILDER), "--version", "9.9.9", "--output", str(folder), *options]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Path(done.stdout.strip())


def pip(python, *arguments):
    return subprocess.run([python, "-m", "pip", "--disable-pip-version-check", *arguments], capture_output=True, text=True)


def test_it_installs_the_command(tmp_path):
    wheel = build(tmp_path, "--program", str(BINARY))
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=True)
    python = str(environment / "bin/python")
    installed = pip(python, "install", "--no-index", str(wheel))
    assert installed.returncode == 0, installed.stderr
    command = subprocess.run([environment / "bin/workmail-local", "operations"], capture_output=True, text=True)
    assert len(command.stdout.splitlines()) == 94
    found = subprocess.run([python, "-c", "import workmail_local; print(workmail_local.find_command())"],
                           capture_output=True, text=True)  # fmt: skip
    assert found.stdout.strip() == str(environment / "bin/workmail-local")


def test_the_same_files_make_the_same_bytes(tmp_path):
    wheels = [build(tmp_path / name, "--program", str(BINARY)) for name in ("one", "two")]
    assert len({hashlib.sha256(wheel.read_bytes()).hexdigest() for wheel in wheels}) == 1
    archives = [build(tmp_path / name, "--source") for name in ("one", "two")]
    assert len({hashlib.sha256(archive.read_bytes()).hexdigest() for archive in archives}) == 1


def test_a_wheel_of_another_processor_is_not_taken(tmp_path):
    other = "arm64" if os.uname().machine == "x86_64" else "amd64"
    wheel = build(tmp_path, "--program", str(BINARY), "--architecture", other)
    refused = pip(sys.executable, "install", "--no-index", "--target", str(tmp_path / "target"), str(wheel))
    assert refused.returncode != 0
    assert "is not a supported wheel on this platform" in refused.stderr


def test_an_unsupported_platform_is_referred_to_the_image(tmp_path):
    archive = build(tmp_path, "--source")
    refused = pip(sys.executable, "install", "--no-index", "--target", str(tmp_path / "target"), str(archive))
    assert refused.returncode != 0
    assert "Use the image instead: docker run" in refused.stdout + refused.stderr

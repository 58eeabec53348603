"""The archive, the Debian package, the image and the list of libraries that docker/release makes of a program."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "docker/packaging"
BINARY = Path(os.environ.get("WORKMAIL_BINARY") or ROOT / "build/release/workmail-local")
NATIVE = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True).stdout.strip()
OTHER = "arm64" if NATIVE == "amd64" else "amd64"
LICENSES = {"LICENSE", "NOTICE", "THIRD_PARTY_LICENSES"}


def make(script, *arguments):
    command = [sys.executable, "-B", str(PACKAGING / script), *map(str, arguments)]
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1790000000"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    return [Path(line) for line in done.stdout.split()]


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    make("pages.py", "--program", BINARY, "--version", "9.9.9", "--output", folder)
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory, pages):
    def build(name, architecture=NATIVE):
        folder = tmp_path_factory.mktemp(name)
        return make("archive.py", "--version", "9.9.9", "--architecture", architecture, "--program", BINARY,
                    "--pages", pages, "--output", folder)  # fmt: skip

    return build


def test_the_archive_holds_a_program_that_runs(built, tmp_path):
    archive, _ = built("archive")
    assert archive.name == f"workmail-local-9.9.9-linux-{NATIVE}.tar.gz"
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path)
    top = tmp_path / f"workmail-local-9.9.9-linux-{NATIVE}"
    operations = subprocess.run([top / "bin/workmail-local", "operations"], capture_output=True, text=True)
    assert len(operations.stdout.splitlines()) == 94
    assert {path.name for path in (top / "share/doc/workmail-local").iterdir()} == LICENSES


def test_the_package_is_taken_by_dpkg(built, tmp_path):
    _, package = built("package")
    fields = subprocess.run(["dpkg-deb", "--field", package], capture_output=True, text=True, check=True).stdout
    assert "Package: workmail-local\nVersion: 9.9.9\n" in fields
    assert "Depends:" not in fields  # the program is static
    subprocess.run(["dpkg-deb", "--extract", package, tmp_path], check=True)
    assert subprocess.run([tmp_path / "usr/bin/workmail-local", "--version"], capture_output=True).returncode == 0
    unit = (tmp_path / "lib/systemd/system/workmail-local.service").read_text()
    assert "ExecStart=/usr/bin/workmail-local --data /var/lib/workmail-local/" in unit
    # Nothing enables or starts it.
    control = subprocess.run(["dpkg-deb", "--ctrl-tarfile", package], capture_output=True, check=True).stdout
    names = subprocess.run(["tar", "--list"], input=control, capture_output=True, check=True).stdout.split()
    assert {name.decode().removeprefix("./") for name in names} == {"", "control"}


def test_a_package_of_another_processor_declares_it(built):
    _, package = built("other", OTHER)
    refused = subprocess.run(["dpkg", "--dry-run", "--install", package], capture_output=True, text=True)
    assert refused.returncode != 0
    assert f"package architecture ({OTHER}) does not match system ({NATIVE})" in refused.stderr


def test_the_same_files_make_the_same_bytes(built, tmp_path):
    assert [digest(path) for path in built("one")] == [digest(path) for path in built("two")]
    images = [tmp_path / name for name in ("one.tar", "two.tar")]
    for image in images:
        make("image.py", "--version", "9.9.9", "--revision", "abc", "--output", image, f"{NATIVE}={BINARY}")
    assert digest(images[0]) == digest(images[1])


def options():
    help_text = subprocess.run([BINARY, "--help"], capture_output=True, text=True, check=True).stdout
    return re.findall(r"^  (?:-\w,)?(--[a-z-]+)", help_text, re.MULTILINE)


def test_the_pages_have_every_option(pages):
    assert len(options()) > 20
    for path in pages.rglob("*"):
        if path.is_file():
            text = path.read_text().replace("\\-", "-").replace("-l ", "--")
            assert [option for option in options() if option not in text] == [], path


def test_the_manual_page_has_no_warnings(pages):
    page = pages / "share/man/man1/workmail-local.1"
    groff = shutil.which("groff")
    if groff is None:
        pytest.skip("groff is not installed")
    done = subprocess.run([groff, "-man", "-Tascii", "-ww", page], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "local emulator of the Amazon WorkMail API" in done.stdout


@pytest.mark.parametrize(
    "line, expected",
    [("--ids ", "random sequential"), ("--dom", "--domains"), ("oper", "operations"), ("--log-level d", "debug")],
)
def test_bash_completes(pages, line, expected):
    script = f"""
source {pages}/share/bash-completion/completions/workmail-local
COMP_WORDS=(workmail-local {line.rstrip()}{" ''" if line.endswith(" ") else ""})
COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
_workmail_local
echo "${{COMPREPLY[*]}}"
"""
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True)
    assert done.stdout.strip() == expected, done.stderr


@pytest.mark.parametrize("shell, page", [("zsh", "zsh/site-functions/_workmail-local"),
                                         ("fish", "fish/vendor_completions.d/workmail-local.fish")])  # fmt: skip
def test_the_other_shells_can_read_theirs(pages, shell, page):
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    done = subprocess.run([shell, "-n", pages / "share" / page], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_image_is_what_the_dockerfile_describes(tmp_path):
    image = tmp_path / "image.tar"
    make("image.py", "--version", "9.9.9", "--revision", "abc", "--source", "https://example.org/it", "--output", image,
         f"amd64={BINARY}", f"arm64={BINARY}")  # fmt: skip
    with tarfile.open(image) as tar:
        content = {member.name: tar.extractfile(member).read() for member in tar if member.isfile()}

    def blob(descriptor):
        data = content["blobs/" + descriptor["digest"].replace(":", "/")]
        assert len(data) == descriptor["size"]
        assert "sha256:" + hashlib.sha256(data).hexdigest() == descriptor["digest"]
        return data

    [top] = json.loads(content["index.json"])["manifests"]
    manifests = json.loads(blob(top))["manifests"]
    assert [manifest["platform"]["architecture"] for manifest in manifests] == ["amd64", "arm64"]
    for manifest in manifests:
        parts = json.loads(blob(manifest))
        config = json.loads(blob(parts["config"]))["config"]
        assert config["Entrypoint"] == ["/workmail-local"]
        assert config["Labels"]["org.opencontainers.image.version"] == "9.9.9"
        assert config["Labels"]["org.opencontainers.image.revision"] == "abc"
        assert config["Labels"]["org.opencontainers.image.source"] == "https://example.org/it"
        assert config["Labels"]["org.opencontainers.image.licenses"] == "Apache-2.0"
        [layer] = parts["layers"]
        (tmp_path / "layer").write_bytes(blob(layer))
        with tarfile.open(tmp_path / "layer") as files:
            assert {"workmail-local", "data"} | {f"licenses/{name}" for name in LICENSES} <= set(files.getnames())
            assert files.extractfile("workmail-local").read() == BINARY.read_bytes()


def test_the_list_of_libraries_names_their_versions(tmp_path):
    output = tmp_path / "libraries.spdx.json"
    make("sbom.py", "--version", "9.9.9", "--revision", "abc", "--architecture", NATIVE, "--program", BINARY,
         "--output", output)  # fmt: skip
    document = json.loads(output.read_text())
    assert document["spdxVersion"] == "SPDX-2.3"
    packages = {package["name"]: package for package in document["packages"]}
    assert packages["workmail-local"]["checksums"][0]["checksumValue"] == digest(BINARY)
    assert packages["SQLite"]["versionInfo"].startswith("3.")
    assert all(package["versionInfo"] for package in packages.values())
    related = {relation["relatedSpdxElement"] for relation in document["relationships"]}
    assert related == {package["SPDXID"] for package in document["packages"]}
    # Each of them has its license among those that are given along.
    listed = (ROOT / "THIRD_PARTY_LICENSES").read_text().split("====", 1)[0].lower()
    for name in packages.keys() - {"workmail-local", "htm-preact", "glibc"}:
        assert name.lower() in listed


def test_the_list_of_libraries_knows_what_the_cross_compiler_brings(tmp_path, monkeypatch):
    query = tmp_path / "dpkg-query"
    query.write_text("""#!/bin/sh
case "$3" in
  libc6-dev:arm64) echo "installed 2-of-arm64" ;;
  libstdc++-12-dev-arm64-cross) echo "installed 3-of-the-cross-compiler" ;;
  *-arm64-cross | *:arm64) exit 1 ;;
  *) echo "installed 1-of-all" ;;
esac
""")
    query.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    output = tmp_path / "libraries.spdx.json"
    make("sbom.py", "--version", "9.9.9", "--revision", "abc", "--architecture", "arm64", "--program", BINARY,
         "--output", output)  # fmt: skip
    versions = {package["name"]: package["versionInfo"].strip() for package in json.loads(output.read_text())["packages"]}
    assert versions["glibc"] == "2-of-arm64"
    assert versions["libstdc++"] == "3-of-the-cross-compiler"
    assert versions["Boost"] == "1-of-all"


def release(*arguments):
    return subprocess.run([ROOT / "docker/release", *arguments], capture_output=True, text=True)


def test_a_release_of_another_version_is_refused():
    done = release("77.0")
    assert done.returncode == 2
    assert "77.0 is not the version of CMakeLists.txt" in done.stderr


def test_a_release_deletes_nothing_of_others(tmp_path):
    (tmp_path / "file").touch()
    done = release("--output", tmp_path)
    assert (done.returncode, done.stderr) == (2, f"docker/release: {tmp_path} is not empty\n")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_one_command_makes_all_packages_and_the_same_again(tmp_path, monkeypatch):
    if BINARY != ROOT / "build/release/workmail-local" or not (ROOT / ".git").exists():
        pytest.skip("WORKMAIL_BINARY is not the release of a clone")
    monkeypatch.setenv("WARNINGS_AS_ERRORS", "ON")  # as tests/run builds it, so that this does not build it again
    sums = []
    for name in ("one", "two"):
        done = release("--only", NATIVE, "--output", tmp_path / name)
        assert done.returncode == 0, done.stderr
        check = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=tmp_path / name)
        assert check.returncode == 0
        sums.append((tmp_path / name / "SHA256SUMS").read_text())
    assert sums[0] == sums[1]
    version = re.search(r"workmail-local VERSION ([\d.]+)", (ROOT / "CMakeLists.txt").read_text())[1]
    python = "x86_64" if NATIVE == "amd64" else "aarch64"
    tags = f"manylinux_2_17_{python}.manylinux2014_{python}.musllinux_1_1_{python}"
    assert {path.name for path in (tmp_path / "one").iterdir()} == {
        "SHA256SUMS",
        f"workmail-local-{version}-image.tar",
        f"workmail-local-{version}-linux-{NATIVE}.spdx.json",
        f"workmail-local-{version}-linux-{NATIVE}.tar.gz",
        f"workmail-local_{version}_{NATIVE}.deb",
        f"workmail_local-{version}-py3-none-{tags}.whl",
        f"workmail_local-{version}.tar.gz",
    }


def test_the_notes_of_a_release_come_from_the_change_log():
    changes = (ROOT / "CHANGELOG.md").read_text()
    version = re.search(r"^## \[(\d[\d.]*)\]", changes, re.MULTILINE)[1]
    notes = subprocess.run([PACKAGING / "notes", version], capture_output=True, text=True, check=True).stdout
    assert "### Added" in notes
    assert notes.strip() in changes
    none = subprocess.run([PACKAGING / "notes", "77.0"], capture_output=True, text=True)
    assert (none.returncode, none.stderr) == (1, "CHANGELOG.md has no section of 77.0\n")


def test_cmake_installs_below_a_prefix(tmp_path):
    build = BINARY.parent
    if not (build / "cmake_install.cmake").exists():
        pytest.skip("WORKMAIL_BINARY is not in the folder of its build")
    subprocess.run(["cmake", "--install", build, "--prefix", tmp_path], check=True, capture_output=True)
    assert subprocess.run([tmp_path / "bin/workmail-local", "--version"], capture_output=True).returncode == 0
    assert {path.name for path in (tmp_path / "share/doc/workmail-local").iterdir()} == LICENSES

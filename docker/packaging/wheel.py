#!/usr/bin/env python3
"""Builds the Python wheel of one platform from a static program, and the source archive that pip takes on all others.

    wheel.py --output FOLDER --program PATH --architecture amd64
    wheel.py --output FOLDER --source

The wheel installs the command workmail-local and the package workmail_local with its pytest plugin. The source archive
cannot be installed: it reports that, and names the image. Their version is that of CMakeLists.txt, unless --version.
Both have the same bytes whenever they are built from the same
files; SOURCE_DATE_EPOCH is the time of everything inside.
"""

import argparse
import base64
import gzip
import hashlib
import io
import os
import re
import tarfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path(__file__).resolve().parent / "python"
# A static program runs with every C library.
PLATFORMS = {
    "amd64": ("manylinux_2_17_x86_64", "manylinux2014_x86_64", "musllinux_1_1_x86_64"),
    "arm64": ("manylinux_2_17_aarch64", "manylinux2014_aarch64", "musllinux_1_1_aarch64"),
}
LICENSES = ("LICENSE", "NOTICE", "THIRD_PARTY_LICENSES")
# A zip file knows no earlier time.
EARLIEST = 315532800


def version_of_the_project():
    return re.search(r"^project\(workmail-local VERSION ([\d.]+)", (ROOT / "CMakeLists.txt").read_text(), re.MULTILINE)[1]


def metadata(version):
    return f"""\
Metadata-Version: 2.1
Name: workmail-local
Version: {version}
Summary: A local emulator of the Amazon WorkMail API, with a pytest plugin
License: Apache-2.0
Classifier: Development Status :: 4 - Beta
Classifier: Framework :: Pytest
Classifier: License :: OSI Approved :: Apache Software License
Classifier: Operating System :: POSIX :: Linux
Requires-Python: >=3.9
"""


def epoch():
    return max(EARLIEST, int(os.environ.get("SOURCE_DATE_EPOCH", EARLIEST)))


def build_wheel(version, program, architecture, output):
    platforms = PLATFORMS[architecture]
    info = f"workmail_local-{version}.dist-info"
    files = {f"workmail_local/{path.name}": (path.read_bytes(), 0o644) for path in package_files()}
    files[f"workmail_local-{version}.data/scripts/workmail-local"] = (program.read_bytes(), 0o755)
    tags = "".join(f"Tag: py3-none-{platform}\n" for platform in platforms)
    wheel = f"Wheel-Version: 1.0\nGenerator: workmail-local\nRoot-Is-Purelib: false\n{tags}"
    files[f"{info}/METADATA"] = (metadata(version).encode(), 0o644)
    files[f"{info}/WHEEL"] = (wheel.encode(), 0o644)
    files[f"{info}/entry_points.txt"] = (b"[pytest11]\nworkmail_local = workmail_local.pytest_plugin\n", 0o644)
    for name in LICENSES:
        files[f"{info}/licenses/{name}"] = ((ROOT / name).read_bytes(), 0o644)
    files[f"{info}/RECORD"] = (record(files, f"{info}/RECORD"), 0o644)
    path = output / f"workmail_local-{version}-py3-none-{'.'.join(platforms)}.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, (content, mode) in files.items():
            entry = zipfile.ZipInfo(name, time.gmtime(epoch())[:6])
            entry.external_attr = (0o100000 | mode) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return path


def package_files():
    return sorted(path for path in (PACKAGE / "workmail_local").iterdir() if path.suffix in (".py", ".typed"))


def record(files, own_name):
    lines = []
    for name, (content, _) in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.append(f"{name},sha256={digest},{len(content)}\n")
    return ("".join(lines) + f"{own_name},,\n").encode()


def build_source_archive(version, output):
    name = f"workmail_local-{version}"
    files = {path.name: path.read_bytes() for path in sorted((PACKAGE / "source").iterdir()) if path.is_file()}
    files["PKG-INFO"] = metadata(version).encode()
    path = output / f"{name}.tar.gz"
    with path.open("wb") as file, gzip.GzipFile("", "wb", fileobj=file, mtime=epoch()) as zipped:
        with tarfile.open(fileobj=zipped, mode="w", format=tarfile.PAX_FORMAT) as archive:
            for file_name, content in files.items():
                entry = tarfile.TarInfo(f"{name}/{file_name}")
                entry.size, entry.mtime, entry.mode = len(content), epoch(), 0o644
                archive.addfile(entry, io.BytesIO(content))
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", default=version_of_the_project())
    parser.add_argument("--output", required=True, type=Path)
    parser.add_argument("--program", type=Path, help="the static program")
    parser.add_argument("--architecture", choices=PLATFORMS, default="amd64")
    parser.add_argument("--source", action="store_true", help="build the source archive instead")
    arguments = parser.parse_args()
    if not arguments.source and not arguments.program:
        parser.error("--program is missing")
    arguments.output.mkdir(parents=True, exist_ok=True)
    if arguments.source:
        print(build_source_archive(arguments.version, arguments.output))
    else:
        print(build_wheel(arguments.version, arguments.program, arguments.architecture, arguments.output))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Builds the .tar.gz and the .deb of one platform from a static program.

    archive.py --version 0.2.0 --architecture amd64 --program PATH --pages FOLDER --output FOLDER

`pages` is what docker/packaging/pages.py wrote. Both have the same bytes whenever they are built from the same files;
SOURCE_DATE_EPOCH is the time of everything inside.
"""

import argparse
import gzip
import io
import os
import subprocess
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAME = "workmail-local"
LICENSES = ("LICENSE", "NOTICE", "THIRD_PARTY_LICENSES")
UNIT = Path(__file__).resolve().parent / "systemd/workmail-local.service"


def epoch():
    return int(os.environ.get("SOURCE_DATE_EPOCH", 0))


def files_of(program, pages):
    """What both have, by the path below the prefix: (content, mode)."""
    files = {f"bin/{NAME}": (program.read_bytes(), 0o755)}
    for path in sorted(pages.rglob("*")):
        if path.is_file():
            files[str(path.relative_to(pages))] = (path.read_bytes(), 0o644)
    for name in LICENSES:
        files[f"share/doc/{NAME}/{name}"] = ((ROOT / name).read_bytes(), 0o644)
    return files


def build_tar(version, architecture, files, output):
    top = f"{NAME}-{version}-linux-{architecture}"
    path = output / f"{top}.tar.gz"
    with path.open("wb") as file, gzip.GzipFile("", "wb", fileobj=file, mtime=epoch()) as zipped:
        with tarfile.open(fileobj=zipped, mode="w", format=tarfile.PAX_FORMAT) as archive:
            for name, (content, mode) in sorted(files.items()):
                entry = tarfile.TarInfo(f"{top}/{name}")
                entry.size, entry.mtime, entry.mode = len(content), epoch(), mode
                archive.addfile(entry, io.BytesIO(content))
    return path


def control(version, architecture, size):
    return f"""\
Package: {NAME}
Version: {version}
Architecture: {architecture}
Maintainer: workmail-local maintainers <maintainers@workmail-local.invalid>
Installed-Size: {-(-size // 1024)}
Section: devel
Priority: optional
Description: local emulator of the Amazon WorkMail API
 Answers all operations of the Amazon WorkMail API from any AWS SDK, over a
 SQLite store, for integration tests and offline development.
"""


def build_deb(version, architecture, files, output):
    path = output / f"{NAME}_{version}_{architecture}.deb"
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder)
        tree.chmod(0o755)
        contents = {f"usr/{name}": file for name, file in files.items()}
        # Policy of Debian: manual pages are compressed, and the license is named copyright.
        page = f"usr/share/man/man1/{NAME}.1"
        contents[f"{page}.gz"] = (gzip.compress(contents.pop(page)[0], mtime=0), 0o644)
        contents[f"usr/share/doc/{NAME}/copyright"] = contents[f"usr/share/doc/{NAME}/LICENSE"]
        contents[f"usr/share/zsh/vendor-completions/_{NAME}"] = contents.pop(f"usr/share/zsh/site-functions/_{NAME}")
        contents[f"lib/systemd/system/{NAME}.service"] = (UNIT.read_bytes(), 0o644)
        size = sum(len(content) for content, _ in contents.values())
        contents["DEBIAN/control"] = (control(version, architecture, size).encode(), 0o644)
        for name, (content, mode) in contents.items():
            file = tree / name
            for parent in reversed(file.relative_to(tree).parents):
                (tree / parent).mkdir(exist_ok=True)
                (tree / parent).chmod(0o755)
            file.write_bytes(content)
            file.chmod(mode)
        for file in sorted(tree.rglob("*"), reverse=True):
            os.utime(file, (epoch(), epoch()))
        # Reads SOURCE_DATE_EPOCH; with one thread xz writes the same bytes on every machine.
        subprocess.run(["dpkg-deb", "--root-owner-group", "--threads-max=1", "-Zxz", "--build", str(tree), str(path)], check=True, stdout=subprocess.DEVNULL)
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", required=True)
    parser.add_argument("--architecture", required=True, choices=("amd64", "arm64"))
    parser.add_argument("--program", required=True, type=Path)
    parser.add_argument("--pages", required=True, type=Path)
    parser.add_argument("--output", required=True, type=Path)
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    files = files_of(arguments.program, arguments.pages)
    print(build_tar(arguments.version, arguments.architecture, files, arguments.output))
    print(build_deb(arguments.version, arguments.architecture, files, arguments.output))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Writes the list of what is inside the program, with versions, as SPDX 2.3 in JSON.

    sbom.py --version 0.2.0 --revision COMMIT --architecture amd64 --program PATH --output FILE

The versions are those of the packages that the program was built from: run it on the machine of the build.
SOURCE_DATE_EPOCH is the time of the document, so the same build gives the same bytes.
"""

import argparse
import hashlib
import json
import os
import re
import subprocess
from datetime import datetime, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Name, license and Debian package of what is linked in.
LIBRARIES = (
    ("Boost", "BSL-1.0", "libboost1.81-dev|libboost-dev"),
    ("RapidJSON", "MIT", "rapidjson-dev"),
    ("SQLite", "blessing", "libsqlite3-dev"),
    ("PCRE2", "BSD-3-Clause", "libpcre2-dev"),
    ("libsodium", "ISC", "libsodium-dev"),
    ("c-ares", "MIT", "libc-ares-dev"),
    ("CLI11", "BSD-3-Clause", "libcli11-dev"),
    ("spdlog", "MIT", "libspdlog-dev"),
    ("fmt", "MIT", "libfmt-dev"),
    ("glibc", "LGPL-2.1-or-later", "libc6-dev"),
    ("libstdc++", "GPL-3.0-or-later WITH GCC-exception-3.1", "libstdc++-14-dev|libstdc++-13-dev|libstdc++-12-dev"),
)
# The console's own copy of htm and preact has its version in it.
CONSOLE = ROOT / "server/console/htm-preact.LICENSE"


def version_of(packages, architecture):
    """Of the architecture's own package; of what the cross compiler brings itself; of headers, which are for all."""
    for suffix in (f":{architecture}", f"-{architecture}-cross", ""):
        for name in packages.split("|"):
            command = ["dpkg-query", "--show", "--showformat=${db:Status-Status} ${Version}", name + suffix]
            status, _, version = subprocess.run(command, capture_output=True, text=True).stdout.partition(" ")
            if status == "installed":
                return version
    raise SystemExit(f"None of the packages {packages} is installed, so the program was not built here")


def package(name, version, license, **more):
    return {
        "SPDXID": "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", name),
        "name": name,
        "versionInfo": version,
        "licenseDeclared": license,
        "licenseConcluded": license,
        "downloadLocation": "NOASSERTION",
        "copyrightText": "NOASSERTION",
        "filesAnalyzed": False,
    } | more


def document(version, revision, architecture, program):
    digest = hashlib.sha256(program.read_bytes()).hexdigest()
    checksums = [{"algorithm": "SHA256", "checksumValue": digest}]
    packages = [package("workmail-local", version, "Apache-2.0", checksums=checksums, sourceInfo=f"commit {revision}")]
    packages += [package(name, version_of(debian, architecture), license) for name, license, debian in LIBRARIES]
    htm = re.search(r"of htm ([\d.]+)", CONSOLE.read_text())[1]
    packages.append(package("htm-preact", htm, "Apache-2.0 AND MIT"))
    created = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", 0)), timezone.utc)
    top = packages[0]["SPDXID"]
    return {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"workmail-local-{version}-linux-{architecture}",
        "documentNamespace": f"https://workmail-local.invalid/spdx/{version}/{architecture}/{digest}",
        "creationInfo": {"created": created.strftime("%Y-%m-%dT%H:%M:%SZ"), "creators": ["Tool: workmail-local sbom.py"]},
        "packages": packages,
        "relationships": [
            {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": top},
            *(
                {"spdxElementId": top, "relationshipType": "STATIC_LINK", "relatedSpdxElement": other["SPDXID"]}
                for other in packages[1:]
            ),
        ],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", required=True)
    parser.add_argument("--revision", required=True)
    parser.add_argument("--architecture", required=True, choices=("amd64", "arm64"))
    parser.add_argument("--program", required=True, type=Path)
    parser.add_argument("--output", required=True, type=Path)
    arguments = parser.parse_args()
    content = document(arguments.version, arguments.revision, arguments.architecture, arguments.program)
    arguments.output.write_text(json.dumps(content, indent=2) + "\n")


if __name__ == "__main__":
    main()

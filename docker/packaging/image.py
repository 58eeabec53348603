#!/usr/bin/env python3
"""Writes the image of one or more platforms as an OCI archive, from static programs and without a Docker engine.

    image.py --version 0.2.0 --revision COMMIT [--source URL] --output FILE.tar amd64=PATH arm64=PATH

The last stage of the Dockerfile describes the image: its configuration is read from there, so that both ways make the
same image. The archive has the same bytes whenever it is made from the same files; SOURCE_DATE_EPOCH is the time of
everything inside. `skopeo copy oci-archive:FILE.tar …` takes it, and every engine that loads OCI archives.
"""

import argparse
import gzip
import hashlib
import io
import json
import os
import re
import shlex
import tarfile
from datetime import datetime, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
USER = 65532
NAME = "workmail-local"
LICENSES = ("LICENSE", "NOTICE", "THIRD_PARTY_LICENSES")
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
INDEX = "application/vnd.oci.image.index.v1+json"


def epoch():
    return int(os.environ.get("SOURCE_DATE_EPOCH", 0))


def instructions():
    """The instructions of the Dockerfile's last stage, as (name, rest) pairs."""
    text = re.sub(r"\\\n", " ", (ROOT / "Dockerfile").read_text())
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    last = max(index for index, line in enumerate(lines) if line.startswith("FROM "))
    if lines[last] != "FROM scratch":
        raise SystemExit("The last stage of the Dockerfile is expected to begin with: FROM scratch")
    for line in lines[last + 1 :]:
        name, _, rest = line.partition(" ")
        yield name, rest.strip()


def pairs(text):
    return dict(word.split("=", 1) for word in shlex.split(text))


NANOSECONDS = {"ms": 10**6, "s": 10**9, "m": 60 * 10**9}


def health_check(text):
    options, command = text.split("CMD", 1)
    check = {"Test": ["CMD", *json.loads(command)]}
    for name, value in re.findall(r"--([a-z-]+)=(\S+)", options):
        key = "".join(part.capitalize() for part in name.split("-"))
        number, unit = re.fullmatch(r"(\d+)(ms|s|m)", value).groups()
        check[key] = int(number) * NANOSECONDS[unit]
    return check


def configuration(labels):
    """The configuration of a container, by the names that Docker gives them."""
    config = {"Env": [], "Labels": {}}
    for name, rest in instructions():
        if name == "LABEL":
            config["Labels"] |= pairs(rest)
        elif name == "ENV":
            config["Env"] += [f"{key}={value}" for key, value in pairs(rest).items()]
        elif name == "USER":
            config["User"] = rest
        elif name == "EXPOSE":
            config["ExposedPorts"] = {f"{rest}/tcp": {}}
        elif name == "VOLUME":
            config["Volumes"] = {rest: {}}
        elif name == "STOPSIGNAL":
            config["StopSignal"] = rest
        elif name == "HEALTHCHECK":
            config["Healthcheck"] = health_check(rest)
        elif name == "ENTRYPOINT":
            config["Entrypoint"] = json.loads(rest)
        elif name not in ("COPY", "ARG"):
            raise SystemExit(f"The Dockerfile has {name}, which {Path(__file__).name} does not know")
    # The others name arguments of the build.
    config["Labels"] = {key: value for key, value in config["Labels"].items() if "$" not in value} | labels
    return config


def layer(program):
    """The files of the image: the program, the licenses, and a folder for data that belongs to the image's user."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.PAX_FORMAT) as archive:

        def add(name, content=None, mode=0o644):
            entry = tarfile.TarInfo(name)
            entry.mtime, entry.uid, entry.gid, entry.mode = epoch(), USER, USER, mode
            if content is None:
                entry.type = tarfile.DIRTYPE
            else:
                entry.size = len(content)
            archive.addfile(entry, None if content is None else io.BytesIO(content))

        add("data", mode=0o755)
        for name in LICENSES:
            add(f"licenses/{name}", (ROOT / name).read_bytes())
        add(NAME, program.read_bytes(), 0o755)
    return plain.getvalue()


class Archive:
    """An OCI image layout in a tar file."""

    def __init__(self, file):
        self.tar = tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT)
        self.names = set()

    def add(self, name, content):
        if name in self.names:
            return
        self.names.add(name)
        entry = tarfile.TarInfo(name)
        entry.size, entry.mtime, entry.mode = len(content), epoch(), 0o644
        self.tar.addfile(entry, io.BytesIO(content))

    def blob(self, media_type, content):
        """Adds it under its digest; returns the descriptor that refers to it."""
        digest = hashlib.sha256(content).hexdigest()
        self.add(f"blobs/sha256/{digest}", content)
        return {"mediaType": media_type, "digest": f"sha256:{digest}", "size": len(content)}


def encoded(document):
    return json.dumps(document, separators=(",", ":"), sort_keys=True).encode()


def add_platform(archive, architecture, program, labels):
    plain = layer(program)
    created = datetime.fromtimestamp(epoch(), timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    config = {
        "architecture": architecture,
        "os": "linux",
        "created": created,
        "config": configuration(labels),
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(plain).hexdigest()]},
        "history": [{"created": created, "created_by": NAME}],
    }
    manifest = {
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": archive.blob(CONFIG, encoded(config)),
        "layers": [archive.blob(LAYER, gzip.compress(plain, mtime=0))],
    }
    return archive.blob(MANIFEST, encoded(manifest)) | {"platform": {"architecture": architecture, "os": "linux"}}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", required=True)
    parser.add_argument("--revision", required=True)
    parser.add_argument("--source", default="", help="where the repository is")
    parser.add_argument("--output", required=True, type=Path)
    parser.add_argument("programs", nargs="+", metavar="ARCHITECTURE=PATH")
    arguments = parser.parse_args()
    labels = {name: getattr(arguments, name) for name in ("version", "revision", "source")}
    labels = {f"org.opencontainers.image.{name}": value for name, value in labels.items() if value}
    with arguments.output.open("wb") as file:
        archive = Archive(file)
        platforms = []
        for pair in sorted(arguments.programs):
            architecture, _, path = pair.partition("=")
            platforms.append(add_platform(archive, architecture, Path(path), labels))
        reference = {"org.opencontainers.image.ref.name": arguments.version}
        if len(platforms) == 1:
            top = platforms[0]
        else:
            index = {"schemaVersion": 2, "mediaType": INDEX, "manifests": platforms}
            top = archive.blob(INDEX, encoded(index))
        top = top | {"annotations": reference}
        archive.add("index.json", encoded({"schemaVersion": 2, "mediaType": INDEX, "manifests": [top]}))
        archive.add("oci-layout", encoded({"imageLayoutVersion": "1.0.0"}))
        archive.tar.close()
    print(arguments.output)


if __name__ == "__main__":
    main()

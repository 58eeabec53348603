#!/usr/bin/env python3
"""Checks the pages: the table of operations against AWS's model, the table of options against the program's help, the
endpoints against the control plane's table, the members of seed documents against their model, the code map against the folders of tests/style/check.py, every file that is
named, every relative link, the length of README.md, and that the pictures of the console are small and taken by its tests.

Prints every violation and ends with 1 if there are any. WORKMAIL_BINARY names the program; without it, the options are
read from the table in server/options.cc."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import check

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("api", "docker", "server", "store", "tests")
PAGES = sorted([*ROOT.glob("*.md"), *(page for folder in FOLDERS for page in (ROOT / folder).rglob("*.md"))])
MAX_WORDS_OF_README = 1500
MAX_PICTURE_BYTES = 80_000


def operations_of_the_model():
    return json.loads((ROOT / "api/model/workmail-2017-10-01.json").read_text())["operations"]


def rows_of(page):
    """The cells of every table row; an escaped bar is part of its cell."""
    for line in page.read_text().splitlines():
        if line.startswith("| "):
            yield [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def undeclared_errors():
    """Pairs of an operation and an error that it returns although the model does not declare it."""
    return re.findall(r'\{"(\w+)", (\w+)::kCode\}', (ROOT / "api/call/may_return.h").read_text())


def check_operations():
    model = operations_of_the_model()
    undeclared = undeclared_errors()
    rows = {row[0]: row for row in rows_of(ROOT / "api/operations.md") if row[0] in model}
    for operation in sorted(model.keys() - rows.keys()):
        yield f"api/operations.md: {operation} is missing"
    for operation, row in rows.items():
        declared = {error["shape"] for error in model[operation].get("errors", [])}
        declared |= {error for name, error in undeclared if name == operation}
        for error in set(re.findall(r"`(\w+Exception)`", row[2])) - declared:
            yield f"api/operations.md: {operation} does not declare {error}"


def options_of_the_program():
    binary = os.environ.get("WORKMAIL_BINARY")
    if not binary:
        return set(re.findall(r'^    \{"([a-z-]+)",', (ROOT / "server/options.cc").read_text(), re.MULTILINE))
    variables = {name: value for name, value in os.environ.items() if not name.startswith("WORKMAIL_")}
    text = subprocess.run([binary, "--help"], env=variables, check=True, capture_output=True, text=True).stdout
    return set(re.findall(r"^  --([a-z-]+) \S+\s", text, re.MULTILINE))


def check_options():
    listed = {match[1] for row in rows_of(ROOT / "server/options.md") if (match := re.match(r"`--([a-z-]+) ", row[0]))}
    for option in sorted(options_of_the_program() ^ listed):
        yield f"server/options.md: the option --{option} is in one of the table and the program only"


def check_endpoints():
    endpoints = json.loads((ROOT / "api/model/control.json").read_text())["endpoints"].values()
    pages = "".join((ROOT / name).read_text() for name in ("README.md", "server/control-plane.md"))
    for path in sorted({endpoint["path"] for endpoint in endpoints if not endpoint.get("open")}):
        if f"/_workmail{path}" not in pages and f"…{path[path.rindex('/') :]}" not in pages:
            yield f"server/control-plane.md: /_workmail{path} is missing"


def seed_members():
    """Each row of the table of seed members: its name, and the members of the structure in the model. What is not of the
    model of the document is AWS's, and has no row."""
    shapes = json.loads((ROOT / "api/model/seed-document.json").read_text())["shapes"]
    found = {"the document": list(shapes["SeedDocument"]["members"])}
    for structure in shapes.values():
        for name, member in structure.get("members", {}).items():
            shape = shapes.get(member["shape"], {})
            element = shapes.get(shape["member"]["shape"], {}) if shape.get("type") == "list" else shape
            if element.get("type") == "structure":
                found[name + ("[]" if shape["type"] == "list" else "")] = list(element["members"])
    return found


def check_seed_members():
    page = (ROOT / "server/control-plane.md").read_text()
    others = re.search(r"^The other members \((.*?)\) are AWS's own structures", page, re.MULTILINE)[1]
    rows = {row[0].strip("`"): re.findall(r"`(\w+)`", row[1]) for row in rows_of(ROOT / "server/control-plane.md")}
    for name, members in seed_members().items():
        if name not in rows:
            if f"`{name.removesuffix('[]')}`" not in others:
                yield f"server/control-plane.md: the members of {name} in a seed document are missing"
            continue
        for member in sorted(set(members) ^ set(rows[name])):
            yield f"server/control-plane.md: {name} of a seed document: {member} is in one of the table and the model only"


def anchors_of(page):
    for heading in re.findall(r"^#+ (.*)$", page.read_text(), re.MULTILINE):
        yield re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def check_links():
    for page in PAGES:
        for link in re.findall(r"\]\((?!https?:)([^)]+)\)", page.read_text()):
            path, _, anchor = link.partition("#")
            target = (page.parent / path).resolve() if path else page
            if not target.exists():
                yield f"{page.relative_to(ROOT)}: {link} leads nowhere"
            elif anchor and anchor not in anchors_of(target):
                yield f"{page.relative_to(ROOT)}: {link} names no heading"


def check_code_map():
    """The map has every folder of ROOMS, in that order."""
    folders = [match[1] for row in rows_of(ROOT / "ARCHITECTURE.md") if (match := re.fullmatch(r"`([a-z/]+)/`", row[0]))]
    if folders != check.ROOMS:
        yield f"ARCHITECTURE.md: the code map has {' '.join(folders)}, but ROOMS is {' '.join(check.ROOMS)}"


def check_names_of_files():
    """A name such as `server/router` stands for router.h and router.cc."""
    for page in PAGES:
        for name in re.findall(rf"`((?:{'|'.join(FOLDERS)})/[\w./*-]*)`", page.read_text()):
            if not any(ROOT.glob(name.rstrip("/"))) and not any(ROOT.glob(name + ".*")):
                yield f"{page.relative_to(ROOT)}: there is no {name}"


def check_pictures():
    tests = "".join(path.read_text() for path in (ROOT / "tests/console").glob("*.py"))
    pages = "".join(page.read_text() for page in PAGES)
    shown = set(re.findall(r"tests/console/pictures/([\w-]+)\.webp", pages))
    kept = {path.stem: path.stat().st_size for path in (ROOT / "tests/console/pictures").iterdir()}
    for name in sorted(shown ^ kept.keys()):
        yield f"tests/console/pictures: {name} is not both kept here and shown on a page"
    for name, size in sorted(kept.items()):
        if f'picture("{name}")' not in tests:
            yield f"tests/console/pictures: no test takes {name}"
        if size > MAX_PICTURE_BYTES:
            yield f"tests/console/pictures: {name} has {size} bytes; the maximum is {MAX_PICTURE_BYTES}"


def check_length():
    words = len((ROOT / "README.md").read_text().split())
    if words >= MAX_WORDS_OF_README:
        yield f"README.md: {words} words; it has to stay under {MAX_WORDS_OF_README}"


def main():
    checks = (check_operations, check_options, check_endpoints, check_seed_members, check_code_map, check_names_of_files,
              check_links, check_pictures, check_length)  # fmt: skip
    violations = [violation for each in checks for violation in each()]
    print(*violations, sep="\n", end="\n" if violations else "")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())

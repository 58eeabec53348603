"""Runs the commands of the pages and compares their outputs, except for dates and identifiers of a run. What cannot run
here is marked in the pages, with the reason, and listed at the end.

--write-golden rewrites the outputs in the pages."""

import os
import re
import shlex
import socket
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from pages import Comparison, blocks_of
from workmail_server import BINARY, GIVE_UP_AFTER

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    "README.md",
    "CONTRIBUTING.md",
    "server/options.md",
    "server/control-plane.md",
    "server/clients.md",
    "server/mail/lambda.md",
    "docker/containers.md",
    "docker/python.md",
]
HOST = ["python3", "host.py"]  # a server of a page, ready when it has printed a line
ENDED = "the command has ended with"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


class Reader:
    """A reader with a shell in an empty folder, who types the commands of a page."""

    def __init__(self, folder):
        self.folder = folder
        self.server = None
        self.port = None
        self.host = None
        self.host_port = free_port()
        self.frozen = False
        self.comparison = Comparison()
        programs = folder / "programs"
        programs.mkdir()
        (programs / "workmail-local").symlink_to(BINARY)
        (programs / "python3").write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
        (programs / "aws").write_text(f'#!/bin/sh\nexec {sys.executable} {Path(sys.executable).parent}/aws "$@"\n')
        for name in ("python3", "aws"):
            (programs / name).chmod(0o755)
        self.home = folder / "home"
        self.home.mkdir()
        self.variables = {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "HOME": str(self.home),
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_PAGER": "",
            "PYTHONDONTWRITEBYTECODE": "1",
            "LANG": "C.UTF-8",
        }
        self.shell = subprocess.Popen(
            ["bash"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=self.home,
            env=self.variables,
        )

    def type(self, command):
        """Types a command of a page; returns what is printed."""
        command = self.comparison.translated(command)
        words = shlex.split(command, comments=True)
        if words == HOST:
            return self.start_host()
        if words[0] == "workmail-local" and all(each.startswith("--") for each in words[1::2]):
            return self.start_server(*words[1:])
        # In braces, so that the shell keeps variables that the command sets.
        self.shell.stdin.write(f"{{ {self.here(command)}\n}} </dev/null\necho; echo {ENDED} $?\n")
        self.shell.stdin.flush()
        printed = ""
        for line in self.shell.stdout:
            if line.startswith(ENDED):
                return self.on_the_page(printed[:-1])
            printed += line
        raise AssertionError(f"the shell has ended: {printed}")

    def here(self, text):
        return text.replace("localhost:9675", f"localhost:{self.port}").replace("9001", str(self.host_port))

    def on_the_page(self, text):
        """What a server at the usual port would have printed."""
        text = re.sub(r',"--listen":"localhost:\d+","--port-file":"port"', "", text)
        return text.replace(f"localhost:{self.port}", "localhost:9675").replace(str(self.host_port), "9001")

    def start_server(self, *options):
        self.stop_server()
        port_file = self.home / "port"
        self.server = subprocess.Popen(
            # The first server selects the port, which a variable of the shell may already contain.
            [BINARY, "--listen", f"localhost:{self.port or 0}", "--port-file", "port", *map(self.here, options)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=self.home,
            env=self.variables,
        )
        printed = ""
        for line in self.server.stdout:
            printed += line
            if line == "Ready.\n":
                self.port = int(port_file.read_text())
                self.frozen = "--clock" in options
                return self.on_the_page(printed)
        raise AssertionError(f"the server has ended: {printed}")

    def stop_server(self):
        if self.server is None:
            return
        self.server.terminate()
        assert self.server.wait(GIVE_UP_AFTER) == 0
        self.server.stdout.close()
        self.server = None

    def start_host(self):
        self.host = subprocess.Popen(
            [sys.executable, "host.py"], stdout=subprocess.PIPE, text=True, cwd=self.home, env=self.variables
        )
        return self.on_the_page(self.host.stdout.readline())

    def stop_host(self):
        if self.host is not None:
            self.host.terminate()
            self.host.wait(GIVE_UP_AFTER)
            self.host.stdout.close()

    def stop(self):
        self.stop_host()
        self.stop_server()
        self.shell.stdin.close()
        self.shell.stdout.close()
        self.shell.wait(GIVE_UP_AFTER)

    def is_as_printed(self, expected, actual):
        return self.comparison.matches(expected, actual, self.is_now)

    def is_now(self, time):
        """Of a page with a frozen clock, only times of the real one differ from run to run."""
        time = datetime.fromisoformat(time.replace("Z", "+00:00"))
        return not self.frozen or abs(time - datetime.now(timezone.utc)) < timedelta(hours=1)


def printed_by(reader, block):
    """Runs a fenced block; returns what is printed."""
    if block.language == "python":
        (reader.home / "program.py").write_text(reader.here("\n".join(block.lines)) + "\n")
        return reader.type("python3 program.py")
    assert block.language == "sh", f"line {block.line}: a block of {block.language} is neither run nor marked"
    return "".join(reader.type(line) for line in block.lines if line and not line.startswith("#"))


class Page:
    def __init__(self, name):
        self.name = name
        self.lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        self.blocks = list(blocks_of("\n".join(self.lines)))
        self.faults = []
        self.replaced = []  # places of outputs, with what they should be

    def try_out(self, reader):
        before = ""
        for block in self.blocks:
            kind, note = block.mark
            if kind == "not run":
                continue
            if kind == "file":
                path = Path(note.replace("~", str(reader.home)))
                path.parent.mkdir(exist_ok=True)
                path.write_text(reader.here("\n".join(block.lines)) + "\n")
            elif block.prints:
                self.compare(reader, block, 0, len(block.lines), before)
            elif block.language:
                before = printed_by(reader, block)
            else:
                self.try_commands(reader, block, note if kind == "run instead" else None)

    def try_commands(self, reader, block, instead):
        for command, begin, end in block.commands:
            file = reader.home / command.removeprefix("cat ")
            if command.startswith("cat ") and not file.exists():
                # The page shows the contents of a file for its reader.
                file.write_text("\n".join(block.lines[begin:end]) + "\n")
            printed = reader.type(instead or command)
            starts = command.startswith("workmail-local --")
            instead = None
            # Only the README shows the output of a start.
            if block.compares and not (starts and begin == end):
                self.compare(reader, block, begin, end, printed)

    def compare(self, reader, block, begin, end, printed):
        expected = "\n".join(block.lines[begin:end])
        if reader.is_as_printed(expected, printed.removesuffix("\n")):
            return
        place = block.line - 1
        self.replaced.append((place + begin, place + end, printed))
        where = self.lines[place + begin - 1].strip()
        self.faults.append(f"{self.name}:{place + begin}: {where}\n  expected: {expected}\n  printed:  {printed}")

    def write_anew(self):
        for begin, end, printed in reversed(self.replaced):
            printed = re.sub(r"(Boto3/[\d.]+) [^\"]*", r"\1 …", printed)
            self.lines[begin:end] = [f"    {line}" if line else "" for line in printed.splitlines()]
        (ROOT / self.name).write_text("\n".join(self.lines) + "\n", encoding="utf-8")


@pytest.fixture
def reader(tmp_path):
    reader = Reader(tmp_path)
    reader.start_server()
    yield reader
    reader.stop()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_true(reader, name, request):
    page = Page(name)
    page.try_out(reader)
    if request.config.getoption("--write-golden"):
        page.write_anew()
    else:
        assert not page.faults, "\n".join(page.faults)


def test_a_difference_is_found():
    comparison = Comparison()
    same = ("m-" + "0" * 31 + "1", "m-" + "1" * 32)
    assert comparison.matches(f'{{"Id":"{same[0]}","bytes":1}} …', f'{{"Id":"{same[1]}","bytes":2}} and more')
    assert comparison.translated(f"of {same[0]}") == f"of {same[1]}"
    assert not comparison.matches(same[0], "m-" + "2" * 32), "another one than before"
    assert not comparison.matches('{"a":1}', '{"a":2}')
    assert not comparison.matches("one", "one\ntwo")
    sequential = "00000000-0000-7000-8000-000000000003"
    assert not comparison.matches(sequential, "00000000-0000-7000-8000-000000000004"), "is the same in each run"
    at = "2026-05-01T12:00:00.000Z", "2026-05-01T12:00:01.000Z"
    assert comparison.matches(at[0], at[1])
    assert not comparison.matches(at[0], at[1], lambda time: False)


def test_what_cannot_be_seen_in_a_block_is_marked_before_it():
    page = "\n".join(
        ["<!-- not run: why -->", "", "    one", "    $ two", "", "text", "", "    $ three", "    3", "    $ four"]
        + ["# Head", "<!-- not run until the next heading: all -->", "```js", "x", "```", "```go", "y", "```"]
        + ["# Head", "", "prints", "", "    out"]
    )
    first, second, js, go, out = blocks_of(page)
    assert (first.mark, first.line, second.mark) == (("not run", "why"), 3, ("", ""))
    assert second.commands == [("three", 1, 2), ("four", 3, 3)]
    assert js.mark == go.mark == ("not run", "all")
    assert (js.language, js.lines, out.mark, out.prints) == ("js", ["x"], ("", ""), True)
    with pytest.raises(AssertionError):
        list(blocks_of("<!-- not run: nothing is there -->"))


def test_what_is_not_run_has_a_reason(capsys):
    blocks = [(name, block) for name in PAGES for block in Page(name).blocks]
    not_run = [(name, block) for name, block in blocks if block.mark[0] == "not run"]
    assert len(not_run) < len(blocks) / 2
    with capsys.disabled():
        print()
        for name, block in not_run:
            print(f"not run: {name}:{block.line}: {block.lines[0]}: {block.mark[1]}")


def test_the_variables_of_the_workflow_are_enough(reader):
    page = Page("docker/containers.md")
    [workflow] = [block for block in page.blocks if block.language == "yaml"]
    variables = [line.split("#")[0].strip().split(": ") for line in workflow.lines if line.startswith("  AWS_")]
    for name, value in variables:
        reader.type(f"export {name}={value}")
    ask = "import boto3; print(boto3.client('workmail').list_organizations()['OrganizationSummaries'])"
    assert reader.type(f'python3 -c "{ask}"') == "[]\n"
    assert '"OrganizationSummaries": []' in reader.type("aws workmail list-organizations")

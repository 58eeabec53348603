#!/usr/bin/env python3
"""conformance_of.py SDK AGENT COMMAND...: runs COMMAND, the tests of an SDK, and writes what became of each operation to
the file that the variable CONFORMANCE names, if it is set, out of the journal of the server at WORKMAIL_URL:
{"sdk": "Go v2", "version": "1.2.3", "tests": "passed", "operations": {"CreateUser": "passed"}}. Where tests fail, an
operation that never succeeded is "failed". Ends with COMMAND's exit status."""

import json
import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path


def results(agent, tests):
    """The version that the SDK reports, and what became of the operations that it called. One that was only refused,
    as its test wants, is none of them."""
    with urllib.request.urlopen(f"{os.environ['WORKMAIL_URL']}/_workmail/requests?limit=100000") as answer:
        requests = json.load(answer)["requests"]
    agents = [re.match(rf"{agent}([\d.]+)", request.get("userAgent", "")) for request in requests]
    passed = {request["operation"] for request in requests if request["status"] == 200}
    called = passed if tests == "passed" else {request["operation"] for request in requests}
    operations = {name: "passed" if name in passed else "failed" for name in sorted(called)}
    return ", ".join(sorted({found[1] for found in agents if found})), operations


def main(sdk, agent, *command):
    status = subprocess.run(command, check=False).returncode
    report = os.environ.get("CONFORMANCE")
    if report:
        tests = "failed" if status else "passed"
        version, operations = results(agent, tests)
        content = {"sdk": sdk, "version": version, "tests": tests, "operations": operations}
        Path(report).write_text(json.dumps(content), encoding="utf-8")
    return status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

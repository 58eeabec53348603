#!/usr/bin/env python3
"""conformance_of.py SDK AGENT COMMAND...: runs COMMAND and writes the operations that succeeded to the file that the
variable CONFORMANCE names, if it is set, out of the journal of the server at WORKMAIL_URL:
{"sdk": "Go v2", "version": "1.2.3", "operations": {"CreateUser": "passed"}}. Ends with COMMAND's exit status."""

import json
import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path


def successes(agent):
    """The version that the SDK says it has, and the operations that it called with success."""
    with urllib.request.urlopen(f"{os.environ['WORKMAIL_URL']}/_workmail/requests?status=200&limit=100000") as answer:
        requests = json.load(answer)["requests"]
    versions = {found[1] for found in (re.match(rf"{agent}([\d.]+)", each["userAgent"]) for each in requests) if found}
    return ", ".join(sorted(versions)), sorted({each["operation"] for each in requests})


def main(sdk, agent, *command):
    status = subprocess.run(command, check=False).returncode
    report = os.environ.get("CONFORMANCE")
    if report:
        version, operations = successes(agent)
        content = {"sdk": sdk, "version": version, "operations": dict.fromkeys(operations, "passed")}
        Path(report).write_text(json.dumps(content), encoding="utf-8")
    return status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

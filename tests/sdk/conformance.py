#!/usr/bin/env python3
"""tests/sdk/conformance.py TABLE REPORT...: makes a table, operation by SDK, of the reports of the tests of each SDK:
{"sdk": "JavaScript v3", "version": "3.1.0", "tests": "passed", "operations": {"CreateUser": "passed"}}. An operation that
is not in a report was not run."""

import json
import sys
from pathlib import Path

MODELS = Path(__file__).resolve().parents[2] / "api" / "model"
SERVICES = ("workmail-2017-10-01.json", "workmailmessageflow-2019-05-01.json")


def table_of(operations, reports):
    names = [f"{report['sdk']} {report['version']}" for report in reports]
    yield "| operation | " + " | ".join(names) + " |"
    yield "| --- |" + " --- |" * len(names)
    for operation in operations:
        results = [report["operations"].get(operation, "not run") for report in reports]
        yield f"| {operation} | " + " | ".join(results) + " |"
    passed = [sum(result == "passed" for result in report["operations"].values()) for report in reports]
    yield "| **the tests** | " + " | ".join(report["tests"] for report in reports) + " |"
    yield f"| **of {len(operations)} passed** | " + " | ".join(str(count) for count in passed) + " |"


def main(table, *paths):
    operations = sorted(name for each in SERVICES for name in json.loads((MODELS / each).read_text())["operations"])
    reports = [json.loads(Path(path).read_text()) for path in sorted(paths) if Path(path).exists()]
    Path(table).write_text("\n".join(table_of(operations, reports)) + "\n")
    print(f"The operations by SDK are in {table}.")


if __name__ == "__main__":
    main(*sys.argv[1:])

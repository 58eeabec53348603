#!/usr/bin/env python3
"""tests/summary.py REPORTS: prints a line for each stage of tests/run and "N passed, M failed"; ends with 1 when something
failed. REPORTS/stages has a line for each stage, "NAME STATUS SECONDS"; the tests of NAME are in the JUnit reports
REPORTS/NAME.xml and REPORTS/NAME/*.xml. A stage that ends with an error and no failed test counts as one failure."""

import sys
import xml.etree.ElementTree as xml
from pathlib import Path

NOT_HERE = 77  # what a stage ends with when something that it needs is not here, after saying what


def tests_of(report):
    """How many passed and how many failed. A report that is not whole counts as a failure."""
    try:
        tests = list(xml.parse(report).iter("testcase"))
    except xml.ParseError:
        return 0, 1
    failed = [test for test in tests if test.find("failure") is not None or test.find("error") is not None]
    skipped = [test for test in tests if test.find("skipped") is not None]
    return len(tests) - len(failed) - len(skipped), len(failed)


def main(reports):
    total_passed = total_failed = 0
    for line in (reports / "stages").read_text().splitlines():
        name, status, seconds = line.split()
        if int(status) == NOT_HERE:
            print(f"{name:16} not run {seconds:>5} s")
            continue
        found = [report for report in [reports / f"{name}.xml", *(reports / name).glob("*.xml")] if report.exists()]
        passed, failed = map(sum, zip((0, 0), *map(tests_of, found)))
        failed = failed or int(status != "0")
        print(f"{name:16} {'FAILED' if failed else 'ok':7} {seconds:>5} s")
        total_passed += passed
        total_failed += failed
    print(f"\n{total_passed} passed, {total_failed} failed")
    return total_failed > 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

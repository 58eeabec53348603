#!/usr/bin/env python3
"""go_report.py REPORT: reads the events of `go tool test2json` from standard input, prints what the tests print, and
writes a JUnit report. Ends with 1 when a test failed."""

import json
import sys
import xml.etree.ElementTree as xml


def main(report):
    suite = xml.Element("testsuite", name="go")
    output = {}
    failed = False
    for event in map(json.loads, sys.stdin):
        test, action = event.get("Test"), event["Action"]
        if action == "output":
            output[test] = output.get(test, "") + event["Output"]
            sys.stdout.write(event["Output"])
        failed = failed or action == "fail"
        if test and action in ("pass", "fail", "skip"):
            case = xml.SubElement(suite, "testcase", classname="go", name=test, time=str(event.get("Elapsed", 0)))
            if action != "pass":
                xml.SubElement(case, {"fail": "failure", "skip": "skipped"}[action]).text = output.get(test, "")
    xml.ElementTree(suite).write(report, encoding="unicode")
    return failed


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

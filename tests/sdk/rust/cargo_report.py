#!/usr/bin/env python3
"""cargo_report.py REPORT: reads the output of `cargo test` from standard input, prints it, and writes a JUnit report."""

import re
import sys
import xml.etree.ElementTree as xml


def main(report):
    suite = xml.Element("testsuite", name="rust")
    lines = []
    for line in sys.stdin:
        sys.stdout.write(line)
        lines.append(line)
    text = "".join(lines)
    for name, result in re.findall(r"^test (\S+) \.\.\. (ok|FAILED|ignored)$", text, re.MULTILINE):
        case = xml.SubElement(suite, "testcase", classname="rust", name=name)
        if result == "ignored":
            xml.SubElement(case, "skipped")
        elif result == "FAILED":
            printed = re.search(rf"^---- {name} stdout ----\n(.*?)\n\n", text, re.MULTILINE | re.DOTALL)
            xml.SubElement(case, "failure").text = printed[1] if printed else ""
    xml.ElementTree(suite).write(report, encoding="unicode")


if __name__ == "__main__":
    main(*sys.argv[1:])

#!/usr/bin/env python3
"""join_reports.py REPORT FOLDER: makes one JUnit report out of those of the test classes, which are in the folder."""

import sys
import xml.etree.ElementTree as xml
from pathlib import Path


def main(report, folder):
    suites = xml.Element("testsuites")
    suites.extend([xml.parse(part).getroot() for part in sorted(Path(folder).glob("TEST-*.xml"))])
    if len(suites):
        xml.ElementTree(suites).write(report, encoding="unicode")


if __name__ == "__main__":
    main(*sys.argv[1:])

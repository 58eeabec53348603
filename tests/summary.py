#!/usr/bin/env python3
"""tests/summary.py REPORTS [--as-recorded FILE] [--record FILE]: prints a line for each stage of tests/run, what did not
run with the reason, and "N passed, M failed"; ends with 1 when something failed.

REPORTS/stages has a line for each stage, "NAME STATUS SECONDS"; the tests of NAME are in the JUnit reports
REPORTS/NAME.xml and REPORTS/NAME/*.xml, and REPORTS/NAME.reason has the reason why it did not run. A stage that ends with an error
and no failed test counts as one failure. FILE lists stages, one a line; with --as-recorded each of them that did not run
counts as one failure too, and --record writes those that ran."""

import argparse
import sys
import xml.etree.ElementTree as xml
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

NOT_HERE = 77  # what a stage ends with when something that it needs is not here


@dataclass
class Stage:
    """One stage; one that was never started has no status."""

    name: str
    status: int | None = None
    seconds: int = 0
    reason: str = "tests/run did not start it"
    passed: int = 0
    failed: int = 0
    skipped: Counter = field(default_factory=Counter)  # tests by reason

    def ran(self):
        return self.status not in (None, NOT_HERE)


def add_report(stage, report):
    """A report that is not whole counts as a failure."""
    try:
        tests = list(xml.parse(report).iter("testcase"))
    except xml.ParseError:
        stage.failed += 1
        return
    for test in tests:
        skipped = test.find("skipped")
        if test.find("failure") is not None or test.find("error") is not None:
            stage.failed += 1
        elif skipped is not None:
            lines = (skipped.get("message") or "").strip().splitlines()
            stage.skipped[lines[-1] if lines else "without a reason"] += 1
        else:
            stage.passed += 1


def read_stage(reports, name, status, seconds):
    stage = Stage(name, int(status), int(seconds))
    if stage.ran():
        for report in [reports / f"{name}.xml", *sorted((reports / name).glob("*.xml"))]:
            if report.exists():
                add_report(stage, report)
        stage.failed = stage.failed or int(stage.status != 0)
    else:
        reason = reports / f"{name}.reason"
        stage.reason = reason.read_text().strip() if reason.exists() else "without a reason"
    return stage


def read_recorded(path):
    lines = (line.partition("#")[0].strip() for line in path.read_text().splitlines())
    return [line for line in lines if line]


def record(path, stages):
    kept = [line for line in path.read_text().splitlines() if line.startswith("#")] if path.exists() else []
    path.write_text("\n".join([*kept, *(stage.name for stage in stages if stage.ran())]) + "\n")


def print_not_run(stages, missing):
    lines = [f"  {stage.name}: {stage.reason}{' (MISSING: it is recorded)' if stage.name in missing else ''}"
             for stage in stages if not stage.ran()]
    for stage in stages:
        for reason, count in sorted(stage.skipped.items()):
            lines.append(f"  {count} {'test' if count == 1 else 'tests'} of {stage.name}: {reason}")
    if lines:
        print("\nNot run here:", *lines, sep="\n")


def main(arguments):
    parser = argparse.ArgumentParser()
    parser.add_argument("reports", type=Path)
    parser.add_argument("--as-recorded", type=Path)
    parser.add_argument("--record", type=Path)
    options = parser.parse_args(arguments)

    stages = [read_stage(options.reports, *line.split()) for line in (options.reports / "stages").read_text().splitlines()]
    recorded = read_recorded(options.as_recorded) if options.as_recorded else []
    started = {stage.name for stage in stages}
    stages += [Stage(name) for name in recorded if name not in started]
    missing = {stage.name for stage in stages if stage.name in recorded and not stage.ran()}

    for stage in stages:
        word = "MISSING" if stage.name in missing else "not run" if not stage.ran() else "FAILED" if stage.failed else "ok"
        print(f"{stage.name:16} {word:7} {stage.seconds:>5} s")
    print_not_run(stages, missing)
    if options.record:
        record(options.record, stages)

    passed = sum(stage.passed for stage in stages)
    failed = sum(stage.failed for stage in stages) + len(missing)
    skipped = sum(stage.skipped.total() for stage in stages)
    print(f"\n{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

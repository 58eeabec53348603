#!/usr/bin/env python3
"""What tests/summary.py prints of a run, and when it fails."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent

PASSED = "<testsuite><testcase name='a'/><testcase name='b'/></testsuite>"
FAILED = "<testsuite><testcase name='a'/><testcase name='b'><failure/></testcase></testsuite>"
BROKEN = "<testsuite><testcase name='a'><error/></testcase></testsuite>"
SKIPPED = "<testsuite><testcase name='a'/><testcase name='b'><skipped message='no disk'/></testcase></testsuite>"


class Summary(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.reports = Path(folder.name) / "reports"
        self.reports.mkdir()
        self.recorded = Path(folder.name) / "stages"
        self.recorded.write_text("# Why.\ncore\ngo  # a toolchain\n")

    def ran(self, name, status=0, report=None, **files):
        with (self.reports / "stages").open("a") as stages:
            stages.write(f"{name} {status} 3\n")
        if report:
            (self.reports / f"{name}.xml").write_text(report)
        for file, text in files.items():
            (self.reports / name).mkdir(exist_ok=True)
            (self.reports / name / f"{file}.xml").write_text(text)

    def not_run(self, name, reason):
        """As a stage that cannot run does it."""
        report = self.reports / f"{name}.xml"
        command = [HERE / "not_run", *reason.split()]
        ended = subprocess.run(command, env={"WORKMAIL_REPORT": str(report)}, capture_output=True, text=True)
        self.assertEqual(ended.stderr, f"not run: {reason}\n")
        self.ran(name, ended.returncode)

    def summary(self, *options):
        """The exit status and the lines."""
        command = [sys.executable, "-B", HERE / "summary.py", self.reports, *options]
        ended = subprocess.run(command, capture_output=True, text=True)
        self.assertEqual(ended.stderr, "")
        return ended.returncode, ended.stdout.splitlines()

    def as_recorded(self):
        return self.summary("--as-recorded", self.recorded)

    def test_counts_all_reports_of_a_stage(self):
        self.ran("core", report=PASSED, one=PASSED, two=PASSED)
        self.ran("build")
        status, lines = self.summary()
        self.assertEqual(status, 0)
        self.assertEqual(lines, ["core             ok          3 s", "build            ok          3 s", "",
                                 "6 passed, 0 failed"])

    def test_counts_failures_and_errors(self):
        self.ran("core", status=1, report=FAILED)
        self.ran("go", status=1, report=BROKEN)
        status, lines = self.summary()
        self.assertEqual((status, lines[-1]), (1, "1 passed, 2 failed"))
        self.assertIn("FAILED", lines[0])

    def test_a_failed_test_of_a_stage_that_ends_well_is_a_failure(self):
        self.ran("core", report=FAILED)
        self.assertEqual(self.summary()[0], 1)

    def test_an_error_without_a_failed_test_is_one_failure(self):
        self.ran("core", status=124, report=PASSED)
        status, lines = self.summary()
        self.assertEqual((status, lines[-1]), (1, "2 passed, 1 failed"))

    def test_half_a_report_is_a_failure(self):
        self.ran("core", report=PASSED[:-5])
        self.assertEqual(self.summary(), (1, ["core             FAILED      3 s", "", "0 passed, 1 failed"]))

    def test_lists_skipped_tests_with_their_reason(self):
        self.ran("crash", report=SKIPPED, more=SKIPPED)
        status, lines = self.summary()
        self.assertEqual(status, 0)
        self.assertEqual(lines[1:], ["", "Not run here:", "  2 tests of crash: no disk", "", "2 passed, 0 failed, 2 skipped"])

    def test_lists_stages_that_did_not_run_with_their_reason(self):
        self.ran("core", report=PASSED)
        self.not_run("go", "Go is not installed")
        status, lines = self.summary()
        self.assertEqual(status, 0)
        self.assertEqual(lines[1:], ["go               not run     3 s", "", "Not run here:", "  go: Go is not installed", "",
                                     "2 passed, 0 failed"])

    def test_a_recorded_stage_that_does_not_run_is_a_failure(self):
        self.ran("core", report=PASSED)
        self.not_run("go", "Go is not installed")
        self.not_run("rust", "Rust is not installed")
        status, lines = self.as_recorded()
        self.assertEqual((status, lines[-1]), (1, "2 passed, 1 failed"))
        self.assertIn("go               MISSING     3 s", lines)
        self.assertIn("  go: Go is not installed (MISSING: it is recorded)", lines)
        self.assertIn("rust             not run     3 s", lines)

    def test_a_recorded_stage_that_was_never_started_is_a_failure(self):
        self.ran("core", report=PASSED)
        status, lines = self.as_recorded()
        self.assertEqual((status, lines[-1]), (1, "2 passed, 1 failed"))
        self.assertIn("  go: tests/run did not start it (MISSING: it is recorded)", lines)

    def test_passes_when_all_recorded_stages_run(self):
        self.ran("core", report=PASSED)
        self.ran("go", report=PASSED)
        self.not_run("rust", "Rust is not installed")
        self.assertEqual(self.as_recorded()[0], 0)

    def test_records_what_ran(self):
        self.ran("core", report=PASSED)
        self.ran("java", status=1)
        self.not_run("go", "Go is not installed")
        self.summary("--record", self.recorded)
        self.assertEqual(self.recorded.read_text(), "# Why.\ncore\njava\n")

    def test_the_recorded_stages_are_those_of_the_run(self):
        run = (HERE / "run").read_text()
        recorded = [line for line in (HERE / "stages").read_text().splitlines() if not line.startswith("#")]
        sdks = run.partition("for sdk in ")[2].partition(";")[0].split()
        started = [line.split()[1] for line in run.splitlines() if line.strip().startswith("stage ")]
        self.assertLessEqual(set(recorded), {*started, *sdks})
        self.assertTrue(recorded)

    def test_the_packages_are_a_stage(self):
        """Of the whole run, and of what continuous integration demands."""
        whole = (HERE / "run").read_text().partition("WORKMAIL_BINARY=")[2]
        self.assertIn("stage packages \"$root/tests/packages/run\"", whole)
        self.assertIn("packages", (HERE / "stages").read_text().splitlines())
        for stage in ("core", "packages"):
            self.ran(stage, report=PASSED)
        self.assertEqual(self.summary()[1], ["core             ok          3 s", "packages         ok          3 s", "",
                                             "4 passed, 0 failed"])

    def test_continuous_integration_asks_for_the_recorded_stages(self):
        self.assertIn("/run\" --as-recorded \"$@\"", (HERE.parent / ".ci/run").read_text())


if __name__ == "__main__":
    unittest.main()

"""tests/questions/compare: what is to be changed, what is observed, and what contradicts itself."""

import json
import subprocess
import sys
from pathlib import Path

COMPARE = Path(__file__).with_name("compare")


def answer(id, verdict, aws=None, emulator="no", **more):
    return {"id": id, "question": f"What about {id}?", "operations": ["CreateUser"], "emulator": emulator, "aws": aws,
            "verdict": verdict, **more}  # fmt: skip


def compare(folder, *files):
    paths = []
    for number, answers in enumerate(files):
        paths.append(folder / f"{number}.json")
        document = {"region": f"region-{number}", "time": "2027-01-10T00:00:00Z", "answers": answers}
        paths[-1].write_text(answers if isinstance(answers, str) else json.dumps(document))
    done = subprocess.run([sys.executable, "-B", COMPARE, *paths], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def test_prints_what_to_change_and_what_is_observed(tmp_path):
    status, text = compare(tmp_path, [
        answer("Q-name-case", "differs", aws={"error": "InvalidParameterException"}, emulator={"error": "NameAvailabilityException"}),
        answer("Q-two-filters", "same", aws="no"),
        answer("Q-export-path", "not asked", reason="needs a bucket"),
        answer("Q-none", "not answered", reason="its answers vary"),
    ])  # fmt: skip
    change, observed, unanswered = text.split("\n\n")[1:6:2]
    assert status == 1
    assert 'AWS:      {"error": "InvalidParameterException"}' in change
    assert "CreateUser; api/rules/entity_rules.cc:" in change
    assert observed.startswith("Q-two-filters") and "api/" in observed
    assert unanswered.splitlines() == ["Q-export-path: needs a bucket", "Q-none: its answers vary"]


def test_agrees_when_nothing_differs(tmp_path):
    status, text = compare(tmp_path, [answer("Q-two-filters", "same", aws="no")], [answer("Q-two-filters", "not asked")])
    assert status == 0
    assert text.startswith("Observed now")
    assert "Not answered" not in text


def test_prints_contradictions(tmp_path):
    status, text = compare(tmp_path, [answer("Q-two-filters", "same", aws="no")],
                           [answer("Q-two-filters", "differs", aws="yes")])  # fmt: skip
    assert status == 1
    assert "Answered in several ways" in text
    assert 'region-0, 2027-01-10: "no"' in text and 'region-1, 2027-01-10: "yes"' in text


def test_refuses_other_files(tmp_path):
    for text in ("{", "[]", '{"answers": [{}]}'):
        assert compare(tmp_path, text) == (1, f"tests/questions/compare: {tmp_path}/0.json is not a file of answers.\n")

"""Asking AWS leaves nothing behind and gives no wrong verdict, whatever is lost, refused, late or killed."""

import argparse
import json
import multiprocessing
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

import aws_of_tests
from aws_of_tests import BY_ID, ORGANIZATION, QUESTIONS, RUN
from hosts import HANG_UP
from relay import LOST

UNDOING = ("Delete", "Deregister", "Disassociate", "Cancel", "Untag")
CLEAN = {"Q-console": "not asked"} | {each.id: "same" for each in QUESTIONS if each.experiment}


@pytest.fixture(scope="module")
def plan(session):
    """What the emulator answers to the questions of these tests."""
    options = argparse.Namespace(read_only=False, own_organizations=True, long=False, aws=True)
    return RUN.Program(QUESTIONS, aws_of_tests.ask, session=session).ask_emulator(options)


def verdicts(aws):
    return {id: each["verdict"] for id, each in aws.answers().items()}


def assert_nothing_is_left(aws):
    assert aws.state() == aws.before
    assert not (aws.folder / "ledger").exists()


def test_asks_everything_and_leaves_nothing(aws, plan, capsys):
    assert aws.program(plan).main(aws.options()) == 0
    assert verdicts(aws) == CLEAN
    assert_nothing_is_left(aws)
    text = (aws.folder / "answers.json").read_text() + (aws.folder / "answers.md").read_text() + capsys.readouterr().out
    for secret in (aws_of_tests.ACCOUNT, "wml-acme", "alice", *(user["UserId"] for user in aws.before[0]["Users"])):
        assert secret not in text, secret


def test_prints_what_it_creates_and_refuses_to_start(aws, plan, capsys):
    options = [each for each in aws.options() if each != RUN.UNDERSTOOD]
    assert aws.program(plan).main(options) == 2
    printed = capsys.readouterr()
    assert RUN.UNDERSTOOD in printed.err
    assert "5 users are registered" in printed.out and "4 USD a month" in printed.out
    assert not aws.relay.calls
    assert not (aws.folder / "ledger").exists()


def test_registers_only_as_many_users_as_allowed(aws, plan):
    assert aws.program(plan).main(aws.options("--registrations", "1")) == 0
    assert verdicts(aws) == CLEAN | {"Q-three-users": "not asked", "Q-own-organization": "not asked"}
    assert len(aws.relay.operations("RegisterToWorkMail")) == 1


def test_never_registers_more_users_than_allowed(aws, plan):
    """A question that is asked again because its answers vary registers a user each time."""
    aws.relay.after = lambda call: call.output.update(Aliases=[str(call.number)]) if call.operation == "ListAliases" else None
    assert aws.program(plan, [BY_ID["Q-renamed"]]).main(aws.options("--registrations", "2")) == 0
    assert len(aws.relay.operations("RegisterToWorkMail")) == 2
    assert aws.answers()["Q-renamed"]["reason"] == "more than 2 users would be registered (--registrations)"
    assert_nothing_is_left(aws)


def test_every_write_is_on_disk_before_its_call(aws, plan):
    ledger = aws.folder / "ledger"

    def look(call):
        if ledger.exists() and not call.operation.startswith(("Describe", "Get", "List")):
            lines = [json.loads(line) for line in ledger.read_text().splitlines()]
            written.append(any(line.get("operation") == call.operation for line in lines) or call.operation.startswith(UNDOING))
            assert "Wml-" not in ledger.read_text()  # the passwords

    written = []
    aws.relay.before = look
    assert aws.program(plan).main(aws.options()) == 0
    assert len(written) > 40 and all(written)


def test_without_credentials_it_ends_at_once(aws, plan, monkeypatch):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    program = aws.program(plan)
    program.session, program.sleep = aws_of_tests.new_session(), pytest.fail
    with pytest.raises(RUN.CannotAsk, match="Unable to locate credentials"):
        program.main(aws.options())
    assert not (aws.folder / "ledger").exists()


def test_the_command_asks_what_it_is_given(aws):
    command = [sys.executable, "-B", Path(RUN.__file__), *aws.options("--pace", "0s"), "Q-name-case", "Q-two-filters"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Q-name-case: same\nQ-two-filters: same\nEverything is undone.\n" in done.stdout
    done = subprocess.run([*command, "Q-none"], capture_output=True, text=True)
    assert done.returncode == 2 and "there is no question Q-none" in done.stderr
    assert_nothing_is_left(aws)


def test_read_only_calls_nothing_that_writes(aws, plan):
    program = aws.program(None)
    del program.ask_emulator
    assert program.main([each for each in aws.options("--read-only") if each != RUN.UNDERSTOOD]) == 0
    assert {id for id, verdict in verdicts(aws).items() if verdict == "same"} == {"Q-no-user"}
    assert {call.operation for call in aws.relay.calls} <= {"DescribeOrganization", "DescribeUser"}
    assert aws.server.control("GET", "state") == aws.server.control("GET", "state")


class TestChangedAnswers:
    def ask(self, aws, plan, *ids):
        questions = [BY_ID[id] for id in ids]
        assert aws.program(plan, questions).main(aws.options()) == 0
        assert_nothing_is_left(aws)
        return aws.answers()

    def test_are_found(self, aws, plan):
        def other_code(call):
            if call.output.get("__type", "").endswith("NameAvailabilityException"):
                call.refuse("InvalidParameterException")

        aws.relay.after = other_code
        answers = self.ask(aws, plan, "Q-same-name", "Q-no-user", "Q-renamed")
        assert [each["verdict"] for each in answers.values()] == ["differs", "same", "same"]
        assert answers["Q-same-name"]["aws"] == "InvalidParameterException"
        assert answers["Q-same-name"]["emulator"] == "NameAvailabilityException"

    def test_count_only_when_they_come_twice(self, aws, plan):
        late = []

        def late_once(call):
            if call.operation == "ListAliases" and not late:
                late.append(call)
                call.output["Aliases"].pop()

        aws.relay.after = late_once
        assert self.ask(aws, plan, "Q-renamed")["Q-renamed"]["verdict"] == "same"
        assert late

    def test_that_vary_are_none(self, aws, plan):
        def always_another(call):
            if call.operation == "ListAliases":
                call.output["Aliases"] = [f"number {call.number}"]

        aws.relay.after = always_another
        answer = self.ask(aws, plan, "Q-renamed")["Q-renamed"]
        assert (answer["verdict"], answer["reason"]) == ("not answered", "its answers vary")

    def test_of_operations_that_are_not_asked_about_are_none(self, aws, plan):
        aws.relay.before = lambda call: call.refuse("LimitExceededException") if call.operation == "CreateUser" else None
        answer = self.ask(aws, plan, "Q-renamed")["Q-renamed"]
        assert (answer["verdict"], answer["reason"]) == ("not answered", "CreateUser: LimitExceededException")

    def test_without_what_the_experiment_reads_are_none(self, aws, plan):
        def without(call):
            if call.operation == "ListAliases":
                call.output.pop("Aliases")

        aws.relay.after = without
        answer = self.ask(aws, plan, "Q-renamed")["Q-renamed"]
        assert (answer["verdict"], answer["reason"]) == ("not answered", "KeyError: 'Aliases'")


def test_what_is_seen_late_is_awaited(aws, plan):
    """A new entity is not found at first, a registered one is shown as it was, a deleted one is still there."""
    seen = {}

    def late(call):
        if call.operation.startswith("Describe") and call.operation != "DescribeOrganization" and call.status == 200:
            shown = seen.setdefault(call.output.get("UserId") or call.output.get("GroupId") or call.output.get("ResourceId"), [])
            shown.append(dict(call.output))
            if len(shown) < 3:
                call.refuse("EntityNotFoundException")
            elif shown[-1]["State"] != shown[-2]["State"]:
                call.output["State"] = shown[-2]["State"]

    aws.relay.after = late
    questions = [BY_ID["Q-renamed"], BY_ID["Q-settings"], BY_ID["Q-same-name"]]
    assert aws.program(plan, questions).main(aws.options()) == 0
    assert set(verdicts(aws).values()) == {"same"}
    assert_nothing_is_left(aws)


def test_throttling_is_waited_out(aws, plan):
    rules = [("*", 0.3, "ThrottlingException"), ("List*", 0.2, "ServiceUnavailable")]
    for operation, probability, error in rules:
        aws.server.control("POST", "faults", {"match": {"operation": operation}, "probability": probability,
                                              "answer": {"error": error}})  # fmt: skip
    assert aws.program(plan).main(aws.options()) == 0
    aws.server.control("DELETE", "faults")
    assert verdicts(aws) == CLEAN
    assert_nothing_is_left(aws)


def test_no_access_is_no_answer(aws, plan):
    aws.relay.before = lambda call: call.refuse("AccessDeniedException") if call.operation == "CreateUser" else None
    assert aws.program(plan).main(aws.options()) == 0
    assert {verdicts(aws)[id] for id in ("Q-renamed", "Q-three-users", "Q-same-name")} == {"not answered"}
    assert verdicts(aws)["Q-settings"] == "same"
    assert_nothing_is_left(aws)


class TestLostAnswers:
    def test_are_found_and_asked_again(self, aws, plan):
        """Each operation loses its first answer, after it took effect."""
        seen = set()

        def lose_first(call):
            first = call.operation not in seen
            seen.add(call.operation)
            return LOST if first and call.operation != "DescribeOrganization" else None

        aws.relay.before = lose_first
        assert aws.program(plan).main(aws.options()) == 0
        assert "DeregisterMailDomain" in seen
        assert verdicts(aws) == CLEAN
        assert_nothing_is_left(aws)

    @pytest.mark.parametrize("lost", [LOST, HANG_UP])
    def test_of_writes_are_never_repeated(self, aws, plan, lost):
        """Whether the call took effect or not: a repeated one could have another answer."""
        writes = []

        def lose(call):
            if call.operation == "CreateUser":
                writes.append(call.input["Name"].lower())
                return lost if len(writes) in (1, 3) else None
            return None

        aws.relay.before = lose
        assert aws.program(plan, [BY_ID["Q-same-name"]]).main(aws.options()) == 0
        assert verdicts(aws) == {"Q-same-name": "same"}
        assert writes[0] != writes[1] == writes[2] != writes[3] == writes[4]
        assert_nothing_is_left(aws)

    def test_count_as_lost_when_the_service_fails_after_the_call(self, aws, plan):
        def fail(call):
            if call.operation == "CreateUser" and len(aws.relay.operations("CreateUser")) == 1:
                call.refuse("InternalFailure", 500)

        aws.relay.after = fail
        assert aws.program(plan, [BY_ID["Q-same-name"]]).main(aws.options()) == 0
        assert verdicts(aws) == {"Q-same-name": "same"}
        assert_nothing_is_left(aws)

    def test_of_a_create_that_is_listed_late(self, aws, plan):
        def lose(call):
            return LOST if call.operation == "CreateUser" and len(aws.relay.operations("CreateUser")) == 1 else None

        def late(call):
            if call.operation == "ListUsers" and len(aws.relay.operations("ListUsers")) < 4:
                call.output["Users"] = []

        aws.relay.before, aws.relay.after = lose, late
        assert aws.program(plan, [BY_ID["Q-same-name"]]).main(aws.options()) == 0
        assert verdicts(aws) == {"Q-same-name": "same"}
        assert_nothing_is_left(aws)


class Killer:
    """Kills a process at one call, before or after the call takes effect."""

    def __init__(self, relay, after):
        self.relay = relay
        self.after = after
        self.number = None
        self.child = None
        if after:
            relay.after = self.hook
        else:
            relay.before = self.hook

    def hook(self, call):
        if call.number != self.number:
            return None
        self.child.kill()
        return HANG_UP

    def run(self, target, number):
        """Whether the process was killed, at the call of this number after those before."""
        self.number = len(self.relay.calls) + number
        self.child = multiprocessing.get_context("fork").Process(target=target)
        self.child.start()
        self.child.join()
        return self.child.exitcode == -signal.SIGKILL


class TestInterrupted:
    @pytest.mark.parametrize("after", [False, True])
    def test_by_kills_anywhere_leaves_nothing_after_cleaning_up(self, aws, plan, after):
        """Every so many calls of a run; the first cleaning up is killed as well."""
        killer = Killer(aws.relay, after)
        kills = 0
        number = 3
        while killer.run(lambda: sys.exit(aws.program(plan).main(aws.options("--pace", "0s"))), number):
            kills += 1
            killer.run(aws.clean_up, number % 11)
            if (aws.folder / "ledger").exists():
                assert aws.clean_up() == 0
            assert_nothing_is_left(aws)
            number += 11
        assert killer.child.exitcode == 0
        assert kills > 10
        assert verdicts(aws) == CLEAN
        assert_nothing_is_left(aws)

    @pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM])
    def test_by_a_signal_undoes_everything_and_keeps_the_answers(self, aws, plan, name):
        child = multiprocessing.get_context("fork").Process(target=lambda: aws.program(plan).main(aws.options()))

        def interrupt(call):
            if call.operation == "CreateResource":
                os.kill(child.pid, name)

        aws.relay.after = interrupt
        child.start()
        child.join()
        assert_nothing_is_left(aws)
        assert verdicts(aws)["Q-renamed"] == "same"

    def test_a_second_run_does_not_start_before_the_first_is_undone(self, aws, plan):
        assert Killer(aws.relay, True).run(lambda: aws.program(plan).main(aws.options()), 9)
        with pytest.raises(RUN.LedgerError, match="interrupted; --clean-up undoes it"):
            aws.program(plan).main(aws.options())
        assert aws.clean_up() == 0
        assert_nothing_is_left(aws)

    def test_cleaning_up_with_other_credentials_changes_nothing(self, aws, plan, monkeypatch):
        assert Killer(aws.relay, True).run(lambda: aws.program(plan).main(aws.options()), 9)
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "222222222222")
        other = aws.program(None)
        other.session = aws_of_tests.new_session()
        with pytest.raises(ClientError, match="OrganizationNotFoundException"):
            other.main(["--clean-up", "--ledger", str(aws.folder / "ledger")])
        monkeypatch.undo()
        assert aws.clean_up() == 0
        assert_nothing_is_left(aws)

    def test_what_cannot_be_undone_stays_in_the_ledger(self, aws, plan, capsys):
        aws.relay.before = lambda call: call.refuse("MailDomainInUseException") if call.operation == "DeregisterMailDomain" else None
        assert aws.program(plan, [BY_ID["Q-settings"]]).main(aws.options()) == 1
        assert "Not undone: RegisterMailDomain" in capsys.readouterr().err
        assert aws.state() != aws.before
        aws.relay.before = lambda call: None
        assert aws.clean_up() == 0
        assert_nothing_is_left(aws)


def test_at_most_three_users_are_registered_at_a_time(aws, plan):
    most = []

    def count(call):
        if call.operation == "RegisterToWorkMail":
            [organization] = [each for each in aws.server.control("GET", "state")["Organizations"]
                              if each["OrganizationId"] == ORGANIZATION]  # fmt: skip
            users = [user for user in organization["Users"] if user["State"] == "ENABLED"]
            most.append(len(users) - 2)

    aws.relay.after = count
    assert aws.program(plan).main(aws.options()) == 0
    assert max(most) == 3


def test_every_question_is_answered_as_the_emulator_does_and_leaves_nothing(aws, session):
    """Those of this folder, which take an organization of their own or many calls included."""
    questions, ask = RUN.load()
    program = aws.program(None, questions)
    program.ask = ask
    del program.ask_emulator
    assert program.main(aws.options("--long")) == 0
    answers = aws.answers()
    assert {id: each["aws"] for id, each in answers.items() if each["verdict"] not in ("same", "not asked")} == {}
    assert sum(each["verdict"] == "same" for each in answers.values()) > 70
    assert_nothing_is_left(aws)

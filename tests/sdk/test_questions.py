"""The emulator answers every question of tests/questions as recorded, each in an organization of its own."""

import itertools
import sys
from pathlib import Path

import pytest

from workmail_server import servers

sys.path.append(str(Path(__file__).resolve().parents[1] / "questions"))

from asking import NotAnswered, PlainService, ask  # noqa: E402
from question import Question, all_questions  # noqa: E402

ASKABLE = [each for each in all_questions().values() if each.unaskable is None]


@pytest.fixture(scope="module")
def questioned(tmp_path_factory):
    """The server that is asked everything, and a number for each organization."""
    with servers(tmp_path_factory.mktemp("questions")) as start_server:
        yield start_server(), itertools.count()


@pytest.mark.parametrize("question", ASKABLE, ids=lambda question: question.id)
def test_the_emulator_gives_the_recorded_answer(question, questioned, connect):
    server, numbers = questioned
    client = connect(server)
    organization = client.create_organization(Alias=f"question-{next(numbers)}")["OrganizationId"]
    assert ask(question, PlainService(client, organization)) == question.answer


class Recorder(PlainService):
    """Counts how often what was made is undone."""

    undone = 0

    def undo(self):
        self.undone += 1


@pytest.fixture
def recorder(client, organization):
    return Recorder(client, organization)


def asked(recorder, experiment):
    return ask(Question("Q-test", "Is it?", ("DescribeGroup",), experiment=experiment), recorder)


def test_answers_have_stable_words(recorder):
    def experiment(ask):
        group = ask.call("DescribeGroup", GroupId=ask.group("one", registered=True))
        return [group, ask.new_id(), ask.arn, ask.domain, ask.organization]

    described = {
        "GroupId": "the group one",
        "Name": "the name one",
        "Email": "the address one",
        "State": "ENABLED",
        "EnabledDate": "a time",
        "HiddenFromGlobalAddressList": False,
    }
    assert asked(recorder, experiment) == [described, "an ID", "the ARN", "the domain", "the organization"]
    assert recorder.undone == 1


def test_an_error_of_an_operation_of_the_question_is_its_answer(recorder):
    answer = asked(recorder, lambda ask: ask.call("DescribeGroup", GroupId=ask.new_id()))
    assert answer == {"error": "EntityNotFoundException"}
    assert recorder.undone == 1


def test_an_experiment_that_returns_nothing_had_no_error(recorder):
    assert asked(recorder, lambda ask: None) == {"error": "no error"}


def test_an_error_before_the_question_is_no_answer(recorder):
    with pytest.raises(NotAnswered, match="DescribeUser: EntityNotFoundException"):
        asked(recorder, lambda ask: ask.call("DescribeUser", UserId=ask.new_id()))
    with pytest.raises(NotAnswered, match="CreateGroup: NameAvailabilityException"):
        asked(recorder, lambda ask: [ask.group("one"), ask.group("one")])
    assert recorder.undone == 2

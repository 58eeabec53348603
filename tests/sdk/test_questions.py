"""Every question of tests/questions is asked of the emulator, in an organization of its own: its answer is the recorded one."""

import itertools
import sys
from pathlib import Path

import pytest

from workmail_server import servers

sys.path.append(str(Path(__file__).resolve().parents[1] / "questions"))

from asking import PlainService, ask  # noqa: E402
from question import all_questions  # noqa: E402

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

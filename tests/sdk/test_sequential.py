"""With --ids sequential and a frozen clock the same calls are answered with the same bytes: in the same server after a
reset, in another one, and in the one that wrote golden/sequential.json.

Write that file again, when answers change deliberately, with: tests/sdk/run test_sequential.py --write-golden"""

import json
from pathlib import Path

import pytest

from tour import Tour

GOLDEN = Path(__file__).parent / "golden/sequential.json"
OPTIONS = ("--ids", "sequential", "--clock", "2026-05-01T00:00:00Z")


@pytest.fixture
def answers_of_a_tour(connect):
    """Calls every operation and returns (operation, request id, body) of each answer."""

    def take_the_tour(server):
        answers = []

        def note(http_response, model, **_):
            answers.append((model.name, http_response.headers["x-amzn-requestid"], http_response.content))

        client = connect(server)
        client.meta.events.register("after-call.workmail", note)
        tour = Tour(client, server)
        tour.furnish()
        tour.clear()
        assert {operation for operation, _, _ in answers} == set(client.meta.service_model.operation_names)
        return answers

    return take_the_tour


def test_the_same_calls_after_a_reset_have_the_same_answers(start, answers_of_a_tour):
    server = start(*OPTIONS)
    first = answers_of_a_tour(server)
    server.control("POST", "reset", {})
    assert answers_of_a_tour(server) == first


def test_the_same_calls_of_another_server_have_the_same_answers(start, answers_of_a_tour, tmp_path):
    assert answers_of_a_tour(start(*OPTIONS)) == answers_of_a_tour(start(*OPTIONS, "--data", str(tmp_path / "data")))


def test_every_answer_is_as_it_was_reviewed(start, answers_of_a_tour, request):
    answers = [
        {"operation": operation, "answer": json.loads(body)}
        for operation, _, body in answers_of_a_tour(start(*OPTIONS))
    ]
    if request.config.getoption("--write-golden"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(json.dumps(answers, indent=1) + "\n", encoding="utf-8")
    assert answers == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_other_servers_give_other_identifiers(start, connect):
    made = {connect(start()).create_organization(Alias="acme")["OrganizationId"] for _ in range(2)}
    assert len(made) == 2

"""Functions of mail flow that fail: the rule's fallback, and attempts by the clock."""

import json
import threading

import pytest

from hosts import HANG_UP, Answer
from mail import ALICE, DELIVER, NOW, Mail, outcomes, wait_in
from workmail_server import GIVE_UP_AFTER

ELEVEN = {"actions": [{"recipients": [], "action": {"type": "DROP"}}] * 10 + DELIVER["actions"]}
FAILURES = {
    "hangs up": (HANG_UP, "connection"),
    "a status that HTTP does not have": (Answer(b"{}", 999), "999"),
    "status 500": (Answer(b"{}", 500), "500"),
    "a function error": (Answer(b'{"errorMessage":"no"}', headers={"X-Amz-Function-Error": "Unhandled"}), "Unhandled"),
    "no UTF-8": (b'{"actions":"\xff"}', "invalid"),
    "300 KB": (json.dumps({**DELIVER, "more": "x" * 300_000}).encode(), "larger than 262144 bytes"),
    "an unknown action": ({"actions": [{"allRecipients": True, "action": {"type": "EXPLODE"}}]}, "EXPLODE"),
    "an action of the other direction": (
        {"actions": [{"allRecipients": True, "action": {"type": "ROUTE_TO_SMTP_GATEWAY"}}]},
        "ROUTE_TO_SMTP_GATEWAY",
    ),
    "no actions": ({}, "actions"),
    "a recipient outside": (
        {"actions": [{"recipients": ["eve@example.com"], "action": {"type": "DEFAULT"}}]},
        "eve@example.com",
    ),
}


class TestFailures:
    """What cannot be used is a failed invocation: the rule's fallback follows, at once or after more attempts."""

    @pytest.mark.parametrize("name", FAILURES)
    def test_the_fallback(self, flow, functions, name):
        answer, why = FAILURES[name]
        functions.by_name["fail"] = lambda event: answer
        flow.run_function("fail", fallback="BOUNCE")
        sent = flow.send()
        assert outcomes(sent) == {ALICE: "BOUNCED"}
        [told] = sent["invocations"]
        assert why in told["failure"]
        assert len(functions.invocations) == 1

    def test_the_eleventh_action(self, flow, functions):
        functions.by_name["many"] = lambda event: ELEVEN
        flow.run_function("many", fallback="DROP")
        assert outcomes(flow.send()) == {ALICE: "DROPPED"}

    def test_no_endpoint(self, without_hosts):
        without_hosts.run_function("nowhere", fallback="DROP", minutes=5)
        sent = without_hosts.send()
        assert outcomes(sent) == {ALICE: "DROPPED"}
        assert "--lambda-endpoint" in sent["invocations"][0]["failure"]

    def test_an_endpoint_that_is_gone_after_a_kill(self, start, connect, functions, tmp_path):
        runs, goes_on = wait_in(functions, DELIVER)
        data = ("--data", str(tmp_path / "data"))
        flow = Mail(start(*data, "--clock", NOW, "--lambda-endpoint", functions.url), connect)
        flow.run_function("wait", fallback="DROP")
        sender = threading.Thread(target=lambda: pytest.raises(OSError, flow.send))
        sender.start()
        assert runs.wait(GIVE_UP_AFTER)
        flow.server.kill()
        goes_on.set()
        sender.join()
        flow.server.options = data
        flow.server.start()
        [message] = flow.server.control("GET", f"organizations/{flow.id}/messages")["messages"]
        for _ in range(10_000):
            if outcomes(message) != {ALICE: "PENDING"}:
                break
            message = flow.message(message)
        assert outcomes(message) == {ALICE: "DROPPED"}
        assert "--lambda-endpoint" in message["invocations"][0]["failure"]

    def test_attempts_of_many_messages_run_at_once(self, flow, functions):
        together = threading.Barrier(3)
        first = [HANG_UP] * 3

        def meet(event):
            if first:
                return first.pop()
            together.wait(GIVE_UP_AFTER)
            return DELIVER

        functions.by_name["meet"] = meet
        flow.run_function("meet", fallback="DROP", minutes=10)
        sent = [flow.send() for _ in range(3)]
        flow.server.control("POST", "clock/advance", {"to": "next"})
        assert [outcomes(self.wait_for_attempt(flow, each, 2)) for each in sent] == [{ALICE: "DELIVERED"}] * 3

    def test_attempts_go_by_the_clock_until_one_succeeds(self, flow, functions):
        answers = [HANG_UP, Answer(b"{}", 500), DELIVER]
        functions.by_name["flaky"] = lambda event: answers.pop(0)
        flow.run_function("flaky", fallback="DROP", minutes=10)
        sent = flow.send()
        assert (outcomes(sent), sent["retryAt"]) == ({ALICE: "PENDING"}, "2026-05-01T12:01:00.000Z")
        for attempt, now in ((2, "2026-05-01T12:01:00.000Z"), (3, "2026-05-01T12:03:00.000Z")):
            assert self.next_attempt(flow) == now
            self.wait_for_attempt(flow, sent, attempt)
        message = flow.message(sent)
        assert (outcomes(message), "retryAt" in message) == ({ALICE: "DELIVERED"}, False)
        assert len({invocation.event["invocationId"] for invocation in functions.invocations}) == 1

    def test_the_fallback_comes_when_the_time_of_the_rule_is_over(self, flow, functions):
        functions.by_name["fail"] = lambda event: HANG_UP
        flow.run_function("fail", fallback="DROP", minutes=5)
        sent = flow.send()
        times = []
        for attempt in (2, 3, 4):
            times.append(self.next_attempt(flow)[14:16])
            message = self.wait_for_attempt(flow, sent, attempt)
        assert times == ["01", "03", "05"]
        assert outcomes(message) == {ALICE: "DROPPED"}

    @staticmethod
    def next_attempt(flow):
        [event] = flow.server.control("POST", "clock/advance", {"to": "next"})["happened"]
        assert event["kind"] == "messageFunctionsRetried"
        return event["at"]

    @staticmethod
    def wait_for_attempt(flow, sent, attempt):
        """The function runs after the clock's answer; asks again until its answer is there."""
        for _ in range(10_000):
            message = flow.message(sent)
            if len(message["invocations"]) >= attempt:
                return message
        raise AssertionError(f"attempt {attempt} does not come")

"""Asks all questions, and decides of each answer whether it is the emulator's.

An answer counts when nothing was lost while it was asked, and a different one only when it came twice: AWS shows some
changes late."""

import datetime
import json
import re
from dataclasses import asdict, dataclass
from typing import Any, Optional

from asking import NotAnswered
from calls import CannotAsk
from guarded_service import AnswerLost, NotAllowed, OwnOrganization

SAME, DIFFERS, NOT_ASKED, NOT_ANSWERED = "same", "differs", "not asked", "not answered"
MAX_ASKED = 10  # times one question
MAX_OTHERS = 3  # different answers
# What a question takes that is asked in a new organization; in another one it cannot be, or its answer would depend on it.
OWN = {
    "an organization of its own", "a name that does not begin with wml-", "names that do not begin with wml-",
}  # fmt: skip
NEVER = "30 days"
# After a different answer: seconds before each write.
SLOWER = 5
PRIVATE = (
    (re.compile(r"\bwml-[0-9a-f]{8}-", re.IGNORECASE), "wml-"),
    (re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[rmd]-[0-9a-f]{10,32}\b|\bS-1(-\d+)+"), "an ID"),
    (re.compile(r"\b\d{12}\b"), "an account"),
    (re.compile(r"[\w.%+-]+@[\w-]+(\.[\w-]+)+"), "an address"),
    (re.compile(r"[\w-]+\.awsapps\.com"), "a domain"),
)


@dataclass
class Verdict:
    """What answers.json has of a question."""

    id: str
    question: str
    operations: list
    emulator: Any
    aws: Any = None
    verdict: str = NOT_ASKED
    reason: Optional[str] = None
    time: Optional[str] = None

    def as_json(self):
        return {name: value for name, value in asdict(self).items() if value is not None or name in ("emulator", "aws")}


def now():
    return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")


def without_private(value, words):
    """Without identifiers, accounts and addresses: those that are known by their words, others by their form."""
    if isinstance(value, dict):
        return {without_private(name, words): without_private(each, words) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [without_private(each, words) for each in value]
    if not isinstance(value, str):
        return json.loads(json.dumps(value, default=str))
    for word in sorted(words, key=len, reverse=True):
        value = value.replace(word, words[word])
    for pattern, word in PRIVATE:
        value = pattern.sub(word, value)
    return value


def words_of(described):
    """What of an organization must not be seen."""
    words = {
        described["OrganizationId"]: "the organization",
        described.get("DefaultMailDomain"): "the domain",
        described.get("DirectoryId"): "the directory",
        described["ARN"].split(":")[4]: "the account",
        f"{described.get('Alias')}.awsapps.com": "the test domain",
    }
    return {word: stands for word, stands in words.items() if word}


class Asker:
    """Asks questions of one service."""

    def __init__(self, service, ask, long=False, report=print):
        self.service = service
        self.ask = ask
        self.long = long  # whether what takes many calls is asked too
        self.report = report
        self.words = words_of(service.call("DescribeOrganization"))

    def not_asked(self, question):
        """Why a question is not asked."""
        if question.unaskable:
            return question.unaskable
        if question.takes in OWN:
            allowed = self.service.own_organizations
        else:
            allowed = not question.takes or (self.long and question.takes != NEVER)
        if not allowed:
            return f"it takes {question.takes}"
        if self.service.read_only and not question.read_only:
            return "it does more than read"
        return None

    def answer(self, question):
        """What the service answers, once; nothing of it is left behind."""
        try:
            service = OwnOrganization(self.service) if question.takes in OWN else self.service
            answer = self.ask(question, service)
        except BaseException:
            self.service.undo()
            raise
        for left in self.service.undoing.left:
            self.report(f"  not undone yet: {left}")
        return without_private(answer, self.words)

    def decide(self, question, expected):
        """The verdict on one question, against the answer of the emulator."""
        verdict = Verdict(question.id, question.text, list(question.operations), expected)
        verdict.reason = self.not_asked(question)
        if verdict.reason:
            return verdict
        pace = self.service.calls.pace
        try:
            verdict.verdict, verdict.aws = self._ask_until_clear(question, expected)
        except NotAllowed as error:
            verdict.reason = without_private(str(error), self.words)
        except CannotAsk as error:
            verdict.verdict, verdict.reason = NOT_ANSWERED, without_private(str(error), self.words)
        finally:
            self.service.calls.pace = pace
        verdict.time = now()
        return verdict

    def _ask_until_clear(self, question, expected):
        """Again while answers are lost; a few times while they vary, because each time users are registered."""
        others, reasons = [], []
        for _ in range(MAX_ASKED):
            try:
                answer = self.answer(question)
            except AnswerLost as error:
                lost = str(error)
                continue
            except NotAllowed:
                raise
            except Exception as error:  # an answer of another form than the experiment reads is none
                if reason_of(error) in reasons:
                    raise CannotAsk(reason_of(error)) from error
                reasons.append(reason_of(error))
                continue
            if answer == expected:
                return SAME, answer
            if answer in others:
                return DIFFERS, answer
            others.append(answer)
            if len(others) == MAX_OTHERS:
                raise CannotAsk("its answers vary")
            self.service.calls.pace = max(SLOWER, self.service.calls.pace)
        raise CannotAsk(reasons[-1] if reasons else lost)


def reason_of(error):
    return str(error) if isinstance(error, (CannotAsk, NotAnswered)) else f"{type(error).__name__}: {error}"

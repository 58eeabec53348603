"""The questions: what the emulator assumes because no document describes it, each with the experiment that settles it.

They are in about/, one file for each topic. asking.py is what an experiment gets as its argument."""

import functools
import importlib
from dataclasses import dataclass
from typing import Any, Callable, Optional

# The files in about/, in the order of the page.
TOPICS = (
    "errors states registration names lists users groups resources addresses mailboxes export_jobs"
    " access_control impersonation mobile_devices availability retention domains organizations identity_center tags"
    " idempotency signatures mail_flow functions"
).split()


@dataclass(frozen=True)
class Question:
    id: str  # the comment in the code that makes the assumption ends with it
    text: str  # one sentence
    operations: tuple = ()
    answer: Any = None  # of the emulator, as asking.ask returns it; an error is {"error": CODE}
    assumed: Optional[str] = None  # the same in words, where the data does not explain itself
    takes: Optional[str] = None  # why it is not asked with the others: "30 days"; None: it is quick
    read_only: bool = False
    unaskable: Optional[str] = None  # why the API cannot be asked; then there is neither experiment nor answer
    experiment: Optional[Callable] = None  # gets an Asking, returns the answer

    @property
    def in_words(self):
        return self.assumed or in_words(self.answer)

    @property
    def can_be_asked(self):
        if self.unaskable:
            return f"no: {self.unaskable}"
        return f"takes {self.takes}" if self.takes else "yes"


REGISTRY = []


def question(id, text, operations=(), unaskable=None, **rest):
    """Decorates the experiment of a question. One that is `unaskable` is added by the call alone."""

    def add(experiment):
        REGISTRY.append(Question(id, text, tuple(operations), unaskable=unaskable, experiment=experiment, **rest))

    return add(None) if unaskable else add


@functools.cache
def by_topic():
    """The title of each topic, which its file begins with, to its questions."""
    topics = {}
    for name in TOPICS:
        begin = len(REGISTRY)
        module = importlib.import_module(f"about.{name}")
        topics[module.__doc__.strip().rstrip(".")] = REGISTRY[begin:]
    return topics


def all_questions():
    """By id, in the order of the page."""
    return {each.id: each for questions in by_topic().values() for each in questions}


def in_words(answer):
    """How an answer that explains itself is shown on a page."""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, dict) and answer.keys() == {"error"}:
        return in_words(answer["error"])
    if isinstance(answer, dict):
        cases = {}
        for case, value in answer.items():
            cases.setdefault(in_words(value), []).append(case)
        return "; ".join(f"{', '.join(each)}: {words}" for words, each in cases.items())
    if isinstance(answer, list):
        return ", ".join(in_words(value) for value in answer) or "nothing"
    return f"`{answer}`" if str(answer).endswith("Exception") else str(answer)

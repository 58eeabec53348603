"""What asking will do, from asking the emulator first: what is made, what it costs, and what the emulator answers."""

import calendar
import datetime

from verdicts import NOT_ASKED, without_private
from writes import KINDS, UNDONE_BY, USER

DOLLARS = 4  # for a registered user and month
SECONDS_OF_CALL = 0.4


class Plan:
    def __init__(self):
        self.verdicts = {}  # by question: that of the emulator
        self.writes = {}  # by question: its writes, as a ledger has them
        self.registered = {}  # by question: how many users it registers

    def add(self, question, verdict, writes, made):
        self.verdicts[question.id] = verdict
        self.writes[question.id] = writes
        self.registered[question.id] = sum(
            entry.operation == "RegisterToWorkMail" and made.kind_of(entry.parameters["EntityId"]) is USER for entry in writes
        )

    def within(self, questions, registrations):
        """The questions that register at most so many users together: those first that register few."""
        if registrations is None:
            return list(questions)
        chosen = []
        for question in sorted(questions, key=lambda each: self.registered[each.id]):
            registrations -= self.registered[question.id]
            if registrations >= 0 or not self.registered[question.id]:
                chosen.append(question)
        return chosen

    def of(self, questions, organization, region, pace, today=None):
        """As text, for who is to decide."""
        asked = [each for each in questions if self.verdicts[each.id].verdict != NOT_ASKED]
        entries = [entry for each in asked for entry in self.writes[each.id]]
        made = {}
        for entry in entries:
            if entry.operation in KINDS or entry.operation in UNDONE_BY:
                made[entry.operation] = made.get(entry.operation, 0) + 1
        users = sum(self.registered[each.id] for each in asked)
        minutes = round(len(entries) * (2 * pace + 6 * SECONDS_OF_CALL) / 60) + 1
        lines = [
            f"{len(asked)} questions for the organization {organization} in {region}; about {minutes} minutes.",
            "Everything that they make has a name that begins with wml-, and is undone after each question:",
            *(f"  {count:4} {operation}" for operation, count in sorted(made.items())),
            *([] if made else ["  nothing: they only read"]),
        ]
        return "\n".join([*lines, *self.cost(users, today or datetime.date.today())])

    @staticmethod
    def cost(users, today):
        if not users:
            return ["No user is registered, so AWS bills nothing for them."]
        days = calendar.monthrange(today.year, today.month)[1]
        share = (days - today.day + 1) / days
        return [
            f"{users} users are registered one after the other, at most 3 at a time. AWS bills a registered user"
            f" {DOLLARS} USD a month,",
            "from its registration to the end of the month, also when it is deregistered before:"
            f" today about {users * DOLLARS * share:.2f} USD.",
            "A question that AWS answers otherwise, or whose answer is lost, is asked again, with its users.",
            "--registrations N registers at most N, and asks first what registers few; --registrations 0 registers none.",
        ]


def planned(asker, questions):
    """Asks the emulator everything."""
    plan = Plan()
    ledger = asker.service.ledger
    for question in questions:
        begin = len(ledger.entries)
        verdict = asker.decide(question, without_private(question.answer, {}))
        plan.add(question, verdict, ledger.entries[begin:], asker.service.made)
    return plan

"""What a run does to an organization, on disk before it is done, so that all of it can be undone after any interruption.

A file of JSON lines. The first describes the run; then each write has a line before its call, one with how it ended,
and one when it is undone. A write without its second line may have taken effect or not."""

import fcntl
import json
import os
from dataclasses import dataclass, field
from pathlib import Path

# Never on disk.
SECRETS = {"Password", "EwsProvider", "ClientToken", "ResponseMetadata", "Token"}


class LedgerError(Exception):
    """The file cannot be used; the text is for the user."""


@dataclass
class Entry:
    """One write."""

    number: int
    organization: str
    operation: str
    parameters: dict
    answer: dict = field(default_factory=dict)
    outcome: str = "unknown"  # done, refused
    undone: bool = False

    def pending(self):
        """Whether something of it may be there."""
        return not self.undone and self.outcome != "refused"


class Ledger:
    """One file, which one process has at a time."""

    def __init__(self, path, mode):
        self.path = Path(path)
        self.file = open(self.path, mode, encoding="utf-8")
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self.file.close()
            raise LedgerError(f"{path} is in use by another process.") from None
        self.head = {}
        self.entries = []

    @classmethod
    def create(cls, path, **head):
        """A new file; there must be none, because it would be of a run that is not undone."""
        try:
            ledger = cls(path, "x")
        except FileExistsError:
            raise LedgerError(f"{path} is of a run that was interrupted; --clean-up undoes it.") from None
        ledger.head = head
        ledger._append({"head": head})
        folder = os.open(ledger.path.absolute().parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return ledger

    @classmethod
    def open(cls, path):
        """The file of a run that was interrupted. A last line that is cut counts as not written: its call was not made."""
        try:
            ledger = cls(path, "r+")
        except FileNotFoundError:
            raise LedgerError(f"There is no {path}: there is nothing to undo.") from None
        content = ledger.file.read()
        whole = content[: content.rfind("\n") + 1]
        ledger.file.seek(0)
        ledger.file.truncate(len(whole.encode()))
        ledger.file.seek(0, os.SEEK_END)
        for line in whole.splitlines():
            ledger._read(json.loads(line))
        return ledger

    def _read(self, line):
        if "head" in line:
            self.head = line["head"]
        elif "intends" in line:
            number = line.pop("intends")
            self.entries.append(Entry(number, **line))
        elif "ended" in line:
            entry = self.entries[line["ended"]]
            entry.outcome, entry.answer = line["outcome"], line.get("answer", {})
        else:
            self.entries[line["undone"]].undone = True

    def _append(self, line):
        self.file.write(json.dumps(line, default=str) + "\n")
        self.file.flush()
        os.fsync(self.file.fileno())

    def intend(self, organization, operation, parameters):
        """Before a call."""
        kept = {name: value for name, value in parameters.items() if name not in SECRETS}
        entry = Entry(len(self.entries), organization, operation, kept)
        self._append({"intends": entry.number, "organization": organization, "operation": operation, "parameters": kept})
        self.entries.append(entry)
        return entry

    def end(self, entry, outcome, answer=None):
        """After a call whose end is known."""
        entry.outcome = outcome
        entry.answer = {name: value for name, value in (answer or {}).items() if name not in SECRETS}
        self._append({"ended": entry.number, "outcome": outcome, "answer": entry.answer})

    def undo(self, entry):
        """After it is undone."""
        entry.undone = True
        self._append({"undone": entry.number})

    def pending(self):
        return [entry for entry in self.entries if entry.pending()]

    def close(self):
        self.file.close()

    def remove(self):
        """When nothing is left."""
        self.path.unlink()
        self.close()

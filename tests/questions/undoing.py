"""Undoes what a ledger has, after a question and after an interruption. Everything here can be done twice."""

from botocore.exceptions import ClientError

from calls import ABSENT, LONG, WAITS, CannotAsk, code_of
from made import NAME, Made
from writes import IN_ORGANIZATION, KINDS, ORGANIZATION, SETTINGS, UNDONE_BY

GONE = ("DELETED", "Deleted")


class NotOurs(Exception):
    """Something has an identifier of the run and no name of it."""


FAILURES = (ClientError, CannotAsk, NotOurs)


class Undoing:
    def __init__(self, calls, ledger):
        self.calls = calls
        self.ledger = ledger
        self.made = Made(ledger)
        self.organization = ledger.head["organization"]
        self.left = []  # what could not be undone, in words

    def undo(self):
        """The newest first. What is refused stays in the ledger, and is tried again by the next undo."""
        self.left = []
        for entry in reversed(self.ledger.pending()):
            try:
                self._undo(entry)
            except FAILURES as error:
                self.left.append(f"{entry.operation} {entry.parameters.get('Name', '')}: {error}")
            else:
                self.ledger.undo(entry)

    def _undo(self, entry):
        organization = entry.organization
        if organization != self.organization:
            return  # it goes with its organization, whose entry is older
        if entry.operation in KINDS:
            self._remove_made(KINDS[entry.operation], entry)
        elif entry.operation in SETTINGS:
            self._remove_setting(SETTINGS[entry.operation])
        elif entry.operation == "TagResource":
            keys = [tag["Key"] for tag in entry.parameters["Tags"]]
            if entry.parameters["ResourceARN"].endswith(organization):
                self.calls.repeat("UntagResource", ResourceARN=entry.parameters["ResourceARN"], TagKeys=keys)
        elif entry.operation in UNDONE_BY:
            self._take_back(UNDONE_BY[entry.operation], {**entry.parameters, **entry.answer})

    def _take_back(self, operation, members):
        """What is between things of the run. It is refused where it is not there any more, and goes with them."""
        shape = self.calls.members(operation)
        known = {name: members[name] for name in shape.members if name in members}
        if set(shape.required_members) - {"ClientToken"} <= known.keys():
            try:
                self.calls.repeat(operation, **known)
            except ClientError:
                pass

    def _remove_setting(self, setting):
        current = self.calls.get(setting.read, OrganizationId=self.organization)
        if current and current.get(setting.mark) in self.made.marks(setting, self.organization):
            identifier = {"Id": current["Id"]} if "Id" in current else {}
            self.calls.repeat(setting.delete, OrganizationId=self.organization, **identifier)

    def _remove_made(self, kind, entry):
        if kind.identifier in entry.answer:
            return self._remove(kind, entry.answer[kind.identifier])
        # The answer is lost, or has no ID: what has the name is found, if need be after a while.
        name = str(entry.parameters.get(kind.name)).lower()
        for wait in (*(WAITS[:5] if entry.outcome == "unknown" else ()), None):
            found = [each for each in self._listed(kind) if each[kind.name].lower() == name]
            for each in found:
                self._remove(kind, each[kind.listed_identifier])
            if found or wait is None:
                return None
            self.calls.sleep(wait)

    def _listed(self, kind):
        """Those with a name of the run that are not deleted."""
        place = {} if kind is ORGANIZATION else {"OrganizationId": self.organization}
        prefixes = self.made.prefixes()
        found = []
        while True:
            answer = self.calls.repeat(kind.list, **place)
            for each in answer.get(kind.elements, []):
                begin = NAME.match(each.get(kind.name, ""))
                if begin and begin[1].lower() in prefixes and each.get("State") not in GONE:
                    found.append(each)
            if not answer.get("NextToken"):
                return found
            place["NextToken"] = answer["NextToken"]

    def _remove(self, kind, identifier):
        if kind is ORGANIZATION:
            delete = {kind.identifier: identifier, "DeleteDirectory": True, "ForceDelete": True}
        else:
            delete = {"OrganizationId": self.organization, kind.identifier: identifier}
        if kind.describe:
            self._remove_described(kind, identifier, delete)
        else:
            self._until_accepted(kind.delete, delete)

    def _until_accepted(self, operation, parameters):
        for wait in (*WAITS, None):
            try:
                self.calls.repeat(operation, **parameters)
                return
            except ClientError as error:
                if code_of(error) in ABSENT:
                    return
                if wait is None:
                    raise
            self.calls.sleep(wait)

    def _remove_described(self, kind, identifier, delete):
        """Until it is seen to be gone, because a change may not be seen everywhere at once."""
        organization = identifier if kind is ORGANIZATION else self.organization
        refusal = None
        for wait in (*(LONG if kind is ORGANIZATION else WAITS), None):
            described = self.calls.describe(kind, organization, identifier)
            if not described or described.get("State") in GONE:
                return
            if not NAME.match(described.get(kind.name, "")):
                raise NotOurs(f"the name of {identifier} does not begin with wml-")
            try:
                if described.get("State") == "ENABLED":
                    self.calls.repeat("DeregisterFromWorkMail", OrganizationId=organization, EntityId=identifier)
                if described.get("State") != "Deleting":
                    self.calls.repeat(kind.delete, **delete)
            except ClientError as error:
                refusal = error
            described = self.calls.describe(kind, organization, identifier)
            if not described or described.get("State") in GONE:
                return
            if wait is not None:
                self.calls.sleep(wait)
        raise refusal or CannotAsk(f"{kind.delete}: {identifier} is still there")

    def sweep(self):
        """At the end: removes what lists still show of the run, such as a create whose effect was seen late."""
        for kind in (*IN_ORGANIZATION, ORGANIZATION):
            if not self.made.entries(kind.create):
                continue
            for each in self._listed(kind):
                try:
                    self._remove(kind, each[kind.listed_identifier])
                except FAILURES as error:
                    self.left.append(f"{each[kind.name]}: {error}")

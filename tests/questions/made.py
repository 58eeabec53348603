"""What a run has made, as its ledger knows it."""

import re

from writes import ENTITIES, KINDS, USER

# What asking.py gives; new for each question that is asked.
NAME = re.compile(r"(?:aws:)?(wml-[0-9a-f]{8})(?=[-.])", re.IGNORECASE)
# Identifiers that nothing has.
NOTHING = re.compile(r"(?:[a-z]+-)?[0-]+|[0-9a-f]{8}-0000-4000-8000-[0-9a-f]{12}|r-[0-9a-f]{8}000040008000[0-9a-f]{12}")


class Made:
    def __init__(self, ledger):
        self.ledger = ledger

    def entries(self, *operations):
        return [each for each in self.ledger.entries if each.operation in operations and each.outcome != "refused"]

    def organizations(self):
        return {each.answer.get("OrganizationId") for each in self.entries("CreateOrganization")}

    def identifiers(self):
        """All that creates have returned."""
        return {value for entry in self.entries(*KINDS, "StartMailboxExportJob") for value in entry.answer.values()}

    def may_be_named(self, identifier):
        """Whether an identifier is of the run, or of nothing."""
        return bool(NAME.match(identifier) or NOTHING.fullmatch(identifier)) or identifier in self.identifiers()

    def prefixes(self):
        """How the names begin that were given."""
        names = [each.parameters[KINDS[each.operation].name] for each in self.entries(*KINDS)]
        return {begin[1].lower() for name in names if (begin := NAME.match(name))}

    def marks(self, setting, organization):
        """By what the settings that are not undone are found again."""
        return [
            entry.parameters.get(setting.mark)
            for entry in self.entries(setting.put)
            if entry.pending() and entry.organization == organization
        ]

    def entity(self, identifier):
        """The entry that made an entity, by its ID or name."""
        for entry in reversed(self.entries(*(kind.create for kind in ENTITIES))):
            names = (entry.answer.get(KINDS[entry.operation].identifier), entry.parameters.get("Name"))
            if str(identifier).lower() in [str(name).lower() for name in names if name]:
                return entry
        return None

    def kind_of(self, identifier):
        entry = self.entity(identifier)
        return KINDS[entry.operation] if entry else None

    def id_of(self, identifier):
        """The ID of an entity, if it is known."""
        entry = self.entity(identifier)
        return entry.answer.get(KINDS[entry.operation].identifier, identifier) if entry else identifier

    def registered_users(self):
        """Those that may be registered now. An entity that is not known counts as a user."""
        users = set()
        for entry in self.entries("RegisterToWorkMail", "DeregisterFromWorkMail", "DeleteUser"):
            user = self.id_of(entry.parameters.get("EntityId") or entry.parameters.get("UserId"))
            if entry.operation == "RegisterToWorkMail":
                if not entry.undone and self.kind_of(user) in (USER, None):
                    users.add(user)
            elif entry.outcome == "done":
                users.discard(user)
        return users

    def registrations(self):
        """How often a user was registered, each of which is billed."""
        entries = self.entries("RegisterToWorkMail")
        return sum(self.kind_of(entry.parameters["EntityId"]) in (USER, None) for entry in entries)

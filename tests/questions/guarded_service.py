"""An organization in which questions are asked without harm: nothing is touched that was not made here, and all is undone.

Each write is checked, then noted in the ledger, then made. How it is undone is left to undoing.py, what is asked to
others."""

import re
import secrets
import time

from botocore.exceptions import ClientError, HTTPClientError
from botocore.parsers import ResponseParserError

from calls import LONG, WAITS, Calls, CannotAsk, code_of, lost
from made import NAME, NOTHING, Made
from undoing import Undoing
from writes import (
    DELETES_OF_SETTINGS, ENTITIES, KINDS, ORGANIZATION, ORGANIZATION_WIDE, SETTINGS, TAGS, USER, WRITES, is_read,
)  # fmt: skip

MAX_REGISTERED = 3
NAMES = ("Name", "Alias", "Email", "DomainName")
IDENTIFIERS = (
    "EntityId UserId GroupId ResourceId MemberId GranteeId ImpersonationRoleId MobileDeviceAccessRuleId JobId"
    " PersonalAccessTokenId Id"
).split()
# Networks for documentation, which no client is in.
NO_NETWORKS = re.compile(r"(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+/(2[4-9]|3[0-2])")
DEVICE = re.compile("wml-", re.IGNORECASE)
DEVICES = ("DeviceTypes", "DeviceModels", "DeviceOperatingSystems", "DeviceUserAgents")


class NotAllowed(Exception):
    """The call would touch what is not of the run."""


class AnswerLost(Exception):
    """A write may have taken effect or not."""


class GuardedService:
    def __init__(
        self, client, ledger, sleep=time.sleep, pace=0, read_only=False, own_organizations=False, registrations=None
    ):
        self.calls = Calls(client, sleep, pace)
        self.ledger = ledger
        self.made = Made(ledger)
        self.undoing = Undoing(self.calls, ledger)
        self.organization = ledger.head["organization"]
        self.read_only = read_only
        self.own_organizations = own_organizations
        self.registrations = registrations  # of users, at most; None: any number

    def call(self, operation, **parameters):
        """Raises ClientError, and what is not an answer: NotAllowed, AnswerLost, CannotAsk."""
        if "OrganizationId" in self.calls.members(operation).members:
            parameters.setdefault("OrganizationId", self.organization)
        if is_read(operation):
            return self.calls.repeat(operation, **parameters)
        return self._write(operation, parameters)

    def undo(self):
        self.undoing.undo()

    def _write(self, operation, parameters):
        self._check(operation, parameters)
        entry = self.ledger.intend(parameters.get("OrganizationId", self.organization), operation, parameters)
        try:
            answer = self.calls.send(operation, **parameters)
        except ClientError as error:
            if lost(error):
                raise AnswerLost(f"{operation}: {code_of(error)}") from error
            self.ledger.end(entry, "refused")
            raise
        except (HTTPClientError, ResponseParserError) as error:
            raise AnswerLost(f"{operation}: {error}") from error
        except CannotAsk:
            self.ledger.end(entry, "refused")
            raise
        self.ledger.end(entry, "done", answer)
        self._settle(entry)
        return answer

    # The checks before a write.

    def _check(self, operation, parameters):
        if self.read_only:
            raise NotAllowed(f"{operation}: only what reads is asked")
        if operation not in WRITES:
            raise NotAllowed(f"{operation} is not among the operations that can be undone")
        if operation == "DeleteOrganization" and not parameters.get("DeleteDirectory"):
            raise NotAllowed("a directory would be left behind, which WorkMail cannot delete")
        if operation == "RegisterToWorkMail":
            self._check_registered(parameters)
        if operation == "CreateOrganization":
            if not self.own_organizations:
                raise NotAllowed("it takes an organization of its own (--own-organizations)")
            self._check_names(parameters)
            return
        organization = parameters.get("OrganizationId", self.organization)
        if operation in TAGS:
            organization = str(parameters.get("ResourceARN")).rpartition("/")[2]
        if organization in self.made.organizations() or NOTHING.fullmatch(organization):
            return
        if organization != self.organization or operation in {*ORGANIZATION_WIDE, "DeleteOrganization"}:
            raise NotAllowed(f"{operation} is for an organization of its own")
        self._check_names(parameters)
        self._check_identifiers(parameters)
        self._check_rules(operation, parameters)
        setting = SETTINGS.get(operation) or DELETES_OF_SETTINGS.get(operation)
        if setting:
            self._check_setting(setting)

    def _check_registered(self, parameters):
        if self.made.kind_of(parameters["EntityId"]) in (USER, None):
            others = self.made.registered_users() - {self.made.id_of(parameters["EntityId"])}
            if len(others) >= MAX_REGISTERED:
                raise NotAllowed(f"more than {MAX_REGISTERED} users would be registered at a time")
            if self.registrations is not None and self.made.registrations() >= self.registrations:
                raise NotAllowed(f"more than {self.registrations} users would be registered (--registrations)")

    def _check_names(self, parameters):
        names = [parameters[member] for member in NAMES if member in parameters]
        names += [tag["Key"] for tag in parameters.get("Tags", [])] + list(parameters.get("TagKeys", []))
        for name in names:
            if not NAME.match(str(name)):
                raise NotAllowed(f"{name} does not begin with wml-")

    def _check_identifiers(self, parameters):
        for member in IDENTIFIERS:
            if member in parameters and not self.made.may_be_named(str(parameters[member])):
                raise NotAllowed(f"{member} {parameters[member]} was not made by this run")

    def _check_rules(self, operation, parameters):
        """A rule must apply only to what is of the run, or to nothing: one of its conditions ensures that."""
        if operation == "PutAccessControlRule":
            own = [parameters.get(member) for member in ("UserIds", "ImpersonationRoleIds")]
            networks = parameters.get("IpRanges")
            if not any(each and all(map(self.made.may_be_named, each)) for each in own):
                if not (networks and all(map(NO_NETWORKS.fullmatch, networks))):
                    raise NotAllowed("the access control rule would apply to others")
        if operation in ("CreateMobileDeviceAccessRule", "UpdateMobileDeviceAccessRule"):
            if not any(parameters.get(each) and all(map(DEVICE.match, parameters[each])) for each in DEVICES):
                raise NotAllowed("the mobile device access rule would apply to others")

    def _check_setting(self, setting):
        current = self.calls.get(setting.read, OrganizationId=self.organization)
        if current and current.get(setting.mark) not in self.made.marks(setting, self.organization):
            raise NotAllowed(f"the organization has a setting of its own, which {setting.put} would replace")

    # Eventual consistency.

    def _settle(self, entry):
        """Waits until the effect of a write can be seen."""
        kind = KINDS.get(entry.operation)
        if kind is ORGANIZATION:
            created = entry.answer["OrganizationId"]
            self._await(kind, created, created, ("Active", "Failed"), LONG)
        elif kind in ENTITIES:
            self._await(kind, entry.organization, entry.answer[kind.identifier], ("DISABLED", "ENABLED"))
        elif entry.operation in ("RegisterToWorkMail", "DeregisterFromWorkMail"):
            entity = entry.parameters["EntityId"]
            state = "ENABLED" if entry.operation == "RegisterToWorkMail" else "DISABLED"
            if self.made.kind_of(entity):
                self._await(self.made.kind_of(entity), entry.organization, self.made.id_of(entity), (state,))

    def _await(self, kind, organization, identifier, states, waits=WAITS):
        for wait in (*waits, None):
            described = self.calls.describe(kind, organization, identifier)
            if described and described.get("State") in states:
                return
            if wait is None:
                raise CannotAsk(f"{kind.describe}: not {' or '.join(states)} after minutes")
            self.calls.sleep(wait)


class OwnOrganization:
    """A new organization, for a question that no other one can answer. undo() deletes it."""

    def __init__(self, service):
        self.service = service
        alias = f"wml-{secrets.token_hex(4)}-own"
        try:
            self.organization = service.call("CreateOrganization", Alias=alias)["OrganizationId"]
        except ClientError as error:
            raise CannotAsk(f"CreateOrganization: {code_of(error)}") from error

    def call(self, operation, **parameters):
        if "OrganizationId" in self.service.calls.members(operation).members:
            parameters.setdefault("OrganizationId", self.organization)
        return self.service.call(operation, **parameters)

    def undo(self):
        self.service.undo()

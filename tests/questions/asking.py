"""Asks a question: runs its experiment against a service, and makes its answer one that can be compared.

A service has `organization`, the ID; `call(operation, **parameters)`, which adds it and raises botocore's ClientError;
and `undo()`, which removes what was made through it. So experiments never clean up. Which service it is, an emulator's
or a guarded one at AWS, is left to others."""

import datetime
import re
import secrets

from botocore import xform_name
from botocore.exceptions import ClientError

PREFIX = "wml-"
NO_ERROR = "no error"
PASSWORD = "Wml-" + secrets.token_hex(12)
IDS = re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[rm]-[0-9a-f]{32}\b|\bS-1-[-0-9]+")


class NotAnswered(Exception):
    """A step failed that only prepares the question, so that the error is no answer."""


def ask(question, service):
    """The answer of the service to the question, as JSON data with stable words. Raises NotAnswered."""
    asking = Asking(service)
    try:
        answer = question.experiment(asking)
    except ClientError as error:
        if error.operation_name not in question.operations:
            raise NotAnswered(f"{error.operation_name}: {code_of(error)}") from error
        answer = {"error": code_of(error)}
    else:
        answer = {"error": NO_ERROR} if answer is None else answer
    finally:
        service.undo()
    return asking.stable(answer)


def code_of(error):
    return error.response["Error"]["Code"]


class PlainService:
    """A service without protection, for an emulator's organization that ends with the test."""

    def __init__(self, client, organization):
        self.client = client
        self.organization = organization

    def call(self, operation, **parameters):
        if "OrganizationId" in self.client.meta.service_model.operation_model(operation).input_shape.members:
            parameters.setdefault("OrganizationId", self.organization)
        return getattr(self.client, xform_name(operation))(**parameters)

    def undo(self):
        pass


class Asking:
    """What an experiment works with. Names begin with wml- and are new each time; a label distinguishes them."""

    password = PASSWORD
    no_error = NO_ERROR  # also the error of an experiment that returns nothing

    def __init__(self, service):
        self.service = service
        self.run = secrets.token_hex(4)
        self.words = {service.organization: "the organization"}
        self._domain = None

    def call(self, operation, **parameters):
        return self.service.call(operation, **parameters)

    def _prepare(self, operation, **parameters):
        try:
            return self.call(operation, **parameters)
        except ClientError as error:
            raise NotAnswered(f"{operation}: {code_of(error)}") from error

    def outcome(self, operation, **parameters):
        """The code of the error, for answers that consist of several."""
        try:
            self.call(operation, **parameters)
        except ClientError as error:
            return code_of(error)
        return NO_ERROR

    def text(self, operation, **parameters):
        """The text of the error."""
        try:
            self.call(operation, **parameters)
        except ClientError as error:
            return error.response["Error"]["Message"]
        return NO_ERROR

    @property
    def organization(self):
        return self.service.organization

    @property
    def domain(self):
        if self._domain is None:
            self._domain = self._prepare("DescribeOrganization")["DefaultMailDomain"]
            self.words[self._domain] = "the domain"
        return self._domain

    @property
    def arn(self):
        """The organization's."""
        arn = self._prepare("DescribeOrganization")["ARN"]
        self.words[arn] = "the ARN"
        self.words[arn.split(":")[4]] = "the account"
        return arn

    @property
    def account(self):
        return self.arn.split(":")[4]

    def name(self, label):
        name = f"{PREFIX}{self.run}-{label}"
        self.words[name] = f"the name {label}"
        return name

    def address(self, label):
        address = f"{PREFIX}{self.run}-{label}@{self.domain}"
        self.words[address] = f"the address {label}"
        return address

    def user(self, label="user", registered=False, **attributes):
        attributes = {"DisplayName": self.name(label), "Password": PASSWORD, **attributes}
        if attributes.get("Role") == "REMOTE_USER":
            del attributes["Password"]
        user = self._prepare("CreateUser", Name=self.name(label), **attributes)["UserId"]
        return self._made("user", label, user, registered)

    def group(self, label="group", registered=False):
        group = self._prepare("CreateGroup", Name=self.name(label))["GroupId"]
        return self._made("group", label, group, registered)

    def resource(self, label="room", registered=False, **attributes):
        room = self._prepare("CreateResource", Name=self.name(label), Type="ROOM", **attributes)["ResourceId"]
        return self._made("resource", label, room, registered)

    def _made(self, kind, label, id, registered):
        self.words[id] = f"the {kind} {label}"
        if registered:
            self._prepare("RegisterToWorkMail", EntityId=id, Email=self.address(label))
        return id

    def own_organization(self):
        """A new organization, with the alias ask.name("own")."""
        return self._prepare("CreateOrganization", Alias=self.name("own"))["OrganizationId"]

    def access_rule(self, label, **conditions):
        """Applies to no real client: 192.0.2.0/24 is reserved for documentation."""
        rule = {"Effect": "ALLOW", "Description": self.name(label), "IpRanges": ["192.0.2.0/24"], **conditions}
        self.call("PutAccessControlRule", Name=self.name(label), **rule)

    def matched_rules(self, **caller):
        """Those of access_rule that match a call from its range."""
        effect = self._prepare("GetAccessControlEffect", **{"IpAddress": "192.0.2.1", "Action": "EWS", **caller})
        return [name for name in effect["MatchedRules"] if name.startswith(f"{PREFIX}{self.run}-")]

    def role(self, label="role", name=None, rules=None, **rule):
        """An impersonation role, which denies unless its rules are given."""
        rules = rules or [{"ImpersonationRuleId": "wml", "Effect": "DENY", **rule}]
        made = {"Name": name or self.name(label), "Type": "READ_ONLY", "Description": "wml", "Rules": rules}
        role = self.call("CreateImpersonationRole", **made)["ImpersonationRoleId"]
        self.words[role] = f"the role {label}"
        return role

    def device_rule(self, label="rule", **members):
        """Applies to no real device."""
        rule = {"Name": self.name(label), "Effect": "ALLOW", "DeviceTypes": ["wml-none"], **members}
        made = self.call("CreateMobileDeviceAccessRule", **rule)["MobileDeviceAccessRuleId"]
        self.words[made] = f"the rule {label}"
        return made

    def domain_name(self, label="domain"):
        """Below a domain that is reserved for documentation."""
        return f"{self.name(label)}.example.com"

    def new_id(self):
        """An ID of the form of a user's, which nothing has."""
        return f"{secrets.token_hex(4)}-0000-4000-8000-{secrets.token_hex(6)}"

    def everything(self, operation, members, **parameters):
        """All pages of a list."""
        page = self.call(operation, **parameters)
        found = page[members]
        while page.get("NextToken"):
            page = self.call(operation, NextToken=page["NextToken"], **parameters)
            found += page[members]
        return found

    def stable(self, answer):
        if isinstance(answer, dict):
            return {name: self.stable(value) for name, value in answer.items() if name != "ResponseMetadata"}
        if isinstance(answer, (list, tuple)):
            return [self.stable(value) for value in answer]
        if isinstance(answer, datetime.datetime):
            return "a time"
        if not isinstance(answer, str):
            return answer
        for word in sorted(self.words, key=len, reverse=True):
            answer = answer.replace(word, self.words[word])
        return IDS.sub("an ID", answer)

"""Calls of the API that are made again where that is right: while they are throttled, and where they only read."""

import time

from botocore import xform_name
from botocore.exceptions import BotoCoreError, ClientError, ConnectionError, HTTPClientError
from botocore.parsers import ResponseParserError

from writes import ORGANIZATION, is_read

THROTTLED = {"ThrottlingException", "Throttling", "TooManyRequestsException", "RequestLimitExceeded", "SlowDown"}
# Not an answer to any question: the caller may not ask.
DENIED = {
    "AccessDenied", "AccessDeniedException", "ExpiredToken", "ExpiredTokenException", "IncompleteSignatureException",
    "InvalidClientTokenId", "InvalidSignatureException", "MissingAuthenticationTokenException", "OptInRequired",
    "RequestExpired", "SignatureDoesNotMatch", "UnrecognizedClientException",
}  # fmt: skip
# Of something in an organization. That the organization is not found must not pass for it: the caller may be another.
ABSENT = {"EntityNotFoundException", "MailDomainNotFoundException", "ResourceNotFoundException"}
WAITS = (1, 2, 4, 8, 15, 30, 30, 30)  # seconds, between the tries of what becomes true later
LONG = (*WAITS, *[30] * 40)  # an organization takes minutes


class CannotAsk(Exception):
    """The service does not answer, or does not let the caller ask."""


def code_of(error):
    return error.response["Error"]["Code"]


def lost(error):
    """Whether the call may have taken effect or not."""
    if isinstance(error, ClientError):
        return error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 500) >= 500
    return isinstance(error, (HTTPClientError, ResponseParserError))


class Calls:
    def __init__(self, client, sleep=time.sleep, pace=0):
        self.client = client
        self.sleep = sleep
        self.pace = pace  # seconds before each write

    def members(self, operation):
        return self.client.meta.service_model.operation_model(operation).input_shape

    def send(self, operation, **parameters):
        """Once, and again while the call is throttled or cannot be sent, which has no effect.

        Raises CannotAsk for what is no answer, and what `lost` recognizes."""
        if self.pace and not is_read(operation):
            self.sleep(self.pace)
        for wait in (*WAITS, None):
            try:
                return getattr(self.client, xform_name(operation))(**parameters)
            except ClientError as error:
                if code_of(error) in DENIED:
                    raise CannotAsk(f"{operation}: {code_of(error)}") from error
                if code_of(error) not in THROTTLED:
                    raise
                reason = code_of(error)
            except ConnectionError as error:
                reason = error
            except BotoCoreError as error:
                if lost(error):
                    raise
                raise CannotAsk(f"{operation}: {error}") from error
            if wait is None:
                raise CannotAsk(f"{operation}: {reason}")
            self.sleep(wait)

    def repeat(self, operation, **parameters):
        """Again too when the answer is lost: for what reads, and for what may be done twice."""
        for wait in (*WAITS, None):
            try:
                return self.send(operation, **parameters)
            except (ClientError, HTTPClientError, ResponseParserError) as error:
                if not lost(error):
                    raise
                if wait is None:
                    raise CannotAsk(f"{operation}: {error}") from error
            self.sleep(wait)

    def get(self, operation, absent=ABSENT, **parameters):
        """What it reads; None where there is nothing."""
        try:
            return self.repeat(operation, **parameters)
        except ClientError as error:
            if code_of(error) in absent:
                return None
            raise

    def describe(self, kind, organization, identifier):
        absent = {"OrganizationNotFoundException"} if kind is ORGANIZATION else ABSENT
        return self.get(kind.describe, absent, **{"OrganizationId": organization, kind.identifier: identifier})

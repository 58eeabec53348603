"""The WorkMail API over one connection, without an SDK: as fast as Python can call it, and with nothing that tries again."""

import http.client
import json

from workmail_server import GIVE_UP_AFTER


class Refused(Exception):
    """The API answered with an error."""

    def __init__(self, status, error):
        super().__init__(f"{status} {error['__type']}: {error.get('Message', error.get('message'))}")
        self.status = status
        self.code = error["__type"]


# Operations that are about no single organization.
OF_THE_ACCOUNT = {"CreateOrganization", "ListOrganizations"}


class Api:
    def __init__(self, port, organization=None):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=GIVE_UP_AFTER)
        self.organization = organization

    def send(self, operation, **members):
        if self.organization and operation not in OF_THE_ACCOUNT:
            members = {"OrganizationId": self.organization} | members
        headers = {"X-Amz-Target": f"WorkMailService.{operation}", "Content-Type": "application/x-amz-json-1.1"}
        self.connection.request("POST", "/", json.dumps(members), headers)

    def receive(self):
        response = self.connection.getresponse()
        answer = json.loads(response.read())
        if response.status != 200:
            raise Refused(response.status, answer)
        return answer

    def __call__(self, operation, **members):
        self.send(operation, **members)
        return self.receive()


def organization_of(server, alias="acme"):
    """Creates an organization and returns its id."""
    return Api(server.port)("CreateOrganization", Alias=alias)["OrganizationId"]

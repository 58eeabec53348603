"""What the benchmarks have the program do: a seed, and requests with real bodies and the head that boto3 sends."""

import json
from dataclasses import dataclass

HEAD = """POST / HTTP/1.1\r
Host: 127.0.0.1\r
Accept-Encoding: identity\r
X-Amz-Target: {target}\r
Content-Type: application/x-amz-json-1.1\r
User-Agent: Boto3/1.44.5 md/Botocore#1.44.5 ua/2.1 os/linux#6.1.0 md/arch#x86_64 lang/python#3.11.2 md/pyimpl#CPython \
m/b,Z,D,b cfg/retry-mode#standard Botocore/1.44.5\r
X-Amz-Date: 20260501T120000Z\r
Authorization: AWS4-HMAC-SHA256 Credential=000000000000/20260501/us-east-1/{service}/aws4_request, \
SignedHeaders=content-type;host;x-amz-date;x-amz-target, \
Signature=8d6a5a0d0ff5e6fbd35b5ef6fbe2a4b0f0ea3a9e5b6c7d8e9fa0b1c2d3e4f506\r
amz-sdk-invocation-id: 6d1a7a1e-9c3a-4c0e-8b2a-0c8c6b1a2f3d\r
amz-sdk-request: attempt=1\r
Content-Length: {length}\r
\r
"""

# Where a number of seven digits stands in a body. It counts from 0 and starts over at `cycle`.
DIGITS = "#######"

SCRIPT = """local number = -1
request = function()
  number = (number + 1) % {cycle}
  local digits = string.format("%07d", number)
  return {parts}
end
"""


@dataclass
class Request:
    """What is sent. `changes` means that the server is not the
    same after it, `fails` that every answer is to be an error."""

    target: str
    body: str
    service: str = "workmail"
    cycle: int = 10_000_000
    changes: bool = False
    fails: bool = False

    def text(self):
        return HEAD.format(target=self.target, service=self.service, length=len(self.body)) + self.body

    def numbered(self, number):
        return self.text().replace(DIGITS, f"{number:07}").encode()

    def script(self):
        """For wrk."""
        parts = [quoted(part) for part in self.text().split(DIGITS)]
        if len(parts) == 1:
            return f"local whole = {parts[0]}\nrequest = function() return whole end\n"
        return SCRIPT.format(cycle=self.cycle, parts=" .. digits .. ".join(parts))


def quoted(text):
    return '"' + "".join(f"\\{ord(c):03d}" if c in '"\\\r\n' else c for c in text) + '"'


def organization_of(users, more):
    """A seed of an organization with registered users, and more that are not."""
    registered = [
        {"Name": f"user{i:07}", "DisplayName": f"User {i}", "Email": f"user{i:07}@acme.awsapps.com"}
        for i in range(users)
    ]
    others = [{"Name": f"more{i:07}", "DisplayName": f"More {i}"} for i in range(more)]
    return {"Organizations": [{"Alias": "acme", "Users": registered + others}]}


def describe_user(server, users):
    body = {"OrganizationId": server.organization, "UserId": f"user{DIGITS}"}
    return Request("WorkMailService.DescribeUser", json.dumps(body), cycle=min(users, 1000))


def create_user(server):
    body = {
        "OrganizationId": server.organization,
        "Name": f"made{DIGITS}",
        "DisplayName": "A New User",
        "Password": "Secret-123",
    }
    return Request("WorkMailService.CreateUser", json.dumps(body), changes=True)


def list_users(server, token=None):
    body = {"OrganizationId": server.organization, "MaxResults": 100} | ({"NextToken": token} if token else {})
    return Request("WorkMailService.ListUsers", json.dumps(body))


def register(server, users):
    """Once all of them are registered, registering them again changes nothing."""
    body = {
        "OrganizationId": server.organization,
        "EntityId": f"more{DIGITS}",
        "Email": f"more{DIGITS}@acme.awsapps.com",
    }
    return Request("WorkMailService.RegisterToWorkMail", json.dumps(body), cycle=users, changes=True)


def invalid(server):
    body = {"OrganizationId": server.organization, "Name": "not valid!", "DisplayName": "", "Password": "x" * 300}
    return Request("WorkMailService.CreateUser", json.dumps(body), fails=True)

"""A relay between a client and an emulator, which changes, loses and refuses answers, and acts before and after each call."""

import http.client
import json
from dataclasses import dataclass, field

from hosts import HANG_UP, Answer, Host

LOST = object()  # as the answer: the call takes effect, and the connection ends


@dataclass
class Call:
    """One request of the API."""

    number: int
    operation: str
    input: dict
    status: int = 0
    output: dict = field(default_factory=dict)

    def refuse(self, code, status=400):
        self.status, self.output = status, {"__type": code, "Message": "refused by the relay"}
        return self


class Relay(Host):
    """`before` and `after` get each Call; `before` may return it with an answer, or LOST; `after` may change it."""

    def __init__(self, server):
        self.emulator = server
        self.calls = []
        self.before = lambda call: None
        self.after = lambda call: None
        super().__init__()

    def answer(self, method, path, headers, body):
        call = Call(len(self.calls), headers["X-Amz-Target"].split(".")[1], json.loads(body or b"{}"))
        self.calls.append(call)
        decided = self.before(call)
        if decided is None or decided is LOST:
            self.forward(headers, body, call)
            if decided is None:
                decided = self.after(call) or call
        if decided is LOST or decided is HANG_UP:
            return HANG_UP
        return Answer(json.dumps(call.output).encode(), call.status, {"Content-Type": "application/x-amz-json-1.1"})

    def forward(self, headers, body, call):
        connection = http.client.HTTPConnection("127.0.0.1", self.emulator.port, timeout=30)
        kept = {name: headers[name] for name in ("X-Amz-Target", "Content-Type", "Authorization", "X-Amz-Date")}
        connection.request("POST", "/", body, kept)
        response = connection.getresponse()
        call.status, call.output = response.status, json.loads(response.read())
        connection.close()

    def operations(self, *names):
        return [call for call in self.calls if call.operation in names]

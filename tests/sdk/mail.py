"""What the tests of mail flow share: messages, and an organization that they are sent to."""

import json
import threading
import urllib.parse

from workmail_server import GIVE_UP_AFTER

ALICE, CAROL = "alice@acme.awsapps.com", "carol@acme.awsapps.com"
NOW = "2026-05-01T12:00:00Z"
DELIVER = {"actions": [{"allRecipients": True, "action": {"type": "DEFAULT"}}]}
DROP = {"actions": [{"allRecipients": True, "action": {"type": "DROP"}}]}


def mail(to=ALICE, sender="bob@example.com", **headers):
    """A message; a header that is None is left out."""
    lines = {"From": sender, "To": to, "Subject": "Lunch", "Date": "Fri, 01 May 2026 12:00:00 +0000", **headers}
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in lines.items() if value)
    return f"{head}\r\nAt noon?\r\n".encode()


class Mail:
    """A server with mail flow, and an organization with the users alice and carol."""

    def __init__(self, server, connect):
        self.server, self.connect = server, connect
        self.api = connect(server)
        self.flow = connect(server, service="workmailmessageflow")
        self.id = self.api.create_organization(Alias="acme")["OrganizationId"]
        for name in ("alice", "carol"):
            user = self.api.create_user(OrganizationId=self.id, Name=name, DisplayName=name)["UserId"]
            self.api.register_to_work_mail(OrganizationId=self.id, EntityId=user, Email=f"{name}@acme.awsapps.com")

    def send(self, content=None, **query):
        path = f"organizations/{self.id}/messages?{urllib.parse.urlencode(query, doseq=True)}"
        return json.loads(self.server.control_bytes("POST", path, content or mail()))

    def rule(self, name, direction="INBOUND", **members):
        rule = {"FlowDirection": direction, "SenderPatterns": ["*"], "DestinationPatterns": ["*"], **members}
        return self.server.control("PUT", f"organizations/{self.id}/email-flow-rules/{name}", rule)

    def run_function(self, name, direction="INBOUND", fallback="DEFAULT", minutes=0, synchronous=True):
        """A rule that runs a function for every message."""
        settings = {"Synchronous": True, "FallbackAction": fallback, "RuleTimeoutMinutes": minutes}
        function = {"Arn": f"arn:aws:lambda:us-east-1:000000000000:function:{name}"}
        function |= settings if synchronous else {"Synchronous": False}
        self.rule(f"run-{name}", direction, Action="RUN_LAMBDA", Lambda=function)

    def message(self, sent):
        return self.server.control("GET", f"organizations/{self.id}/messages/{sent['messageId']}")

    def content(self, sent, version=None):
        """As the control plane has it."""
        query = f"?version={version}" if version else ""
        path = f"organizations/{self.id}/messages/{sent['messageId']}/content{query}"
        return self.server.control_bytes("GET", path)

    def read(self, message_id):
        return self.flow.get_raw_message_content(messageId=message_id)["messageContent"].read()

    def update(self, message_id, content):
        return self.flow.put_raw_message_content(messageId=message_id, content=content)


def outcomes(message):
    return {recipient["address"]: recipient["outcome"] for recipient in message["recipients"]}


def wait_in(functions, answer):
    """Adds the function "wait": returns the event that it runs, and the one that it waits for."""
    runs, goes_on = threading.Event(), threading.Event()

    def wait(event):
        runs.set()
        assert goes_on.wait(GIVE_UP_AFTER)
        return answer

    functions.by_name["wait"] = wait
    return runs, goes_on

"""Mail flow as boto3 and a Lambda function see it: messages and their content, functions at a local endpoint, new content
from S3, and messages in the state."""

import base64
import json
import threading
import urllib.request
from email import message_from_bytes, policy

import pytest

from hosts import HANG_UP, Answer
from mail import ALICE, CAROL, DELIVER, DROP, Mail, mail, outcomes, wait_in
from workmail_server import GIVE_UP_AFTER, Refused


class TestContent:
    def test_the_bytes_are_those_that_were_sent(self, flow):
        content = mail() + bytes(range(256)) * 400 + b"\r\n"
        sent = flow.send(content)
        assert outcomes(sent) == {ALICE: "DELIVERED"}
        assert flow.read(sent["messageId"]) == content

    def test_a_message_that_is_not_there_is_a_resource_not_found_exception(self, flow, storage):
        content = storage.put("new", mail())
        for call in (lambda: flow.read("nothing"), lambda: flow.update("nothing", content)):
            with pytest.raises(flow.flow.exceptions.ResourceNotFoundException) as caught:
                call()
            metadata = caught.value.response["ResponseMetadata"]
            assert (metadata["HTTPStatusCode"], bool(metadata["RequestId"])) == (404, True)
            assert caught.value.response["message"] == "Message nothing not found"

    def test_a_message_is_of_its_account_and_region_for_24_hours(self, flow, connect):
        sent = flow.send()["messageId"]
        for place in ({"account": "111111111111"}, {"region": "eu-west-1"}):
            other = connect(flow.server, **place, service="workmailmessageflow")
            with pytest.raises(other.exceptions.ResourceNotFoundException):
                other.get_raw_message_content(messageId=sent)
        flow.server.advance("PT23H59M59S")
        assert flow.read(sent) == mail()
        [event] = flow.server.advance("PT1S")
        assert event["kind"] == "messageRemoved"
        with pytest.raises(flow.flow.exceptions.ResourceNotFoundException):
            flow.read(sent)

    def test_the_message_is_that_of_the_path(self, flow, storage):
        sent, other = flow.send()["messageId"], flow.send()["messageId"]
        body = json.dumps({"messageId": other, "content": storage.put("new", mail(Subject="Dinner"))}).encode()
        request = urllib.request.Request(f"{flow.server.url}/messages/{sent}", body + b" \r\n", method="POST")
        with urllib.request.urlopen(request) as answer:
            assert answer.read() == b"{}"
        assert (flow.read(sent), flow.read(other)) == (mail(Subject="Dinner"), mail())

    def test_what_is_delivered_stays_and_what_the_api_shows_changes(self, flow, storage):
        sent = flow.send()
        changed = mail(Subject="Dinner")
        assert flow.update(sent["messageId"], storage.put("new", changed))["ResponseMetadata"]["HTTPStatusCode"] == 200
        assert flow.read(sent["messageId"]) == flow.content(sent, "updated") == changed
        assert flow.content(sent) == flow.content(sent, "original") == mail()

    def test_a_version_of_an_object_is_fetched_with_the_keys_test(self, flow, storage):
        storage.put("new", mail(Subject="Dinner"))
        sent = flow.send()["messageId"]
        flow.update(sent, storage.put("new", mail(Subject="Supper"), version="2"))
        assert flow.read(sent) == mail(Subject="Supper")
        assert storage.credentials[0].startswith("test/")
        assert storage.credentials[0].endswith("/us-east-1/s3/aws4_request")


class TestRefusals:
    @pytest.fixture
    def refused(self, flow):
        sent = flow.send()["messageId"]

        def refused_with(exception, content, message_id=sent):
            with pytest.raises(getattr(flow.flow.exceptions, exception)) as caught:
                flow.update(message_id, content)
            assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
            assert flow.read(sent) == mail(), "nothing is half stored"
            return caught.value.response["message"]

        return refused_with

    def test_content_that_s3_does_not_have(self, refused, storage):
        assert "404 NoSuchKey" in refused("InvalidContentLocation", {"s3Reference": {"bucket": "mail", "key": "no"}})
        assert "403" in refused("InvalidContentLocation", storage.put("mine", Answer(b"no", 403)))
        too_large = storage.put("large", b"x" * (25 * 1024 * 1024 + 1))
        assert refused("InvalidContentLocation", too_large)

    def test_no_s3_endpoint(self, without_hosts):
        sent = without_hosts.send()["messageId"]
        with pytest.raises(without_hosts.flow.exceptions.InvalidContentLocation, match="--s3-endpoint"):
            without_hosts.update(sent, {"s3Reference": {"bucket": "mail", "key": "new"}})

    @pytest.mark.parametrize(
        "content, what",
        [
            (b"no message", "From is missing"),
            (mail(sender="mallory@example.com"), "From is immutable"),
            (mail(Date="Sat, 02 May 2026 12:00:00 +0000"), "Date is immutable"),
            (mail(Sender="mallory@example.com"), "Sender is immutable"),
            (mail(to=None), "To, Cc and Bcc"),
            (mail(subject="Dinner"), "Subject appears 2 times"),
            (mail() + b"x" * 2000 + b"\r\n", "has 2002 octets"),
            (mail(Content_Type="multipart/mixed; boundary=b") + b"--b\r\n\r\nx\r\n", "without a final boundary"),
            (mail(Content_Disposition="attachment; filename=a.exe"), ".exe"),
        ],
    )
    def test_content_that_is_no_proper_message(self, refused, storage, content, what):
        assert what in refused("MessageRejected", storage.put("new", content))

    def test_a_message_of_26_mb(self, flow):
        with pytest.raises(Refused) as caught:
            flow.send(mail() + b"x" * 26_214_400)
        assert caught.value.status == 413
        assert flow.server.control("GET", f"organizations/{flow.id}/messages") == {"messages": []}

    def test_a_redirected_message(self, flow, refused, storage):
        redirected = flow.send(redirected="true")["messageId"]
        assert redirected in refused("MessageFrozen", storage.put("new", mail()), redirected)

    def test_a_rule_that_cannot_be(self, flow):
        with pytest.raises(Refused, match="NotApplicable"):
            flow.rule("narrow", DestinationPatterns=["a+b@acme.test"], Action="DROP")


class TestFunctions:
    """A synchronous function decides the action on a message."""

    @pytest.mark.parametrize("action, outcome", [("DROP", "DROPPED"), ("BOUNCE", "BOUNCED"), ("MOVE_TO_JUNK", "JUNK")])
    def test_one_that_blocks(self, flow, functions, action, outcome):
        functions.by_name["block"] = lambda event: {
            "actions": [
                {
                    "recipients": [ALICE],
                    "action": {"type": action, "parameters": {"bounceMessage": "Not here."}},
                },
                {"allRecipients": "true", "action": {"type": "DEFAULT"}},
            ]
        }
        flow.run_function("block")
        sent = flow.send(mail(to=f"{ALICE}, {CAROL}"))
        assert outcomes(sent) == {ALICE: outcome, CAROL: "DELIVERED"}
        assert sent["recipients"][0].get("bounceMessage") == ("Not here." if action == "BOUNCE" else None)
        assert sent["recipients"][0]["rule"] == "run-block"

    def test_its_event_is_that_of_aws(self, flow, functions):
        functions.by_name["look"] = lambda event: DELIVER
        flow.run_function("look")
        content = mail(to=f"{ALICE}, dave@example.com", Sender="secretary@example.com", Subject="=?utf-8?q?Caf=C3=A9?=")
        sent = flow.send(content, mailFrom="bounces@example.com", rcptTo=[ALICE])
        [invocation] = functions.invocations
        assert (invocation.function, invocation.type) == ("look", "RequestResponse")
        invocation_id = invocation.event.pop("invocationId")
        assert len(invocation_id) == 32
        assert invocation.event == {
            "summaryVersion": "2018-10-10",
            "envelope": {"mailFrom": {"address": "bounces@example.com"}, "recipients": [{"address": ALICE}]},
            "sender": {"address": "secretary@example.com"},
            "subject": "Café",
            "messageId": sent["messageId"],
            "flowDirection": "INBOUND",
            "truncated": False,
        }
        [told] = flow.message(sent)["invocations"]
        assert told["event"] == invocation.event | {"invocationId": invocation_id}
        assert (told["status"], told["response"], told["attempt"]) == (200, DELIVER, 1)

    def test_one_that_rewrites(self, flow, functions, storage):
        def rewrite(event):
            message = message_from_bytes(flow.read(event["messageId"]), policy=policy.SMTP)
            message.replace_header("Subject", f"[External] {message['Subject']}")
            flow.update(event["messageId"], storage.put("new", message.as_bytes()))
            return DELIVER

        functions.by_name["rewrite"] = rewrite
        flow.run_function("rewrite")
        sent = flow.send()
        assert outcomes(sent) == {ALICE: "DELIVERED"}
        assert b"Subject: [External] Lunch\r\n" in flow.content(sent)
        assert flow.content(sent, "original") == mail()
        flow.update(sent["messageId"], storage.put("late", mail(Subject="Too late")))
        assert b"Subject: [External] Lunch\r\n" in flow.content(sent)
        assert flow.read(sent["messageId"]) == mail(Subject="Too late")

    def test_one_that_reroutes(self, flow, functions):
        functions.by_name["reroute"] = lambda event: {
            "actions": [
                {"recipients": [CAROL], "action": {"type": "DEFAULT"}},
                {"recipients": [ALICE], "action": {"type": "DROP"}},
            ]
        }
        flow.run_function("reroute")
        assert outcomes(flow.send()) == {ALICE: "DROPPED", CAROL: "DELIVERED"}

    def test_one_for_mail_that_leaves(self, flow, functions):
        functions.by_name["copy"] = lambda event: {
            "actions": [
                {"recipients": ["archive@example.org"], "allRecipients": True, "action": {"type": "DEFAULT"}},
            ]
        }
        flow.run_function("copy", direction="OUTBOUND")
        sent = flow.send(mail(sender=ALICE, to="bob@example.com"))
        assert sent["flowDirection"] == "OUTBOUND"
        assert outcomes(sent) == {"bob@example.com": "SENT", "archive@example.org": "SENT"}

    def test_one_that_is_not_waited_for(self, flow, functions):
        functions.by_name["later"] = lambda event: {"actions": [{"allRecipients": True, "action": {"type": "DROP"}}]}
        flow.run_function("later", synchronous=False)
        sent = flow.send()
        assert outcomes(sent) == {ALICE: "DELIVERED"}
        [told] = flow.message(sent)["invocations"]
        assert (told["synchronous"], told["status"]) == (False, 202)
        [invocation] = functions.invocations
        assert invocation.type == "Event"

    def test_one_whose_answer_begins_with_a_byte_order_mark(self, flow, functions):
        functions.by_name["mark"] = lambda event: b"\xef\xbb\xbf" + json.dumps(DELIVER).encode()
        flow.run_function("mark")
        sent = flow.send()
        assert (outcomes(sent), sent["invocations"][0]["response"]) == ({ALICE: "DELIVERED"}, DELIVER)

    def test_other_calls_are_served_while_one_runs(self, flow, functions):
        runs, goes_on = wait_in(functions, DELIVER)
        flow.run_function("wait")
        sent = []
        sender = threading.Thread(target=lambda: sent.append(flow.send()))
        sender.start()
        assert runs.wait(GIVE_UP_AFTER)
        [waiting] = flow.server.control("GET", f"organizations/{flow.id}/messages")["messages"]
        assert outcomes(waiting) == {ALICE: "PENDING"}
        assert flow.api.describe_organization(OrganizationId=flow.id)["State"] == "Active"
        assert not sent
        goes_on.set()
        sender.join()
        assert outcomes(sent[0]) == {ALICE: "DELIVERED"}

    def test_an_answer_after_a_reset_is_for_no_message(self, flow, functions):
        runs, goes_on = wait_in(functions, DROP)
        flow.run_function("wait")
        refused = []

        def send():
            with pytest.raises(Refused) as caught:
                flow.send()
            refused.append(caught.value.status)

        sender = threading.Thread(target=send)
        sender.start()
        assert runs.wait(GIVE_UP_AFTER)
        flow.server.control("POST", "reset", {"to": "empty"})
        again = Mail(flow.server, flow.connect)
        sent = again.send()
        goes_on.set()
        sender.join()
        assert (refused, outcomes(sent), outcomes(again.message(sent))) == ([404], {ALICE: "DELIVERED"}, {ALICE: "DELIVERED"})


class TestWhatIsSeen:
    def test_faults_are_triggered(self, flow):
        sent = flow.send()["messageId"]
        rule = {"match": {"operation": "GetRawMessageContent"}, "answer": {"error": "ThrottlingException"}, "times": 1}
        flow.server.control("POST", "faults", rule)
        with pytest.raises(flow.flow.exceptions.ClientError) as caught:
            flow.read(sent)
        assert caught.value.response["Error"]["Code"] == "ThrottlingException"
        assert flow.read(sent) == mail()

    def test_journal_and_cloudtrail_have_the_calls(self, flow, storage):
        sent = flow.send()["messageId"]
        flow.read(sent)
        content = storage.put("new", mail(Subject="Dinner"))
        flow.update(sent, content)
        with pytest.raises(flow.flow.exceptions.ResourceNotFoundException):
            flow.read("nothing")
        [read, failed] = flow.server.control("GET", "requests?operation=GetRawMessageContent")["requests"]
        [updated] = flow.server.control("GET", "requests?operation=PutRawMessageContent")["requests"]
        assert (read["status"], read["request"]) == (200, {"messageId": sent})
        assert (failed["status"], failed["error"]) == (404, "ResourceNotFoundException")
        assert updated["request"] == {"messageId": sent, "content": content}
        records = json.loads(flow.server.control_bytes("GET", "cloudtrail"))["Records"][-3:]
        assert {record["eventSource"] for record in records} == {"workmailmessageflow.amazonaws.com"}
        assert [(record["eventName"], record["readOnly"], record.get("errorCode")) for record in records] == [
            ("GetRawMessageContent", True, None),
            ("PutRawMessageContent", False, None),
            ("GetRawMessageContent", True, "ResourceNotFoundException"),
        ]


class TestState:
    @pytest.fixture
    def sent(self, flow, functions, storage):
        """A message with everything that the state has of one."""
        functions.by_name["fail"] = lambda event: HANG_UP
        flow.run_function("fail", fallback="DROP", minutes=5)
        sent = flow.send()
        flow.update(sent["messageId"], storage.put("new", mail(Subject="Dinner")))
        return flow.message(sent)

    def test_a_snapshot_brings_messages_and_rules_back(self, flow, sent):
        control = flow.server.control
        control("PUT", "snapshots/before")
        control("POST", "reset", {"to": "empty"})
        with pytest.raises(flow.flow.exceptions.ResourceNotFoundException):
            flow.read(sent["messageId"])
        control("POST", "snapshots/before/restore")
        assert flow.message(sent) == sent
        assert flow.read(sent["messageId"]) == mail(Subject="Dinner")

    def test_seeding_the_state_brings_messages_and_rules_back(self, flow, sent):
        control = flow.server.control
        state = control("GET", "state")
        [message] = state["Organizations"][0]["Messages"]
        assert base64.b64decode(message["Content"]) == mail()
        rules = control("GET", f"organizations/{flow.id}/email-flow-rules")
        control("POST", "reset", {"to": "empty"})
        control("POST", "seed", state)
        assert control("GET", "state") == state
        assert control("GET", f"organizations/{flow.id}/email-flow-rules") == rules
        assert flow.message(sent) == sent
        assert (flow.read(sent["messageId"]), flow.content(sent, "original")) == (mail(Subject="Dinner"), mail())

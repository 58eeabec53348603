// The content of messages, by the client of Message Flow.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  GetRawMessageContentCommand,
  InvalidContentLocation,
  PutRawMessageContentCommand,
  ResourceNotFoundException,
  WorkMailMessageFlowClient,
} from "@aws-sdk/client-workmailmessageflow";
import { DeleteOrganizationCommand } from "@aws-sdk/client-workmail";
import { connectToOrganization, sendMessage } from "./workmail.js";

const MESSAGE = "From: bob@example.com\r\nTo: alice@acme.test\r\nSubject: Lunch\r\n\r\nAt noon?\r\n";

// A message of an organization, and a client of its account. At the end of the test the message goes with its
// organization: otherwise other tests would see it disappear when they move the clock.
async function send(t) {
  const { client, OrganizationId } = await connectToOrganization();
  t.after(() => client.send(new DeleteOrganizationCommand({ OrganizationId, DeleteDirectory: true })));
  const messageFlow = new WorkMailMessageFlowClient({ credentials: client.config.credentials });
  return { messageFlow, messageId: await sendMessage(OrganizationId, MESSAGE) };
}

test("the content of a message is as it was sent", async (t) => {
  const { messageFlow, messageId } = await send(t);
  const { messageContent } = await messageFlow.send(new GetRawMessageContentCommand({ messageId }));
  assert.equal(await messageContent.transformToString(), MESSAGE);
});

test("a message that is not there is a ResourceNotFoundException", async (t) => {
  const { messageFlow } = await send(t);
  const call = messageFlow.send(new GetRawMessageContentCommand({ messageId: "nothing" }));
  const error = await call.then(() => assert.fail("The call succeeded."), (error) => error);
  assert.ok(error instanceof ResourceNotFoundException, String(error));
  assert.equal(error.$metadata.httpStatusCode, 404);
  assert.equal(error.message, "Message nothing not found");
});

test("content that cannot be fetched is an InvalidContentLocation", async (t) => {
  const { messageFlow, messageId } = await send(t);
  const content = { s3Reference: { bucket: "mail", key: "new" } };
  const call = messageFlow.send(new PutRawMessageContentCommand({ messageId, content }));
  await assert.rejects(call, InvalidContentLocation);
});

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
import { connectToOrganization, sendMessage } from "./workmail.js";

const MESSAGE = "From: bob@example.com\r\nTo: alice@acme.test\r\nSubject: Lunch\r\n\r\nAt noon?\r\n";

// A client of the same account.
const messageFlow = (client) => new WorkMailMessageFlowClient({ credentials: client.config.credentials });

test("the content of a message is as it was sent", async () => {
  const { client, OrganizationId } = await connectToOrganization();
  const messageId = await sendMessage(OrganizationId, MESSAGE);
  const { messageContent } = await messageFlow(client).send(new GetRawMessageContentCommand({ messageId }));
  assert.equal(await messageContent.transformToString(), MESSAGE);
});

test("a message that is not there is a ResourceNotFoundException", async () => {
  const { client } = await connectToOrganization();
  const call = messageFlow(client).send(new GetRawMessageContentCommand({ messageId: "nothing" }));
  const error = await call.then(() => assert.fail("The call succeeded."), (error) => error);
  assert.ok(error instanceof ResourceNotFoundException, String(error));
  assert.equal(error.$metadata.httpStatusCode, 404);
  assert.equal(error.message, "Message nothing not found");
});

test("content that cannot be fetched is an InvalidContentLocation", async () => {
  const { client, OrganizationId } = await connectToOrganization();
  const messageId = await sendMessage(OrganizationId, MESSAGE);
  const content = { s3Reference: { bucket: "mail", key: "new" } };
  const call = messageFlow(client).send(new PutRawMessageContentCommand({ messageId, content }));
  await assert.rejects(call, InvalidContentLocation);
});

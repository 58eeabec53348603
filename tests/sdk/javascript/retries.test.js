// The attempts that the SDK makes automatically, as the journal lists them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CreateOrganizationCommand, ListOrganizationsCommand, ListUsersCommand } from "@aws-sdk/client-workmail";
import { alias, attempts, connect, connectToOrganization, control, createUser } from "./workmail.js";

// Creates a user while the first attempt has this answer, and returns both attempts.
async function createWithFault(answer) {
  const organization = await connectToOrganization();
  const { client, OrganizationId } = organization;
  const rule = await control("POST", "faults", { match: { operation: "CreateUser" }, times: 1, answer });
  const UserId = await createUser(organization, "alice");
  const { Users } = await client.send(new ListUsersCommand({ OrganizationId }));
  assert.deepEqual(Users.map((user) => user.Id), [UserId]);

  const [first, second, ...more] = await attempts(client, "CreateUser");
  assert.deepEqual(more, []);
  assert.equal(first.fault, rule.id);
  assert.equal(second.fault, undefined);
  assert.equal(second.status, 200);
  assert.ok(first.invocation);
  assert.equal(first.invocation, second.invocation);
  assert.deepEqual([first.attempt, second.attempt], [1, 2]);
  return first;
}

test("a throttled call is tried again", async () => {
  const first = await createWithFault({ error: "ThrottlingException" });
  assert.deepEqual([first.status, first.error], [400, "ThrottlingException"]);
});

test("a call that is answered with 503 is tried again", async () => {
  const first = await createWithFault({ error: "ServiceUnavailable", status: 503 });
  assert.equal(first.status, 503);
});

test("a call whose connection is reset is tried again", async () => {
  const first = await createWithFault({ connection: "reset" });
  assert.equal(first.status, 0);
});

test("the SDK fills in the idempotency token", async () => {
  const { client } = await connectToOrganization();
  const [request] = await attempts(client, "CreateOrganization");
  assert.match(request.request.ClientToken, /^.{8,}$/);
});

test("an organization whose answer is lost is created once", async () => {
  const client = connect();
  const match = { operation: "CreateOrganization" };
  await control("POST", "faults", { match, times: 1, phase: "after", answer: { connection: "close" } });
  const { OrganizationId } = await client.send(new CreateOrganizationCommand({ Alias: alias() }));
  const [first, second] = await attempts(client, "CreateOrganization");
  assert.deepEqual([first.status, second.status], [0, 200]);
  assert.equal(first.request.ClientToken, second.request.ClientToken);
  const { OrganizationSummaries } = await client.send(new ListOrganizationsCommand());
  assert.deepEqual(OrganizationSummaries.map((summary) => summary.OrganizationId), [OrganizationId]);
});

// What the tests share: clients that find the server by their environment, and its control plane.
import { randomInt } from "node:crypto";
import { CreateOrganizationCommand, CreateUserCommand, WorkMailClient } from "@aws-sdk/client-workmail";

// A client with an account of its own, which sees nothing of the other tests.
export function connect() {
  const accessKeyId = String(randomInt(10 ** 11, 10 ** 12));
  return new WorkMailClient({ credentials: { accessKeyId, secretAccessKey: "anything" } });
}

// A client with an Active organization.
export async function connectToOrganization() {
  const client = connect();
  const { OrganizationId } = await client.send(new CreateOrganizationCommand({ Alias: alias() }));
  return { client, OrganizationId };
}

// Aliases are unique among all accounts.
export const alias = () => `acme-${randomInt(10 ** 9)}`;

export async function createUser({ client, OrganizationId }, Name) {
  const { UserId } = await client.send(new CreateUserCommand({ OrganizationId, Name, DisplayName: Name }));
  return UserId;
}

// Calls /_workmail/PATH.
export async function control(method, path, body) {
  const answer = await fetch(`${process.env.WORKMAIL_URL}/_workmail/${path}`, { method, body: JSON.stringify(body) });
  const content = await answer.json();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${content.error.message}`);
  return content;
}

// Lets a message go through the mail flow and returns its id.
export async function sendMessage(organizationId, content) {
  const url = `${process.env.WORKMAIL_URL}/_workmail/organizations/${organizationId}/messages`;
  const answer = await fetch(url, { method: "POST", headers: { "Content-Type": "message/rfc822" }, body: content });
  return (await answer.json()).messageId;
}

// Moves the clock and returns what happened meanwhile.
export async function advance(by) {
  const { happened } = await control("POST", "clock/advance", { by });
  return happened.map((event) => event.what);
}

// The attempts of an operation that a client made, the oldest first.
export async function attempts(client, operation) {
  const { accessKeyId } = await client.config.credentials();
  return (await control("GET", `requests?operation=${operation}&account=${accessKeyId}`)).requests;
}

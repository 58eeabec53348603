// What the SDK makes of answers: pages, exceptions, dates.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  DescribeUserCommand,
  EmailAddressInUseException,
  EntityNotFoundException,
  InvalidParameterException,
  ListUsersCommand,
  NameAvailabilityException,
  RegisterMailDomainCommand,
  RegisterToWorkMailCommand,
  paginateListUsers,
} from "@aws-sdk/client-workmail";
import { connectToOrganization, control, createUser } from "./workmail.js";

// The message of the exception, which must be of the class.
async function refusal(promise, ExceptionClass) {
  const error = await promise.then(() => assert.fail("The call succeeded."), (error) => error);
  assert.ok(error instanceof ExceptionClass, String(error));
  assert.equal(error.$metadata.httpStatusCode, 400);
  return error.message;
}

test("the paginator goes through 25 users in pages of 10", async () => {
  const organization = await connectToOrganization();
  const { client, OrganizationId } = organization;
  const names = Array.from({ length: 25 }, (_, index) => `user-${index}`);
  for (const name of names) await createUser(organization, name);
  const pages = [];
  for await (const page of paginateListUsers({ client, pageSize: 10 }, { OrganizationId })) pages.push(page.Users);
  assert.deepEqual(pages.map((page) => page.length), [10, 10, 5]);
  assert.deepEqual(pages.flat().map((user) => user.Name), names);
});

test("an entity that is not there is an EntityNotFoundException", async () => {
  const { client, OrganizationId } = await connectToOrganization();
  const call = client.send(new DescribeUserCommand({ OrganizationId, UserId: "nobody" }));
  const message = await refusal(call, EntityNotFoundException);
  assert.equal(message, `Entity nobody not found in organization ${OrganizationId}`);
});

test("a name that is taken is a NameAvailabilityException", async () => {
  const organization = await connectToOrganization();
  await createUser(organization, "alice");
  const message = await refusal(createUser(organization, "Alice"), NameAvailabilityException);
  assert.equal(message, "Name Alice is not available");
});

test("an address that is taken is an EmailAddressInUseException", async () => {
  const organization = await connectToOrganization();
  const { client, OrganizationId } = organization;
  await client.send(new RegisterMailDomainCommand({ OrganizationId, DomainName: "acme.test" }));
  const register = async (name) => {
    const EntityId = await createUser(organization, name);
    await client.send(new RegisterToWorkMailCommand({ OrganizationId, EntityId, Email: "alice@acme.test" }));
  };
  await register("alice");
  const message = await refusal(register("bob"), EmailAddressInUseException);
  assert.equal(message, "Email address alice@acme.test is already in use");
});

test("a value that the model refuses is an InvalidParameterException", async () => {
  const { client, OrganizationId } = await connectToOrganization();
  const call = client.send(new ListUsersCommand({ OrganizationId, MaxResults: 101 }));
  assert.equal(
    await refusal(call, InvalidParameterException),
    "1 validation error detected: Value '101' at 'maxResults' failed to satisfy constraint: " +
      "Member must have value less than or equal to 100",
  );
});

test("a time is a Date of the right instant", async () => {
  const organization = await connectToOrganization();
  const { client, OrganizationId } = organization;
  const UserId = await createUser(organization, "alice");
  await client.send(new RegisterMailDomainCommand({ OrganizationId, DomainName: "acme.test" }));
  await control("PUT", "clock", { now: "2040-02-29T23:59:59.250Z", frozen: true });
  await client.send(new RegisterToWorkMailCommand({ OrganizationId, EntityId: UserId, Email: "alice@acme.test" }));
  const { EnabledDate } = await client.send(new DescribeUserCommand({ OrganizationId, UserId }));
  assert.ok(EnabledDate instanceof Date);
  assert.equal(EnabledDate.toISOString(), "2040-02-29T23:59:59.250Z");
});

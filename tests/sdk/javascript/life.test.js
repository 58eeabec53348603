// The whole life of an organization and of what is in it.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  AssociateDelegateToResourceCommand,
  AssociateMemberToGroupCommand,
  CreateAliasCommand,
  CreateGroupCommand,
  CreateOrganizationCommand,
  CreateResourceCommand,
  CreateUserCommand,
  DeleteOrganizationCommand,
  DeleteUserCommand,
  DeregisterFromWorkMailCommand,
  DescribeEntityCommand,
  DescribeGroupCommand,
  DescribeOrganizationCommand,
  DescribeResourceCommand,
  DescribeUserCommand,
  EntityNotFoundException,
  EntityStateException,
  GetMailDomainCommand,
  GetMailboxDetailsCommand,
  ListAliasesCommand,
  ListGroupMembersCommand,
  ListGroupsCommand,
  ListMailDomainsCommand,
  ListOrganizationsCommand,
  ListResourceDelegatesCommand,
  ListResourcesCommand,
  ListUsersCommand,
  OrganizationStateException,
  RegisterMailDomainCommand,
  RegisterToWorkMailCommand,
  UpdateDefaultMailDomainCommand,
} from "@aws-sdk/client-workmail";
import { advance, alias, connect } from "./workmail.js";

test("an organization lives from its creation to its deletion", async () => {
  const client = connect();
  const { OrganizationId } = await client.send(new CreateOrganizationCommand({ Alias: alias() }));
  const call = (Command, input) => client.send(new Command({ OrganizationId, ...input }));
  const describeUser = (UserId) => call(DescribeUserCommand, { UserId });
  assert.equal((await call(DescribeOrganizationCommand)).State, "Active");

  // Its domain.
  await call(RegisterMailDomainCommand, { DomainName: "acme.test" });
  await call(UpdateDefaultMailDomainCommand, { DomainName: "acme.test" });
  const domain = await call(GetMailDomainCommand, { DomainName: "acme.test" });
  assert.deepEqual([domain.OwnershipVerificationStatus, domain.IsDefault], ["VERIFIED", true]);
  assert.equal((await call(ListMailDomainsCommand)).MailDomains.length, 2);

  // What is in it.
  const { UserId } = await call(CreateUserCommand, { Name: "alice", DisplayName: "Alice", Password: "Str0ng!Enough" });
  const { UserId: bob } = await call(CreateUserCommand, { Name: "bob", DisplayName: "Bob" });
  const { GroupId } = await call(CreateGroupCommand, { Name: "all" });
  const { ResourceId } = await call(CreateResourceCommand, { Name: "room", Type: "ROOM" });
  assert.equal((await describeUser(UserId)).State, "DISABLED");

  // Addresses.
  const addresses = [[UserId, "alice"], [bob, "bob"], [GroupId, "all"], [ResourceId, "room"]];
  for (const [EntityId, name] of addresses) {
    await call(RegisterToWorkMailCommand, { EntityId, Email: `${name}@acme.test` });
    assert.equal((await call(DescribeEntityCommand, { Email: `${name}@acme.test` })).EntityId, EntityId);
  }
  await call(CreateAliasCommand, { EntityId: UserId, Alias: "al@acme.test" });
  const { Aliases } = await call(ListAliasesCommand, { EntityId: UserId });
  assert.deepEqual(Aliases, ["alice@acme.test", "al@acme.test"]);

  // Members and delegates.
  await call(AssociateMemberToGroupCommand, { GroupId, MemberId: UserId });
  await call(AssociateDelegateToResourceCommand, { ResourceId, EntityId: UserId });
  const { Members } = await call(ListGroupMembersCommand, { GroupId });
  assert.deepEqual(Members.map((member) => [member.Id, member.Type, member.State]), [[UserId, "USER", "ENABLED"]]);
  const { Delegates } = await call(ListResourceDelegatesCommand, { ResourceId });
  assert.deepEqual(Delegates, [{ Id: UserId, Type: "USER" }]);

  // Listed and described.
  const { Users } = await call(ListUsersCommand);
  assert.deepEqual(Users.map((user) => [user.Name, user.Email, user.State]), [
    ["alice", "alice@acme.test", "ENABLED"],
    ["bob", "bob@acme.test", "ENABLED"],
  ]);
  assert.deepEqual((await call(ListGroupsCommand)).Groups.map((group) => group.Email), ["all@acme.test"]);
  assert.deepEqual((await call(ListResourcesCommand)).Resources.map((room) => room.Type), ["ROOM"]);
  assert.equal((await call(DescribeGroupCommand, { GroupId })).State, "ENABLED");
  assert.deepEqual((await call(DescribeResourceCommand, { ResourceId })).BookingOptions, {
    AutoAcceptRequests: true,
    AutoDeclineRecurringRequests: false,
    AutoDeclineConflictingRequests: true,
  });

  // Registered again after 29 days: the mailbox is back.
  const provisioned = (await describeUser(UserId)).MailboxProvisionedDate;
  await assert.rejects(call(DeleteUserCommand, { UserId }), EntityStateException);
  await call(DeregisterFromWorkMailCommand, { EntityId: UserId });
  assert.deepEqual(await advance("P29D"), []);
  await call(RegisterToWorkMailCommand, { EntityId: UserId, Email: "alice@acme.test" });
  assert.deepEqual((await describeUser(UserId)).MailboxProvisionedDate, provisioned);
  assert.equal((await call(GetMailboxDetailsCommand, { UserId })).MailboxQuota, 51200);

  // Deregistered for 31 days: it is gone.
  await call(DeregisterFromWorkMailCommand, { EntityId: UserId });
  assert.deepEqual(await advance("P31D"), ["the mailbox of alice is deleted"]);
  await assert.rejects(call(GetMailboxDetailsCommand, { UserId }), EntityNotFoundException);

  // Deleted: first the user, then everything.
  await call(DeleteUserCommand, { UserId });
  assert.equal((await describeUser(UserId)).State, "DELETED");
  await call(DeleteOrganizationCommand, { DeleteDirectory: true, ForceDelete: true });
  assert.equal((await call(DescribeOrganizationCommand)).State, "Deleted");
  await assert.rejects(call(ListUsersCommand), {
    name: "OrganizationStateException",
    message: `Organization ${OrganizationId} is not Active, state: Deleted`,
    constructor: OrganizationStateException,
  });
  const { OrganizationSummaries } = await client.send(new ListOrganizationsCommand());
  assert.deepEqual(OrganizationSummaries.map((summary) => summary.State), ["Deleted"]);
});

package workmail

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workmail"
	"github.com/aws/aws-sdk-go-v2/service/workmail/types"
)

// The whole life of an organization and of what is in it.
func TestAnOrganizationLivesFromItsCreationToItsDeletion(t *testing.T) {
	o, ctx := createOrganization(t), t.Context()
	state := func() string {
		t.Helper()
		input := &workmail.DescribeOrganizationInput{OrganizationId: o.id}
		return *must(o.DescribeOrganization(ctx, input))(t).State
	}
	equal(t, state(), "Active")

	// Its domain.
	domain := aws.String("acme.test")
	o.registerDomain(*domain)
	must(o.UpdateDefaultMailDomain(ctx, &workmail.UpdateDefaultMailDomainInput{
		OrganizationId: o.id, DomainName: domain}))(t)
	described := must(o.GetMailDomain(ctx, &workmail.GetMailDomainInput{OrganizationId: o.id, DomainName: domain}))(t)
	equal(t, described.OwnershipVerificationStatus, types.DnsRecordVerificationStatusVerified)
	equal(t, described.IsDefault, true)
	domains := must(o.ListMailDomains(ctx, &workmail.ListMailDomainsInput{OrganizationId: o.id}))(t)
	equal(t, len(domains.MailDomains), 2)

	// What is in it.
	alice := must(o.createUser("alice"))(t).UserId
	bob := must(o.createUser("bob"))(t).UserId
	group := must(o.CreateGroup(ctx, &workmail.CreateGroupInput{
		OrganizationId: o.id, Name: aws.String("all")}))(t).GroupId
	room := must(o.CreateResource(ctx, &workmail.CreateResourceInput{
		OrganizationId: o.id, Name: aws.String("room"), Type: types.ResourceTypeRoom}))(t).ResourceId
	equal(t, o.describeUser(alice).State, types.EntityStateDisabled)

	// Addresses.
	for email, entity := range map[string]*string{
		"alice@acme.test": alice, "bob@acme.test": bob, "all@acme.test": group, "room@acme.test": room} {
		noError(t, o.register(entity, email))
		found := must(o.DescribeEntity(ctx, &workmail.DescribeEntityInput{OrganizationId: o.id, Email: &email}))(t)
		equal(t, *found.EntityId, *entity)
	}
	must(o.CreateAlias(ctx, &workmail.CreateAliasInput{
		OrganizationId: o.id, EntityId: alice, Alias: aws.String("al@acme.test")}))(t)
	aliases := must(o.ListAliases(ctx, &workmail.ListAliasesInput{OrganizationId: o.id, EntityId: alice}))(t)
	equal(t, aliases.Aliases, []string{"alice@acme.test", "al@acme.test"})

	// Members and delegates.
	must(o.AssociateMemberToGroup(ctx, &workmail.AssociateMemberToGroupInput{
		OrganizationId: o.id, GroupId: group, MemberId: alice}))(t)
	must(o.AssociateDelegateToResource(ctx, &workmail.AssociateDelegateToResourceInput{
		OrganizationId: o.id, ResourceId: room, EntityId: alice}))(t)
	members := must(o.ListGroupMembers(ctx, &workmail.ListGroupMembersInput{
		OrganizationId: o.id, GroupId: group}))(t).Members
	equal(t, len(members), 1)
	equal(t, *members[0].Id, *alice)
	equal(t, members[0].Type, types.MemberTypeUser)
	delegates := must(o.ListResourceDelegates(ctx, &workmail.ListResourceDelegatesInput{
		OrganizationId: o.id, ResourceId: room}))(t).Delegates
	equal(t, len(delegates), 1)
	equal(t, *delegates[0].Id, *alice)

	// Listed and described.
	users := must(o.ListUsers(ctx, &workmail.ListUsersInput{OrganizationId: o.id}))(t).Users
	equal(t, len(users), 2)
	equal(t, *users[1].Email, "bob@acme.test")
	equal(t, users[1].State, types.EntityStateEnabled)
	groups := must(o.ListGroups(ctx, &workmail.ListGroupsInput{OrganizationId: o.id}))(t).Groups
	equal(t, *groups[0].Email, "all@acme.test")
	resources := must(o.ListResources(ctx, &workmail.ListResourcesInput{OrganizationId: o.id}))(t).Resources
	equal(t, resources[0].Type, types.ResourceTypeRoom)
	equal(t, must(o.DescribeGroup(ctx, &workmail.DescribeGroupInput{
		OrganizationId: o.id, GroupId: group}))(t).State, types.EntityStateEnabled)
	booking := must(o.DescribeResource(ctx, &workmail.DescribeResourceInput{
		OrganizationId: o.id, ResourceId: room}))(t).BookingOptions
	equal(t, *booking, types.BookingOptions{AutoAcceptRequests: true, AutoDeclineConflictingRequests: true})

	// Registered again after 29 days: the mailbox is back.
	deregister := func() {
		t.Helper()
		must(o.DeregisterFromWorkMail(ctx, &workmail.DeregisterFromWorkMailInput{
			OrganizationId: o.id, EntityId: alice}))(t)
	}
	mailbox := &workmail.GetMailboxDetailsInput{OrganizationId: o.id, UserId: alice}
	provisioned := o.describeUser(alice).MailboxProvisionedDate
	deregister()
	equal(t, control.advance(t, 29*day), []string{})
	noError(t, o.register(alice, "alice@acme.test"))
	equal(t, o.describeUser(alice).MailboxProvisionedDate.UnixMilli(), provisioned.UnixMilli())
	equal(t, *must(o.GetMailboxDetails(ctx, mailbox))(t).MailboxQuota, 51200)

	// Deregistered for 31 days: it is gone.
	deregister()
	equal(t, control.advance(t, 31*day), []string{"the mailbox of alice is deleted"})
	_, err := o.GetMailboxDetails(ctx, mailbox)
	refused[*types.EntityNotFoundException](t, err, "Entity "+*alice+" not found in organization "+*o.id)

	// Deleted: first the user, then everything.
	must(o.DeleteUser(ctx, &workmail.DeleteUserInput{OrganizationId: o.id, UserId: alice}))(t)
	equal(t, o.describeUser(alice).State, types.EntityStateDeleted)
	must(o.DeleteOrganization(ctx, &workmail.DeleteOrganizationInput{
		OrganizationId: o.id, DeleteDirectory: true, ForceDelete: true}))(t)
	equal(t, state(), "Deleted")
	_, err = o.ListUsers(ctx, &workmail.ListUsersInput{OrganizationId: o.id})
	refused[*types.OrganizationStateException](t, err, "Organization "+*o.id+" is not Active, state: Deleted")
}

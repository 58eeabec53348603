package workmail

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/workmail"
	"github.com/aws/aws-sdk-go-v2/service/workmail/types"
)

// A provider of Terraform works like this: it creates, polls until the state is the one that it wants, reads, updates,
// reads, deletes, and reads until the thing is gone. The server is as slow as AWS; the emulated clock moves between polls.

const (
	pollEvery   = 5 * time.Second
	giveUpAfter = 2 * time.Minute
)

// provider is one organization on a slow server, the polls of which move that server's clock.
type provider struct {
	organization
	control controlPlane
}

// startServer starts a server of its own for the test.
func startServer(t *testing.T, options ...string) controlPlane {
	portFile := filepath.Join(t.TempDir(), "port")
	options = append(options, "--listen", "localhost:0", "--port-file", portFile, "--log", "off")
	server := exec.Command(os.Getenv("SERVER_BINARY"), options...)
	server.Stderr = os.Stderr
	output := must(server.StdoutPipe())(t)
	noError(t, server.Start())
	t.Cleanup(func() {
		noError(t, server.Process.Signal(syscall.SIGTERM))
		noError(t, server.Wait())
	})
	for lines := bufio.NewScanner(output); lines.Scan(); {
		if lines.Text() == "Ready." {
			return controlPlane("http://localhost:" + strings.TrimSpace(string(must(os.ReadFile(portFile))(t))))
		}
	}
	t.Fatal("The server ended before it was ready.")
	return ""
}

func startProvider(t *testing.T) provider {
	url := startServer(t, "--pace", "20s")
	settings := must(config.LoadDefaultConfig(t.Context()))(t)
	client := workmail.NewFromConfig(settings, func(options *workmail.Options) {
		options.BaseEndpoint = aws.String(string(url))
	})
	made := must(client.CreateOrganization(t.Context(), &workmail.CreateOrganizationInput{Alias: alias()}))(t)
	return provider{organization{T: t, Client: client, id: made.OrganizationId}, url}
}

// pause moves the clock to the next poll, and ends the test when it has waited too long.
func (p provider) pause(waited *time.Duration) {
	p.Helper()
	if *waited += pollEvery; *waited > giveUpAfter {
		p.Fatal("timeout while waiting for state")
	}
	p.control.advance(p.T, pollEvery)
}

// waitForState reads until the target state is seen so many times in a row; any other state must be a pending one.
// Returns the states that were seen, each once.
func (p provider) waitForState(read func() string, pending []string, target string, inARow int) []string {
	p.Helper()
	var waited time.Duration
	var seen []string
	for times := 0; ; p.pause(&waited) {
		state := read()
		if len(seen) == 0 || seen[len(seen)-1] != state {
			seen = append(seen, state)
		}
		if state != target {
			times = 0
			if !slices.Contains(pending, state) {
				p.Fatalf("unexpected state %q, wanted target %q", state, target)
			}
		} else if times++; times == inARow {
			return seen
		}
	}
}

// retryOn repeats a call as long as it ends with this exception, and returns how often that was.
func retryOn[Exception error](p provider, call func() error) (failures int) {
	p.Helper()
	var waited time.Duration
	for ; ; p.pause(&waited) {
		err := call()
		var expected Exception
		if !errors.As(err, &expected) {
			noError(p.T, err)
			return failures
		}
		failures++
	}
}

func (p provider) organizationState() string {
	input := &workmail.DescribeOrganizationInput{OrganizationId: p.id}
	return *must(p.DescribeOrganization(p.Context(), input))(p.T).State
}

// userState is "" when the user is not there.
func (p provider) userState(user *string) string {
	input := &workmail.DescribeUserInput{OrganizationId: p.id, UserId: user}
	described, err := p.DescribeUser(p.Context(), input)
	var missing *types.EntityNotFoundException
	if errors.As(err, &missing) {
		return ""
	}
	noError(p.T, err)
	return string(described.State)
}

func (p provider) waitUntilActive() []string {
	p.Helper()
	return p.waitForState(p.organizationState, []string{"Requested", "Creating", "Validating"}, "Active", 1)
}

func TestTerraformWaitsUntilAnOrganizationIsActiveAndUntilItIsDeleted(t *testing.T) {
	p := startProvider(t)
	equal(t, p.waitUntilActive(), []string{"Requested", "Creating", "Active"})
	described := must(p.DescribeOrganization(t.Context(), &workmail.DescribeOrganizationInput{OrganizationId: p.id}))(t)
	equal(t, strings.HasPrefix(*described.ARN, "arn:aws:workmail:us-east-1:"), true)

	destroy := func() error {
		input := &workmail.DeleteOrganizationInput{OrganizationId: p.id, DeleteDirectory: true}
		_, err := p.DeleteOrganization(t.Context(), input)
		return err
	}
	noError(t, destroy())
	equal(t, p.waitForState(p.organizationState, []string{"Active", "Deleting"}, "Deleted", 1),
		[]string{"Deleting", "Deleted"})

	// A second destroy finds it gone: that it is not Active is as good as that it is not there.
	refused[*types.OrganizationStateException](t, destroy(), "Organization "+*p.id+" is not Active, state: Deleted")
}

func TestTerraformRegistersAUserWithRetriesUpdatesAndDeletesIt(t *testing.T) {
	p := startProvider(t)
	p.waitUntilActive()

	// Create: the domain is not verified at once, so that registering the user takes some attempts.
	p.registerDomain("acme.test")
	user := must(p.createUser("alice"))(t).UserId
	failures := retryOn[*types.MailDomainStateException](p, func() error { return p.register(user, "alice@acme.test") })
	if failures == 0 {
		t.Error("The domain was verified at once.")
	}
	p.waitForState(func() string { return p.userState(user) }, []string{"DISABLED"}, "ENABLED", 2)

	// Read.
	equal(t, *p.describeUser(user).Email, "alice@acme.test")
	domain := must(p.GetMailDomain(t.Context(), &workmail.GetMailDomainInput{
		OrganizationId: p.id, DomainName: aws.String("acme.test")}))(t)
	equal(t, domain.OwnershipVerificationStatus, types.DnsRecordVerificationStatusVerified)

	// Update, then read: what is not sent stays.
	must(p.UpdateUser(t.Context(), &workmail.UpdateUserInput{
		OrganizationId: p.id, UserId: user, JobTitle: aws.String("Engineer"),
		HiddenFromGlobalAddressList: aws.Bool(true)}))(t)
	must(p.UpdatePrimaryEmailAddress(t.Context(), &workmail.UpdatePrimaryEmailAddressInput{
		OrganizationId: p.id, EntityId: user, Email: aws.String("a.smith@acme.test")}))(t)
	updated := p.describeUser(user)
	equal(t, []string{*updated.DisplayName, *updated.JobTitle, *updated.Email},
		[]string{"alice", "Engineer", "a.smith@acme.test"})
	equal(t, updated.HiddenFromGlobalAddressList, true)

	// Delete, then read until it is gone.
	retryOn[*types.EntityStateException](p, func() error {
		_, err := p.DeregisterFromWorkMail(t.Context(), &workmail.DeregisterFromWorkMailInput{
			OrganizationId: p.id, EntityId: user})
		return err
	})
	retryOn[*types.EntityStateException](p, func() error {
		_, err := p.DeleteUser(t.Context(), &workmail.DeleteUserInput{OrganizationId: p.id, UserId: user})
		return err
	})
	equal(t, p.userState(user), "DELETED")

	// Refresh after a month: the same user is not even there.
	p.control.advance(t, 31*day)
	equal(t, p.userState(user), "")
}

func TestTerraformManagesAGroupAndItsMember(t *testing.T) {
	p := startProvider(t)
	p.waitUntilActive()
	domain := *must(p.DescribeOrganization(t.Context(), &workmail.DescribeOrganizationInput{
		OrganizationId: p.id}))(t).DefaultMailDomain
	group := must(p.CreateGroup(t.Context(), &workmail.CreateGroupInput{
		OrganizationId: p.id, Name: aws.String("all")}))(t).GroupId
	groupState := func() string {
		described, err := p.DescribeGroup(t.Context(), &workmail.DescribeGroupInput{OrganizationId: p.id, GroupId: group})
		noError(t, err)
		return string(described.State)
	}
	user := must(p.createUser("alice"))(t).UserId
	retryOn[*types.EntityNotFoundException](p, func() error { return p.register(group, "all@"+domain) })
	retryOn[*types.EntityNotFoundException](p, func() error { return p.register(user, "alice@"+domain) })
	p.waitForState(groupState, []string{"DISABLED"}, "ENABLED", 2)

	member := &workmail.AssociateMemberToGroupInput{OrganizationId: p.id, GroupId: group, MemberId: user}
	must(p.AssociateMemberToGroup(t.Context(), member))(t)
	must(p.UpdateGroup(t.Context(), &workmail.UpdateGroupInput{
		OrganizationId: p.id, GroupId: group, HiddenFromGlobalAddressList: aws.Bool(true)}))(t)
	equal(t, groupState(), "ENABLED")
	members := must(p.ListGroupMembers(t.Context(), &workmail.ListGroupMembersInput{
		OrganizationId: p.id, GroupId: group}))(t).Members
	equal(t, len(members), 1)

	must(p.DisassociateMemberFromGroup(t.Context(), &workmail.DisassociateMemberFromGroupInput{
		OrganizationId: p.id, GroupId: group, MemberId: user}))(t)
	must(p.DeregisterFromWorkMail(t.Context(), &workmail.DeregisterFromWorkMailInput{
		OrganizationId: p.id, EntityId: group}))(t)
	p.waitForState(groupState, []string{"ENABLED"}, "DISABLED", 1)
	must(p.DeleteGroup(t.Context(), &workmail.DeleteGroupInput{OrganizationId: p.id, GroupId: group}))(t)
	equal(t, groupState(), "DELETED")
}

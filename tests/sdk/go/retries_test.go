package workmail

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workmail"
)

// attempt is what the journal has of one attempt of a call.
type attempt struct {
	Status     int
	Error      string
	Fault      *string
	Invocation string
	Attempt    int
	Request    struct{ ClientToken string }
	Response   object
}

// attempts are those of an operation by an account, the oldest first.
func attempts(t *testing.T, account, operation string) []attempt {
	t.Helper()
	var journal struct{ Requests []attempt }
	control.call(t, "GET", "requests?operation="+operation+"&account="+account, nil, &journal)
	return journal.Requests
}

type object = map[string]any

// createWithFault creates a user while the first attempt has this answer, and returns that attempt.
func createWithFault(t *testing.T, answer object) attempt {
	t.Helper()
	organization := createOrganization(t)
	rule := object{"match": object{"operation": "CreateUser"}, "times": 1, "answer": answer}
	var added struct{ Id string }
	control.call(t, "POST", "faults", rule, &added)
	made := must(organization.createUser("alice"))(t)
	listed := must(organization.ListUsers(t.Context(), &workmail.ListUsersInput{OrganizationId: organization.id}))(t)
	equal(t, len(listed.Users), 1)
	equal(t, *listed.Users[0].Id, *made.UserId)

	both := attempts(t, organization.account, "CreateUser")
	if len(both) != 2 {
		t.Fatalf("got %d attempts, expected 2", len(both))
	}
	first, second := both[0], both[1]
	if first.Fault == nil || *first.Fault != added.Id || second.Fault != nil {
		t.Errorf("got faults %v and %v, expected %s and none", first.Fault, second.Fault, added.Id)
	}
	if first.Invocation == "" || first.Invocation != second.Invocation {
		t.Errorf("got invocations %q and %q, expected one", first.Invocation, second.Invocation)
	}
	equal(t, []int{first.Attempt, second.Attempt, second.Status}, []int{1, 2, 200})
	return first
}

func TestAThrottledCallIsTriedAgain(t *testing.T) {
	first := createWithFault(t, object{"error": "ThrottlingException"})
	equal(t, first.Status, 400)
	equal(t, first.Error, "ThrottlingException")
}

func TestACallThatIsAnsweredWith503IsTriedAgain(t *testing.T) {
	first := createWithFault(t, object{"error": "ServiceUnavailable", "status": 503})
	equal(t, first.Status, 503)
}

func TestACallWhoseConnectionIsResetIsTriedAgain(t *testing.T) {
	first := createWithFault(t, object{"connection": "reset"})
	equal(t, first.Status, 0)
}

func TestTheSDKFillsInTheIdempotencyToken(t *testing.T) {
	organization := createOrganization(t)
	made := attempts(t, organization.account, "CreateOrganization")
	if len(made) != 1 || made[0].Request.ClientToken == "" {
		t.Errorf("got %v, expected one attempt with a token", made)
	}
}

func TestAnOrganizationWhoseAnswerIsLostIsCreatedOnce(t *testing.T) {
	control.call(t, "POST", "faults", object{
		"match": object{"operation": "CreateOrganization"}, "times": 1,
		"phase": "after", "answer": object{"connection": "close"}}, nil)
	organization := createOrganization(t)
	made := attempts(t, organization.account, "CreateOrganization")
	if len(made) != 2 {
		t.Fatalf("got %d attempts, expected 2", len(made))
	}
	equal(t, []int{made[0].Status, made[1].Status}, []int{0, 200})
	equal(t, made[0].Request.ClientToken, made[1].Request.ClientToken)
	listed := must(organization.ListOrganizations(t.Context(), &workmail.ListOrganizationsInput{}))(t)
	equal(t, len(listed.OrganizationSummaries), 1)
	equal(t, *listed.OrganizationSummaries[0].OrganizationId, *organization.id)
}

package workmail

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workmail"
	"github.com/aws/aws-sdk-go-v2/service/workmail/types"
)

// refused expects an exception of the type with the message.
func refused[Exception interface {
	error
	ErrorMessage() string
}](t *testing.T, err error, message string) {
	t.Helper()
	var exception Exception
	if !errors.As(err, &exception) {
		t.Fatalf("got %v, expected a %T", err, exception)
	}
	equal(t, exception.ErrorMessage(), message)
}

func TestThePaginatorGoesThrough25UsersInPagesOf10(t *testing.T) {
	organization := createOrganization(t)
	var names, listed []string
	for number := range 25 {
		name := fmt.Sprintf("user-%d", number)
		must(organization.createUser(name))(t)
		names = append(names, name)
	}
	var pages []int
	input := &workmail.ListUsersInput{OrganizationId: organization.id, MaxResults: aws.Int32(10)}
	for paginator := workmail.NewListUsersPaginator(organization, input); paginator.HasMorePages(); {
		page := must(paginator.NextPage(t.Context()))(t)
		pages = append(pages, len(page.Users))
		for _, user := range page.Users {
			listed = append(listed, *user.Name)
		}
	}
	equal(t, pages, []int{10, 10, 5})
	equal(t, listed, names)
}

func TestAnEntityThatIsNotThereIsAnEntityNotFoundException(t *testing.T) {
	organization := createOrganization(t)
	_, err := organization.DescribeUser(t.Context(), &workmail.DescribeUserInput{
		OrganizationId: organization.id, UserId: aws.String("nobody")})
	refused[*types.EntityNotFoundException](t, err, "Entity nobody not found in organization "+*organization.id)
}

func TestANameThatIsTakenIsANameAvailabilityException(t *testing.T) {
	organization := createOrganization(t)
	must(organization.createUser("alice"))(t)
	_, err := organization.createUser("Alice")
	refused[*types.NameAvailabilityException](t, err, "Name Alice is not available")
}

func TestAnAddressThatIsTakenIsAnEmailAddressInUseException(t *testing.T) {
	organization := createOrganization(t)
	organization.registerDomain("acme.test")
	alice := must(organization.createUser("alice"))(t)
	bob := must(organization.createUser("bob"))(t)
	noError(t, organization.register(alice.UserId, "alice@acme.test"))
	err := organization.register(bob.UserId, "alice@acme.test")
	refused[*types.EmailAddressInUseException](t, err, "Email address alice@acme.test is already in use")
}

func TestAValueThatTheModelRefusesIsAnInvalidParameterException(t *testing.T) {
	organization := createOrganization(t)
	_, err := organization.ListUsers(t.Context(), &workmail.ListUsersInput{
		OrganizationId: organization.id, MaxResults: aws.Int32(101)})
	refused[*types.InvalidParameterException](t, err, "1 validation error detected: Value '101' at 'maxResults' failed "+
		"to satisfy constraint: Member must have value less than or equal to 100")
}

func TestATimeIsATimeOfTheRightInstant(t *testing.T) {
	organization := createOrganization(t)
	organization.registerDomain("acme.test")
	alice := must(organization.createUser("alice"))(t)
	instant := time.Date(2040, time.February, 29, 23, 59, 59, 250_000_000, time.UTC)
	control.call(t, "PUT", "clock", map[string]any{"now": instant, "frozen": true}, nil)
	noError(t, organization.register(alice.UserId, "alice@acme.test"))
	var enabled *time.Time = organization.describeUser(alice.UserId).EnabledDate
	if !enabled.Equal(instant) {
		t.Errorf("got %v, expected %v", enabled, instant)
	}
}

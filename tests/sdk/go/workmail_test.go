// Package workmail tests workmail-local with the AWS SDK for Go v2.
// This file is what the tests share: clients that find the server by their environment, and its control plane.
package workmail

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/workmail"
)

// organization is an Active organization with a client whose account is its own, so that it sees nothing of other tests.
type organization struct {
	*testing.T
	*workmail.Client
	account string
	id      *string
}

func connect(t *testing.T) (client *workmail.Client, account string) {
	account = fmt.Sprint(100_000_000_000 + rand.Int64N(900_000_000_000))
	provider := credentials.NewStaticCredentialsProvider(account, "anything", "")
	settings := must(config.LoadDefaultConfig(t.Context(), config.WithCredentialsProvider(provider)))(t)
	return workmail.NewFromConfig(settings), account
}

func createOrganization(t *testing.T) organization {
	client, account := connect(t)
	made := must(client.CreateOrganization(t.Context(), &workmail.CreateOrganizationInput{Alias: alias()}))(t)
	return organization{t, client, account, made.OrganizationId}
}

// alias makes one for an organization; they are unique among all accounts.
func alias() *string {
	return aws.String(fmt.Sprintf("acme-%d", rand.Int64N(1_000_000_000)))
}

func (o organization) createUser(name string) (*workmail.CreateUserOutput, error) {
	return o.CreateUser(o.Context(), &workmail.CreateUserInput{OrganizationId: o.id, Name: &name, DisplayName: &name})
}

func (o organization) registerDomain(name string) {
	o.Helper()
	input := &workmail.RegisterMailDomainInput{OrganizationId: o.id, DomainName: &name}
	must(o.RegisterMailDomain(o.Context(), input))(o.T)
}

func (o organization) register(entity *string, email string) error {
	input := &workmail.RegisterToWorkMailInput{OrganizationId: o.id, EntityId: entity, Email: &email}
	_, err := o.RegisterToWorkMail(o.Context(), input)
	return err
}

func (o organization) describeUser(user *string) *workmail.DescribeUserOutput {
	o.Helper()
	return must(o.DescribeUser(o.Context(), &workmail.DescribeUserInput{OrganizationId: o.id, UserId: user}))(o.T)
}

// must returns the value of a call, or ends the test with its error.
func must[Value any](value Value, err error) func(*testing.T) Value {
	return func(t *testing.T) Value {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func noError(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func equal[Value any](t *testing.T, got, expected Value) {
	t.Helper()
	if fmt.Sprintf("%#v", got) != fmt.Sprintf("%#v", expected) {
		t.Errorf("got %v, expected %v", got, expected)
	}
}

// controlPlane is the address of a server.
type controlPlane string

var control = controlPlane(os.Getenv("WORKMAIL_URL"))

// call calls /_workmail/PATH and reads the answer into `answer`, unless that is nil.
func (url controlPlane) call(t *testing.T, method, path string, body, answer any) {
	t.Helper()
	content := must(json.Marshal(body))(t)
	request := must(http.NewRequestWithContext(
		context.Background(), method, string(url)+"/_workmail/"+path, bytes.NewReader(content)))(t)
	response := must(http.DefaultClient.Do(request))(t)
	defer response.Body.Close()
	content = must(io.ReadAll(response.Body))(t)
	if response.StatusCode >= 300 {
		t.Fatalf("%s %s: %s", method, path, content)
	}
	if answer != nil {
		noError(t, json.Unmarshal(content, answer))
	}
}

// advance moves the clock and returns what happened meanwhile.
func (url controlPlane) advance(t *testing.T, by time.Duration) []string {
	t.Helper()
	var answer struct{ Happened []struct{ What string } }
	url.call(t, "POST", "clock/advance", map[string]any{"by": by.Seconds()}, &answer)
	what := []string{}
	for _, event := range answer.Happened {
		what = append(what, event.What)
	}
	return what
}

const day = 24 * time.Hour

package workmail

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workmail"
	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/credentials"
	"github.com/aws/aws-sdk-go/aws/session"
	"github.com/aws/aws-sdk-go/service/workmailmessageflow"
)

// The content of messages, by the client of Message Flow. It is that of v1, which does not read the variables of
// endpoints.

const message = "From: bob@example.com\r\nTo: alice@acme.test\r\nSubject: Lunch\r\n\r\nAt noon?\r\n"

// sendMessage lets a message go through the mail flow and returns its id, with a client of its account. At the end of
// the test the message goes with its organization: otherwise other tests would see it disappear when they move the
// clock.
func sendMessage(t *testing.T) (client *workmailmessageflow.WorkMailMessageFlow, id *string) {
	organization := createOrganization(t)
	t.Cleanup(func() {
		input := &workmail.DeleteOrganizationInput{OrganizationId: organization.id, DeleteDirectory: true}
		must(organization.DeleteOrganization(context.Background(), input))(t)
	})
	url := string(control) + "/_workmail/organizations/" + *organization.id + "/messages"
	response := must(http.Post(url, "message/rfc822", strings.NewReader(message)))(t)
	defer response.Body.Close()
	var sent struct{ MessageID string }
	noError(t, json.NewDecoder(response.Body).Decode(&sent))
	config := aws.NewConfig().WithEndpoint(string(control)).WithRegion("us-east-1").
		WithCredentials(credentials.NewStaticCredentials(organization.account, "anything", ""))
	return workmailmessageflow.New(must(session.NewSession(config))(t)), &sent.MessageID
}

func TestTheContentOfAMessageIsAsItWasSent(t *testing.T) {
	client, id := sendMessage(t)
	answer := must(client.GetRawMessageContent(&workmailmessageflow.GetRawMessageContentInput{MessageId: id}))(t)
	defer answer.MessageContent.Close()
	equal(t, string(must(io.ReadAll(answer.MessageContent))(t)), message)
}

func TestAMessageThatIsNotThereIsAResourceNotFoundException(t *testing.T) {
	client, _ := sendMessage(t)
	_, err := client.GetRawMessageContent(&workmailmessageflow.GetRawMessageContentInput{MessageId: aws.String("nothing")})
	var exception *workmailmessageflow.ResourceNotFoundException
	if !errors.As(err, &exception) {
		t.Fatalf("got %v, expected a %T", err, exception)
	}
	equal(t, exception.StatusCode(), 404)
	equal(t, exception.Message(), "Message nothing not found")
}

func TestContentThatCannotBeFetchedIsAnInvalidContentLocation(t *testing.T) {
	client, id := sendMessage(t)
	place := &workmailmessageflow.S3Reference{Bucket: aws.String("mail"), Key: aws.String("new")}
	_, err := client.PutRawMessageContent(&workmailmessageflow.PutRawMessageContentInput{
		MessageId: id, Content: &workmailmessageflow.RawMessageContent{S3Reference: place}})
	var exception *workmailmessageflow.InvalidContentLocation
	if !errors.As(err, &exception) {
		t.Fatalf("got %v, expected a %T", err, exception)
	}
}

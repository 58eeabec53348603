package workmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.workmailmessageflow.WorkMailMessageFlowClient;
import software.amazon.awssdk.services.workmailmessageflow.model.InvalidContentLocationException;
import software.amazon.awssdk.services.workmailmessageflow.model.ResourceNotFoundException;

/** The content of messages, by the client of Message Flow. */
class MessageFlowTest {
  private static final String MESSAGE =
      "From: bob@example.com\r\nTo: alice@acme.test\r\nSubject: Lunch\r\n\r\nAt noon?\r\n";

  private final Organization organization = Organization.create();
  private final WorkMailMessageFlowClient client = WorkMailMessageFlowClient.builder()
      .credentialsProvider(
          StaticCredentialsProvider.create(AwsBasicCredentials.create(organization.account(), "anything")))
      .build();

  /** Its messages go with it: otherwise other tests would see them disappear when they move the clock. */
  @AfterEach
  void deleteOrganization() {
    organization.client().deleteOrganization(r -> r.organizationId(organization.id()).deleteDirectory(true));
  }

  @Test
  void theContentOfAMessageIsAsItWasSent() {
    String id = Control.send(organization.id(), MESSAGE);
    var content = client.getRawMessageContentAsBytes(r -> r.messageId(id));
    assertEquals(MESSAGE, content.asUtf8String());
  }

  @Test
  void aMessageThatIsNotThereIsAResourceNotFoundException() {
    var exception = assertThrows(
        ResourceNotFoundException.class, () -> client.getRawMessageContentAsBytes(r -> r.messageId("nothing")));
    assertEquals(404, exception.statusCode());
    assertEquals("Message nothing not found", exception.awsErrorDetails().errorMessage());
  }

  @Test
  void contentThatCannotBeFetchedIsAnInvalidContentLocation() {
    String id = Control.send(organization.id(), MESSAGE);
    assertThrows(InvalidContentLocationException.class,
        () -> client.putRawMessageContent(
            r -> r.messageId(id).content(c -> c.s3Reference(s -> s.bucket("mail").key("new")))));
  }
}

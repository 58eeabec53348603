package workmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.workmail.model.OrganizationSummary;
import software.amazon.awssdk.services.workmail.model.User;

/** The attempts that the SDK makes automatically, as the journal lists them. */
class RetriesTest {
  /** Creates a user while the first attempt has this answer, and returns that attempt. */
  private static JsonObject createWithFault(String answer) {
    Organization organization = Organization.create();
    String rule = Control.call("POST", "faults",
        "{\"match\":{\"operation\":\"CreateUser\"},\"times\":1,\"answer\":" + answer + "}").get("id").getAsString();
    String alice = organization.createUser("alice");
    var listed = organization.client().listUsers(r -> r.organizationId(organization.id()));
    assertEquals(List.of(alice), listed.users().stream().map(User::id).toList());

    List<JsonObject> attempts = Control.attempts(organization.account(), "CreateUser");
    assertEquals(2, attempts.size());
    JsonObject first = attempts.get(0);
    JsonObject second = attempts.get(1);
    assertEquals(rule, first.get("fault").getAsString());
    assertFalse(second.has("fault"));
    assertEquals(200, second.get("status").getAsInt());
    assertEquals(first.get("invocation").getAsString(), second.get("invocation").getAsString());
    assertEquals(1, first.get("attempt").getAsInt());
    assertEquals(2, second.get("attempt").getAsInt());
    return first;
  }

  private static String clientToken(JsonObject attempt) {
    return attempt.getAsJsonObject("request").get("ClientToken").getAsString();
  }

  @Test
  void aThrottledCallIsTriedAgain() {
    JsonObject first = createWithFault("{\"error\":\"ThrottlingException\"}");
    assertEquals(400, first.get("status").getAsInt());
    assertEquals("ThrottlingException", first.get("error").getAsString());
  }

  @Test
  void aCallThatIsAnsweredWith503IsTriedAgain() {
    JsonObject first = createWithFault("{\"error\":\"ServiceUnavailable\",\"status\":503}");
    assertEquals(503, first.get("status").getAsInt());
  }

  @Test
  void aCallWhoseConnectionIsResetIsTriedAgain() {
    JsonObject first = createWithFault("{\"connection\":\"reset\"}");
    assertEquals(0, first.get("status").getAsInt());
  }

  @Test
  void theSdkFillsInTheIdempotencyToken() {
    Organization organization = Organization.create();
    List<JsonObject> attempts = Control.attempts(organization.account(), "CreateOrganization");
    assertEquals(1, attempts.size());
    assertFalse(clientToken(attempts.get(0)).isEmpty());
  }

  @Test
  void anOrganizationWhoseAnswerIsLostIsCreatedOnce() {
    Control.call("POST", "faults", "{\"match\":{\"operation\":\"CreateOrganization\"},\"times\":1,\"phase\":\"after\","
        + "\"answer\":{\"connection\":\"close\"}}");
    Organization organization = Organization.create();
    List<JsonObject> attempts = Control.attempts(organization.account(), "CreateOrganization");
    assertEquals(List.of(0, 200), attempts.stream().map(attempt -> attempt.get("status").getAsInt()).toList());
    assertEquals(clientToken(attempts.get(0)), clientToken(attempts.get(1)));
    var summaries = organization.client().listOrganizations().organizationSummaries();
    assertEquals(List.of(organization.id()), summaries.stream().map(OrganizationSummary::organizationId).toList());
  }
}

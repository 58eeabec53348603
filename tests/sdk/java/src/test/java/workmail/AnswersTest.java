package workmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.services.workmail.model.EmailAddressInUseException;
import software.amazon.awssdk.services.workmail.model.EntityNotFoundException;
import software.amazon.awssdk.services.workmail.model.InvalidParameterException;
import software.amazon.awssdk.services.workmail.model.NameAvailabilityException;
import software.amazon.awssdk.services.workmail.model.User;
import software.amazon.awssdk.services.workmail.model.WorkMailException;

/** What the SDK makes of answers: pages, exceptions, times. */
class AnswersTest {
  private final Organization organization = Organization.create();

  private static void refuses(Class<? extends WorkMailException> type, String message, Executable call) {
    WorkMailException exception = assertThrows(type, call);
    assertEquals(message, exception.awsErrorDetails().errorMessage());
    assertEquals(400, exception.statusCode());
  }

  @Test
  void thePaginatorGoesThrough25UsersInPagesOf10() {
    List<String> names = IntStream.range(0, 25).mapToObj(number -> "user-" + number).toList();
    names.forEach(organization::createUser);
    var pages = organization.client().listUsersPaginator(r -> r.organizationId(organization.id()).maxResults(10));
    assertEquals(List.of(10, 10, 5), pages.stream().map(page -> page.users().size()).toList());
    assertEquals(names, pages.stream().flatMap(page -> page.users().stream()).map(User::name).toList());
  }

  @Test
  void anEntityThatIsNotThereIsAnEntityNotFoundException() {
    String message = "Entity nobody not found in organization " + organization.id();
    refuses(EntityNotFoundException.class, message, () -> organization.describeUser("nobody"));
  }

  @Test
  void aNameThatIsTakenIsANameAvailabilityException() {
    organization.createUser("alice");
    String message = "Name Alice is not available";
    refuses(NameAvailabilityException.class, message, () -> organization.createUser("Alice"));
  }

  @Test
  void anAddressThatIsTakenIsAnEmailAddressInUseException() {
    organization.registerDomain("acme.test");
    organization.register(organization.createUser("alice"), "alice@acme.test");
    String bob = organization.createUser("bob");
    String message = "Email address alice@acme.test is already in use";
    refuses(EmailAddressInUseException.class, message, () -> organization.register(bob, "alice@acme.test"));
  }

  @Test
  void aValueThatTheModelRefusesIsAnInvalidParameterException() {
    String message = "1 validation error detected: Value '101' at 'maxResults' failed to satisfy constraint: "
        + "Member must have value less than or equal to 100";
    refuses(InvalidParameterException.class, message,
        () -> organization.client().listUsers(r -> r.organizationId(organization.id()).maxResults(101)));
  }

  @Test
  void aTimeIsAnInstant() {
    organization.registerDomain("acme.test");
    String alice = organization.createUser("alice");
    Control.call("PUT", "clock", "{\"now\":\"2040-02-29T23:59:59.250Z\",\"frozen\":true}");
    organization.register(alice, "alice@acme.test");
    Instant enabled = organization.describeUser(alice).enabledDate();
    assertEquals(Instant.parse("2040-02-29T23:59:59.250Z"), enabled);
  }
}

package workmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.workmail.WorkMailClient;
import software.amazon.awssdk.services.workmail.model.DnsRecordVerificationStatus;
import software.amazon.awssdk.services.workmail.model.EntityNotFoundException;
import software.amazon.awssdk.services.workmail.model.EntityState;
import software.amazon.awssdk.services.workmail.model.EntityStateException;
import software.amazon.awssdk.services.workmail.model.Member;
import software.amazon.awssdk.services.workmail.model.MemberType;
import software.amazon.awssdk.services.workmail.model.OrganizationStateException;
import software.amazon.awssdk.services.workmail.model.ResourceType;
import software.amazon.awssdk.services.workmail.model.User;

/** The whole life of an organization and of what is in it. */
class LifeTest {
  private final Organization organization = Organization.create();
  private final WorkMailClient client = organization.client();
  private final String id = organization.id();

  @Test
  void anOrganizationLivesFromItsCreationToItsDeletion() {
    assertEquals("Active", client.describeOrganization(r -> r.organizationId(id)).state());

    // Its domain.
    organization.registerDomain("acme.test");
    client.updateDefaultMailDomain(r -> r.organizationId(id).domainName("acme.test"));
    var domain = client.getMailDomain(r -> r.organizationId(id).domainName("acme.test"));
    assertEquals(DnsRecordVerificationStatus.VERIFIED, domain.ownershipVerificationStatus());
    assertTrue(domain.isDefault());
    assertEquals(2, client.listMailDomains(r -> r.organizationId(id)).mailDomains().size());

    // What is in it.
    String alice = organization.createUser("alice");
    String bob = organization.createUser("bob");
    String group = client.createGroup(r -> r.organizationId(id).name("all")).groupId();
    String room = client.createResource(r -> r.organizationId(id).name("room").type(ResourceType.ROOM)).resourceId();
    assertEquals(EntityState.DISABLED, organization.describeUser(alice).state());

    // Addresses.
    Map.of(alice, "alice@acme.test", bob, "bob@acme.test", group, "all@acme.test", room, "room@acme.test")
        .forEach((entity, email) -> {
          organization.register(entity, email);
          assertEquals(entity, client.describeEntity(r -> r.organizationId(id).email(email)).entityId());
        });
    client.createAlias(r -> r.organizationId(id).entityId(alice).alias("al@acme.test"));
    var aliases = client.listAliases(r -> r.organizationId(id).entityId(alice)).aliases();
    assertEquals(List.of("alice@acme.test", "al@acme.test"), aliases);

    // Members and delegates.
    client.associateMemberToGroup(r -> r.organizationId(id).groupId(group).memberId(alice));
    client.associateDelegateToResource(r -> r.organizationId(id).resourceId(room).entityId(alice));
    List<Member> members = client.listGroupMembers(r -> r.organizationId(id).groupId(group)).members();
    assertEquals(List.of(alice), members.stream().map(Member::id).toList());
    assertEquals(MemberType.USER, members.get(0).type());
    var delegates = client.listResourceDelegates(r -> r.organizationId(id).resourceId(room)).delegates();
    assertEquals(List.of(alice), delegates.stream().map(delegate -> delegate.id()).toList());

    // Listed and described.
    List<User> users = client.listUsers(r -> r.organizationId(id)).users();
    assertEquals(List.of("alice@acme.test", "bob@acme.test"), users.stream().map(User::email).toList());
    assertEquals(EntityState.ENABLED, users.get(1).state());
    assertEquals("all@acme.test", client.listGroups(r -> r.organizationId(id)).groups().get(0).email());
    assertEquals("ROOM", client.listResources(r -> r.organizationId(id)).resources().get(0).typeAsString());
    assertEquals(EntityState.ENABLED, client.describeGroup(r -> r.organizationId(id).groupId(group)).state());
    var booking = client.describeResource(r -> r.organizationId(id).resourceId(room)).bookingOptions();
    assertEquals(List.of(true, false, true), List.of(booking.autoAcceptRequests(),
        booking.autoDeclineRecurringRequests(), booking.autoDeclineConflictingRequests()));

    keepTheMailboxFor30Days(alice);
    delete(alice);
  }

  private void keepTheMailboxFor30Days(String alice) {
    Instant provisioned = organization.describeUser(alice).mailboxProvisionedDate();
    assertThrows(EntityStateException.class, () -> client.deleteUser(r -> r.organizationId(id).userId(alice)));
    client.deregisterFromWorkMail(r -> r.organizationId(id).entityId(alice));
    assertEquals(List.of(), Control.advance("P29D"));
    organization.register(alice, "alice@acme.test");
    assertEquals(provisioned, organization.describeUser(alice).mailboxProvisionedDate());
    assertEquals(51200, client.getMailboxDetails(r -> r.organizationId(id).userId(alice)).mailboxQuota());

    client.deregisterFromWorkMail(r -> r.organizationId(id).entityId(alice));
    assertEquals(List.of("the mailbox of alice is deleted"), Control.advance("P31D"));
    assertThrows(EntityNotFoundException.class,
        () -> client.getMailboxDetails(r -> r.organizationId(id).userId(alice)));
  }

  private void delete(String alice) {
    client.deleteUser(r -> r.organizationId(id).userId(alice));
    assertEquals(EntityState.DELETED, organization.describeUser(alice).state());
    client.deleteOrganization(r -> r.organizationId(id).deleteDirectory(true).forceDelete(true));
    assertEquals("Deleted", client.describeOrganization(r -> r.organizationId(id)).state());
    var exception = assertThrows(OrganizationStateException.class, () -> client.listUsers(r -> r.organizationId(id)));
    assertEquals("Organization " + id + " is not Active, state: Deleted", exception.awsErrorDetails().errorMessage());
  }
}

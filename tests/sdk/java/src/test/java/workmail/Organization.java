package workmail;

import java.util.concurrent.ThreadLocalRandom;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.workmail.WorkMailClient;
import software.amazon.awssdk.services.workmail.model.DescribeUserResponse;

/** An Active organization with a client whose account is its own, so that it sees nothing of the other tests. */
record Organization(WorkMailClient client, String account, String id) {
  static Organization create() {
    String account = Long.toString(ThreadLocalRandom.current().nextLong(100_000_000_000L, 1_000_000_000_000L));
    // Endpoint and region are those of the environment.
    WorkMailClient client = WorkMailClient.builder()
        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(account, "anything")))
        .build();
    // Aliases are unique among all accounts.
    String alias = "acme-" + account;
    return new Organization(client, account, client.createOrganization(r -> r.alias(alias)).organizationId());
  }

  String createUser(String name) {
    return client.createUser(r -> r.organizationId(id).name(name).displayName(name)).userId();
  }

  void registerDomain(String name) {
    client.registerMailDomain(r -> r.organizationId(id).domainName(name));
  }

  void register(String entity, String email) {
    client.registerToWorkMail(r -> r.organizationId(id).entityId(entity).email(email));
  }

  DescribeUserResponse describeUser(String user) {
    return client.describeUser(r -> r.organizationId(id).userId(user));
  }
}

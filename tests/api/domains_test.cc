#include "tests/api/api_test.h"

namespace workmail::test {
namespace {

using std::chrono::seconds;

class Domains : public ApiTest {
 protected:
  Domains() { organization(); }

  static auto named(const std::string& name) -> std::string { return "'DomainName': '" + name + "'"; }
  auto pending() -> void {
    restart({.domains_become_verified = false});
    organization();
  }
  void set_ownership(const std::string& name, store::VerificationStatus status) {
    const auto head = *store_->organizations.head(account_, region_, organization_id_);
    store_->domains.set_status(store_->domains.find(head.number, name)->number, status, status);
  }
};

TEST_F(Domains, BeginWithTheTestDomain) {
  const auto listed = ok("ListMailDomains");
  EXPECT_EQ(listed.list("MailDomains", "DomainName"), (std::vector<std::string>{"acme.awsapps.com"}));
  const auto domain = ok("GetMailDomain", named("acme.awsapps.com"));
  EXPECT_EQ(domain["IsTestDomain"], "true");
  EXPECT_EQ(domain["IsDefault"], "true");
  EXPECT_EQ(domain["OwnershipVerificationStatus"], "VERIFIED");
  EXPECT_EQ(domain["DkimVerificationStatus"], "VERIFIED");
  EXPECT_EQ(domain["Records"], "[]");
}

TEST_F(Domains, AreVerifiedAutomaticallyAfterThePace) {
  restart({.pace = seconds(20)});
  organization();
  advance(seconds(20));
  ok("RegisterMailDomain", named("Acme.Example"));
  EXPECT_EQ(ok("GetMailDomain", named("acme.example"))["OwnershipVerificationStatus"], "PENDING");
  advance(seconds(19));
  EXPECT_EQ(ok("GetMailDomain", named("acme.example"))["DkimVerificationStatus"], "PENDING");
  advance(seconds(1));
  EXPECT_EQ(ok("GetMailDomain", named("ACME.example"))["OwnershipVerificationStatus"], "VERIFIED");
  EXPECT_EQ(ok("GetMailDomain", named("acme.example"))["IsTestDomain"], "false");
}

TEST_F(Domains, ShowOwnershipAndDkimApart) {
  pending();
  ok("RegisterMailDomain", named("acme.example"));
  const auto head = *store_->organizations.head(account_, region_, organization_id_);
  const auto number = store_->domains.find(head.number, "acme.example")->number;
  for (const auto& [ownership, dkim] :
       {std::pair(store::VerificationStatus::Verified, store::VerificationStatus::Failed),
        std::pair(store::VerificationStatus::Failed, store::VerificationStatus::Verified)}) {
    store_->domains.set_status(number, ownership, dkim);
    const auto domain = ok("GetMailDomain", named("acme.example"));
    EXPECT_EQ(domain["OwnershipVerificationStatus"], store::word(ownership));
    EXPECT_EQ(domain["DkimVerificationStatus"], store::word(dkim));
  }
  // Addresses need only the verified ownership.
  EXPECT_EQ(error("UpdateDefaultMailDomain", named("acme.example")), "MailDomainStateException");
  store_->domains.set_status(number, store::VerificationStatus::Verified, store::VerificationStatus::Pending);
  ok("UpdateDefaultMailDomain", named("acme.example"));
  user("alice", "alice@acme.example");
}

TEST_F(Domains, StayPendingWhenConfigured) {
  pending();
  ok("RegisterMailDomain", named("acme.example"));
  advance(kDay * 365);
  EXPECT_EQ(ok("GetMailDomain", named("acme.example"))["OwnershipVerificationStatus"], "PENDING");
  EXPECT_EQ(error("UpdateDefaultMailDomain", named("acme.example")), "MailDomainStateException");
  const auto alice = user("alice");
  EXPECT_EQ(error("RegisterToWorkMail", "'EntityId': '" + alice + "', 'Email': 'alice@acme.example'"),
            "MailDomainStateException");
  set_ownership("acme.example", store::VerificationStatus::Failed);
  EXPECT_EQ(ok("GetMailDomain", named("acme.example"))["DkimVerificationStatus"], "FAILED");
  EXPECT_EQ(error("RegisterToWorkMail", "'EntityId': '" + alice + "', 'Email': 'alice@acme.example'"),
            "MailDomainStateException");
  ok("DeregisterMailDomain", named("acme.example"));
}

TEST_F(Domains, AskForTheSameRecordsEveryTime) {
  ok("RegisterMailDomain", named("acme.example"));
  const auto domain = ok("GetMailDomain", named("acme.example"));
  EXPECT_EQ(domain.list("Records", "Type"),
            (std::vector<std::string>{"MX", "TXT", "CNAME", "CNAME", "CNAME", "CNAME", "TXT", "TXT"}));
  const auto hosts = domain.list("Records", "Hostname");
  const auto values = domain.list("Records", "Value");
  EXPECT_EQ(hosts[0], "acme.example.");
  EXPECT_EQ(values[0], "10 inbound-smtp.us-east-1.amazonaws.com.");
  EXPECT_EQ(hosts[1], "_amazonses.acme.example.");
  EXPECT_EQ(values[1].size(), 44U);
  EXPECT_EQ(hosts[2], "autodiscover.acme.example.");
  EXPECT_EQ(values[2], "autodiscover.mail.us-east-1.awsapps.com.");
  for (const std::size_t i : {3U, 4U, 5U}) {
    EXPECT_EQ(hosts[i].substr(32), "._domainkey.acme.example.");
    EXPECT_EQ(values[i], hosts[i].substr(0, 32) + ".dkim.amazonses.com.");
  }
  EXPECT_EQ(hosts[6] + " " + values[6], "acme.example. v=spf1 include:amazonses.com ~all");
  EXPECT_EQ(hosts[7] + " " + values[7], "_dmarc.acme.example. v=DMARC1;p=quarantine;pct=100;fo=1");
  EXPECT_EQ(ok("GetMailDomain", named("acme.example")).text(), domain.text());
}

TEST_F(Domains, AreRegisteredAgainWithoutEffect) {
  ok("RegisterMailDomain", named("acme.example"));
  ok("ListMailDomains");
  ok("RegisterMailDomain", named("ACME.EXAMPLE"));
  ok("RegisterMailDomain", named("acme.awsapps.com"));
  EXPECT_EQ(ok("ListMailDomains").list("MailDomains").size(), 2U);
  EXPECT_EQ(ok("GetMailDomain", named("acme.example"))["OwnershipVerificationStatus"], "VERIFIED");
}

TEST_F(Domains, BelongToOneOrganizationOfAnAccountAndRegion) {
  ok("RegisterMailDomain", named("acme.example"));
  organization("two");
  EXPECT_EQ(error("RegisterMailDomain", named("acme.example")), "MailDomainInUseException");
  EXPECT_EQ(error("RegisterMailDomain", named("acme.awsapps.com")), "MailDomainInUseException");
  as("111122223333");
  organization("three");
  ok("RegisterMailDomain", named("acme.example"));
  as("000000000000", "eu-west-1");
  organization("four");
  ok("RegisterMailDomain", named("acme.example"));
}

TEST_F(Domains, AreFreeAgainWhenTheirOrganizationIsDeleted) {
  ok("RegisterMailDomain", named("acme.example"));
  ok("DeleteOrganization", "'DeleteDirectory': true");
  organization("two");
  ok("RegisterMailDomain", named("acme.example"));
}

TEST_F(Domains, MustLookLikeDomains) {
  for (const char* name :
       {"nodot", "ends.with.dot.", ".starts.with.dot", "two..dots", "other.awsapps.com", "-hyphen.example",
        "hyphen-.example", "awsapps.com", "AWSapps.com", "1.2.3.4", "a.b", "acme.example.c0m"}) {
    EXPECT_EQ(error("RegisterMailDomain", named(name)), "InvalidParameterException") << name;
    EXPECT_EQ(error("CreateOrganization", "'Alias': 'two', 'Domains': [{'DomainName': '" + std::string(name) + "'}]"),
              "InvalidParameterException")
        << name;
  }
  for (const char* name : {"my-awsapps.com", "1.2.3.io", "a.bc"}) ok("RegisterMailDomain", named(name));
}

TEST_F(Domains, HaveLabelsOfAtMost63Letters) {
  const auto label = [](std::size_t length) { return std::string(length, 'a'); };
  ok("RegisterMailDomain", named(label(63) + ".example"));
  ok("RegisterMailDomain", named("a." + label(63)));
  EXPECT_EQ(error("RegisterMailDomain", named(label(64) + ".example")), "InvalidParameterException");
  EXPECT_EQ(error("RegisterMailDomain", named("a." + label(64))), "InvalidParameterException");
  EXPECT_EQ(error("RegisterMailDomain", named("a." + label(64) + ".example")), "InvalidParameterException");
}

TEST_F(Domains, AreAtMostAThousand) {
  for (int i = 0; i < 999; ++i) ok("RegisterMailDomain", named("d" + std::to_string(i) + ".example"));
  EXPECT_EQ(error("RegisterMailDomain", named("one-more.example")), "LimitExceededException");
}

TEST_F(Domains, CanBeTheDefaultWhenVerified) {
  ok("RegisterMailDomain", named("acme.example"));
  ok("UpdateDefaultMailDomain", named("ACME.example"));
  EXPECT_EQ(ok("DescribeOrganization")["DefaultMailDomain"], "acme.example");
  EXPECT_EQ(ok("ListMailDomains").list("MailDomains", "DefaultDomain"), (std::vector<std::string>{"false", "true"}));
  EXPECT_EQ(ok("GetMailDomain", named("acme.example"))["IsDefault"], "true");
  EXPECT_EQ(ok("GetMailDomain", named("acme.awsapps.com"))["IsDefault"], "false");
  ok("UpdateDefaultMailDomain", named("acme.example"));
  EXPECT_EQ(error("DeregisterMailDomain", named("acme.example")), "MailDomainInUseException");
  ok("UpdateDefaultMailDomain", named("acme.awsapps.com"));
  ok("DeregisterMailDomain", named("acme.example"));
  EXPECT_EQ(error("UpdateDefaultMailDomain", named("acme.example")), "MailDomainNotFoundException");
}

TEST_F(Domains, AreNotRemovedWhileAnAddressIsInThem) {
  ok("RegisterMailDomain", named("acme.example"));
  const auto alice = user("alice", "alice@acme.awsapps.com");
  ok("CreateAlias", "'EntityId': '" + alice + "', 'Alias': 'al@acme.example'");
  EXPECT_EQ(error("DeregisterMailDomain", named("acme.example")), "MailDomainInUseException");
  EXPECT_EQ(error("DeregisterMailDomain", named("acme.awsapps.com")), "MailDomainInUseException");
  deregister(alice);
  ok("DeregisterMailDomain", named("acme.example"));
  EXPECT_EQ(error("GetMailDomain", named("acme.example")), "MailDomainNotFoundException");
  ok("DeregisterMailDomain", named("acme.example"));
}

TEST_F(Domains, AreListedInPagesInTheOrderOfCreation) {
  ok("RegisterMailDomain", named("b.example"));
  ok("RegisterMailDomain", named("a.example"));
  const auto first = ok("ListMailDomains", "'MaxResults': 2");
  EXPECT_EQ(first.list("MailDomains", "DomainName"), (std::vector<std::string>{"acme.awsapps.com", "b.example"}));
  const auto token = "'NextToken': '" + first["NextToken"] + "'";
  EXPECT_EQ(ok("ListMailDomains", token).list("MailDomains", "DomainName"), (std::vector<std::string>{"a.example"}));
  EXPECT_EQ(error("ListUsers", token), "InvalidParameterException");
  organization("two");
  EXPECT_EQ(error("ListMailDomains", token), "InvalidParameterException");
}

TEST_F(Domains, AreRegisteredOncePerClientToken) {
  ok("RegisterMailDomain", named("acme.example") + ", 'ClientToken': 't'");
  ok("DeregisterMailDomain", named("acme.example"));
  // A repeated call gets the first response and has no effect.
  ok("RegisterMailDomain", named("acme.example") + ", 'ClientToken': 't'");
  EXPECT_EQ(error("GetMailDomain", named("acme.example")), "MailDomainNotFoundException");
  EXPECT_EQ(error("RegisterMailDomain", named("other.example") + ", 'ClientToken': 't'"), "InvalidParameterException");
}

}  // namespace
}  // namespace workmail::test

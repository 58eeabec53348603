// Events of users and AWS outside the API: the changes of each event, and that nothing else changes.
#include "plane_test.h"

namespace workmail::server {
namespace {

constexpr const char* kProviderUser = "01234567-89ab-cdef-0123-456789abcdef";
constexpr const char* kOtherProviderUser = "ffffffff-89ab-cdef-0123-456789abcdef";
constexpr const char* kStore = "d-0123456789";

class Simulate : public PlaneTest {
 protected:
  explicit Simulate(const api::Settings& settings = {}) : PlaneTest(settings) {
    acme_ = organization("acme");
    other_ = organization("other");
    clock_.advance(settings.pace);
    alice_ = user(acme_, "alice");
    bob_ = user(acme_, "bob");
    eve_ = user(other_, "eve");
  }

  auto simulate(const std::string& members) -> std::string {
    return expect(200, "POST", "simulate", "{" + members + "}");
  }
  void expect_refusal(int status, const std::string& part, const std::string& members) {
    expect_error(status, part, "POST", "simulate", "{" + members + "}");
  }
  auto in(const std::string& organization, const std::string& members = {}) -> std::string {
    return "{'OrganizationId':'" + organization + "'" + (members.empty() ? "" : "," + members) + "}";
  }
  auto user_of(const std::string& organization, const std::string& id) -> std::string {
    return call("DescribeUser", in(organization, "'UserId':'" + id + "'"));
  }
  auto mailbox_of(const std::string& organization, const std::string& id) -> std::string {
    return call("GetMailboxDetails", in(organization, "'UserId':'" + id + "'"));
  }
  auto state_of(const std::string& organization) -> std::string {
    return text_of(call("DescribeOrganization", in(organization)), "State");
  }
  // Everything else is unchanged: the other organization and bob.
  auto bystanders() -> std::string {
    return call("DescribeOrganization", in(other_)) + user_of(other_, eve_) + mailbox_of(other_, eve_) +
           call("ListPersonalAccessTokens", in(other_, "'UserId':'" + eve_ + "'")) +
           call("ListMailDomains", in(other_));
  }
  void configure_identity_center(const std::string& organization, const std::string& tokens = "ACTIVE") {
    const std::string instance = "'InstanceArn':'arn:aws:sso:::instance/ssoins-1234567890abcdef'";
    const auto application =
        text_of(call("CreateIdentityCenterApplication", "{'Name':'WorkMail'," + instance + "}"), "ApplicationArn");
    call("PutIdentityProviderConfiguration",
         in(organization, "'AuthenticationMode':'IDENTITY_PROVIDER_ONLY','IdentityCenterConfiguration':{" + instance +
                              ",'ApplicationArn':'" + application +
                              "'},'PersonalAccessTokenConfiguration':{'Status':'" + tokens + "'}"));
  }
  void deregister(const std::string& id) { call("DeregisterFromWorkMail", in(acme_, "'EntityId':'" + id + "'")); }
  void remove(const std::string& id) {
    deregister(id);
    call("DeleteUser", in(acme_, "'UserId':'" + id + "'"));
  }

  std::string acme_;
  std::string other_;
  std::string alice_;
  std::string bob_;
  std::string eve_;
};

TEST_F(Simulate, ChangesOwnershipAndDkimApart) {
  for (const auto& organization : {acme_, other_}) {
    for (const auto* name : {"acme.test", "second.test"}) {
      if (organization == acme_ || name == std::string_view("second.test"))
        call("RegisterMailDomain", in(organization, "'DomainName':'" + organization.substr(30) + name + "'"));
    }
  }
  const std::string name = acme_.substr(30) + "acme.test";
  const auto standing_by = bystanders();
  const auto second = call("GetMailDomain", in(acme_, "'DomainName':'" + acme_.substr(30) + "second.test'"));
  const auto statuses = [&] {
    const auto domain = call("GetMailDomain", in(acme_, "'DomainName':'" + name + "'"));
    return text_of(domain, "OwnershipVerificationStatus") + " " + text_of(domain, "DkimVerificationStatus");
  };
  const auto event = [&](const std::string& named, const std::string& more) {
    simulate("'event':'" + named + "','organizationId':'" + acme_ + "','domain':'" + name + "'" + more);
  };
  EXPECT_EQ(statuses(), "VERIFIED VERIFIED");
  event("domainFailed", ",'verification':'dkim'");
  EXPECT_EQ(statuses(), "VERIFIED FAILED");
  event("domainPending", ",'verification':'ownership'");
  EXPECT_EQ(statuses(), "PENDING FAILED");
  event("domainVerified", ",'verification':'dkim'");
  EXPECT_EQ(statuses(), "PENDING VERIFIED");
  event("domainFailed", "");
  EXPECT_EQ(statuses(), "FAILED FAILED");
  event("domainVerified", ",'verification':'ownership'");
  EXPECT_EQ(statuses(), "VERIFIED FAILED");
  expect_refusal(400, "verification: must be one of ownership, dkim",
                 "'event':'domainFailed','organizationId':'" + acme_ + "','domain':'x.test','verification':'both'");
  EXPECT_EQ(call("GetMailDomain", in(acme_, "'DomainName':'" + acme_.substr(30) + "second.test'")), second);
  EXPECT_EQ(bystanders(), standing_by);
}

TEST_F(Simulate, LimitsTheMessageOfAnOrganization) {
  const auto standing_by = bystanders();
  const auto event = [&](const std::string& message) {
    return "'event':'organizationState','organizationId':'" + acme_ + "','state':'Impaired','message':'" + message +
           "'";
  };
  std::string longest;
  for (int i = 0; i < 256; ++i) longest += "é";
  simulate(event(longest));
  EXPECT_EQ(text_of(call("DescribeOrganization", in(acme_)), "ErrorMessage"), longest);
  expect_refusal(400, "message: must have at most 256 characters", event(longest + "x"));
  EXPECT_EQ(state_of(acme_), "Impaired");
  EXPECT_EQ(bystanders(), standing_by);
}

TEST_F(Simulate, UsesMailboxes) {
  const auto standing_by = bystanders();
  const auto bob = mailbox_of(acme_, bob_);
  const auto event = [&](const std::string& id) {
    return "'event':'mailboxUsed','megabytes':12.5,'userId':'" + id + "'";
  };
  simulate(event(alice_));
  EXPECT_EQ(mailbox_of(acme_, alice_), R"({"MailboxQuota":51200,"MailboxSize":12.5})");
  simulate("'event':'mailboxUsed','megabytes':0,'userId':'" + alice_ + "'");
  EXPECT_EQ(mailbox_of(acme_, alice_), R"({"MailboxQuota":51200,"MailboxSize":0.0})");
  expect_refusal(400, "megabytes: must be 0 or more",
                 "'event':'mailboxUsed','megabytes':-0.1,'userId':'" + alice_ + "'");
  EXPECT_EQ(mailbox_of(acme_, bob_), bob);
  deregister(alice_);
  simulate(event(alice_));
  EXPECT_EQ(mailbox_of(acme_, alice_), R"({"MailboxQuota":51200,"MailboxSize":12.5})");
  remove(bob_);
  expect_refusal(422, "User " + bob_ + " is DELETED.", event(bob_));
  clock_.advance(30 * kDay);
  expect_refusal(422, "User " + alice_ + " has no mailbox.", event(alice_));
  EXPECT_EQ(bystanders(), standing_by);
}

TEST_F(Simulate, DoesNotUseTheMailboxThatARemoteUserHasLeft) {
  const auto standing_by = bystanders();
  const auto bob = mailbox_of(acme_, bob_);
  const std::string event = "'event':'mailboxUsed','megabytes':12.5,'userId':'" + alice_ + "'";
  const auto become = [&](const std::string& role) {
    call("UpdateUser", in(acme_, "'UserId':'" + alice_ + "','Role':'" + role + "'"));
  };
  const std::string refusal = "User " + alice_ + " is a REMOTE_USER, whose mailbox is elsewhere.";
  simulate("'event':'mailboxUsed','megabytes':7,'userId':'" + alice_ + "'");
  become("REMOTE_USER");
  expect_refusal(422, refusal, event);
  deregister(alice_);
  expect_refusal(422, refusal, event);
  EXPECT_EQ(mailbox_of(acme_, alice_), R"({"MailboxQuota":51200,"MailboxSize":7.0})");
  call("RegisterToWorkMail", in(acme_, "'EntityId':'" + alice_ + "','Email':'alice@acme.awsapps.com'"));
  become("USER");
  simulate(event);
  EXPECT_EQ(mailbox_of(acme_, alice_), R"({"MailboxQuota":51200,"MailboxSize":12.5})");
  EXPECT_EQ(mailbox_of(acme_, bob_), bob);
  EXPECT_EQ(bystanders(), standing_by);
}

TEST_F(Simulate, DoesNotTakeAResourceOrGroupForAUser) {
  const auto room = text_of(call("CreateResource", in(acme_, "'Name':'room','Type':'ROOM'")), "ResourceId");
  const auto group = text_of(call("CreateGroup", in(acme_, "'Name':'all'")), "GroupId");
  call("RegisterToWorkMail", in(acme_, "'EntityId':'" + room + "','Email':'room@acme.awsapps.com'"));
  call("RegisterToWorkMail", in(acme_, "'EntityId':'" + group + "','Email':'all@acme.awsapps.com'"));
  for (const auto& id : {room, group, std::string("nobody")}) {
    const std::string of = ",'userId':'" + id + "'";
    expect_refusal(404, "There is no user " + id, "'event':'mailboxUsed','megabytes':1" + of);
    expect_refusal(404, "There is no user " + id,
                   "'event':'personalAccessTokenCreated','name':'phone','scopes':['EWS']" + of);
    expect_refusal(404, "There is no user " + id,
                   "'event':'identityCenterLogin','identityProviderUserId':'" + std::string(kProviderUser) +
                       "','identityProviderIdentityStoreId':'" + kStore + "'" + of);
  }
}

class SimulateTokens : public Simulate {
 protected:
  static auto created(const std::string& user, const std::string& more = "'name':'phone','scopes':['EWS','IMAP']") {
    return "'event':'personalAccessTokenCreated','userId':'" + user + "'," + more;
  }
  static auto used(const std::string& id) {
    return "'event':'personalAccessTokenUsed','personalAccessTokenId':'" + id + "'";
  }
  auto tokens_of(const std::string& user) -> std::string {
    return call("ListPersonalAccessTokens", in(acme_, "'UserId':'" + user + "'"));
  }
};

TEST_F(SimulateTokens, CreatesAndUsesOne) {
  const auto standing_by = bystanders();
  const auto made = simulate(created(alice_));
  const auto id = text_of(made, "id");
  EXPECT_GT(text_of(made, "token").size(), 20U);
  EXPECT_NE(tokens_of(alice_).find(R"("Scopes":["EWS","IMAP"])"), std::string::npos) << tokens_of(alice_);
  const auto second = text_of(simulate(created(alice_, "'name':'second','scopes':['EWS']")), "id");
  clock_.advance(kDay);
  EXPECT_EQ(tokens_of(alice_).find("DateLastUsed"), std::string::npos);
  EXPECT_EQ(simulate(used(id)), "{}");
  EXPECT_EQ(count_of(tokens_of(alice_), R"("DateLastUsed":1767312000.000)"), 1) << tokens_of(alice_);
  EXPECT_EQ(tokens_of(bob_), R"({"PersonalAccessTokenSummaries":[]})");
  EXPECT_EQ(bystanders(), standing_by);
  expect_refusal(404, "There is no personal access token x", used("x"));
}

TEST_F(SimulateTokens, RefusesWhatAwsCouldNotShow) {
  const std::string longest(64, 'n');
  std::string scopes;
  for (int i = 0; i < 10; ++i) scopes += "'" + std::string(256, static_cast<char>('a' + i)) + "',";
  scopes.pop_back();
  simulate(created(alice_, "'name':'" + longest + "','scopes':[" + scopes + "]"));
  const auto name = [&](const std::string& text) {
    expect_refusal(400, "name: must have", created(alice_, "'scopes':['EWS'],'name':'" + text + "'"));
  };
  for (const auto* text : {"", "<", ">", "\\\\", "\\u0001", "\\u007f"}) name(text);
  name(longest + "n");
  const auto scope = [&](const std::string& list) {
    expect_refusal(400, "scopes: must be", created(alice_, "'name':'a','scopes':" + list));
  };
  for (const auto* list : {"['']", "['a<']", "[]", "[1]", "{}"}) scope(list);
  scope("[" + scopes + ",'x']");
  scope("['" + std::string(257, 'x') + "']");
  expect_refusal(400, "scopes: is missing", created(alice_, "'name':'a'"));
  expect_refusal(400, "name: is missing", created(alice_, "'scopes':['EWS']"));
  EXPECT_EQ(count_of(tokens_of(alice_), "PersonalAccessTokenId"), 1);
}

TEST_F(SimulateTokens, WantsAMailboxInUse) {
  const auto id = text_of(simulate(created(alice_)), "id");
  deregister(alice_);
  const std::string refusal = "User " + alice_ + " has no mailbox that is in use.";
  expect_refusal(422, refusal, created(alice_));
  expect_refusal(422, refusal, used(id));
  remove(bob_);
  expect_refusal(422, "User " + bob_ + " has no mailbox that is in use.", created(bob_));
  const auto carol = text_of(call("CreateUser", in(acme_, "'Name':'carol','DisplayName':''")), "UserId");
  expect_refusal(422, "has no mailbox that is in use.", created(carol));
  simulate("'event':'organizationState','state':'Impaired','organizationId':'" + other_ + "'");
  expect_refusal(422, "is Impaired.", created(eve_));
}

TEST_F(SimulateTokens, WantsAModeThatIsActive) {
  configure_identity_center(acme_);
  const auto id = text_of(simulate(created(alice_)), "id");
  configure_identity_center(acme_, "INACTIVE");
  expect_refusal(422, "not active", created(alice_));
  expect_refusal(422, "not active", used(id));
  EXPECT_EQ(tokens_of(alice_).find("DateLastUsed"), std::string::npos);
  EXPECT_EQ(text_of(simulate(created(eve_)), "id").size(), 36U) << "in the other organization";
}

class SimulateLogins : public Simulate {
 protected:
  static auto login(const std::string& user, const std::string& provider_user = kProviderUser,
                    const std::string& identity_store = kStore) {
    return "'event':'identityCenterLogin','userId':'" + user + "','identityProviderUserId':'" + provider_user +
           "','identityProviderIdentityStoreId':'" + identity_store + "'";
  }
};

TEST_F(SimulateLogins, LinkTheUserToIdentityCenter) {
  configure_identity_center(acme_);
  const auto standing_by = bystanders() + user_of(acme_, bob_);
  EXPECT_EQ(simulate(login(alice_)), "{}");
  const auto alice = user_of(acme_, alice_);
  EXPECT_EQ(text_of(alice, "IdentityProviderUserId"), kProviderUser);
  EXPECT_EQ(text_of(alice, "IdentityProviderIdentityStoreId"), kStore);
  EXPECT_EQ(text_of(alice, "Name"), "alice");
  simulate(login(alice_));
  EXPECT_EQ(user_of(acme_, alice_), alice);
  EXPECT_EQ(bystanders() + user_of(acme_, bob_), standing_by);
  // An id that was set before is set again, with the identity store.
  call("UpdateUser",
       in(acme_, "'UserId':'" + bob_ + "','IdentityProviderUserId':'" + std::string(kOtherProviderUser) + "'"));
  simulate(login(bob_, kOtherProviderUser));
  EXPECT_EQ(text_of(user_of(acme_, bob_), "IdentityProviderIdentityStoreId"), kStore);
}

TEST_F(SimulateLogins, AreOfOneEach) {
  configure_identity_center(acme_);
  configure_identity_center(other_);
  simulate(login(alice_));
  expect_refusal(422, "is already in use", login(bob_));
  expect_refusal(422, "of the identity provider", login(alice_, kOtherProviderUser));
  EXPECT_EQ(text_of(user_of(acme_, alice_), "IdentityProviderUserId"), kProviderUser);
  EXPECT_EQ(text_of(user_of(acme_, bob_), "IdentityProviderUserId"), "");
  simulate(login(eve_));
}

TEST_F(SimulateLogins, WantAnIdentityProviderAndAMailbox) {
  expect_refusal(422, "has no identity provider configuration", login(alice_));
  configure_identity_center(acme_);
  deregister(alice_);
  expect_refusal(422, "has no mailbox that is in use.", login(alice_));
  expect_refusal(404, "There is no user x", login("x"));
  for (const auto* id : {"", "x", "01234567-89ab-cdef-0123-456789abcdeg", "0123456789-x"}) {
    expect_refusal(400, "identityProviderUserId: must be", login(bob_, id));
  }
  for (const auto* id : {"", "x", "d-012345678", "d-01234567890"}) {
    expect_refusal(400, "identityProviderIdentityStoreId: must be", login(bob_, kProviderUser, id));
  }
  expect_refusal(400,
                 "userId: is missing; identityProviderUserId: is missing; identityProviderIdentityStoreId: is missing",
                 "'event':'identityCenterLogin'");
  EXPECT_EQ(text_of(user_of(acme_, bob_), "IdentityProviderUserId"), "");
}

class SimulateJobs : public Simulate {
 protected:
  SimulateJobs() : Simulate({.pace = std::chrono::hours(1)}) {}

  auto job(const std::string& organization, const std::string& user) -> std::string {
    return text_of(
        call("StartMailboxExportJob", in(organization, "'EntityId':'" + user + "','ClientToken':'" + user +
                                                           "','RoleArn':'arn:aws:iam::000000000000:role/r',"
                                                           "'KmsKeyArn':'arn:aws:kms:us-east-1:000000000000:key/k',"
                                                           "'S3BucketName':'bucket','S3Prefix':'mail'")),
        "JobId");
  }
  auto described(const std::string& organization, const std::string& id) -> std::string {
    return call("DescribeMailboxExportJob", in(organization, "'JobId':'" + id + "'"));
  }
  static auto completed(const std::string& id) { return "'event':'exportJobCompleted','jobId':'" + id + "'"; }
  static auto failed(const std::string& id, const std::string& more = {}) {
    return "'event':'exportJobFailed','jobId':'" + id + "'" + more;
  }
};

TEST_F(SimulateJobs, EndsOne) {
  const auto alice = job(acme_, alice_);
  const auto bob = job(acme_, bob_);
  const auto eve = job(other_, eve_);
  const auto standing_by = described(acme_, bob) + described(other_, eve);
  clock_.advance(std::chrono::minutes(1));
  EXPECT_EQ(simulate(completed(alice)), "{}");
  EXPECT_EQ(text_of(described(acme_, alice), "State"), "COMPLETED");
  EXPECT_NE(described(acme_, alice).find(R"("EndTime":1767229260.000)"), std::string::npos) << described(acme_, alice);
  EXPECT_EQ(count_of(described(acme_, bob) + described(other_, eve), R"("EstimatedProgress":1,)"), 2);
  clock_.advance(-std::chrono::minutes(1));
  EXPECT_EQ(described(acme_, bob) + described(other_, eve), standing_by);
  simulate(failed(eve, ",'reason':'no key'"));
  EXPECT_EQ(text_of(described(other_, eve), "State"), "FAILED");
  EXPECT_EQ(text_of(described(other_, eve), "ErrorInfo"), "no key");
  simulate(failed(bob));
  EXPECT_EQ(text_of(described(acme_, bob), "ErrorInfo"), "The export failed.");
  EXPECT_EQ(text_of(described(acme_, alice), "State"), "COMPLETED");
}

TEST_F(SimulateJobs, EndsNoneTwice) {
  const auto id = job(acme_, alice_);
  simulate(completed(id));
  const auto ended = described(acme_, id);
  clock_.advance(std::chrono::minutes(1));
  expect_refusal(422, "Mailbox export job " + id + " is COMPLETED.", completed(id));
  expect_refusal(422, "Mailbox export job " + id + " is COMPLETED.", failed(id));
  EXPECT_EQ(described(acme_, id), ended);
  const auto cancelled = job(acme_, bob_);
  call("CancelMailboxExportJob", in(acme_, "'JobId':'" + cancelled + "','ClientToken':'c'"));
  expect_refusal(422, "is CANCELLED.", completed(cancelled));
  const auto late = job(other_, eve_);
  clock_.advance(std::chrono::hours(1));
  expect_refusal(422, "is COMPLETED.", failed(late));
  expect_refusal(404, "There is no mailbox export job x", completed("x"));
}

TEST_F(SimulateJobs, TakesReasonsOfTheLengthOfAws) {
  std::string longest;
  for (int i = 0; i < 1024; ++i) longest += "é";
  const auto id = job(acme_, alice_);
  expect_refusal(400, "reason: must have 1 to 1024 characters", failed(id, ",'reason':'" + longest + "x'"));
  expect_refusal(400, "reason: must have 1 to 1024 characters", failed(id, ",'reason':''"));
  EXPECT_EQ(text_of(described(acme_, id), "State"), "RUNNING");
  simulate(failed(id, ",'reason':'" + longest + "'"));
  EXPECT_EQ(text_of(described(acme_, id), "ErrorInfo"), longest);
}

}  // namespace
}  // namespace workmail::server

#include "tests/api/neighbors.h"

#include <algorithm>
#include <array>
#include <memory>

#include "api/seed/seed.h"
#include "api/service.h"

namespace workmail::test {

namespace {

struct Place {
  const char* name;  // of the organization
  const char* account;
  const char* region;
  const char* id;
};

constexpr std::array<Place, 3> kPlaces{
    {{"neighbor", "000000000000", "us-east-1", kNeighborId},
     {"faraway", "000000000000", "ap-southeast-2", "m-fffffffffffffffffffffffffffffff2"},
     {"stranger", "999999999999", "us-east-1", "m-fffffffffffffffffffffffffffffff3"}}};

constexpr const char* kDocument = R"({
  'IdentityCenterApplications': [{'Name': 'app', 'Account': '<account>', 'Region': '<region>',
    'InstanceArn': 'arn:aws:sso:::instance/ssoins-ffffffffffffffff',
    'ApplicationArn': 'arn:aws:sso::000000000000:application/ssoins-ffffffffffffffff/apl-0000000000000001'}],
  'Organizations': [{'Alias': '<name>', 'Account': '<account>', 'Region': '<region>', 'OrganizationId': '<id>',
    'DirectoryId': 'd-fffffffff<n>',
    'Tags': [{'Key': 'team', 'Value': 'red'}, {'Key': 'k', 'Value': 'v'}],
    'InboundDmarcSettings': {'Enforced': false},
    'Domains': [{'DomainName': '<name>.example', 'HostedZoneId': 'Z1'},
      {'DomainName': 'pending.<name>.example', 'OwnershipVerificationStatus': 'PENDING',
       'DkimVerificationStatus': 'PENDING'}],
    'Users': [
      {'Name': 'alice', 'DisplayName': 'Alice', 'Email': 'alice@<name>.awsapps.com',
       'Aliases': ['al@<name>.awsapps.com'], 'FirstName': 'Alice', 'LastName': 'Neighbor',
       'IdentityProviderUserId': '12345678-1234-1234-1234-123456789012',
       'MailboxPermissions': [{'GranteeId': 'bob', 'PermissionValues': ['FULL_ACCESS']}]},
      {'Name': 'bob', 'Email': 'bob@<name>.awsapps.com', 'HiddenFromGlobalAddressList': true},
      {'Name': 'carol', 'Email': 'carol@<name>.awsapps.com', 'Aliases': ['c@<name>.awsapps.com']},
      {'Name': 'dave'},
      {'Name': 'it', 'Mailbox': {'MailboxSize': 2.5}}],
    'Groups': [
      {'Name': 'all', 'Email': 'all@<name>.awsapps.com', 'Members': ['alice', 'bob', 'staff'],
       'MailboxPermissions': [{'GranteeId': 'alice', 'PermissionValues': ['SEND_AS']}]},
      {'Name': 'staff', 'Email': 'staff@<name>.awsapps.com', 'Members': ['carol']},
      {'Name': 'team'}],
    'Resources': [
      {'Name': 'room', 'Type': 'ROOM', 'Email': 'room@<name>.awsapps.com', 'Delegates': ['alice', 'all'],
       'MailboxPermissions': [{'GranteeId': 'carol', 'PermissionValues': ['SEND_ON_BEHALF']}]},
      {'Name': 'beamer', 'Type': 'EQUIPMENT'}],
    'ImpersonationRoles': [{'Name': 'role', 'Type': 'FULL_ACCESS', 'Rules':
      [{'ImpersonationRuleId': 'rule', 'Effect': 'ALLOW', 'TargetUsers': ['alice']},
       {'ImpersonationRuleId': 'r2', 'Effect': 'DENY'}]},
      {'Name': 'scanner', 'Type': 'READ_ONLY', 'Rules': [{'ImpersonationRuleId': 'rule', 'Effect': 'DENY'}]}],
    'AccessControlRules': [{'Name': 'default', 'Effect': 'ALLOW'},
      {'Name': 'rule', 'Effect': 'DENY', 'IpRanges': ['10.0.0.0/8'], 'UserIds': ['alice']}],
    'MobileDeviceAccessRules': [{'Name': 'rule', 'Effect': 'DENY', 'DeviceTypes': ['iPhone']},
      {'Name': 'other', 'Effect': 'ALLOW'}],
    'MobileDeviceAccessOverrides': [{'UserId': 'alice', 'DeviceId': 'd1', 'Effect': 'DENY'},
      {'UserId': 'bob', 'DeviceId': 'd1', 'Effect': 'ALLOW'}],
    'AvailabilityConfigurations': [
      {'DomainName': 'partner.example', 'EwsProvider': {'EwsEndpoint': 'https://e.example/', 'EwsUsername': 'u'}},
      {'DomainName': 'a.example',
       'LambdaProvider': {'LambdaArn': 'arn:aws:lambda:<region>:123456789012:function:availability'}}],
    'RetentionPolicy': {'Name': 'policy', 'FolderConfigurations':
      [{'Name': 'INBOX', 'Action': 'DELETE', 'Period': 30}, {'Name': 'DRAFTS', 'Action': 'NONE'}]},
    'EmailMonitoringConfiguration': {'LogGroupArn': 'arn:aws:logs:<region>:123456789012:log-group:mail:*'},
    'IdentityProviderConfiguration': {'AuthenticationMode': 'IDENTITY_PROVIDER_AND_DIRECTORY',
      'IdentityCenterConfiguration': {'InstanceArn': 'arn:aws:sso:::instance/ssoins-ffffffffffffffff',
        'ApplicationArn': 'arn:aws:sso::000000000000:application/ssoins-ffffffffffffffff/apl-0000000000000001'},
      'PersonalAccessTokenConfiguration': {'Status': 'ACTIVE', 'LifetimeInDays': 30}},
    'PersonalAccessTokens': [{'UserId': 'alice', 'Name': 'phone', 'PersonalAccessTokenId': 't1',
                              'Scopes': ['workmail:mailbox']},
      {'UserId': 'bob', 'Name': 'tablet', 'PersonalAccessTokenId': 't2', 'Scopes': ['workmail:mailbox']}],
    'MailboxExportJobs': [
      {'EntityId': 'alice', 'State': 'RUNNING', 'FinishTime': '9999-12-31T00:00:00Z',
       'RoleArn': 'arn:aws:iam::123456789012:role/export',
       'KmsKeyArn': 'arn:aws:kms:<region>:123456789012:key/k', 'S3BucketName': 'bucket', 'S3Prefix': 'exports'},
      {'EntityId': 'bob', 'State': 'FAILED', 'ErrorInfo': 'e', 'RoleArn': 'arn:aws:iam::123456789012:role/export',
       'KmsKeyArn': 'arn:aws:kms:<region>:123456789012:key/k', 'S3BucketName': 'bucket', 'S3Prefix': 'exports'}],
    'EmailFlowRules': [
      {'Name': 'rule', 'FlowDirection': 'INBOUND', 'Action': 'DROP'},
      {'Name': 'f', 'FlowDirection': 'OUTBOUND', 'Action': 'BOUNCE'}],
    'Messages': [
      {'MessageId': 'neighbor', 'ReceivedDate': '2026-01-01T00:00:00Z', 'MailFrom': 'a@b.test', 'Content': 'aGk=',
       'Recipients': [{'Address': 'alice@acme.test', 'Outcome': 'DELIVERED'}],
       'Invocations': [{'Rule': 'f', 'FunctionArn': 'arn:aws:lambda:us-east-1:123456789012:function:f',
                        'InvocationId': 'i', 'Event': '{}'}]}]}]})";

// What a document cannot define: events in the far future, and responses to calls with the client tokens of tests.
constexpr const char* kRest = R"(
  UPDATE domain SET verified_at = 253402300799000 WHERE ownership = 'PENDING';
  UPDATE entity SET state = 2, forgotten_at = 253402300799000 WHERE name = 'team';
  UPDATE mailbox SET purged_at = 253402300799000 WHERE purged_at IS NOT NULL;
  UPDATE export_job SET forgotten_at = 253402300799000;
  UPDATE personal_access_token SET expires_at = 253402300799000;
  UPDATE message SET forgotten_at = 253402300799000;
  INSERT INTO client_token (account, region, operation, token, parameters, answer, forgotten_at)
    SELECT account, region, operation, token, '{}', '{"neighbor":"' || alias || '"}', 253402300799000 FROM organization,
      (SELECT 'CreateOrganization' AS operation UNION SELECT 'DeleteOrganization' UNION SELECT 'StartMailboxExportJob'
       UNION SELECT 'CancelMailboxExportJob' UNION SELECT 'CreateImpersonationRole' UNION SELECT 'CreateAvailabilityConfiguration'
       UNION SELECT 'CreateMobileDeviceAccessRule' UNION SELECT 'CreateIdentityCenterApplication'),
      (SELECT 'token' AS token UNION SELECT 't' UNION SELECT 't1')
    WHERE alias <> 'neighbor';
  DELETE FROM setting;
)";

auto replaced(std::string text, const std::string& word, const std::string& by) -> std::string {
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + by.size())) {
    text.replace(at, word.size(), by);
  }
  return text;
}

// A database with only the neighbors, which is copied.
class Neighborhood {
 public:
  explicit Neighborhood(Neighbors which) {
    for (const auto& place : kPlaces) {
      const bool here = &place == kPlaces.data();
      if (which == Neighbors::All || (which == Neighbors::Elsewhere && !here)) add(place);
    }
    store_.connection.execute(kRest);
    tables_ = workmail::test::tables_of(store_);
  }

  static auto of(Neighbors which) -> Neighborhood& {
    static std::array<std::unique_ptr<Neighborhood>, 3> made;
    auto& found = made.at(static_cast<std::size_t>(which));
    if (!found) found = std::make_unique<Neighborhood>(which);
    return *found;
  }

  [[nodiscard]] auto tables() const -> const Tables& { return tables_; }
  void copy_to(store::Store& store) { store.copy_from(store_.connection); }

 private:
  void add(const Place& place) {
    std::string text = kDocument;
    std::replace(text.begin(), text.end(), '\'', '"');
    text = replaced(std::move(text), "<name>", place.name);
    text = replaced(std::move(text), "<account>", place.account);
    text = replaced(std::move(text), "<region>", place.region);
    text = replaced(std::move(text), "<id>", place.id);
    text = replaced(std::move(text), "<n>", std::string(1, std::string_view(place.id).back()));
    const auto document = api::parse_seed(text);
    api::Clock clock([] { return Time(); });
    clock.freeze(Time(Duration(1767225600000)));
    api::Ids ids(api::Ids::Mode::Sequential);
    api::Service service(store_, clock, ids, {}, [](const std::string&) {});
    ids.count_from(2);  // as if the organization and its directory had been made
    service.run({place.account, place.region},
                [&](api::Context& context) { return api::apply_seed(context, document); });
  }

  store::Store store_{""};
  Tables tables_;
};

}  // namespace

void make_neighbors(store::Store& store, Neighbors which) {
  if (which != Neighbors::None) Neighborhood::of(which).copy_to(store);
}

auto tables_of(Neighbors which) -> const Tables& {
  return Neighborhood::of(which).tables();
}

}  // namespace workmail::test

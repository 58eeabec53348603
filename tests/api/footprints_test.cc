// Which rows each operation adds (+), changes (~) and removes (-): only the rows that it is about. Each row has a
// similar one in the same organization, in another region and in another account.
#include <cctype>

#include "api/scheduled_events.h"
#include "tests/api/api_test.h"

namespace workmail::test {
namespace {

class Footprints : public ApiTest {
 protected:
  Footprints() { begin(); }

  // Uses the organization that is the neighbor in other tests.
  void begin() {
    restart_among(Neighbors::All);
    forget_neighbors();
    organization_id_ = kNeighborId;
    ids_.count_from(1000);  // after those of the neighbors
  }

  // Replaces $name by the identifier of the entity.
  auto with_ids(std::string members) -> std::string {
    for (auto at = members.find('$'); at != std::string::npos; at = members.find('$', at)) {
      auto end = at + 1;
      while (end < members.size() && std::isalnum(static_cast<unsigned char>(members[end])) != 0) ++end;
      members.replace(at, end - at, id_of(members.substr(at + 1, end - at - 1)));
    }
    return members;
  }

  auto id_of(const std::string& name) -> std::string {
    const auto in_organization = " WHERE organization = (SELECT number FROM organization WHERE id = '" +
                                 organization_id_ + "') AND name = '" + name + "'";
    const std::string sql = "SELECT id FROM entity" + in_organization + " UNION ALL SELECT id FROM impersonation_role" +
                            in_organization + " UNION ALL SELECT id FROM retention_policy" + in_organization +
                            " UNION ALL SELECT id FROM mobile_device_access_rule" + in_organization;
    store::Statement find(store_->connection, sql.c_str());
    return find.first([](store::Rows& row) { return row.next<std::string>(); }).value();
  }

  auto job_of(const std::string& name) -> std::string {
    const std::string sql = "SELECT id FROM export_job WHERE entity_id = '" + id_of(name) +
                            "' AND organization = (SELECT number FROM organization WHERE id = '" + organization_id_ +
                            "')";
    store::Statement find(store_->connection, sql.c_str());
    return find.first([](store::Rows& row) { return row.next<std::string>(); }).value();
  }

  // What the call changes.
  auto of(std::string_view operation, const std::string& members) -> std::string {
    const auto before = tables_of(*store_);
    ok(operation, with_ids(members));
    return changes(before, tables_of(*store_));
  }
};

struct Footprint {
  const char* operation;
  std::string members;
  const char* changes;
};

const std::string kExport =
    "'RoleArn': 'arn:aws:iam::123456789012:role/export', 'KmsKeyArn': 'arn:aws:kms:us-east-1:123456789012:key/k',"
    " 'S3BucketName': 'bucket', 'S3Prefix': 'exports'";
const std::string kArn =
    "'ResourceARN': 'arn:aws:workmail:us-east-1:000000000000:organization/m-" + std::string(31, 'f') + "1'";
const std::string kInstance = "'InstanceArn': 'arn:aws:sso:::instance/ssoins-ffffffffffffffff'";
const std::string kApplication =
    "'ApplicationArn': 'arn:aws:sso::000000000000:application/ssoins-ffffffffffffffff/apl-0000000000000001'";
const std::string kLambda = "'LambdaProvider': {'LambdaArn': 'arn:aws:lambda:us-east-1:123456789012:function:other'}";

const std::vector<Footprint> kEntities{
    {"CreateUser", "'Name': 'new', 'DisplayName': 'x'", "entity +1"},
    {"CreateGroup", "'Name': 'new'", "entity +1"},
    {"CreateResource", "'Name': 'new', 'Type': 'ROOM'", "entity +1"},
    {"UpdateUser", "'UserId': 'alice', 'FirstName': 'A', 'HiddenFromGlobalAddressList': true", "entity ~1"},
    {"UpdateGroup", "'GroupId': 'all', 'HiddenFromGlobalAddressList': true", "entity ~1"},
    {"UpdateResource", "'ResourceId': 'room', 'Name': 'hall', 'HiddenFromGlobalAddressList': true", "entity ~1"},
    {"UpdateResource", "'ResourceId': 'room', 'Description': 'd'", "entity ~1"},
    {"ResetPassword", "'UserId': '$alice', 'Password': 'Passw0rd!'", ""},
    {"RegisterToWorkMail", "'EntityId': '$dave', 'Email': 'dave@neighbor.awsapps.com'",
     "address +1, entity ~1, mailbox +1"},
    {"RegisterToWorkMail", "'EntityId': '$it', 'Email': 'it@neighbor.awsapps.com'",
     "address +1, entity ~1, mailbox ~1"},
    {"DeregisterFromWorkMail", "'EntityId': '$alice'", "address -2, entity ~1, mailbox ~1"},
    {"DeregisterFromWorkMail", "'EntityId': '$all'", "address -1, entity ~1"},
    {"DeregisterFromWorkMail", "'EntityId': '$room'", "address -1, entity ~1, mailbox ~1"},
    {"DeleteUser", "'UserId': '$dave'", "entity ~1"},
    {"DeleteResource", "'ResourceId': '$beamer'", "entity ~1"},
    {"CreateAlias", "'EntityId': '$alice', 'Alias': 'new@neighbor.awsapps.com'", "address +1"},
    {"DeleteAlias", "'EntityId': '$alice', 'Alias': 'al@neighbor.awsapps.com'", "address -1"},
    {"DeleteAlias", "'EntityId': '$alice', 'Alias': 'c@neighbor.awsapps.com'", ""},
    {"UpdatePrimaryEmailAddress", "'EntityId': '$alice', 'Email': 'new@neighbor.awsapps.com'", "address +1, entity ~1"},
    {"UpdatePrimaryEmailAddress", "'EntityId': '$alice', 'Email': 'al@neighbor.awsapps.com'", "entity ~1"},
    {"AssociateMemberToGroup", "'GroupId': 'staff', 'MemberId': 'alice'", "group_member +1"},
    {"AssociateMemberToGroup", "'GroupId': 'all', 'MemberId': 'alice'", ""},
    {"DisassociateMemberFromGroup", "'GroupId': 'all', 'MemberId': 'alice'", "group_member -1"},
    {"AssociateDelegateToResource", "'ResourceId': 'room', 'EntityId': 'bob'", "resource_delegate +1"},
    {"AssociateDelegateToResource", "'ResourceId': 'room', 'EntityId': 'alice'", ""},
    {"DisassociateDelegateFromResource", "'ResourceId': 'room', 'EntityId': 'alice'", "resource_delegate -1"},
    {"PutMailboxPermissions", "'EntityId': 'alice', 'GranteeId': 'carol', 'PermissionValues': ['SEND_AS']",
     "mailbox_permission +1"},
    {"PutMailboxPermissions", "'EntityId': 'alice', 'GranteeId': 'bob', 'PermissionValues': ['SEND_AS']",
     "mailbox_permission ~1"},
    {"PutMailboxPermissions", "'EntityId': 'alice', 'GranteeId': 'bob', 'PermissionValues': []",
     "mailbox_permission -1"},
    {"DeleteMailboxPermissions", "'EntityId': 'alice', 'GranteeId': 'bob'", "mailbox_permission -1"},
    {"DeleteMailboxPermissions", "'EntityId': 'bob', 'GranteeId': 'alice'", ""},
    {"UpdateMailboxQuota", "'UserId': 'alice', 'MailboxQuota': 100", "mailbox ~1"},
    {"StartMailboxExportJob", "'EntityId': 'carol', 'ClientToken': 'new', " + kExport,
     "client_token +1, export_job +1"},
    {"DeletePersonalAccessToken", "'PersonalAccessTokenId': 't1'", "personal_access_token -1"},
    {"PutMobileDeviceAccessOverride", "'UserId': 'carol', 'DeviceId': 'd1', 'Effect': 'DENY'",
     "mobile_device_access_override +1"},
    {"PutMobileDeviceAccessOverride", "'UserId': 'alice', 'DeviceId': 'D1', 'Effect': 'ALLOW'",
     "mobile_device_access_override ~1"},
    {"DeleteMobileDeviceAccessOverride", "'UserId': 'alice', 'DeviceId': 'd1'", "mobile_device_access_override -1"},
};

const std::vector<Footprint> kConfiguration{
    {"CreateOrganization", "'Alias': 'new'",
     "access_control_rule +1, domain +1, mobile_device_access_rule +1, organization +1"},
    {"DeleteOrganization", "'DeleteDirectory': true, 'ForceDelete': true", "organization ~1"},
    {"RegisterMailDomain", "'DomainName': 'new.example'", "domain +1"},
    {"DeregisterMailDomain", "'DomainName': 'pending.neighbor.example'", "domain -1"},
    {"UpdateDefaultMailDomain", "'DomainName': 'neighbor.example'", "organization ~1"},
    {"PutInboundDmarcSettings", "'Enforced': true", "organization ~1"},
    {"PutAccessControlRule", "'Name': 'new', 'Effect': 'DENY', 'Description': 'd'", "access_control_rule +1"},
    {"PutAccessControlRule", "'Name': 'rule', 'Effect': 'ALLOW', 'Description': 'd'", "access_control_rule ~1"},
    {"DeleteAccessControlRule", "'Name': 'rule'", "access_control_rule -1"},
    {"CreateImpersonationRole",
     "'Name': 'new', 'Type': 'READ_ONLY', 'Rules': [{'ImpersonationRuleId': 'rule', 'Effect': 'ALLOW'}]",
     "impersonation_role +1, impersonation_rule +1"},
    {"UpdateImpersonationRole", "'ImpersonationRoleId': '$role', 'Name': 'new', 'Type': 'READ_ONLY', 'Rules': []",
     "impersonation_role ~1, impersonation_rule -2"},
    {"DeleteImpersonationRole", "'ImpersonationRoleId': '$role'", "impersonation_role -1, impersonation_rule -2"},
    {"AssumeImpersonationRole", "'ImpersonationRoleId': '$role'", ""},
    {"CreateMobileDeviceAccessRule", "'Name': 'new', 'Effect': 'DENY'", "mobile_device_access_rule +1"},
    {"UpdateMobileDeviceAccessRule", "'MobileDeviceAccessRuleId': '$other', 'Name': 'new', 'Effect': 'DENY'",
     "mobile_device_access_rule ~1"},
    {"DeleteMobileDeviceAccessRule", "'MobileDeviceAccessRuleId': '$other'", "mobile_device_access_rule -1"},
    {"CreateAvailabilityConfiguration", "'DomainName': 'new.example', " + kLambda, "availability_configuration +1"},
    {"UpdateAvailabilityConfiguration", "'DomainName': 'partner.example', " + kLambda, "availability_configuration ~1"},
    {"DeleteAvailabilityConfiguration", "'DomainName': 'partner.example'", "availability_configuration -1"},
    {"TestAvailabilityConfiguration", "'DomainName': 'partner.example'", ""},
    {"PutRetentionPolicy", "'Id': '$policy', 'Name': 'new', 'FolderConfigurations': []",
     "retention_folder -2, retention_policy ~1"},
    {"DeleteRetentionPolicy", "'Id': '$policy'", "retention_folder -2, retention_policy -1"},
    {"PutEmailMonitoringConfiguration", "'LogGroupArn': 'arn:aws:logs:us-east-1:123456789012:log-group:other:*'",
     "email_monitoring ~1"},
    {"DeleteEmailMonitoringConfiguration", "", "email_monitoring -1"},
    {"CreateIdentityCenterApplication", "'Name': 'new', " + kInstance, "identity_center_application +1"},
    {"PutIdentityProviderConfiguration",
     "'AuthenticationMode': 'IDENTITY_PROVIDER_ONLY', 'IdentityCenterConfiguration': {" + kInstance + ", " +
         kApplication + "}, 'PersonalAccessTokenConfiguration': {'Status': 'INACTIVE'}",
     "identity_provider ~1"},
    {"DeleteIdentityProviderConfiguration", "", "identity_provider -1"},
    {"TagResource", kArn + ", 'Tags': [{'Key': 'new', 'Value': 'v'}]", "tag +1"},
    {"TagResource", kArn + ", 'Tags': [{'Key': 'team', 'Value': 'blue'}]", "tag ~1"},
    {"UntagResource", kArn + ", 'TagKeys': ['team']", "tag -1"},
};

TEST_F(Footprints, AreThoseOfOneEntity) {
  for (const auto& [operation, members, expected] : kEntities) {
    begin();
    EXPECT_EQ(of(operation, members), expected) << operation << " " << members;
  }
}

TEST_F(Footprints, AreThoseOfOneConfiguration) {
  for (const auto& [operation, members, expected] : kConfiguration) {
    begin();
    EXPECT_EQ(of(operation, members), expected) << operation << " " << members;
  }
}

TEST_F(Footprints, AreAllThatRefersToADeletedEntity) {
  for (const char* name : {"alice", "all", "room"}) deregister(id_of(name));
  EXPECT_EQ(of("DeleteUser", "'UserId': '$alice'"),
            "entity ~1, group_member -1, mailbox_permission -2, mobile_device_access_override -1,"
            " personal_access_token -1, resource_delegate -1");
  EXPECT_EQ(of("DeleteGroup", "'GroupId': '$all'"), "entity ~1, group_member -2, resource_delegate -1");
  EXPECT_EQ(of("DeleteResource", "'ResourceId': '$room'"), "entity ~1, mailbox_permission -1");
}

TEST_F(Footprints, AreTheRunningJobsOwn) {
  const auto members = "'ClientToken': 'new', 'JobId': '" + job_of("alice") + "'";
  EXPECT_EQ(of("CancelMailboxExportJob", members), "client_token +1, export_job ~1");
}

TEST_F(Footprints, AreTheUnusedApplicationsOwn) {
  ok("DeleteIdentityProviderConfiguration");
  EXPECT_EQ(of("DeleteIdentityCenterApplication", kApplication), "identity_center_application -1");
}

TEST_F(Footprints, AreAllThatIsInADeletedOrganization) {
  const auto before = tables_of(*store_);
  ok("DeleteOrganization", "'DeleteDirectory': true, 'ForceDelete': true");
  ok("ListOrganizations");
  // Applications and responses for client tokens belong to the account.
  const auto after = tables_of(*store_);
  for (const auto& [name, table] : after) {
    const auto rows = before.at(name).rows.size();
    const bool of_account = name == "organization" || name == "client_token" || name == "identity_center_application";
    EXPECT_EQ(table.rows.size(), of_account ? rows : rows * 2 / 3) << name;
  }
}

TEST_F(Footprints, AreAllThatIsInAResetAccount) {
  const auto before = tables_of(*store_);
  service_->baseline().reset_account("000000000000");
  const auto after = tables_of(*store_);
  for (const auto& [name, table] : after) {
    const auto rows = before.at(name).rows.size();
    EXPECT_EQ(table.rows.size(), name == "client_token" ? rows / 2 : rows / 3) << name;
    for (const auto& [key, row] : table.rows) EXPECT_EQ(before.at(name).rows.at(key), row) << name;
  }
  as("999999999999");
  EXPECT_EQ(ok("ListOrganizations").list("OrganizationSummaries", "Alias"), std::vector<std::string>{"stranger"});
}

// The effect of one scheduled event, while the SQL schedules many for now.
TEST_F(Footprints, AreThoseOfTheRowOfAnEvent) {
  struct Event {
    std::string sql;
    const char* changes;
    api::EventKind kind;
    const char* kind_name;
    std::string what;
    const char* entity;  // whom it is about
  };
  const std::string now = std::to_string(kStart.time_since_epoch().count());
  const std::string here = " organization = (SELECT number FROM organization WHERE alias = 'neighbor')";
  const std::string user = "(SELECT number FROM entity WHERE name = '<name>' AND" + here + ")";
  const auto entity = [&](const std::string& name) {
    auto text = user;
    return text.replace(text.find("<name>"), 6, name);
  };
  using enum api::EventKind;
  const std::vector<Event> events{
      {"UPDATE domain SET verified_at = " + now + " WHERE verified_at IS NOT NULL AND" + here, "domain ~1",
       DomainVerified, "domainVerified", "domain pending.neighbor.example is verified", ""},
      {"UPDATE mailbox SET purged_at = " + now + " WHERE entity = " + entity("it"), "mailbox ~1", MailboxDeleted,
       "mailboxDeleted", "the mailbox of it is deleted", "it"},
      {"UPDATE mailbox SET purged_at = " + now + " WHERE entity = " + entity("alice"), "mailbox ~1", MailboxDeleted,
       "mailboxDeleted", "the mailbox of alice is deleted", "alice"},
      {"UPDATE entity SET forgotten_at = " + now + " WHERE number = " + entity("team"), "entity -1", EntityRemoved,
       "entityRemoved", "the deleted team disappears", "team"},
      {"UPDATE export_job SET finishes_at = " + now + " WHERE state = 'RUNNING' AND" + here, "export_job ~1",
       ExportJobCompleted, "exportJobCompleted", "the mailbox export job " + job_of("alice") + " completes", "alice"},
      {"UPDATE export_job SET forgotten_at = " + now + " WHERE state = 'FAILED' AND" + here, "export_job -1",
       ExportJobRemoved, "exportJobRemoved", "the mailbox export job " + job_of("bob") + " leaves the history", "bob"},
      {"UPDATE personal_access_token SET expires_at = " + now + " WHERE id = 't1' AND" + here,
       "personal_access_token -1", PersonalAccessTokenExpired, "personalAccessTokenExpired",
       "the personal access token phone of alice expires", "alice"},
      {"UPDATE organization SET state = 'Creating', next_state_at = " + now + " WHERE alias = 'neighbor'",
       "organization ~1", OrganizationStateChanged, "organizationStateChanged", "organization neighbor becomes Active",
       ""}};
  for (const auto& event : events) {
    begin();
    store_->connection.execute(event.sql.c_str());
    const auto before = tables_of(*store_);
    store_->due.forget();
    const std::string who = event.entity[0] == '\0' ? "" : id_of(event.entity);
    const auto expect_description = [&](const api::ScheduledEvent& described) {
      EXPECT_EQ(described.at, kStart) << event.sql;
      EXPECT_EQ(described.kind, event.kind) << event.sql;
      EXPECT_EQ(enum_names(described.kind)[static_cast<std::size_t>(described.kind)], event.kind_name) << event.sql;
      EXPECT_EQ(described.what, event.what);
      EXPECT_EQ(described.organization_id, kNeighborId) << event.sql;
      EXPECT_EQ(described.entity_id.value_or(""), who) << event.sql;
    };
    // First, events are only listed, which changes nothing.
    expect_description(api::next_due(*store_).value());
    expect_description(api::upcoming(*store_, 2).at(0));
    EXPECT_EQ(api::upcoming(*store_, 2).size(), 2U);
    EXPECT_EQ(changes(before, tables_of(*store_)), "") << event.sql;
    const auto happened = service_->catch_up();
    ASSERT_EQ(happened.size(), 1U) << event.sql;
    expect_description(happened.front());
    EXPECT_EQ(changes(before, tables_of(*store_)), event.changes) << event.sql;
  }
}

// Every list, complete and in pages of one and two rows: the same rows in the same order, without duplicates.
TEST_F(Footprints, AreTheSameForAListInPages) {
  struct List {
    const char* operation;
    std::string members;
    const char* list;
    std::size_t size;
  };
  const std::vector<List> lists{
      {"ListOrganizations", "", "OrganizationSummaries", 2},
      {"ListUsers", "", "Users", 5},
      {"ListUsers", "'Filters': {'State': 'ENABLED'}", "Users", 3},
      {"ListUsers", "'Filters': {'State': 'DISABLED'}", "Users", 2},
      {"ListUsers", "'Filters': {'UsernamePrefix': ''}", "Users", 5},
      {"ListUsers", "'Filters': {'PrimaryEmailPrefix': ''}", "Users", 3},
      {"ListUsers", "'Filters': {'DisplayNamePrefix': 'a'}", "Users", 2},
      {"ListUsers", "'Filters': {'IdentityProviderUserIdPrefix': '1234'}", "Users", 2},
      {"ListGroups", "", "Groups", 3},
      {"ListGroups", "'Filters': {'State': 'ENABLED'}", "Groups", 2},
      {"ListGroups", "'Filters': {'NamePrefix': ''}", "Groups", 3},
      {"ListGroups", "'Filters': {'PrimaryEmailPrefix': ''}", "Groups", 2},
      {"ListResources", "", "Resources", 2},
      {"ListResources", "'Filters': {'NamePrefix': ''}", "Resources", 2},
      {"ListGroupMembers", "'GroupId': 'all'", "Members", 3},
      {"ListGroupsForEntity", "'EntityId': 'carol'", "Groups", 2},
      {"ListGroupsForEntity", "'EntityId': 'carol', 'Filters': {'GroupNamePrefix': 's'}", "Groups", 1},
      {"ListResourceDelegates", "'ResourceId': 'room'", "Delegates", 2},
      {"ListMailboxPermissions", "'EntityId': 'alice'", "Permissions", 2},
      {"ListAliases", "'EntityId': '$alice'", "Aliases", 3},
      {"ListMailDomains", "", "MailDomains", 3},
      {"ListImpersonationRoles", "", "Roles", 2},
      {"ListMobileDeviceAccessOverrides", "", "Overrides", 3},
      {"ListMobileDeviceAccessOverrides", "'UserId': 'alice'", "Overrides", 2},
      {"ListMobileDeviceAccessOverrides", "'DeviceId': 'D1'", "Overrides", 2},
      {"ListMobileDeviceAccessOverrides", "'UserId': 'alice', 'DeviceId': 'D1'", "Overrides", 1},
      {"ListAvailabilityConfigurations", "", "AvailabilityConfigurations", 2},
      {"ListPersonalAccessTokens", "", "PersonalAccessTokenSummaries", 2},
      {"ListMailboxExportJobs", "", "Jobs", 2}};
  ok("CreateOrganization", "'Alias': 'second'");
  ok("UpdateUser",
     "'UserId': 'bob', 'DisplayName': 'Anton', 'IdentityProviderUserId': '12345678-1234-1234-1234-000000000002'");
  ok("CreateAlias", with_ids("'EntityId': '$alice', 'Alias': 'second@neighbor.awsapps.com'"));
  ok("AssociateMemberToGroup", "'GroupId': 'all', 'MemberId': 'carol'");
  ok("DisassociateMemberFromGroup", "'GroupId': 'all', 'MemberId': 'staff'");
  ok("PutMailboxPermissions", "'EntityId': 'alice', 'GranteeId': 'carol', 'PermissionValues': ['SEND_AS']");
  ok("PutMobileDeviceAccessOverride", "'UserId': 'alice', 'DeviceId': 'd2', 'Effect': 'DENY'");
  for (const auto& [operation, members, list, size] : lists) {
    const auto input = with_ids(members);
    const auto whole = ok(operation, input).list(list);
    EXPECT_EQ(whole.size(), size) << operation << " " << input;
    for (const char* limit : {"1", "2"}) {
      std::vector<std::string> rows;
      std::string next;
      for (std::size_t pages = 0; pages == 0 || (!next.empty() && pages < 10); ++pages) {
        const auto page = ok(operation, "'MaxResults': " + std::string(limit) + (input.empty() ? "" : ", ") + input +
                                            (next.empty() ? "" : ", 'NextToken': '" + next + "'"));
        for (auto& row : page.list(list)) rows.push_back(std::move(row));
        next = page["NextToken"];
      }
      EXPECT_EQ(rows, whole) << operation << " " << input << " in pages of " << limit;
    }
  }
}

// Which rows a filter finds, among others that almost match.
TEST_F(Footprints, AreThoseThatAFilterNames) {
  struct Filter {
    const char* operation;
    std::string members;
    const char* list;
    const char* member;
    std::vector<std::string> found;
  };
  ok("CreateUser",
     "'Name': 'alicf', 'DisplayName': 'Alicf', 'IdentityProviderUserId': '22345678-1234-1234-1234-123456789012'");
  ok("CreateAlias", with_ids("'EntityId': '$carol', 'Alias': 'alfa@neighbor.awsapps.com'"));
  for (const char* name : {"alb", "alk", "alm", "zoo"}) group(name, std::string(name) + "@neighbor.awsapps.com");
  for (const char* name : {"zoo", "alm", "alk", "alb"}) {
    ok("AssociateMemberToGroup", "'GroupId': '" + std::string(name) + "', 'MemberId': 'alice'");
  }
  const std::vector<Filter> filters{
      {"ListUsers", "'Filters': {'UsernamePrefix': 'Alice'}", "Users", "Name", {"alice"}},
      {"ListUsers", "'Filters': {'UsernamePrefix': 'ali'}", "Users", "Name", {"alice", "alicf"}},
      {"ListUsers", "'Filters': {'DisplayNamePrefix': 'ALICE'}", "Users", "Name", {"alice"}},
      {"ListUsers", "'Filters': {'PrimaryEmailPrefix': 'al'}", "Users", "Name", {"alice"}},
      {"ListUsers", "'Filters': {'PrimaryEmailPrefix': 'b'}", "Users", "Name", {"bob"}},
      {"ListUsers", "'Filters': {'IdentityProviderUserIdPrefix': '1'}", "Users", "Name", {"alice"}},
      {"ListUsers", "'Filters': {'IdentityProviderUserIdPrefix': '0'}", "Users", "Name", {}},
      {"ListUsers", "'Filters': {'State': 'DISABLED'}", "Users", "Name", {"dave", "it", "alicf"}},
      {"ListGroups", "'Filters': {'NamePrefix': 'all'}", "Groups", "Name", {"all"}},
      {"ListGroups", "'Filters': {'PrimaryEmailPrefix': 'all'}", "Groups", "Name", {"all"}},
      {"ListGroups", "'Filters': {'PrimaryEmailPrefix': 'alice'}", "Groups", "Name", {}},
      {"ListGroups", "'Filters': {'State': 'DELETED'}", "Groups", "Name", {"team"}},
      {"ListResources", "'Filters': {'NamePrefix': 'roo'}", "Resources", "Name", {"room"}},
      {"ListResources", "'Filters': {'PrimaryEmailPrefix': 'room'}", "Resources", "Name", {"room"}},
      {"ListResources", "'Filters': {'PrimaryEmailPrefix': 'a'}", "Resources", "Name", {}},
      {"ListGroupsForEntity",
       "'EntityId': 'alice', 'Filters': {'GroupNamePrefix': 'all'}",
       "Groups",
       "GroupName",
       {"all"}},
      {"ListGroupsForEntity",
       "'EntityId': 'alice', 'Filters': {'GroupNamePrefix': 'AL'}",
       "Groups",
       "GroupName",
       {"all", "alb", "alk", "alm"}},
      {"ListMobileDeviceAccessOverrides", "'UserId': 'bob'", "Overrides", "Effect", {"ALLOW"}},
      {"ListMobileDeviceAccessOverrides", "'DeviceId': 'D1'", "Overrides", "Effect", {"DENY", "ALLOW"}},
      {"ListMobileDeviceAccessOverrides", "'DeviceId': 'd'", "Overrides", "Effect", {}},
      {"ListPersonalAccessTokens", "'UserId': 'bob'", "PersonalAccessTokenSummaries", "Name", {"tablet"}}};
  for (const auto& [operation, members, list, member, found] : filters) {
    EXPECT_EQ(ok(operation, members).list(list, member), found) << operation << " " << members;
  }
}

}  // namespace
}  // namespace workmail::test

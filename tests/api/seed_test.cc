#include "tests/api/seeds.h"

namespace workmail::test {
namespace {

TEST_F(Seeds, MakeAUsefulOrganizationOfTenLines) {
  apply(kAcme);
  organization_id_ = ok("ListOrganizations").list("OrganizationSummaries", "OrganizationId").front();
  EXPECT_EQ(ok("DescribeOrganization")["DefaultMailDomain"], "acme.test");
  EXPECT_EQ(ok("DescribeOrganization")["State"], "Active");
  EXPECT_EQ(ok("ListUsers").list("Users", "State"), (std::vector<std::string>{"ENABLED", "DISABLED"}));
  EXPECT_EQ(ok("DescribeUser", "'UserId': 'al@acme.test'")["Email"], "alice@acme.test");
  EXPECT_EQ(ok("ListGroupMembers", "'GroupId': 'all'").list("Members", "Name"), (std::vector<std::string>{"alice"}));
  EXPECT_EQ(ok("ListResourceDelegates", "'ResourceId': 'room-1'").list("Delegates").size(), 1U);
}

TEST_F(Seeds, EqualTheState) {
  apply(kAcme);
  const auto first = state();
  restart({});
  apply(first);
  EXPECT_EQ(state(), first);
}

TEST_F(Seeds, NameThePathOfWhatIsWrong) {
  EXPECT_EQ(refused("{'Organizations': [{'Alias': 'acme', 'Users': [{'Name': 'a'}, {'Name': 'b'},"
                    " {'Name': 'c', 'Email': 'c@elsewhere.example'}]}]}")
                .substr(0, 66),
            "Organizations[0].Users[2].Email: MailDomainNotFoundException: Doma");
  EXPECT_TRUE(ok("ListOrganizations").list("OrganizationSummaries").empty());
  EXPECT_EQ(refused("{'Organisations': []}"), "Unknown member 'Organisations'");
}

// Members as in AWS's samples, a remote user, an application that was deleted, and a directory that was kept.
TEST_F(Seeds, EqualTheStateAfterWhatAwsAllows) {
  apply(
      acme("'Users': [{'Name': 'bob'}, {'Name': 'remote', 'UserRole': 'REMOTE_USER',"
           " 'Email': 'r@acme.awsapps.com', 'Mailbox': {'MailboxQuota': 7,"
           " 'MailboxProvisionedDate': '2025-12-01T00:00:00Z', 'MailboxDeprovisionedDate': '2025-12-20T00:00:00Z'}},"
           " {'Name': 'old', 'DisabledDate': '2025-11-01T00:00:00Z', 'Mailbox': {"
           " 'MailboxProvisionedDate': '2025-10-01T00:00:00Z', 'MailboxDeprovisionedDate': '2025-11-01T00:00:00Z'}}],"
           " 'Groups': [{'Name': 'g', 'Members': ['bob']}], 'IdentityProviderConfiguration':"
           " {'AuthenticationMode': 'IDENTITY_PROVIDER_ONLY', 'IdentityCenterConfiguration':"
           " {'InstanceArn': 'arn:aws:sso:::instance/ssoins-0123456789abcdef', 'ApplicationArn':"
           " 'arn:aws:sso::000000000000:application/ssoins-0123456789abcdef/apl-0123456789abcdef'},"
           " 'PersonalAccessTokenConfiguration': {'Status': 'ACTIVE'}}"));
  organization_id_ = ok("ListOrganizations").list("OrganizationSummaries", "OrganizationId").front();
  EXPECT_EQ(ok("DescribeUser", "'UserId': 'remote'")["State"], "ENABLED");
  EXPECT_EQ(ok("GetMailboxDetails", "'UserId': 'remote'")["MailboxQuota"], "7");
  EXPECT_EQ(error("GetMailboxDetails", "'UserId': 'old'"), "EntityNotFoundException");
  EXPECT_EQ(ok("DescribeUser", "'UserId': 'old'")["MailboxDeprovisionedDate"], "1761955200.0");
  apply(
      "{'Organizations': [{'Alias': 'gone', 'State': 'Deleted', 'DirectoryKept': true, 'DirectoryId': 'd-0123456789',"
      " 'Users': [{'Name': 'u'}], 'Groups': [{'Name': 'g', 'Members': ['u']}]}]}");
  const auto first = state();
  restart({});
  apply(first);
  EXPECT_EQ(state(), first);
}

TEST_F(Seeds, HaveOneKindOfClock) {
  const auto faults = [](const std::string& text) -> std::string {
    try {
      api::parse_seed(text);
    } catch (const api::MalformedSeed& error) {
      return error.what();
    }
    return {};
  };
  const std::string both = R"("Clock": {"Frozen": "2031-01-01T00:00:00Z", "AheadInSeconds": 5})";
  const std::string fault = "Clock: Frozen and AheadInSeconds exclude each other";
  EXPECT_EQ(faults("{" + both + "}"), fault);
  const auto all = faults("{" + both + R"(, "Organizations": [{}]})");
  EXPECT_NE(all.find(fault), std::string::npos) << all;
  EXPECT_NE(all.find("Alias"), std::string::npos) << all;
  EXPECT_EQ(faults(R"({"Clock": {"AheadInSeconds": 5}})"), "");
}

TEST_F(Seeds, CountOnBehindTheIdentifiersThatTheyBring) {
  const auto counted = [&](const std::string& document) {
    restart({});
    apply(document);
    return ids_.counted();
  };
  const std::string organization =
      "{'Organizations': [{'Alias': 'a', 'OrganizationId': 'm-00000000000000000000000000000001', 'DirectoryId':"
      " 'd-0000000002', 'AccessControlRules': [], 'MobileDeviceAccessRules': []";
  EXPECT_EQ(counted(organization + "}]}"), 2U);
  EXPECT_EQ(counted(organization + ", 'Users': [{'Name': 'u', 'UserId': '00000000-0000-4000-8000-0000000000ff'}]}]}"),
            0xFFU);
  EXPECT_EQ(counted(organization + ", 'Users': [{'Name': 'u', 'UserId': '00000000-0000-4000-8000-000000ffffff'}]}]}"),
            0xFFFFFFU);
  // Random identifiers, and texts that are not numbers.
  EXPECT_EQ(counted(organization + ", 'Users': [{'Name': 'u', 'UserId': '00000000-0000-4000-8000-000001000000'}]}]}"),
            2U);
  EXPECT_EQ(counted(organization + ", 'Groups': [{'Name': 'g', 'GroupId': 'S-1-1-11-1111111111-22222222-zzzz'}]}]}"),
            2U);
}

TEST_F(Seeds, RefuseMembersThatAreGivenTwice) {
  EXPECT_EQ(refused("{'Organizations': [\n  {'Alias': 'a', 'Alias': 'b'}]}"),
            "The member 'Alias' is given twice, line 2, column 25");
  EXPECT_EQ(refused("{'Organizations': [], 'Organizations': []}"),
            "The member 'Organizations' is given twice, line 1, column 38");
  EXPECT_EQ(refused("{'Organizations': [{'Alias': 'a', 'Users': [{'Name': 'u'}], 'Alias': 'b'}]}").substr(0, 33),
            "The member 'Alias' is given twice");
  // Adjacent and nested objects have their own members.
  apply("{'Organizations': [{'Alias': 'a', 'Users': [{'Name': 'u'}, {'Name': 'v'}]}, {'Alias': 'b'}]}");
}

TEST_F(Seeds, BoundTheMembersOfAnObject) {
  const auto members = [](int count) {
    std::string text = "{";
    for (int i = 0; i < count; ++i) text += (i == 0 ? "'m" : ", 'm") + std::to_string(i) + "': 0";
    return text + "}";
  };
  EXPECT_EQ(refused(members(100)).substr(0, 19), "Unknown member 'm0'");
  EXPECT_EQ(refused(members(101)).substr(0, 38), "An object has more than 100 members, l");
  EXPECT_EQ(refused("{'" + std::string(100, 'm') + "': 0}").substr(0, 14), "Unknown member");
  EXPECT_EQ(refused("{'" + std::string(101, 'm') + "': 0}").substr(0, 26), "The name of a member is lo");
}

// Each of these once took quadratic time.
TEST_F(Seeds, AreReadInTimeThatGrowsWithThem) {
  constexpr int kMany = 20000;
  std::string chain = "'Groups': [{'Name': 'g0'}";
  for (int i = 1; i < kMany; ++i)
    chain += ", {'Name': 'g" + std::to_string(i) + "', 'Members': ['g" + std::to_string(i - 1) + "']}";
  apply(acme(chain + "]"));
  restart({});
  std::string members;
  for (int i = 0; i < kMany * 10; ++i) members += "'alice', ";
  EXPECT_EQ(refused(acme(std::string(kAlice) + ", 'Groups': [{'Name': 'g', 'Members': [" + members + "]}]")),
            "Organizations[0].Groups[0].Members[1]: InvalidParameterException: alice is given twice");
  std::string same = "{'Organizations': [";
  for (int i = 0; i < 2000; ++i) {
    const auto number = std::to_string(100000000000 + i);
    same += "{'Alias': 'a" + number + "', 'Account': '" + number + "', 'Domains': [{'DomainName': 'same.example'}]}, ";
  }
  apply(same + "]}");
}

TEST_F(Seeds, ListAllFaultsOfADocumentAtOnce) {
  try {
    apply(
        "{'Organizations': [{'Alias': 'a!', 'Colour': 'red', 'CompletedDate': '1969-12-31T23:59:59Z', 'Users': [{},"
        " {'Name': 'b', 'State': 'ASLEEP'}, null]}]}");
    FAIL();
  } catch (const api::MalformedSeed& error) {
    ASSERT_EQ(error.faults().size(), 6U) << error.what();
    EXPECT_NE(std::string(error.what()).find("Organizations[0].Alias"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("Unknown member 'Organizations[0].Colour'"), std::string::npos);
    EXPECT_NE(std::string(error.what()).find("Missing member 'Organizations[0].Users[0].Name'"), std::string::npos)
        << error.what();
    EXPECT_NE(std::string(error.what())
                  .find("Organizations[0].CompletedDate' failed to satisfy constraint: Member must"
                        " be a time as in RFC 3339, from 1970 to 9999"),
              std::string::npos)
        << error.what();
    EXPECT_NE(std::string(error.what()).find("Value null at 'Organizations[0].Users[2]'"), std::string::npos);
    EXPECT_NE(std::string(error.what()).find("Organizations[0].Users[1].State"), std::string::npos) << error.what();
  }
}

TEST_F(Seeds, NameThePlaceWhereADocumentIsNoJson) {
  EXPECT_EQ(refused("{'Organizations': [\n  {'Alias' 'acme'}]}").substr(0, 45),
            "The document is not JSON, line 2, column 12: ");
}

TEST_F(Seeds, TakeCommentsAndCommasBehindTheLast) {
  apply("/* one */ {'Organizations': [ // two\n {'Alias': 'acme', 'Users': [{'Name': 'a',},],},],}");
  EXPECT_EQ(ok("ListOrganizations").list("OrganizationSummaries", "Alias"), (std::vector<std::string>{"acme"}));
}

TEST_F(Seeds, BringTheWholeConfiguration) {
  apply(
      "{'IdentityCenterApplications': [{'Name': 'app', 'InstanceArn': 'arn:aws:sso:::instance/ssoins-0123456789abcdef',"
      " 'ApplicationArn': 'arn:aws:sso::000000000000:application/ssoins-0123456789abcdef/apl-0123456789abcdef'}],"
      " 'Organizations': [{'Alias': 'acme', " +
      std::string(kAlice) +
      ", 'Tags': [{'Key': 'team', 'Value': 'red'}],"
      " 'Resources': [{'Name': 'room', 'Type': 'ROOM', 'Email': 'room@acme.awsapps.com', 'MailboxPermissions':"
      " [{'GranteeId': 'alice', 'PermissionValues': ['SEND_AS', 'FULL_ACCESS']}]}],"
      " 'AvailabilityConfigurations': [{'DomainName': 'a.example', 'DateCreated': '2025-12-01T00:00:00Z',"
      " 'EwsProvider': {'EwsEndpoint': 'https://e.example/', 'EwsUsername': 'u'}}],"
      " 'RetentionPolicy': {'Id': 'policy-1', 'Name': 'p', 'FolderConfigurations':"
      " [{'Name': 'INBOX', 'Action': 'DELETE', 'Period': 30}]},"
      " 'EmailMonitoringConfiguration': {'LogGroupArn': 'arn:aws:logs:us-east-1:123456789012:log-group:mail:*'},"
      " 'InboundDmarcSettings': {'Enforced': false},"
      " 'IdentityProviderConfiguration': {'AuthenticationMode': 'IDENTITY_PROVIDER_ONLY',"
      " 'IdentityCenterConfiguration': {'InstanceArn': 'arn:aws:sso:::instance/ssoins-0123456789abcdef',"
      " 'ApplicationArn': 'arn:aws:sso::000000000000:application/ssoins-0123456789abcdef/apl-0123456789abcdef'},"
      " 'PersonalAccessTokenConfiguration': {'Status': 'ACTIVE', 'LifetimeInDays': 2}},"
      " 'PersonalAccessTokens': [{'UserId': 'alice', 'Name': 'token', 'PersonalAccessTokenId': 't'}],"
      " 'MailboxExportJobs': [{'EntityId': 'alice', 'JobId': 'old', 'State': 'FAILED', 'ErrorInfo': 'No space',"
      " 'StartTime': '2025-12-31T00:00:00Z', 'EndTime': '2025-12-31T01:00:00Z', " +
      kExport + "}, {'EntityId': 'alice@acme.awsapps.com', 'JobId': 'new', " + kExport + "}]}]}");
  organization_id_ = ok("ListOrganizations").list("OrganizationSummaries", "OrganizationId").front();
  const std::string arn =
      "'ResourceARN': 'arn:aws:workmail:us-east-1:000000000000:organization/" + organization_id_ + "'";
  EXPECT_EQ(ok("ListTagsForResource", arn).text(), R"({"Tags":[{"Key":"team","Value":"red"}]})");
  const auto permissions = ok("ListMailboxPermissions", "'EntityId': '" + resource_id("room") + "'");
  EXPECT_EQ(permissions.list("Permissions", "PermissionValues").front(), R"(["FULL_ACCESS","SEND_AS"])");
  const auto availability = ok("ListAvailabilityConfigurations");
  EXPECT_EQ(availability.list("AvailabilityConfigurations", "ProviderType").front(), "EWS");
  EXPECT_EQ(availability.list("AvailabilityConfigurations", "DateCreated").front(), "1764547200.0");
  EXPECT_EQ(ok("GetDefaultRetentionPolicy")["Id"], "policy-1");
  EXPECT_EQ(ok("DescribeEmailMonitoringConfiguration")["RoleArn"],
            "arn:aws:iam::000000000000:role/aws-service-role/events.workmail.amazonaws.com/"
            "AWSServiceRoleForAmazonWorkMailEvents");
  EXPECT_EQ(ok("DescribeInboundDmarcSettings")["Enforced"], "false");
  EXPECT_EQ(ok("DescribeIdentityProviderConfiguration")["AuthenticationMode"], "IDENTITY_PROVIDER_ONLY");
  EXPECT_EQ(ok("GetPersonalAccessTokenMetadata", "'PersonalAccessTokenId': 't'")["ExpiresTime"], "1767398400.0");
  EXPECT_EQ(ok("ListMailboxExportJobs").list("Jobs", "JobId"), (std::vector<std::string>{"new", "old"}));
  EXPECT_EQ(ok("DescribeMailboxExportJob", "'JobId': 'old'")["ErrorInfo"], "No space");
  EXPECT_EQ(ok("DescribeMailboxExportJob", "'JobId': 'new'")["State"], "COMPLETED");
  const auto first = state();
  EXPECT_EQ(first.find("Password"), std::string::npos);
  restart({});
  apply(first);
  EXPECT_EQ(state(), first);
}

TEST_F(Seeds, KeepWhatIsRetained) {
  apply(
      acme("'Users': [{'Name': 'gone', 'UserId': '00000000-0000-0000-0000-000000000001', 'DeletedDate':"
           " '2025-12-31T00:00:00Z', 'Mailbox': {'MailboxDeprovisionedDate': '2025-12-30T00:00:00Z'}},"
           " {'Name': 'left', 'Mailbox': {'MailboxSize': 2.5}}]"));
  organization_id_ = ok("ListOrganizations").list("OrganizationSummaries", "OrganizationId").front();
  EXPECT_EQ(ok("ListUsers").list("Users", "State"), (std::vector<std::string>{"DELETED", "DISABLED"}));
  EXPECT_EQ(ok("GetMailboxDetails", "'UserId': 'left'")["MailboxSize"], "2.5");
  register_entity("left", "left@acme.awsapps.com");
  EXPECT_EQ(ok("GetMailboxDetails", "'UserId': 'left'")["MailboxSize"], "2.5");
  advance(kDay * 29);
  EXPECT_EQ(ok("ListUsers").list("Users", "Name"), (std::vector<std::string>{"left"}));
}

TEST_F(Seeds, LeaveAStateWithoutADateUntilAnEvent) {
  apply(
      "{'Organizations': [{'Alias': 'one', 'State': 'Creating'},"
      " {'Alias': 'two', 'State': 'Creating', 'NextStateDate': '2026-01-02T00:00:00Z'}]}");
  EXPECT_EQ(ok("ListOrganizations").list("OrganizationSummaries", "State"),
            (std::vector<std::string>{"Creating", "Creating"}));
  advance(kDay);
  EXPECT_EQ(ok("ListOrganizations").list("OrganizationSummaries", "State"),
            (std::vector<std::string>{"Creating", "Active"}));
}

TEST_F(Seeds, GiveIdentifiersThatAreNotGivenOutAgain) {
  apply(kAcme);
  const auto first = state();
  restart({});
  apply(first);
  organization_id_ = ok("ListOrganizations").list("OrganizationSummaries", "OrganizationId").front();
  user("new");
  organization("another");
  EXPECT_EQ(first.find(organization_id_), std::string::npos);
}

TEST_F(Seeds, KnowTheClock) {
  api::SeedDocument document;
  api::describe_clock(clock_, document);
  EXPECT_EQ(api::write_seed(document), "{\n  \"Clock\": {\n    \"Frozen\": \"2026-01-01T00:00:00.000Z\"\n  }\n}\n");
  clock_.run_ahead(std::chrono::milliseconds(86400500));
  api::describe_clock(clock_, document);
  clock_.follow_real_time();
  api::set_clock(clock_, document);
  EXPECT_EQ(clock_.mode(), api::Clock::Mode::Offset);
  EXPECT_EQ(clock_.ahead(), std::chrono::milliseconds(86400500));
  api::set_clock(clock_, {});
  EXPECT_EQ(clock_.mode(), api::Clock::Mode::Offset);
  clock_.follow_real_time();
  document.clock.reset();
  api::describe_clock(clock_, document);
  EXPECT_FALSE(document.clock);
}

TEST_F(Seeds, SetTheClockToAMoment) {
  api::set_clock(clock_, api::parse_seed("{\"Clock\": {\"Frozen\": \"2030-01-01T00:00:00Z\"}}"));
  EXPECT_EQ(clock_.mode(), api::Clock::Mode::Frozen);
  EXPECT_EQ(clock_.now(), Time(Duration(1893456000000)));
  EXPECT_EQ(refused("{'Clock': {'Frozen': '2030-01-01T00:00:00Z', 'AheadInSeconds': 1}}").substr(0, 14),
            "Clock: Frozen ");
}

TEST_F(Seeds, CannotTakeTheClockWhereIdentifiersEnd) {
  const auto ahead = [&](const std::string& seconds) {
    try {
      api::set_clock(clock_, api::parse_seed("{\"Clock\": {\"AheadInSeconds\": " + seconds + "}}"));
    } catch (const api::RefusedSeed& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_EQ(ahead("86400.5"), "");
  const std::string refusal = "Clock.AheadInSeconds: InvalidParameterException: The clock goes from 1970 to 9999";
  for (const char* seconds : {"1e300", "-1e300", "9e15", "253402300800", "-2000000000"}) {
    EXPECT_EQ(ahead(seconds), refusal) << seconds;
  }
}

TEST_F(Seeds, ReadNumbersExactly) {
  const std::vector<std::pair<std::string, double>> numbers{
      {"0e300", 0},     {"0.0e300", 0},     {"0.0000000000000000000000000000e-30", 0}, {"0.1", 0.1}, {"12", 12},
      {"1.5e-1", 0.15}, {"5e-324", 5e-324}, {"9007199254740993e0", 9007199254740992.0}};
  for (const auto& [text, number] : numbers) {
    const auto document = api::parse_seed("{\"Clock\": {\"AheadInSeconds\": " + text + "}}");
    EXPECT_EQ(document.clock->ahead_in_seconds, number) << text;
  }
  EXPECT_THROW(api::parse_seed("{\"Clock\": {\"AheadInSeconds\": 17976931348623159e293}}"), api::MalformedSeed);
}

TEST_F(Seeds, WriteTheApplicationThatAnOrganizationUses) {
  const std::string arn = "arn:aws:sso::000000000000:application/ssoins-0123456789abcdef/apl-000000000000000";
  const std::string instance = "'InstanceArn': 'arn:aws:sso:::instance/ssoins-0123456789abcdef', ";
  apply("{'IdentityCenterApplications': [{'Name': 'a', " + instance + "'ApplicationArn': '" + arn +
        "1'}, {'Name': 'b', " + instance + "'ApplicationArn': '" + arn +
        "2'}], 'Organizations': [{'Alias': 'one'}, {'Alias': 'two',"
        " 'IdentityProviderConfiguration': {'AuthenticationMode': 'IDENTITY_PROVIDER_ONLY',"
        " 'IdentityCenterConfiguration': {" +
        instance + "'ApplicationArn': '" + arn +
        "2'},"
        " 'PersonalAccessTokenConfiguration': {'Status': 'ACTIVE'}}}]}");
  const auto ids = ok("ListOrganizations").list("OrganizationSummaries", "OrganizationId");
  EXPECT_FALSE(api::parse_seed(state({.organization = ids[0]})).identity_center_applications);
  const auto used = api::parse_seed(state({.organization = ids[1]})).identity_center_applications;
  ASSERT_EQ(used->size(), 1U);
  EXPECT_EQ(used->front().name, "b");
}

TEST_F(Seeds, AreWrittenInPieces) {
  for (const char* document : {"{}", "{'Organizations': [{'Alias': 'one'}]}",
                               "{'IdentityCenterApplications': [{'Name': 'a', 'InstanceArn': "
                               "'arn:aws:sso:::instance/ssoins-0123456789abcdef'}],"
                               " 'Organizations': [{'Alias': 'one'}, {'Alias': 'two'}, {'Alias': 'three'}]}"}) {
    for (const bool with_clock : {true, false}) {
      restart({});
      clock_.freeze(kStart);
      if (!with_clock) clock_.follow_real_time();
      apply(document);
      const auto whole = state();
      EXPECT_EQ(whole, api::write_seed(api::parse_seed(whole))) << document;
      EXPECT_EQ(api::parse_seed(whole).clock.has_value(), with_clock);
      service_->read({account_, region_}, [&](api::Context& context) {
        api::StateWriter writer({});
        std::string text;
        EXPECT_FALSE(writer.append(context, clock_, whole.size() + 1, text));
        EXPECT_EQ(text, whole);
      });
    }
  }
  // An organization that is created during writing is included, and one that is deleted is not.
  clock_.freeze(kStart);
  api::StateWriter writer({});
  std::string text;
  const auto append = [&] {
    return service_->read({account_, region_},
                          [&](api::Context& context) { return writer.append(context, clock_, 1, text); });
  };
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(append());
  organization("four");
  service_->baseline().reset_account("111111111111");
  while (append()) continue;
  EXPECT_EQ(api::parse_seed(text).organizations->size(), 4U);
}

TEST_F(Seeds, AnswerTheIdentifiersByName) {
  EXPECT_EQ(
      apply("{'Organizations': [{'Alias': 'acme', 'OrganizationId': 'm-0123456789abcdef0123456789abcdef', 'Users':"
            " [{'Name': 'a', 'UserId': '00000000-0000-0000-0000-000000000001'}, {'Name': 'b', 'State': 'DELETED'}]},"
            " {'Alias': 'other', 'OrganizationId': 'm-0123456789abcdef0123456789abcdee', 'Groups': [{'Name': 'g',"
            " 'GroupId': '00000000-0000-0000-0000-000000000002'}], 'Resources': [{'Name': 'r', 'Type': 'ROOM',"
            " 'ResourceId': 'r-00000000000000000000000000000001'}]}]}"),
      R"({"Organizations":[{"Alias":"acme","OrganizationId":"m-0123456789abcdef0123456789abcdef","Users":)"
      R"({"a":"00000000-0000-0000-0000-000000000001"},"Groups":{},"Resources":{}},)"
      R"({"Alias":"other","OrganizationId":"m-0123456789abcdef0123456789abcdee","Users":{},)"
      R"("Groups":{"g":"00000000-0000-0000-0000-000000000002"},)"
      R"("Resources":{"r":"r-00000000000000000000000000000001"}}]})");
}

TEST_F(Seeds, AreWrittenForAFilter) {
  apply(
      "{'Organizations': [{'Alias': 'one', 'Account': '111111111111'}, {'Alias': 'two', 'Region': 'eu-west-1'}],"
      " 'IdentityCenterApplications': [{'Name': 'a', 'Account': '111111111111',"
      " 'InstanceArn': 'arn:aws:sso:::instance/ssoins-0123456789abcdef'}]}");
  const auto exported = [&](const api::StateFilter& filter) { return api::parse_seed(state(filter)); };
  const auto of_account = exported({.account = "111111111111"});
  ASSERT_EQ(of_account.organizations->size(), 1U);
  EXPECT_EQ(of_account.organizations->front().alias, "one");
  EXPECT_EQ(of_account.identity_center_applications->size(), 1U);
  const auto of_region = exported({.region = "eu-west-1"});
  ASSERT_EQ(of_region.organizations->size(), 1U);
  EXPECT_EQ(of_region.organizations->front().alias, "two");
  EXPECT_FALSE(of_region.identity_center_applications);
  const std::string id = *of_account.organizations->front().organization_id;
  EXPECT_EQ(exported({.organization = id}).organizations->size(), 1U);
  EXPECT_FALSE(exported({.organization = id}).identity_center_applications);
  EXPECT_FALSE(exported({.organization = id}).clock);
  EXPECT_FALSE(of_region.clock);
  EXPECT_FALSE(of_account.clock);
  EXPECT_TRUE(exported({}).clock);
  EXPECT_EQ(exported({}).organizations->size(), 2U);
  EXPECT_TRUE(exported({.account = "111111111111", .region = "eu-west-1"}).organizations->empty());
  EXPECT_TRUE(exported({.organization = "m-none"}).organizations->empty());
}

}  // namespace
}  // namespace workmail::test

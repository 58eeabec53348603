// Every operation on users, groups and resources in every situation: the state machine, cell by cell.
#include "tests/api/api_test.h"

namespace workmail::test {
namespace {

struct Cells {
  const char* operation;
  const char* kinds;    // the initials of the kinds that it accepts: User, Group, Resource
  const char* members;  // of the input; $id is the entity, $other an enabled user, $room and $group enabled ones
  // never registered, enabled, deregistered, deleted, unknown; "" is success
  std::array<const char*, 5> expected;
};

constexpr const char* kState = "EntityStateException";
constexpr const char* kNotFound = "EntityNotFoundException";

// The matrix of users, groups and resources, one row per operation.
const std::vector<Cells> kCells{
    {"DescribeUser", "U", "'UserId': '$id'", {"", "", "", "", kNotFound}},
    {"DescribeGroup", "G", "'GroupId': '$id'", {"", "", "", "", kNotFound}},
    {"DescribeResource", "R", "'ResourceId': '$id'", {"", "", "", "", kNotFound}},
    {"DescribeEntity", "UGR", "'Email': 'subject@acme.awsapps.com'", {kNotFound, "", kNotFound, kNotFound, kNotFound}},
    {"RegisterToWorkMail",
     "UGR",
     "'EntityId': '$id', 'Email': 'subject@acme.awsapps.com'",
     {"", "", "", kState, kNotFound}},
    {"DeregisterFromWorkMail", "UGR", "'EntityId': '$id'", {kState, "", kState, kState, kNotFound}},
    {"DeleteUser", "U", "'UserId': '$id'", {"", kState, "", "", ""}},
    {"DeleteGroup", "G", "'GroupId': '$id'", {"", kState, "", "", ""}},
    {"DeleteResource", "R", "'ResourceId': '$id'", {"", kState, "", "", ""}},
    {"UpdateUser", "U", "'UserId': '$id', 'City': 'Berlin'", {kState, "", kState, kState, kNotFound}},
    {"UpdateGroup", "G", "'GroupId': '$id', 'HiddenFromGlobalAddressList': true", {"", "", "", kState, kNotFound}},
    {"UpdateResource", "R", "'ResourceId': '$id', 'Description': 'x'", {"", "", "", kState, kNotFound}},
    {"ResetPassword", "U", "'UserId': '$id', 'Password': 'Passw0rd!'", {"", "", "", kState, kNotFound}},
    {"CreateAlias",
     "UGR",
     "'EntityId': '$id', 'Alias': 'alias@acme.awsapps.com'",
     {kState, "", kState, kState, kNotFound}},
    {"DeleteAlias",
     "UGR",
     "'EntityId': '$id', 'Alias': 'alias@acme.awsapps.com'",
     {kState, "", kState, kState, kNotFound}},
    {"ListAliases", "UGR", "'EntityId': '$id'", {kState, "", kState, kState, kNotFound}},
    {"UpdatePrimaryEmailAddress",
     "UGR",
     "'EntityId': '$id', 'Email': 'new@acme.awsapps.com'",
     {kState, "", kState, kState, kNotFound}},
    {"AssociateMemberToGroup", "G", "'GroupId': '$id', 'MemberId': '$other'", {kState, "", kState, kState, kNotFound}},
    {"AssociateMemberToGroup", "UG", "'GroupId': '$group', 'MemberId': '$id'", {kState, "", kState, kState, kNotFound}},
    // The group has no member here, so allowed calls end with EntityNotFoundException; DisassociateMember below has
    // members.
    {"ListGroupMembers", "G", "'GroupId': '$id'", {"", "", "", kState, kNotFound}},
    {"ListGroupsForEntity", "UG", "'EntityId': '$id'", {"", "", "", kState, kNotFound}},
    {"DisassociateMemberFromGroup",
     "G",
     "'GroupId': '$id', 'MemberId': '$other'",
     {kNotFound, kNotFound, kNotFound, kState, kNotFound}},
    {"DisassociateMemberFromGroup",
     "UG",
     "'GroupId': '$group', 'MemberId': '$id'",
     {kNotFound, kNotFound, kNotFound, kState, kNotFound}},
    {"AssociateDelegateToResource",
     "R",
     "'ResourceId': '$id', 'EntityId': '$other'",
     {kState, "", kState, kState, kNotFound}},
    {"AssociateDelegateToResource",
     "UG",
     "'ResourceId': '$room', 'EntityId': '$id'",
     {kState, "", kState, kState, kNotFound}},
    {"ListResourceDelegates", "R", "'ResourceId': '$id'", {"", "", "", kState, kNotFound}},
    {"DisassociateDelegateFromResource",
     "R",
     "'ResourceId': '$id', 'EntityId': '$other'",
     {kNotFound, kNotFound, kNotFound, kState, kNotFound}},
    {"DisassociateDelegateFromResource",
     "UG",
     "'ResourceId': '$room', 'EntityId': '$id'",
     {kNotFound, kNotFound, kNotFound, kState, kNotFound}},
    {"PutMailboxPermissions",
     "UGR",
     "'EntityId': '$id', 'GranteeId': '$other', 'PermissionValues': ['SEND_AS']",
     {kState, "", kState, kState, kNotFound}},
    {"PutMailboxPermissions",
     "UG",
     "'EntityId': '$other', 'GranteeId': '$id', 'PermissionValues': ['SEND_AS']",
     {kState, "", kState, kState, kNotFound}},
    {"DeleteMailboxPermissions",
     "UGR",
     "'EntityId': '$id', 'GranteeId': '$other'",
     {kState, "", kState, kState, kNotFound}},
    {"ListMailboxPermissions", "UGR", "'EntityId': '$id'", {"", "", "", kNotFound, kNotFound}},
    {"GetMailboxDetails", "U", "'UserId': '$id'", {kNotFound, "", "", kNotFound, kNotFound}},
    {"UpdateMailboxQuota", "U", "'UserId': '$id', 'MailboxQuota': 100", {kState, "", kState, kState, kNotFound}},
    {"StartMailboxExportJob",
     "UR",
     "'EntityId': '$id', 'ClientToken': 't', 'RoleArn': 'arn:aws:iam::123456789012:role/export',"
     " 'KmsKeyArn': 'arn:aws:kms:us-east-1:123456789012:key/k', 'S3BucketName': 'b', 'S3Prefix': 'p'",
     {kNotFound, "", "", kNotFound, kNotFound}},
    {"PutMobileDeviceAccessOverride",
     "U",
     "'UserId': '$id', 'DeviceId': 'd1', 'Effect': 'ALLOW'",
     {kState, "", kState, kState, kNotFound}},
    {"DeleteMobileDeviceAccessOverride", "U", "'UserId': '$id', 'DeviceId': 'd1'", {"", "", "", kNotFound, kNotFound}},
    {"ListMobileDeviceAccessOverrides", "U", "'UserId': '$id'", {"", "", "", kNotFound, kNotFound}},
    {"GetMobileDeviceAccessOverride",
     "U",
     "'UserId': '$id', 'DeviceId': 'd1'",
     {"ResourceNotFoundException", "ResourceNotFoundException", "ResourceNotFoundException", kNotFound, kNotFound}},
    {"PutAccessControlRule",
     "U",
     "'Name': 'a', 'Effect': 'DENY', 'Description': 'd', 'UserIds': ['$id']",
     {"", "", "", kNotFound, kNotFound}},
    {"GetAccessControlEffect",
     "U",
     "'IpAddress': '10.0.0.1', 'Action': 'IMAP', 'UserId': '$id'",
     {"", "", "", kNotFound, kNotFound}},
    {"CreateImpersonationRole",
     "U",
     "'Name': 'a', 'Type': 'READ_ONLY',"
     " 'Rules': [{'ImpersonationRuleId': '1', 'Effect': 'ALLOW', 'TargetUsers': ['$id']}]",
     {kState, "", kState, kState, kNotFound}},
};

class EntityStates : public ApiTest, public ::testing::WithParamInterface<std::size_t> {
 protected:
  // An entity of the kind in one of the five situations.
  auto subject(char kind, std::size_t situation) -> std::string {
    if (situation == 4) return kind == 'R' ? "r-" + std::string(32, 'f') : "ffffffff-ffff-ffff-ffff-ffffffffffff";
    const bool registered = situation == 1 || situation == 2;
    const char* email = registered ? "subject@acme.awsapps.com" : "";
    const auto id = kind == 'U'   ? user("subject", email)
                    : kind == 'G' ? group("subject", email)
                                  : resource("subject", email);
    if (situation == 2) deregister(id);
    if (situation == 3 && kind == 'U') ok("DeleteUser", "'UserId': '" + id + "'");
    if (situation == 3 && kind == 'G') ok("DeleteGroup", "'GroupId': '" + id + "'");
    if (situation == 3 && kind == 'R') ok("DeleteResource", "'ResourceId': '" + id + "'");
    return id;
  }
};

auto replaced(std::string text, const std::string& name, const std::string& value) -> std::string {
  for (auto at = text.find(name); at != std::string::npos; at = text.find(name)) text.replace(at, name.size(), value);
  return text;
}

TEST_P(EntityStates, AreObeyed) {
  const Cells& row = kCells[GetParam()];
  for (const char kind : std::string_view(row.kinds)) {
    for (std::size_t situation = 0; situation < row.expected.size(); ++situation) {
      restart({});
      organization();
      std::string members = replaced(row.members, "$other", user("other", "other@acme.awsapps.com"));
      members = replaced(members, "$room", resource("room", "room@acme.awsapps.com"));
      members = replaced(members, "$group", group("group", "group@acme.awsapps.com"));
      members = replaced(members, "$id", subject(kind, situation));
      EXPECT_EQ(call(row.operation, members).error(), row.expected.at(situation))
          << row.operation << " " << members << ", kind " << kind << ", situation " << situation;
    }
  }
}

// The operations whose result for an ENABLED remote user differs from that for an ENABLED user.
const std::map<std::string, std::string> kRemote{{"ResetPassword", "UnsupportedOperationException"},
                                                 {"GetMailboxDetails", kNotFound},
                                                 {"UpdateMailboxQuota", kState},
                                                 {"StartMailboxExportJob", kNotFound}};

TEST_P(EntityStates, AreObeyedForRemoteUsers) {
  const Cells& row = kCells[GetParam()];
  if (std::string_view(row.kinds).find('U') == std::string_view::npos) return;
  organization();
  std::string members = replaced(row.members, "$other", user("other", "other@acme.awsapps.com"));
  members = replaced(members, "$room", resource("room", "room@acme.awsapps.com"));
  members = replaced(members, "$group", group("group", "group@acme.awsapps.com"));
  const auto id = ok("CreateUser", "'Name': 'subject', 'DisplayName': '', 'Role': 'REMOTE_USER'")["UserId"];
  register_entity(id, "subject@acme.awsapps.com");
  const auto different = kRemote.find(row.operation);
  const std::string expected = different != kRemote.end() ? different->second : row.expected.at(1);
  EXPECT_EQ(call(row.operation, replaced(members, "$id", id)).error(), expected) << row.operation << " " << members;
}

INSTANTIATE_TEST_SUITE_P(Cells, EntityStates, ::testing::Range<std::size_t>(0, kCells.size()), [](const auto& test) {
  return std::string(kCells[test.param].operation) + "_" + std::to_string(test.param);
});

using EntityStatesOfMembers = ApiTest;

// DisassociateMemberFromGroup and similar operations need a member to remove.
TEST_F(EntityStatesOfMembers, MayLeaveInEverySituationButDeleted) {
  organization();
  const auto all = group("all", "all@acme.awsapps.com");
  const auto room = resource("room", "room@acme.awsapps.com");
  const auto alice = user("alice", "alice@acme.awsapps.com");
  ok("AssociateMemberToGroup", "'GroupId': 'all', 'MemberId': 'alice'");
  ok("AssociateDelegateToResource", "'ResourceId': 'room', 'EntityId': 'alice'");
  for (const auto& id : {all, room, alice}) deregister(id);
  ok("DisassociateMemberFromGroup", "'GroupId': 'all', 'MemberId': 'alice'");
  ok("DisassociateDelegateFromResource", "'ResourceId': 'room', 'EntityId': 'alice'");
}

}  // namespace
}  // namespace workmail::test

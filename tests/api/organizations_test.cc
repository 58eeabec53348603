#include "tests/api/api_test.h"

namespace workmail::test {
namespace {

using Organizations = ApiTest;

TEST_F(Organizations, IsActiveAtTheNextCallWithoutPace) {
  const auto id = ok("CreateOrganization", "'Alias': 'acme'")["OrganizationId"];
  EXPECT_EQ(id.size(), 34U);
  const auto described = ok("DescribeOrganization", "'OrganizationId': '" + id + "'");
  EXPECT_EQ(described["State"], "Active");
  EXPECT_EQ(described["Alias"], "acme");
  EXPECT_EQ(described["DefaultMailDomain"], "acme.awsapps.com");
  EXPECT_EQ(described["DirectoryType"], "VpcDirectory");
  EXPECT_EQ(described["ARN"], "arn:aws:workmail:us-east-1:000000000000:organization/" + id);
  EXPECT_EQ(described["CompletedDate"], "1767225600.0");
  EXPECT_EQ(described["InteroperabilityEnabled"], "false");
  EXPECT_FALSE(described.has("ErrorMessage"));
}

}  // namespace
}  // namespace workmail::test

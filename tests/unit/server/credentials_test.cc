#include "server/identity/credentials.h"

#include <gtest/gtest.h>

namespace workmail::server {
namespace {

TEST(Credentials, AreReadAsSdksReadThem) {
  const auto credentials = parse_credentials(
      "# a comment = of the whole line\r\n"
      "; and another\n"
      "\n"
      "[default]\n"
      "aws_access_key_id = AKIDEXAMPLE\r\n"
      "aws_secret_access_key=a/b+c=d#e   # a secret may have signs\n"
      "region = eu-west-1 ; of no concern here\n"
      "[ temporary ]\n"
      "aws_access_key_id = 111122223333\n"
      "aws_secret_access_key = x\n"
      "aws_session_token = t\n"
      "workmail_account = 123456789012\n"
      "s3 =\n"
      "  max_concurrent_requests = 20\n"
      "[without a key]\n"
      "role_arn = arn:aws:iam::123456789012:role/x",
      "keys");
  ASSERT_EQ(credentials.size(), 2U);
  EXPECT_EQ(credentials[0].access_key_id, "AKIDEXAMPLE");
  EXPECT_EQ(credentials[0].secret_access_key, "a/b+c=d#e");
  EXPECT_EQ(credentials[0].session_token, "");
  EXPECT_EQ(credentials[0].account, "");
  EXPECT_EQ(credentials[1].access_key_id, "111122223333");
  EXPECT_EQ(credentials[1].session_token, "t");
  EXPECT_EQ(credentials[1].account, "123456789012");
}

TEST(Credentials, AreReadBehindAByteOrderMark) {
  const auto credentials =
      parse_credentials("\xEF\xBB\xBF[default]\r\naws_access_key_id = K\r\naws_secret_access_key = S\r\n", "keys");
  ASSERT_EQ(credentials.size(), 1U);
  EXPECT_EQ(credentials[0].access_key_id, "K");
}

TEST(Credentials, AreRejectedInOneLineWithoutASecret) {
  const std::string key = "[a]\naws_access_key_id = K\n";
  const std::string pair = key + "aws_secret_access_key = TopSecret\n";
  const std::pair<std::string, std::string> cases[] = {
      {"", "it has no key"},
      {"[a]\nregion = eu-west-1\n", "it has no key"},
      {"aws_access_key_id = K\n", "in line 1, a setting belongs below a [SECTION]"},
      {"[a\n", "in line 1, a section is [NAME]"},
      {pair + "TopSecret\n", "in line 4, a setting is NAME = VALUE"},
      {pair + "aws_secret_access_key = TopSecret2\n", "in line 4, the section has aws_secret_access_key already"},
      {key, "[a] has no aws_secret_access_key"},
      {key + "aws_secret_access_key =\n", "[a] has no aws_secret_access_key"},
      {"[a]\naws_secret_access_key = TopSecret\n", "[a] has no aws_access_key_id"},
      {"[a]\nworkmail_account = 123456789012\n", "[a] has no aws_access_key_id"},
      {"[a]\naws_access_key_id = K/L\naws_secret_access_key = TopSecret\n",
       "[a] has a slash, comma or space in aws_access_key_id"},
      {pair + "workmail_account = 12345678901\n", "[a] must have twelve digits as workmail_account"},
      {pair + "[b]\naws_access_key_id = K\naws_secret_access_key = TopSecret\n", "[b] has the key of another section"},
  };
  for (const auto& [text, reason] : cases) {
    try {
      parse_credentials(text, "keys");
      ADD_FAILURE() << text;
    } catch (const UnusableCredentials& unusable) {
      EXPECT_EQ(unusable.what(), "The credentials file keys cannot be used: " + reason + ".");
    }
  }
}

TEST(Credentials, AreRejectedWithoutAFile) {
  EXPECT_THROW(read_credentials("/no/such/file"), UnusableCredentials);
  EXPECT_THROW(read_credentials("/"), UnusableCredentials);
}

}  // namespace
}  // namespace workmail::server
